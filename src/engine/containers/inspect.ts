import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { apiTime } from '../human-duration.ts';
import { maskedPaths, readonlyPaths, shmSize } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { inspectPorts } from '../ports.ts';
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
    LogPath: logged ? `${folder}/${c.id}-json.log` : '',
    Name: `/${c.name}`,
    RestartCount: c.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: execs.length > 0 ? execs.map((x) => x.id) : null,
    HostConfig: hostConfigOf(c),
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
  };
}

function hostConfigOf(c: Container): Json {
  const {
    AutoRemove = false,
    Memory = 0,
    NanoCpus = 0,
    PidsLimit = null,
    NetworkMode = 'bridge',
    RestartPolicy,
  } = c.hostConfig;
  const [rows, cols] = c.hostConfig.ConsoleSize ?? [0, 0];
  return {
    Binds: c.hostConfig.Binds ?? null,
    ContainerIDFile: c.hostConfig.ContainerIDFile ?? '',
    LogConfig: { Type: 'json-file', Config: {} },
    NetworkMode: NetworkMode === 'default' ? 'bridge' : NetworkMode,
    PortBindings: (c.hostConfig.PortBindings ?? {}) as unknown as Json,
    RestartPolicy: RestartPolicy ? { ...RestartPolicy } : { Name: 'no', MaximumRetryCount: 0 },
    AutoRemove,
    VolumeDriver: '',
    VolumesFrom: null,
    ConsoleSize: [rows, cols],
    CapAdd: null,
    CapDrop: null,
    CgroupnsMode: 'private',
    Dns: c.hostConfig.Dns ?? [],
    DnsOptions: [],
    DnsSearch: c.hostConfig.DnsSearch ?? [],
    ExtraHosts: c.hostConfig.ExtraHosts ?? null,
    GroupAdd: c.hostConfig.GroupAdd ?? null,
    IpcMode: 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: 0,
    PidMode: '',
    Privileged: false,
    PublishAllPorts: c.hostConfig.PublishAllPorts ?? false,
    ReadonlyRootfs: c.hostConfig.ReadonlyRootfs ?? false,
    SecurityOpt: null,
    ...(c.hostConfig.Mounts ? { Mounts: c.hostConfig.Mounts as unknown as Json } : {}),
    ...(c.hostConfig.Tmpfs ? { Tmpfs: c.hostConfig.Tmpfs } : {}),
    UTSMode: '',
    UsernsMode: '',
    ShmSize: c.hostConfig.ShmSize || shmSize,
    Runtime: 'runc',
    Isolation: '',
    CpuShares: 0,
    Memory,
    NanoCpus,
    CgroupParent: '',
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    CpuPeriod: 0,
    CpuQuota: 0,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: '',
    CpusetMems: '',
    Devices: [],
    DeviceCgroupRules: null,
    DeviceRequests: null,
    MemoryReservation: 0,
    MemorySwap: c.hostConfig.MemorySwap ?? Memory * 2,
    MemorySwappiness: null,
    OomKillDisable: null,
    PidsLimit,
    Ulimits: [],
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    MaskedPaths: maskedPaths,
    ReadonlyPaths: readonlyPaths,
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

function configOf(c: Container): Json {
  const { config } = c;
  return {
    Hostname: config.Hostname || c.id.slice(0, 12),
    Domainname: config.Domainname ?? '',
    User: config.User ?? '',
    AttachStdin: config.AttachStdin ?? false,
    AttachStdout: config.AttachStdout ?? false,
    AttachStderr: config.AttachStderr ?? false,
    ...(config.ExposedPorts ? { ExposedPorts: config.ExposedPorts } : {}),
    Tty: config.Tty ?? false,
    OpenStdin: config.OpenStdin ?? false,
    StdinOnce: config.StdinOnce ?? false,
    Env: config.Env ?? null,
    Cmd: config.Cmd ?? null,
    Image: config.Image ?? '',
    Volumes: config.Volumes ?? null,
    WorkingDir: config.WorkingDir ?? '',
    Entrypoint: config.Entrypoint ?? null,
    OnBuild: null,
    Labels: config.Labels ?? {},
    ...(config.StopSignal ? { StopSignal: config.StopSignal } : {}),
    ...(config.StopTimeout === undefined ? {} : { StopTimeout: config.StopTimeout }),
  };
}

function networkSettings(m: Machine, c: Container, task: Task | undefined): Json {
  const e = task?.endpoint;
  const sandbox = task?.sandbox ?? '';
  const mode = c.hostConfig.NetworkMode ?? 'default';
  const name = mode === 'default' ? 'bridge' : mode;
  const shared = {
    EndpointID: e?.endpointId ?? '',
    Gateway: e?.gateway ?? '',
    IPAddress: e?.ip ?? '',
    IPPrefixLen: e?.prefix ?? 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
  };
  return {
    Bridge: '',
    SandboxID: sandbox,
    SandboxKey: sandbox === '' ? '' : `/var/run/docker/netns/${sandbox.slice(0, 12)}`,
    Ports: inspectPorts(c, task),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: shared.EndpointID,
    Gateway: shared.Gateway,
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: shared.IPAddress,
    IPPrefixLen: shared.IPPrefixLen,
    IPv6Gateway: '',
    MacAddress: e?.mac ?? '',
    Networks: {
      [name]: {
        IPAMConfig: null,
        Links: null,
        Aliases: null,
        MacAddress: e?.mac ?? '',
        DriverOpts: null,
        GwPriority: 0,
        NetworkID: c.state.startedAt === undefined ? '' : (engineState(m).networks[name] ?? ''),
        ...shared,
        ...(task?.bareEndpoint ? { EndpointID: task.bareEndpoint } : {}),
        DNSNames: null,
      },
    },
  };
}
