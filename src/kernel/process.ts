import type { Mutable } from './draft.ts';
import { emit } from './emit.ts';
import { type Errno, fail } from './errno.ts';
import { addFd, closeFd, holdFile } from './files.ts';
import type { Id, Json } from './json.ts';
import type { Machine } from './machine.ts';
import { collectNamespaces } from './namespaces.ts';
import type { Exit, SpawnOptions } from './program.ts';
import { ownRun } from './runs.ts';
import { sendSignal } from './signal-delivery.ts';
import type { NamespaceKind, Process } from './state.ts';
import { hangUpTty } from './tty.ts';
import { addChild, dropChild, forget, makeReady, recheck, setStatus, wakeSleepers } from './wait.ts';
import { nextSeq } from './world.ts';

/** kernel.pid_max is far higher; this bounds what one simulated machine carries (a fork bomb meets EAGAIN here). */
const maxProcesses = 2048;
/** Of these, programs leave so many to the daemons and to new commands. */
const reserved = 128;
/** RLIMIT_NPROC: so many of one user's processes; root is exempt (setrlimit(2)). */
const maxOfUser = 1024;

/** The process, changeable. Throws when it does not exist: the caller has just looked. */
export function ownProcess(m: Machine, pid: number): Mutable<Process> {
  return m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)) as Mutable<Process>;
}

/** The host pid of what a process calls `pid` in its own PID namespace. */
export function toHostPid(m: Machine, ns: Id, pid: number): number | undefined {
  if (m.kernel.processes[pid]?.pids[ns] === pid) return pid;
  for (const process of Object.values(m.kernel.processes)) if (process.pids[ns] === pid) return process.pid;
  return undefined;
}

/** The host's number of the process group that a process calls `pgid`; the leader may be gone while members live. */
export function toHostGroup(m: Machine, ns: Id, pgid: number): number | undefined {
  const leader = toHostPid(m, ns, pgid);
  if (leader !== undefined) return leader;
  return Object.values(m.kernel.processes).find((p) => p.groupPids?.[ns] === pgid)?.pgid;
}

/** What the processes of this PID namespace call the process's group; 0 when its leader is outside. */
export function groupIn(m: Machine, ns: Id, process: Process): number {
  return (m.kernel.processes[process.pgid]?.pids ?? process.groupPids)?.[ns] ?? 0;
}

/** Moves a process to another group (the host's number). */
export function setGroup(m: Machine, pid: number, pgid: number): void {
  const process = ownProcess(m, pid);
  process.pgid = pgid;
  const { groupPids } = Object.values(m.kernel.processes).find((p) => p.pgid === pgid && p.groupPids) ?? {};
  if (groupPids) process.groupPids = groupPids;
  else delete process.groupPids;
}

export interface CloneOptions {
  /** A program asked for it (fork), not a daemon or a client. */
  readonly forked?: boolean;
  readonly program?: string;
  readonly state?: Json;
  readonly fds?: SpawnOptions['fds'];
  readonly cwd?: string;
  readonly pgid?: number;
  /** Namespaces to be in, instead of the parent's. A new PID namespace makes the child its process 1. */
  readonly ns?: { readonly [kind in NamespaceKind]?: Id };
  readonly cgroup?: string;
}

/**
 * clone(2): a copy of the process `parent` that is not scheduled yet (the caller makes it ready, or execs in it).
 * EAGAIN when the machine or the cgroup's pids.max is full.
 */
export function cloneProcess(m: Machine, parent: number, options: CloneOptions = {}): number | Errno {
  const from = m.kernel.processes[parent];
  if (!from) return fail('ESRCH');
  const cgroup = options.cgroup ?? from.cgroup;
  const most = options.forked ? maxProcesses - reserved : maxProcesses;
  if (m.index.population >= most || cgroupFull(m, cgroup)) return fail('EAGAIN');
  if (options.forked && userFull(m, from)) return fail('EAGAIN');
  if (from.childPid !== undefined && isDead(m, from.childPid)) return fail('ENOMEM');
  const pid = m.kernel.nextPid;
  m.kernel.nextPid += 1;
  const ns = { ...from.ns, ...(from.childPid === undefined ? {} : { pid: from.childPid }), ...options.ns };
  const child: Process = {
    ...from,
    pid,
    pids: numberIn(m, ns.pid, pid),
    parent,
    pgid: options.pgid === undefined ? from.pgid : options.pgid || pid,
    ns,
    cgroup,
    cwd: options.cwd ?? from.cwd,
    fds: {},
    program: options.program ?? from.program,
    state: options.state ?? null,
    pending: [],
    caught: [],
    status: { wait: {}, seq: 0 },
    started: m.world.now,
    cpu: 0,
  };
  const { subreaper: _subreaper, service: _service, childPid: _childPid, diesWithParent: _dies, ...plain } = child;
  if (plain.pgid !== from.pgid) delete plain.groupPids;
  m.draft.own(m.kernel, 'processes')[pid] = m.draft.adopt(plain);
  addChild(m.index, parent, pid);
  m.index.population += 1;
  const fds: { [fd: string]: Id } = {};
  for (const [fd, file] of Object.entries(childFds(from, options.fds))) {
    fds[fd] = file;
    holdFile(m, file);
  }
  ownProcess(m, pid).fds = m.draft.adopt(fds);
  return pid;
}

/** Has the PID namespace had a process 1 that is gone? Then nobody can be born in it (pid_namespaces(7)). */
function isDead(m: Machine, ns: Id): boolean {
  const space = m.kernel.namespaces[ns];
  if (space?.kind !== 'pid' || space.next === 1) return false;
  const init = toHostPid(m, ns, 1);
  return init === undefined || 'zombie' in (m.kernel.processes[init]?.status ?? {});
}

function childFds(from: Process, wanted: SpawnOptions['fds']): { [fd: string]: Id } {
  if (!wanted) return { ...from.fds };
  const fds: { [fd: string]: Id } = {};
  for (const [fd, mine] of Object.entries(wanted)) {
    const file = from.fds[mine];
    if (file !== undefined) fds[fd] = file;
  }
  return fds;
}

/** A new process's number in its PID namespace and in every ancestor of that. */
function numberIn(m: Machine, ns: Id, hostPid: number): { [ns: string]: number } {
  const pids: { [ns: string]: number } = {};
  for (let id: Id | undefined = ns; id !== undefined; ) {
    const space: Machine['kernel']['namespaces'][string] | undefined = m.kernel.namespaces[id];
    if (space?.kind !== 'pid') break;
    if (space.parent === undefined) pids[id] = hostPid;
    else {
      pids[id] = space.next;
      m.draft.own(m.kernel, 'namespaces')[id] = { ...space, next: space.next + 1 };
    }
    id = space.parent;
  }
  return pids;
}

function userFull(m: Machine, { uid, limits }: Process): boolean {
  const soft = limits?.nproc?.[0] ?? -1;
  const most = soft < 0 ? maxOfUser : Math.min(soft, maxOfUser);
  if (uid === 0 || m.index.population < most) return false;
  return Object.values(m.kernel.processes).filter((each) => each.uid === uid).length >= most;
}

function cgroupFull(m: Machine, path: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const max = m.kernel.cgroups[at]?.pidsMax;
    if (max === undefined || processesIn(m, at).length < max) continue;
    const group = m.draft.own(m.draft.own(m.kernel, 'cgroups'), at);
    group.forksRefused = (group.forksRefused ?? 0) + 1;
    return true;
  }
  return false;
}

/** The processes of a cgroup and of those below it. */
export function processesIn(m: Machine, cgroup: string): readonly Process[] {
  const below = cgroup === '/' ? '/' : `${cgroup}/`;
  return Object.values(m.kernel.processes).filter((p) => p.cgroup === cgroup || p.cgroup.startsWith(below));
}

/** The process ends: descriptors closed, children handed on, the parent told. Its PID namespace dies with process 1. */
export function endProcess(m: Machine, pid: number, exit: Exit): void {
  const process = m.kernel.processes[pid];
  if (!process || 'zombie' in process.status) return;
  forget(m, process);
  const inside = process.pids[process.ns.pid] ?? pid;
  emit(m, 'kernel', 'exit', { pid, inside, code: exit.code, ...(exit.signal ? { signal: exit.signal } : {}) });
  setStatus(m, pid, { zombie: exit });
  for (const fd of Object.keys(process.fds)) closeFd(m, pid, Number(fd));
  Object.assign(ownProcess(m, pid), { state: null, pending: [] });
  dropReplies(m, pid);
  if (inside === 1) endNamespace(m, process);
  for (const child of m.index.children.get(pid) ?? [])
    if (m.kernel.processes[child]?.diesWithParent) endProcess(m, child, { code: 137, signal: 'SIGKILL' });
  handOnChildren(m, process);
  if (process.sid === process.pid && process.tty !== undefined) hangUpTty(m, process.tty);
  tellParent(m, process, exit);
}

function endNamespace(m: Machine, init: Process): void {
  for (const other of Object.values(m.kernel.processes)) {
    if (other.pid !== init.pid && other.pids[init.ns.pid] !== undefined && !('zombie' in other.status)) {
      endProcess(m, other.pid, { code: 137, signal: 'SIGKILL' });
    }
  }
  for (const other of Object.values(m.kernel.processes)) {
    if (other.pid !== init.pid && other.pids[init.ns.pid] !== undefined) bury(m, other.pid);
  }
}

/** Makes a process the child of another. */
export function setParent(m: Machine, pid: number, parent: number): void {
  const process = ownProcess(m, pid);
  dropChild(m.index, process.parent, pid);
  process.parent = parent;
  addChild(m.index, parent, pid);
}

/** Orphans go to the nearest living subreaper among the ancestors, else to process 1 of their PID namespace. */
function handOnChildren(m: Machine, process: Process): void {
  const children = [...(m.index.children.get(process.pid) ?? [])].sort((a, b) => a - b);
  if (children.length === 0) return;
  const heir = heirOf(m, process);
  for (const pid of children) {
    const child = m.kernel.processes[pid];
    if (!child) continue;
    setParent(m, pid, heir);
    if (heir !== 0) emit(m, 'kernel', 'reparent', { pid: child.pid, to: heir });
    if ('zombie' in child.status) tellParent(m, m.kernel.processes[child.pid] ?? child, child.status.zombie);
  }
}

function heirOf(m: Machine, process: Process): number {
  const init = toHostPid(m, process.ns.pid, 1);
  for (let at = m.kernel.processes[process.parent]; at; at = m.kernel.processes[at.parent]) {
    if (at.ns.pid !== process.ns.pid) break;
    if (at.subreaper && !('zombie' in at.status)) return at.pid;
  }
  if (init !== undefined && init !== process.pid) return init;
  return process.parent;
}

function tellParent(m: Machine, process: Process, exit: Exit): void {
  const run = process.run === undefined ? undefined : m.world.runs[process.run];
  if (run && run.pid === process.pid && run.host === m.hostId) {
    const owned = ownRun(m, run.id);
    if (owned) owned.exit = exit;
    bury(m, process.pid);
    return;
  }
  const parent = m.kernel.processes[process.parent];
  if (!parent || 'zombie' in parent.status) {
    bury(m, process.pid);
    return;
  }
  if (parent.service !== undefined) {
    bury(m, process.pid);
    m.software.services.get(parent.service)?.childExited?.(m, process.pid, exit);
    return;
  }
  if (parent.ignored.includes('SIGCHLD') || parent.program === 'init') {
    bury(m, process.pid);
    recheck(m, parent.pid);
    return;
  }
  if (parent.caught.includes('SIGCHLD')) sendSignal(m, parent.pid, 'SIGCHLD');
  recheck(m, parent.pid);
}

/** The last of a process: its number is free, namespaces that nobody is in any more vanish. */
export function bury(m: Machine, pid: number): void {
  const process = m.kernel.processes[pid];
  if (!process) return;
  delete m.draft.own(m.kernel, 'processes')[pid];
  dropChild(m.index, process.parent, pid);
  m.index.population -= 1;
  if (process.pgid === pid) {
    for (const member of Object.values(m.kernel.processes)) {
      if (member.pgid === pid) ownProcess(m, member.pid).groupPids = process.pids;
    }
  }
  collectNamespaces(m, process);
  for (const tty of Object.keys(m.kernel.ttys)) {
    if (m.kernel.ttys[tty]?.session === pid) wakeSleepers(m, tty);
  }
}

/** wait4(2) with WNOHANG for the process with host pid `pid`: `wanted` as it sees its child. */
export function reapChild(
  m: Machine,
  pid: number,
  wanted: number | 'any',
): { readonly pid: number; readonly exit: Exit } | 'again' | Errno {
  const self = m.kernel.processes[pid];
  if (!self) return fail('ECHILD');
  const seen = (child: Process): number => child.pids[self.ns.pid] ?? 0;
  const children = [...(m.index.children.get(pid) ?? [])]
    .flatMap((id) => m.kernel.processes[id] ?? [])
    .filter((child) => wanted === 'any' || seen(child) === wanted);
  let first: { readonly pid: number; readonly child: Process; readonly exit: Exit } | undefined;
  for (const child of children) {
    if ('zombie' in child.status && (!first || child.pid < first.pid)) {
      first = { pid: child.pid, child, exit: child.status.zombie };
    }
  }
  if (!first) return children.length > 0 ? 'again' : fail('ECHILD');
  bury(m, first.pid);
  return { pid: seen(first.child), exit: first.exit };
}

/** A job that the process `pid` asked a service for is done: it goes on with the answer, now or when it waits for it. */
export function finishJob(m: Machine, pid: number, job: Id, reply: Json): void {
  const process = m.kernel.processes[pid];
  if (!process || 'zombie' in process.status) return;
  if ('wait' in process.status && process.status.wait.job === job) makeReady(m, pid, { on: 'job', id: job, reply });
  else m.draft.own(m.kernel, 'jobs')[job] = { pid, reply };
}

/** Answers that nobody will ask for any more. */
function dropReplies(m: Machine, pid: number): void {
  for (const [job, { pid: asker }] of Object.entries(m.kernel.jobs)) {
    if (asker === pid) delete m.draft.own(m.kernel, 'jobs')[job];
  }
}

/** A service's alarm. */
export function setTimer(m: Machine, service: string, key: string, at: number): void {
  m.draft.own(m.kernel, 'timers').push({ at, seq: nextSeq(m), service, key });
}

/** Takes back a service's alarms with this key. */
export function clearTimer(m: Machine, service: string, key: string): void {
  if (!m.kernel.timers.some((t) => t.service === service && t.key === key)) return;
  m.kernel.timers = m.kernel.timers.filter((t) => t.service !== service || t.key !== key);
}

/** A descriptor of a process for an open file that a service made. */
export function giveFd(m: Machine, pid: number, file: Id): number | Errno {
  return addFd(m, pid, file, 3);
}
