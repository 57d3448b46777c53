import { isErrno } from '../kernel/errno.ts';
import type { DeviceNode, TreeNode } from '../kernel/fs/node.ts';
import { find } from '../kernel/fs/path.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { ownProcess } from '../kernel/process.ts';
import { type ResourceLimits, type ResourceName, resourceNames } from '../kernel/rlimits.ts';
import type { NamespaceKind, Process } from '../kernel/state.ts';
import type { HostConfig } from './api.ts';
import { capabilitiesOf } from './capabilities.ts';
import { EngineError, initFailed } from './errors.ts';
import { maskedPaths, readonlyPaths, usualDevices } from './limits.ts';
import { logFileSize } from './log-size.ts';
import { tagProblem } from './log-tag.ts';
import { findContainer } from './lookup.ts';
import type { Binding } from './runc-further.ts';
import { type Container, engineState, type Task, taskOf } from './state.ts';
import { step } from './step.ts';

/** How a container's processes are kept apart from the host and held within limits. */
export interface Isolation extends ProcessLimits {
  /** Namespaces of the host or of another container, instead of new ones. */
  readonly join: { readonly [kind in NamespaceKind]?: Id };
  /** /dev/shm: `own`, `none`, or the file system of whose IPC namespace it joins. */
  readonly shm: 'own' | 'none' | { readonly fs: Id; readonly source: string; readonly options: string };
  readonly domainname: string;
  readonly masked: readonly string[];
  readonly readonlyPaths: readonly string[];
  /** /sys and the cgroup file system can be written to. */
  readonly writableSys: boolean;
  /** Further entries of /dev, by name. */
  readonly devices: { readonly [name: string]: DeviceNode };
  readonly sysctls: { readonly [name: string]: string };
  /** The container's init, bound from the host. */
  readonly init: Binding | undefined;
}

/** What `docker exec` has in common with the container's first process. */
export interface ProcessLimits {
  readonly caps: readonly string[];
  readonly limits: ResourceLimits;
  readonly oomScoreAdj: number;
  readonly noNewPrivs: boolean;
  readonly seccomp: boolean;
}

/** Where the container finds its init. */
export const initPath = '/sbin/docker-init';
const hostInit = '/usr/bin/docker-init';
/** What dockerd may have open, and its containers with it; no process may have more (fs.nr_open). */
const mostOpen = 1_048_576;

/** Throws EngineError when something that it is to join or to get is not there, or its log cannot be. */
export function isolationOf(m: Machine, container: Container): Isolation {
  const host = container.hostConfig;
  const { Privileged = false, IpcMode = 'private', DeviceRequests = [] } = host;
  if (DeviceRequests.length > 0) {
    throw new EngineError('start-failed', 500, 'could not select device driver "" with capabilities: [[gpu]]');
  }
  checkLog(host);
  const open = Privileged || opened(host);
  return {
    ...processLimitsOf(host),
    join: joined(m, host),
    shm: IpcMode === 'none' ? 'none' : sharedMemory(m, IpcMode),
    domainname: container.config.Domainname ?? '',
    masked: open ? [] : maskedPaths,
    readonlyPaths: open ? [] : readonlyPaths,
    writableSys: Privileged,
    devices: devicesOf(m, host),
    sysctls: sysctlsOf(host),
    init: host.Init && isPrivate(host.PidMode) ? initOf(m, container) : undefined,
  };
}

/** Capabilities, resource limits and the like. */
export function processLimitsOf(host: Partial<HostConfig>): ProcessLimits {
  const limits: { [name in ResourceName]?: readonly [number, number] } = { nofile: [mostOpen, mostOpen] };
  for (const { Name, Soft, Hard } of host.Ulimits ?? []) {
    const name = resourceNames.find((each) => each === Name);
    if (name) limits[name] = [Soft, Hard];
  }
  const noNewPrivs = (host.SecurityOpt ?? []).some((option) => /^no-new-privileges(?:[=:]true)?$/.test(option));
  const unconfined = (host.SecurityOpt ?? []).some((option) => /^seccomp[=:]unconfined$/.test(option));
  const seccomp = !host.Privileged && !unconfined;
  return { caps: capabilitiesOf(host), limits, oomScoreAdj: host.OomScoreAdj ?? 0, noNewPrivs, seccomp };
}

/** Sets limits on a process that is about to become a container's. Throws `start-failed` in runc's words. */
export function limitProcess(m: Machine, pid: number, what: ProcessLimits): void {
  const { limits, oomScoreAdj, noNewPrivs, seccomp } = what;
  const [soft = 0, hard = 0] = limits.nofile ?? [];
  if (soft < 0 || hard < 0 || hard > mostOpen) {
    throw initFailed('error setting rlimits for ready process: error setting rlimit type 7: operation not permitted');
  }
  if (soft < leastOpen) throw initFailed(tooFewFiles(soft));
  const process = ownProcess(m, pid);
  process.limits = limits;
  if (seccomp) process.seccomp = true;
  if (oomScoreAdj !== 0) process.oomScoreAdj = oomScoreAdj;
  if (noNewPrivs) process.noNewPrivs = true;
}

/** Descriptors that runc itself needs while it makes a container. */
const leastOpen = 17;

/** What runc says with fewer (recorded, the soft limit being 1, 9, 11, 13, 14, 16). */
function tooFewFiles(soft: number): string {
  if (soft < 9) return 'too many open files';
  if (soft < 11) return 'procReady not received';
  const proc = `error mounting "proc" to rootfs at "/proc": `;
  if (soft < 12) return `${proc}find existing subpath of "/proc": get real root path: open /proc: too many open files`;
  if (soft < 14) return `${proc}re-opening handle to "/proc": open /proc: too many open files`;
  const cgroup =
    'reopen mountpoint after mount: re-open mountpoint "/sys/fs/cgroup": reopen fd 12: too many open files';
  return `error mounting "cgroup" to rootfs at "/sys/fs/cgroup": ${cgroup}`;
}

function checkLog({ LogConfig }: Partial<HostConfig>): void {
  const size = LogConfig?.Config['max-size'];
  const wrongSize = size === undefined || logFileSize(size) !== undefined ? undefined : `invalid size: '${size}'`;
  const problem = wrongSize ?? tagProblem(LogConfig?.Config.tag);
  if (problem === undefined) return;
  const why = `failed to create task for container: failed to initialize logging driver: ${problem}`;
  throw new EngineError('start-failed', 500, why);
}

/** The devices that a container may open: the usual ones, and those that it was given. */
export function allowedDevices({ devices }: Isolation): readonly string[] {
  const given = Object.values(devices).map(({ t, major, minor }) => `${t === 'char' ? 'c' : 'b'} ${major}:${minor}`);
  return [...usualDevices, ...given];
}

function opened({ MaskedPaths }: Partial<HostConfig>): boolean {
  return MaskedPaths?.length === 0;
}

function isPrivate(mode: string | undefined): boolean {
  return mode === undefined || mode === '';
}

function joined(m: Machine, host: Partial<HostConfig>): Isolation['join'] {
  const { PidMode = '', IpcMode = '', UTSMode = '', CgroupnsMode = '' } = host;
  const daemon = m.kernel.processes[engineState(m).daemon];
  if (!daemon) return {};
  const of = (mode: string, kind: 'pid' | 'ipc'): { readonly [kind in NamespaceKind]?: Id } => {
    if (mode === 'host') return { [kind]: daemon.ns[kind] };
    return mode.startsWith('container:') ? { [kind]: donor(m, mode, kind).process.ns[kind] } : {};
  };
  return {
    ...of(PidMode, 'pid'),
    ...of(IpcMode, 'ipc'),
    ...(UTSMode === 'host' ? { uts: daemon.ns.uts } : {}),
    ...(CgroupnsMode === 'host' ? { cgroup: daemon.ns.cgroup } : {}),
  };
}

/** The running container that `container:ID` names. */
function donor(m: Machine, mode: string, kind: 'pid' | 'ipc'): { readonly task: Task; readonly process: Process } {
  const other = findContainer(m, mode.slice('container:'.length));
  const task = taskOf(m, other.id);
  const process = task && m.kernel.processes[task.pid];
  const refuse = (why: string): EngineError =>
    new EngineError('start-failed', 409, `failed to join ${kind.toUpperCase()} namespace: container ${other.id}${why}`);
  if (!task || !process) throw refuse(' is not running');
  const { IpcMode = 'private' } = other.hostConfig;
  if (kind === 'ipc' && !['shareable', 'host'].includes(IpcMode) && !IpcMode.startsWith('container:')) {
    throw refuse(': non-shareable IPC (hint: use IpcMode:shareable for the donor container)');
  }
  return { task, process };
}

function sharedMemory(m: Machine, mode: string): Isolation['shm'] {
  const root = mode.startsWith('container:') ? donor(m, mode, 'ipc').process.pid : engineState(m).daemon;
  if (mode !== 'host' && !mode.startsWith('container:')) return 'own';
  const place = find(m, root, '/dev/shm');
  if (isErrno(place)) return 'none';
  const { fs, source, options } = place.mount;
  return { fs, source, options };
}

/** The host's devices: the ones asked for, or all of them. */
function devicesOf(m: Machine, { Devices = [], Privileged }: Partial<HostConfig>): Isolation['devices'] {
  const found: { [name: string]: DeviceNode } = {};
  const { daemon } = engineState(m);
  if (Privileged) {
    const dev = find(m, daemon, '/dev');
    const nodes: { readonly [name: string]: TreeNode } = !isErrno(dev) && dev.node.t === 'dir' ? dev.node.entries : {};
    for (const [name, node] of Object.entries(nodes)) if (node.t === 'char' || node.t === 'block') found[name] = node;
    delete found.ptmx;
  }
  for (const { PathOnHost, PathInContainer } of Devices) {
    const place = find(m, daemon, PathOnHost);
    const why = isErrno(place)
      ? 'no such file or directory'
      : place.node.t === 'char' || place.node.t === 'block'
        ? ''
        : 'not a device node';
    if (isErrno(place) || (place.node.t !== 'char' && place.node.t !== 'block')) {
      const what = JSON.stringify(PathOnHost);
      throw new EngineError(
        'start-failed',
        500,
        `error gathering device information while adding custom device ${what}: ${why}`,
      );
    }
    const [, name] = /^\/dev\/([^/]+)$/.exec(PathInContainer) ?? [];
    if (name === undefined) {
      throw new EngineError(
        'not-simulated',
        501,
        `drydock: a device at ${PathInContainer} (not in /dev) is not simulated`,
      );
    }
    found[name] = place.node;
  }
  return found;
}

/** Kernel parameters of the network namespace that the simulated kernel has. */
const knownSysctls = ['net.core.somaxconn', 'net.ipv4.ip_forward', 'net.ipv4.ip_unprivileged_port_start'];

function sysctlsOf({ Sysctls = {}, NetworkMode }: Partial<HostConfig>): Isolation['sysctls'] {
  for (const name of Object.keys(Sysctls)) {
    if (NetworkMode === 'host' && name.startsWith('net.')) {
      throw new EngineError(
        'start-failed',
        400,
        `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: sysctl ${JSON.stringify(name)} not allowed in host network namespace`,
      );
    }
    if (!knownSysctls.includes(name)) {
      throw new EngineError('not-simulated', 501, `drydock: the kernel parameter ${name} is not simulated`);
    }
  }
  return Sysctls;
}

function initOf(m: Machine, container: Container): Binding {
  const place = find(m, engineState(m).daemon, hostInit);
  if (isErrno(place)) {
    throw new EngineError('start-failed', 500, 'exec: "docker-init": executable file not found in $PATH');
  }
  step(m, 'dockerd', 'container-init', { container: container.id, path: initPath });
  return { destination: initPath, fs: place.mount.fs, root: place.path, file: true, readonly: true };
}
