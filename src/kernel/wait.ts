import type { Id, Us } from './json.ts';
import type { Machine, WaitIndex } from './machine.ts';
import { listenerReady } from './net/sockets.ts';
import { pipeReady } from './pipes.ts';
import type { Wait, Wake } from './program.ts';
import type { Kernel, Process, Status } from './state.ts';
import { inBackground, ttyReady, ttyWritable } from './tty.ts';
import { nextSeq } from './world.ts';

/** Works out from the processes' status who waits for what; done when a turn begins. */
export function indexOf(kernel: Kernel): WaitIndex {
  const index: WaitIndex = { sleepers: new Map(), ready: [], alarms: [], children: new Map(), population: 0 };
  const ready: { seq: number; pid: number }[] = [];
  for (const process of Object.values(kernel.processes)) {
    const { status, pid } = process;
    addChild(index, process.parent, pid);
    index.population += 1;
    if ('ready' in status) ready.push({ seq: status.seq, pid });
    else if ('wait' in status) {
      for (const key of sleepKeys(kernel, process, status.wait)) addSleeper(index, key, pid);
      if (status.wait.until !== undefined) index.alarms.push({ at: status.wait.until, seq: status.seq, pid });
    }
  }
  ready.sort((a, b) => a.seq - b.seq);
  for (const { pid } of ready) index.ready.push(pid);
  index.alarms.sort(latestFirst);
  return index;
}

/** Puts a process to sleep, or leaves it ready when what it waits for is there already. */
export function sleep(m: Machine, pid: number, wait: Wait): void {
  const process = m.kernel.processes[pid];
  if (!process) return;
  const due = poll(m, process, wait);
  if (due) {
    makeReady(m, pid, due);
    return;
  }
  const seq = nextSeq(m);
  setStatus(m, pid, { wait, seq });
  for (const key of sleepKeys(m.kernel, process, wait)) addSleeper(m.index, key, pid);
  if (wait.until !== undefined) {
    addAlarm(m.index, { at: wait.until, seq, pid });
  }
}

/** Something changed at this pipe, terminal, listener or run: whoever slept on it and is due now can go on. */
export function wakeSleepers(m: Machine, key: Id): void {
  const pids = m.index.sleepers.get(key);
  if (!pids) return;
  for (const pid of [...pids]) {
    const process = m.kernel.processes[pid];
    const wait = process && 'wait' in process.status ? process.status.wait : undefined;
    const due = process && wait && poll(m, process, wait);
    if (due) makeReady(m, pid, due);
  }
}

/** A child of `pid` ended (or a job did): lets it go on if that is what it waits for. */
export function recheck(m: Machine, pid: number): void {
  const process = m.kernel.processes[pid];
  if (!process || !('wait' in process.status)) return;
  const due = poll(m, process, process.status.wait);
  if (due) makeReady(m, pid, due);
}

/** The process is to be run with this wake. A process that is not asleep keeps its place. */
export function makeReady(m: Machine, pid: number, wake: Wake | { readonly on: 'start' }): void {
  const process = m.kernel.processes[pid];
  if (!process || 'zombie' in process.status) return;
  if ('stopped' in process.status) {
    setStatus(m, pid, { ...process.status, stopped: { ready: wake, seq: nextSeq(m) } });
    return;
  }
  forget(m, process);
  setStatus(m, pid, { ready: wake, seq: nextSeq(m) });
  m.index.ready.push(pid);
}

/** Takes a process out of the index: it ends, stops or becomes ready. */
export function forget(m: Machine, process: Process): void {
  if ('ready' in process.status) {
    const at = m.index.ready.indexOf(process.pid);
    if (at >= 0) m.index.ready.splice(at, 1);
  }
  if (!('wait' in process.status)) return;
  const { wait } = process.status;
  for (const key of sleepKeys(m.kernel, process, wait)) {
    const pids = m.index.sleepers.get(key);
    pids?.delete(process.pid);
    if (pids?.size === 0) m.index.sleepers.delete(key);
  }
  if (wait.until !== undefined) {
    const at = m.index.alarms.findIndex((alarm) => alarm.pid === process.pid);
    if (at >= 0) m.index.alarms.splice(at, 1);
  }
}

/** Sets a process's status, nothing else. */
export function setStatus(m: Machine, pid: number, status: Status): void {
  m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)).status = status;
}

/** When the next sleeper is due. */
export function nextAlarm(m: Machine): { at: Us; seq: number; pid: number } | undefined {
  return m.index.alarms.at(-1);
}

/** What of a wait has come, if anything. */
function poll(m: Machine, process: Process, wait: Wait): Wake | undefined {
  for (const fd of wait.readable ?? []) if (fdReady(m, process, fd, 'read')) return { on: 'fd', fd };
  for (const fd of wait.writable ?? []) if (fdReady(m, process, fd, 'write')) return { on: 'fd', fd };
  if (wait.child !== undefined && childDue(m, process, wait.child)) return { on: 'child' };
  if (wait.job !== undefined) {
    const done = m.kernel.jobs[wait.job];
    if (done) {
      delete m.draft.own(m.kernel, 'jobs')[wait.job];
      return { on: 'job', id: wait.job, reply: done.reply };
    }
  }
  if (wait.until !== undefined && wait.until <= m.world.now) return { on: 'time' };
  return undefined;
}

function childDue(m: Machine, process: Process, wanted: number | 'any'): boolean {
  let any = false;
  for (const pid of m.index.children.get(process.pid) ?? []) {
    const child = m.kernel.processes[pid];
    if (!child) continue;
    if (wanted !== 'any' && child.pids[process.ns.pid] !== wanted) continue;
    if ('zombie' in child.status) return true;
    any = true;
  }
  return !any; // nothing to wait for: the caller's reap says ECHILD
}

function fdReady(m: Machine, process: Process, fd: number, end: 'read' | 'write'): boolean {
  const file = m.kernel.files[process.fds[fd] ?? ''];
  switch (file?.kind) {
    case 'pipe':
      return pipeReady(m, file.pipe, file.end);
    case 'stream':
      return end === 'read' ? pipeReady(m, file.rx, 'read') : pipeReady(m, file.tx, 'write');
    case 'listen':
      return listenerReady(m, file);
    case 'tty':
      return end === 'read' ? inBackground(m, process, file.tty) || ttyReady(m, file.tty) : ttyWritable(m, file.tty);
    case 'run':
      return runWritable(m, file.run);
    default:
      return true;
  }
}

/** What a client has not printed yet stays below this many bytes, so that endless output does not fill the world. */
const runOutputLimit = 262_144;

/** May more be written to the run's client before it has printed what is there? */
export function runWritable(m: Machine, run: Id): boolean {
  const out = m.world.runs[run]?.out ?? [];
  return out.reduce((sum, chunk) => sum + chunk.bytes.length, 0) < runOutputLimit;
}

function sleepKeys(kernel: Kernel, process: Process, wait: Wait): Id[] {
  const keys: Id[] = [];
  for (const [fds, end] of [
    [wait.readable, 'read'],
    [wait.writable, 'write'],
  ] as const) {
    for (const fd of fds ?? []) {
      const id = process.fds[fd];
      const file = id === undefined ? undefined : kernel.files[id];
      if (file?.kind === 'pipe') keys.push(file.pipe);
      else if (file?.kind === 'stream') keys.push(end === 'read' ? file.rx : file.tx);
      else if (file?.kind === 'tty') keys.push(file.tty);
      else if (file?.kind === 'run') keys.push(file.run);
      else if (file?.kind === 'listen' && id !== undefined) keys.push(id);
    }
  }
  return keys;
}

/** Notes that `pid` is a child of `parent`. */
export function addChild(index: WaitIndex, parent: number, pid: number): void {
  const children = index.children.get(parent);
  if (children) children.add(pid);
  else index.children.set(parent, new Set([pid]));
}

/** Takes that back. */
export function dropChild(index: WaitIndex, parent: number, pid: number): void {
  const children = index.children.get(parent);
  children?.delete(pid);
  if (children?.size === 0) index.children.delete(parent);
}

function addSleeper(index: WaitIndex, key: Id, pid: number): void {
  const pids = index.sleepers.get(key);
  if (pids) pids.add(pid);
  else index.sleepers.set(key, new Set([pid]));
}

function addAlarm(index: WaitIndex, alarm: WaitIndex['alarms'][number]): void {
  let [low, high] = [0, index.alarms.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = index.alarms[middle];
    if (other && latestFirst(other, alarm) < 0) low = middle + 1;
    else high = middle;
  }
  index.alarms.splice(low, 0, alarm);
}

function latestFirst(a: { at: number; seq: number }, b: { at: number; seq: number }): number {
  return b.at - a.at || b.seq - a.seq;
}
