import { emit } from './emit.ts';
import { type Errno, fail } from './errno.ts';
import type { Machine } from './machine.ts';
import { endProcess, ownProcess } from './process.ts';
import { defaultAction, type Signal, signalNumber } from './signals.ts';
import type { KernelActions } from './trace.ts';
import { forget, makeReady, setStatus, sleep } from './wait.ts';

/**
 * Sends a signal to the process with this host pid. `from` is the host pid of the sender (absent: the kernel itself).
 * The first process of a PID namespace gets from inside only what it catches, and from outside also SIGKILL and SIGSTOP
 * (pid_namespaces(7)).
 */
export function sendSignal(m: Machine, pid: number, signal: Signal, from?: number): Errno | undefined {
  const target = m.kernel.processes[pid];
  if (!target || 'zombie' in target.status) return target ? undefined : fail('ESRCH');
  const caught = target.caught.includes(signal);
  if (isInit(m, pid) && !caught) {
    const sender = from === undefined ? undefined : m.kernel.processes[from];
    const outside = sender === undefined || sender.ns.pid !== target.ns.pid;
    const forced = signal === 'SIGKILL' || signal === 'SIGSTOP';
    if (!(outside && forced) && signal !== 'SIGCONT') {
      if (defaultAction(signal) !== 'ignore') tell(m, pid, signal, 'ignored-by-pid-1');
      return undefined;
    }
  }
  if (signal === 'SIGCONT') resume(m, pid);
  if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') {
    if (caught) {
      tell(m, pid, signal, 'caught');
      deliverCaught(m, pid, signal);
      return undefined;
    }
    if (target.ignored.includes(signal)) {
      tell(m, pid, signal, 'ignored');
      return undefined;
    }
  }
  switch (defaultAction(signal)) {
    case 'terminate':
      tell(m, pid, signal, 'terminates');
      endProcess(m, pid, { code: 128 + signalNumber(signal), signal });
      break;
    case 'stop':
      tell(m, pid, signal, 'stops');
      stop(m, pid, signal);
      break;
    default:
  }
  return undefined;
}

/** Sends a signal to every process of a group. */
export function signalGroup(m: Machine, pgid: number, signal: Signal, from?: number): Errno | undefined {
  let found = false;
  for (const process of Object.values(m.kernel.processes)) {
    if (process.pgid !== pgid || 'zombie' in process.status) continue;
    found = true;
    sendSignal(m, process.pid, signal, from);
  }
  return found ? undefined : fail('ESRCH');
}

/** Is it the first process of its PID namespace (and of a namespace other than the host's, or the host's own init)? */
export function isInit(m: Machine, pid: number): boolean {
  const process = m.kernel.processes[pid];
  return process !== undefined && process.pids[process.ns.pid] === 1;
}

function deliverCaught(m: Machine, pid: number, signal: Signal): void {
  const process = m.kernel.processes[pid];
  if (!process) return;
  if ('wait' in process.status) makeReady(m, pid, { on: 'signal', signal });
  else if (!process.pending.includes(signal)) m.draft.own(ownProcess(m, pid), 'pending').push(signal);
}

function stop(m: Machine, pid: number, by: Signal): void {
  const process = m.kernel.processes[pid];
  if (!process || 'stopped' in process.status) return;
  forget(m, process);
  setStatus(m, pid, { stopped: process.status, by });
  const parent = m.kernel.processes[process.parent];
  if (parent?.caught.includes('SIGCHLD')) sendSignal(m, parent.pid, 'SIGCHLD');
}

function resume(m: Machine, pid: number): void {
  const process = m.kernel.processes[pid];
  if (!process || !('stopped' in process.status)) return;
  const { stopped } = process.status;
  setStatus(m, pid, { wait: {}, seq: 0 });
  const [signal] = process.pending;
  if ('wait' in stopped && signal) {
    ownProcess(m, pid).pending = process.pending.slice(1);
    makeReady(m, pid, { on: 'signal', signal });
  } else if ('wait' in stopped) sleep(m, pid, stopped.wait);
  else if ('ready' in stopped) makeReady(m, pid, stopped.ready);
  tell(m, pid, 'SIGCONT', 'continues');
}

function tell(m: Machine, pid: number, signal: Signal, effect: KernelActions['signal']['effect']): void {
  const process = m.kernel.processes[pid];
  emit(m, 'kernel', 'signal', { pid, inside: process?.pids[process.ns.pid] ?? pid, signal, effect });
}
