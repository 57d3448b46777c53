import { allCapabilities } from '../kernel/capabilities.ts';
import { emit } from '../kernel/emit.ts';
import { isErrno, strerror } from '../kernel/errno.ts';
import { abandonProcess, execProcess, findImage } from '../kernel/exec.ts';
import { newFile, setFd } from '../kernel/files.ts';
import { isDir } from '../kernel/fs/generated.ts';
import { cloneMounts, remount } from '../kernel/fs/mounts.ts';
import { removeFilesystem } from '../kernel/fs/overlay.ts';
import { find } from '../kernel/fs/path.ts';
import { pivotRoot } from '../kernel/fs/pivot.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { collectNamespaces, namespaceKinds, newNamespace } from '../kernel/namespaces.ts';
import { newNetStack } from '../kernel/net/netns.ts';
import { pipeEnd } from '../kernel/pipes.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import type { Process } from '../kernel/state.ts';
import { ownTty } from '../kernel/tty.ts';
import { EngineError, initFailed } from './errors.ts';
import { type Isolation, limitProcess, type ProcessLimits } from './isolation.ts';
import { type Binding, mountFurther } from './runc-further.ts';
import { maskPaths, mountContainer } from './runc-mounts.ts';
import type { TaskIo } from './state.ts';
import { step } from './step.ts';
import { findGroups, findUser } from './users.ts';

/** What runc is told (config.json of the bundle), as far as this engine uses it. */
export interface Bundle {
  readonly container: Id;
  readonly argv: readonly string[];
  readonly env: { readonly [key: string]: string };
  readonly cwd: string;
  readonly user: string;
  readonly hostname: string;
  readonly cgroup: string;
  /** Where the overlay is mounted on the host. */
  readonly merged: string;
  /** `private`: a new network namespace; otherwise the one to join. */
  readonly netns: Id | 'private';
  /** The file system with resolv.conf, hostname and hosts. */
  readonly files: Id;
  /** Those of them that are mounted, read-only (steps of builds); undefined: all, to be written to. */
  readonly etc?: readonly string[];
  /** The root and the files bound from the host are read-only. */
  readonly readonly: boolean;
  readonly tmpfs: { readonly [path: string]: string };
  readonly shmSize: number;
  /** Volumes and bind mounts. */
  readonly bindings: readonly Binding[];
  readonly isolation: Isolation;
  /** Further groups of the process, by name or number. */
  readonly groups: readonly string[];
  /** Its programs are for another processor. */
  readonly foreign?: true;
}

/** A created container: its first process waits at exec.fifo. */
export interface Created {
  readonly pid: number;
  readonly netns: Id;
  readonly filesystems: readonly Id[];
  /** The program's environment, HOME included. */
  readonly env: { readonly [key: string]: string };
}

/** `runc create`: namespaces, mounts, new root, limits, privileges; everything but the program itself. */
export function runcCreate(m: Machine, shim: number, bundle: Bundle, io: TaskIo): Created {
  step(m, 'shim', 'runc-create', { container: bundle.container });
  const { memoryMax, pidsMax, cpuMax } = m.kernel.cgroups[bundle.cgroup] ?? {};
  emit(m, 'runc', 'cgroup', {
    path: bundle.cgroup,
    ...(memoryMax === undefined ? {} : { memoryMax }),
    ...(pidsMax === undefined ? {} : { pidsMax }),
    ...(cpuMax === undefined ? {} : { cpuMax }),
  });
  const parent = processOf(m, shim);
  const ns = newNamespaces(m, parent, bundle);
  const kinds = namespaceKinds.filter((kind) => ns[kind] !== parent.ns[kind]);
  const pid = cloneProcess(m, shim, { fds: {}, ns, cgroup: bundle.cgroup, program: 'runc' });
  if (isErrno(pid)) {
    collectNamespaces(m, { ns, parent: shim });
    throw new EngineError('start-failed', 500, `cannot start a process: ${pid.errno}`);
  }
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    pgid: pid,
    path: '/usr/bin/runc',
    argv: ['runc', 'init'],
    ...(m.run === undefined ? {} : { run: m.run }),
  });
  step(m, 'runc', 'runc-init', { pid, namespaces: kinds });
  emit(m, 'runc', 'unshare', { pid, kinds });
  emit(m, 'runc', 'clone', { pid, parent: shim });
  const mounted = mountContainer(m, ns, bundle);
  placeTty(m, io, mounted);
  pivotRoot(m, ns.mnt, bundle.merged, pid, 'runc');
  if (kinds.includes('uts')) emit(m, 'runc', 'sethostname', { name: bundle.hostname });
  const further = mountFurther(m, pid, ns.mnt, bundle);
  const filesystems = [...mounted, ...further, ...maskPaths(m, pid, ns.mnt, bundle.isolation)];
  connectIo(m, pid, io);
  let env = bundle.env;
  try {
    env = prepare(m, pid, bundle);
    if (bundle.readonly) remount(m, ns.mnt, '/', true);
  } catch (error) {
    abandonProcess(m, pid);
    for (const fs of filesystems) removeFilesystem(m, fs);
    throw error;
  }
  step(m, 'runc', 'exec-fifo', { pid });
  return { pid, netns: ns.net, filesystems, env };
}

/** `runc start`: the first process leaves exec.fifo and executes the program. */
export function runcStart(m: Machine, created: Created, bundle: Bundle): void {
  step(m, 'shim', 'runc-start', { container: bundle.container });
  execOrThrow(m, created.pid, bundle.argv, created.env, bundle.foreign);
}

/** A further process in the namespaces of a running container (`runc exec`). Returns its host pid. */
export function runcExec(
  m: Machine,
  target: number,
  what: {
    readonly container: Id;
    readonly filesystems: readonly Id[];
    readonly shim: number;
    readonly argv: readonly string[];
    readonly env: { readonly [key: string]: string };
    readonly cwd: string;
    readonly user: string;
    readonly privileged: boolean;
    readonly limits: ProcessLimits;
  },
  io: TaskIo,
): number {
  const init = processOf(m, target);
  const pid = cloneProcess(m, what.shim, { fds: {}, ns: init.ns, cgroup: init.cgroup, program: 'runc' });
  if (isErrno(pid))
    throw new EngineError(
      'start-failed',
      500,
      `OCI runtime exec failed: exec failed: unable to start container process: ${pid.errno}`,
    );
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    pgid: pid,
    root: init.root,
    cwd: '/',
    path: '/usr/bin/runc',
    argv: ['runc', 'init'],
    ...(m.run === undefined ? {} : { run: m.run }),
  });
  placeTty(m, io, what.filesystems);
  connectIo(m, pid, io);
  try {
    const env = { ...what.env };
    const caps = what.privileged ? allCapabilities : what.limits.caps;
    limitProcess(m, pid, what.limits);
    checkFolder(m, pid, what.cwd);
    const home = dropTo(m, pid, what.user, what.cwd, caps);
    env.HOME ??= home;
    step(m, 'runc', 'exec-join', {
      container: what.container,
      pid,
      inside: processOf(m, pid).pids[init.ns.pid] ?? pid,
      target,
      namespaces: namespaceKinds.filter((kind) => init.ns[kind] !== processOf(m, what.shim).ns[kind]),
      argv: what.argv,
    });
    execOrThrow(m, pid, what.argv, env);
  } catch (error) {
    abandonProcess(m, pid);
    throw error;
  }
  return pid;
}

/** execve of the program, found in PATH as runc finds it. */
function execOrThrow(
  m: Machine,
  pid: number,
  argv: readonly string[],
  env: { readonly [key: string]: string },
  foreign = false,
): void {
  const path = checkExec(m, pid, argv, env);
  const failed = execProcess(m, pid, { path, argv, env });
  if (!failed && tooManyProcesses(m, processOf(m, pid))) ownProcess(m, pid).program = 'exec-refused';
  if (!failed && foreign) Object.assign(ownProcess(m, pid), { program: 'exec-format', path });
  if (failed) throw new EngineError('start-failed', 400, `exec: ${JSON.stringify(argv[0])}: ${failed.errno}`);
}

/** Threads of `runc init` when it executes the program: they count as processes of the user (recorded: nproc=5 is enough, 4 is not). */
const initThreads = 5;

/** Has the user of a container's process more processes than RLIMIT_NPROC lets it execute a program with (setrlimit(2))? */
function tooManyProcesses(m: Machine, { uid, limits }: Process): boolean {
  const soft = limits?.nproc?.[0] ?? -1;
  if (uid === 0 || soft < 0) return false;
  const own = Object.values(m.kernel.processes).filter((each) => each.uid === uid);
  return own.length - 1 + initThreads > soft;
}

function processOf(m: Machine, pid: number): Process {
  const process = m.kernel.processes[pid];
  if (!process) throw new Error(`no process ${pid}`);
  return process;
}

function newNamespaces(m: Machine, parent: Process, bundle: Bundle): Process['ns'] {
  const { join, domainname, sysctls } = bundle.isolation;
  const { 'net.ipv4.ip_forward': forward, 'net.core.somaxconn': somaxconn } = sysctls;
  const stack = newNetStack({
    unprivilegedPortStart: Number(sysctls['net.ipv4.ip_unprivileged_port_start'] ?? 0),
    // a new namespace begins with the host's setting, and dockerd turns forwarding on there
    forwarding: forward !== '0',
  });
  return {
    user: parent.ns.user,
    mnt: cloneMounts(m, parent.ns.mnt),
    uts: join.uts ?? newNamespace(m, { kind: 'uts', hostname: bundle.hostname, domainname }),
    ipc: join.ipc ?? newNamespace(m, { kind: 'ipc' }),
    pid: join.pid ?? newNamespace(m, { kind: 'pid', parent: parent.ns.pid, next: 1 }),
    net:
      bundle.netns === 'private'
        ? newNamespace(m, { kind: 'net', net: { ...stack, ...(somaxconn ? { somaxconn: Number(somaxconn) } : {}) } })
        : bundle.netns,
    cgroup: join.cgroup ?? newNamespace(m, { kind: 'cgroup', root: bundle.cgroup }),
  };
}

/** A container's terminal is number N of its own devpts. */
function placeTty(m: Machine, io: TaskIo, filesystems: readonly Id[]): void {
  const devpts = filesystems.find((id) => m.kernel.filesystems[id]?.type === 'devpts');
  if (io.tty === undefined || devpts === undefined) return;
  const taken = Object.values(m.kernel.ttys)
    .filter((tty) => tty.devpts === devpts)
    .map((tty) => tty.name);
  let n = 0;
  while (taken.includes(`pts/${n}`)) n += 1;
  Object.assign(ownTty(m, io.tty), { devpts, name: `pts/${n}` });
}

function connectIo(m: Machine, pid: number, io: TaskIo): void {
  if (io.tty !== undefined) {
    const file = newFile(m, { kind: 'tty', tty: io.tty });
    for (const fd of [0, 1, 2]) setFd(m, pid, fd, file);
    ownProcess(m, pid).tty = io.tty;
    Object.assign(ownTty(m, io.tty), { session: pid, foreground: pid });
    return;
  }
  setFd(
    m,
    pid,
    0,
    io.stdin === undefined ? newFile(m, { kind: 'device', device: 'null' }) : pipeEnd(m, io.stdin, 'read'),
  );
  if (io.stdout !== undefined) setFd(m, pid, 1, pipeEnd(m, io.stdout, 'write'));
  if (io.stderr !== undefined) setFd(m, pid, 2, pipeEnd(m, io.stderr, 'write'));
}

function prepare(m: Machine, pid: number, bundle: Bundle): Bundle['env'] {
  const env = { ...bundle.env };
  const { isolation } = bundle;
  limitProcess(m, pid, isolation);
  const home = dropTo(m, pid, bundle.user, bundle.cwd, isolation.caps, bundle.groups);
  env.HOME ??= home;
  const { uid, gid } = processOf(m, pid);
  step(m, 'runc', 'drop-privileges', {
    dropped: allCapabilities.length - isolation.caps.length,
    kept: isolation.caps.length,
    uid,
    gid,
    seccomp: isolation.seccomp,
  });
  checkExec(m, pid, bundle.argv, env, 'create');
  return env;
}

/** A further process must find its working directory: only that of a container's first one is made. */
function checkFolder(m: Machine, pid: number, cwd: string): void {
  if (cwd !== '' && !cwd.startsWith('/')) {
    throw new EngineError('start-failed', 400, 'OCI runtime exec failed: exec failed: Cwd must be an absolute path');
  }
  const found = fileCalls(m, pid).stat(cwd || '/');
  if (!isErrno(found) && found.type === 'dir') return;
  const why = isErrno(found) ? strerror(found).toLowerCase() : 'not a directory';
  const hint =
    why === 'not a directory'
      ? ': Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type'
      : '';
  throw new EngineError(
    'start-failed',
    400,
    `OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: ${why}${hint}`,
  );
}

/** Working directory (made when missing), user, groups and capabilities of a container's process. Returns the home folder. */
function dropTo(
  m: Machine,
  pid: number,
  user: string,
  cwd: string,
  allowed: readonly string[],
  more: readonly string[] = [],
): string {
  const credentials = findUser(m, pid, user);
  const fs = fileCalls(m, pid);
  let path = '';
  for (const part of cwd.split('/').filter(Boolean)) {
    path += `/${part}`;
    if (isErrno(fs.stat(path))) fs.mkdir(path, 0o755);
  }
  const { uid, gid, groups } = credentials;
  const caps = uid === 0 ? allowed : [];
  Object.assign(ownProcess(m, pid), {
    uid,
    gid,
    groups: [...new Set([gid, ...groups, ...findGroups(m, pid, more)])],
    caps,
    bounding: allowed,
    cwd: cwd === '' ? '/' : cwd,
    umask: 0o022,
  });
  return credentials.home;
}

/** Finds the program as runc does, in the container's PATH; throws what the engine answers when it cannot be executed. */
function checkExec(
  m: Machine,
  pid: number,
  argv: readonly string[],
  env: { readonly [key: string]: string },
  verb: 'create' | 'exec' = 'exec',
): string {
  const name = argv[0] ?? '';
  const refuse = (why: string): EngineError =>
    verb === 'create'
      ? initFailed(`exec: "${name}": ${why}`)
      : new EngineError(
          'start-failed',
          400,
          `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${why}`,
        );
  const candidates = name.includes('/') ? [name] : (env.PATH ?? '').split(':').map((dir) => `${dir}/${name}`);
  let denied = false;
  for (const path of candidates) {
    const place = find(m, pid, path);
    if (isErrno(place)) continue;
    if (isDir(place.node)) {
      if (name.includes('/')) throw refuse('is a directory: permission denied');
      continue;
    }
    const image = findImage(m, pid, { path, argv, env }, place);
    if (!isErrno(image)) return path;
    if (image.errno === 'ENOEXEC') throw refuse('exec format error');
    if (image.errno === 'ENOENT') throw refuse('no such file or directory');
    denied = true;
  }
  if (denied) throw refuse('permission denied');
  throw refuse(name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH');
}

/** Is this an answer for a program that is not there (127) or cannot be run (126)? Else 125. */
export function startExitCode(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find|or vice-versa/.test(message)) return 127;
  return /permission denied|not a directory|is a directory/.test(message) ? 126 : 125;
}
