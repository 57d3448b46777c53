import { compareNames } from '../../kernel/fs/tree.ts';
import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { healthJson } from '../health/state.ts';
import { apiTime } from '../human-duration.ts';
import { maskedPaths, readonlyPaths, shmSize } from '../limits.ts';
import { logDriver } from '../logs.ts';
import { findContainer } from '../lookup.ts';
import { networkSettings } from '../networks/json.ts';
import { linksJson } from '../networks/links.ts';
import { fileSystemSize, upperSize } from '../sizes.ts';
import { type Container, engineState, type Task, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { mountsJson } from '../volumes/mounts-json.ts';

/** GET /containers/ID/json: everything about a container, in the order of the real engine's answer. */
export function inspectContainer(
  m: Machine,
  reference: string,
  query: { readonly [key: string]: string },
): ApiResponse {
  const c = findContainer(m, reference);
  const task = taskOf(m, c.id);
  step(m, 'dockerd', 'inspect', { kind: 'container', name: c.name });
  const folder = `/var/lib/docker/containers/${c.id}`;
  const { startedAt, error, exitCode } = c.state;
  // a start that failed has written these too; one that failed for its user had not come to the log
  const tried = startedAt !== undefined || error !== '';
  const logged = startedAt !== undefined || (error !== '' && exitCode !== 128);
  const [path = '', ...args] = c.command;
  const execs = Object.values(engineState(m).execs).filter((x) => x.container === c.id && x.running);
  const body: Json = {
    Id: c.id,
    Created: apiTime(c.created),
    Path: path,
    Args: args,
    State: stateOf(c, task),
    Image: c.image,
    ResolvConfPath: tried ? `${folder}/resolv.conf` : '',
    HostnamePath: tried ? `${folder}/hostname` : '',
    HostsPath: tried ? `${folder}/hosts` : '',
    LogPath: logged && logDriver(m, c.id).Type === 'json-file' ? `${folder}/${c.id}-json.log` : '',
    Name: `/${c.name}`,
    RestartCount: c.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: c.hostConfig.Privileged ? 'unconfined' : 'docker-default',
    ExecIDs: execs.length > 0 ? execs.map((x) => x.id) : null,
    HostConfig: hostConfigOf(c, c.links && c.links.length > 0 ? linksJson(m, c) : null),
    GraphDriver: graphDriver(c),
    ...(query.size === '1' ? { SizeRw: upperSize(m, c.fs), SizeRootFs: fileSystemSize(m, c.fs) } : {}),
    Mounts: mountsJson(c) as Json,
    Config: configOf(c),
    NetworkSettings: networkSettings(m, c, task),
  };
  return { status: 200, body };
}

function stateOf(c: Container, task: Task | undefined): Json {
  const { status, exitCode, error, oomKilled, startedAt, finishedAt } = c.state;
  return {
    Status: status,
    Running: task !== undefined || status === 'restarting',
    Paused: status === 'paused',
    Restarting: status === 'restarting',
    OOMKilled: oomKilled,
    Dead: status === 'dead',
    Pid: task?.pid ?? 0,
    ExitCode: exitCode,
    Error: error,
    StartedAt: apiTime(startedAt),
    FinishedAt: apiTime(finishedAt),
    ...(c.health ? { Health: healthJson(c.health) } : {}),
  };
}

function hostConfigOf(c: Container, links: readonly string[] | null): Json {
  const {
    AutoRemove = false,
    Memory = 0,
    NanoCpus = 0,
    PidsLimit = null,
    NetworkMode = 'bridge',
    RestartPolicy,
  } = c.hostConfig;
  const { hostConfig: h } = c;
  const [rows, cols] = h.ConsoleSize ?? [0, 0];
  return {
    Binds: c.hostConfig.Binds ?? null,
    ContainerIDFile: c.hostConfig.ContainerIDFile ?? '',
    LogConfig: { Type: h.LogConfig?.Type || 'json-file', Config: { ...h.LogConfig?.Config } },
    NetworkMode: NetworkMode === 'default' ? 'bridge' : NetworkMode,
    PortBindings: (c.hostConfig.PortBindings ?? {}) as unknown as Json,
    RestartPolicy: RestartPolicy ? { ...RestartPolicy } : { Name: 'no', MaximumRetryCount: 0 },
    AutoRemove,
    VolumeDriver: h.VolumeDriver ?? '',
    VolumesFrom: h.VolumesFrom ?? null,
    ConsoleSize: [rows, cols],
    ...(h.Annotations ? { Annotations: h.Annotations } : {}),
    CapAdd: h.CapAdd ?? null,
    CapDrop: h.CapDrop ?? null,
    CgroupnsMode: h.CgroupnsMode || 'private',
    Dns: c.hostConfig.Dns ?? [],
    DnsOptions: h.DnsOptions ?? [],
    DnsSearch: c.hostConfig.DnsSearch ?? [],
    ExtraHosts: c.hostConfig.ExtraHosts ?? null,
    GroupAdd: c.hostConfig.GroupAdd ?? null,
    IpcMode: h.IpcMode || 'private',
    Cgroup: '',
    Links: links,
    OomScoreAdj: h.OomScoreAdj ?? 0,
    PidMode: h.PidMode ?? '',
    Privileged: h.Privileged ?? false,
    PublishAllPorts: c.hostConfig.PublishAllPorts ?? false,
    ReadonlyRootfs: c.hostConfig.ReadonlyRootfs ?? false,
    SecurityOpt: h.SecurityOpt ?? null,
    ...(h.StorageOpt ? { StorageOpt: h.StorageOpt } : {}),
    ...(c.hostConfig.Mounts ? { Mounts: c.hostConfig.Mounts as unknown as Json } : {}),
    ...(c.hostConfig.Tmpfs ? { Tmpfs: c.hostConfig.Tmpfs } : {}),
    UTSMode: h.UTSMode ?? '',
    UsernsMode: h.UsernsMode ?? '',
    ShmSize: c.hostConfig.ShmSize || shmSize,
    ...(h.Sysctls ? { Sysctls: h.Sysctls } : {}),
    Runtime: h.Runtime || 'runc',
    Isolation: h.Isolation ?? '',
    CpuShares: h.CpuShares ?? 0,
    Memory,
    NanoCpus,
    CgroupParent: '',
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    CpuPeriod: h.CpuPeriod ?? 0,
    CpuQuota: h.CpuQuota ?? 0,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: h.CpusetCpus ?? '',
    CpusetMems: h.CpusetMems ?? '',
    Devices: (h.Devices ?? []) as unknown as Json,
    DeviceCgroupRules: null,
    DeviceRequests: h.DeviceRequests ?? null,
    MemoryReservation: h.MemoryReservation ?? 0,
    MemorySwap: c.hostConfig.MemorySwap ?? Memory * 2,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit,
    Ulimits: (h.Ulimits ?? []) as unknown as Json,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    MaskedPaths: h.Privileged ? null : (h.MaskedPaths ?? maskedPaths),
    ReadonlyPaths: h.Privileged ? null : (h.ReadonlyPaths ?? readonlyPaths),
    ...(h.Init === undefined ? {} : { Init: h.Init }),
  };
}

function graphDriver(c: Container): Json {
  const at = `/var/lib/docker/overlay2/${c.layer}`;
  return {
    Data: {
      ID: c.id,
      LowerDir: `${at}-init/diff`,
      MergedDir: `${at}/merged`,
      UpperDir: `${at}/diff`,
      WorkDir: `${at}/work`,
    },
    Name: 'overlay2',
  };
}

/** A map as Go writes it, by its keys. */
function sorted<T>(map: { readonly [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareNames(a, b)));
}

function configOf(c: Container): Json {
  const { config } = c;
  return {
    Hostname: config.Hostname || c.id.slice(0, 12),
    Domainname: config.Domainname ?? '',
    User: config.User ?? '',
    AttachStdin: config.AttachStdin ?? false,
    AttachStdout: config.AttachStdout ?? false,
    AttachStderr: config.AttachStderr ?? false,
    ...(config.ExposedPorts ? { ExposedPorts: sorted(config.ExposedPorts) } : {}),
    Tty: config.Tty ?? false,
    OpenStdin: config.OpenStdin ?? false,
    StdinOnce: config.StdinOnce ?? false,
    Env: config.Env ?? null,
    Cmd: config.Cmd ?? null,
    ...(config.Healthcheck ? { Healthcheck: config.Healthcheck as unknown as Json } : {}),
    Image: config.Image ?? '',
    Volumes: config.Volumes ? sorted(config.Volumes) : null,
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint ?? null,
    OnBuild: null,
    Labels: sorted(config.Labels ?? {}),
    ...(config.StopSignal ? { StopSignal: config.StopSignal } : {}),
    ...(config.StopTimeout === undefined ? {} : { StopTimeout: config.StopTimeout }),
  };
}
