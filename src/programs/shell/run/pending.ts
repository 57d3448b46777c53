import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { goOnMapping } from '../builtins/bash/mapfile.ts';
import { goOnReading } from '../builtins/read.ts';
import type { Pending, ShellState } from '../state.ts';
import { controlsJobs } from './children.ts';
import { finish } from './command.ts';
import { readInput } from './input.ts';
import { runEditor } from './interactive.ts';
import {
  isDone,
  isStopped,
  jobLine,
  jobStatus,
  makeJob,
  processStates,
  reapJob,
  storeJob,
  tellSignals,
  updateJobs,
  withStop,
} from './jobs.ts';
import type { Shell } from './shell.ts';
import { print, ShellError } from './shell.ts';
import { signalStatus } from './traps.ts';
import { pushValue } from './words.ts';

/** Goes on with what the shell was waiting for. Returns how to wait on; undefined when it is over. */
export function resume(sh: Shell): Next<ShellState> | undefined {
  const { pending } = sh.s;
  switch (pending?.p) {
    case 'job':
      return waitForJob(sh, pending);
    case 'substitute':
      return collect(sh, pending);
    case 'read':
      return goOnReading(sh, pending.read, pending.tested);
    case 'mapfile':
      return goOnMapping(sh, pending.mapfile, pending.tested);
    case 'wait':
      return waitBuiltin(sh, pending);
    case 'input':
      return readInput(sh);
    case 'edit':
      return runEditor(sh, pending.editor);
    case 'settle':
      sh.s.pending = null;
      return { state: sh.s, yield: true };
    default:
      return undefined;
  }
}

/** The foreground job: over when all its processes are, or when it was stopped. */
function waitForJob(sh: Shell, pending: Pending & { p: 'job' }): Next<ShellState> | undefined {
  const { job, running } = reapJob(sh, pending.job);
  const control = controlsJobs(sh);
  if (running !== undefined) {
    if (!control || !isStopped(job, processStates(sh))) {
      sh.s.pending = { ...pending, job };
      return { state: sh.s, wait: { child: running } };
    }
    takeTerminal(sh);
    sh.s.pending = null;
    const known = sh.s.jobs.some((other) => other.pgid === job.pgid) ? job.id : makeJob(sh, [], '').id;
    const stopped = { ...withStop(sh, job, true), id: known, told: true };
    storeJob(sh, stopped);
    print(sh, 2, `${sh.s.flavour === 'bash' ? '\n' : ''}${jobLine(sh, stopped, 'short')}`);
    finish(sh, signalStatus('SIGTSTP'), pending.tested);
    return undefined;
  }
  if (control) takeTerminal(sh);
  sh.s.pending = null;
  sh.s.jobs = sh.s.jobs.filter((other) => other.pgid !== job.pgid);
  tellSignals(sh, job);
  finish(sh, jobStatus(sh, job), pending.tested);
  if (sh.s.flavour === 'bash') sh.s.pipeStatus = job.processes.map((member) => member.exit?.code ?? 0);
  return undefined;
}

/** Makes the shell's own group the terminal's foreground again. */
function takeTerminal(sh: Shell): void {
  const fd = sh.s.terminal?.fd;
  const group = sh.sys.getpgid(0);
  if (fd !== undefined && fd !== null && !isErrno(group)) sh.sys.foreground(fd, group);
}

/** Memory limits of a control group act below it: see chargeMemory in the kernel. */
const substitutionLimit = 64 * 2 ** 20;

/** Reads a command substitution's output to its end, then takes the child's status. */
function collect(sh: Shell, pending: Pending & { p: 'substitute' }): Next<ShellState> | undefined {
  const { fd, pid, to, q } = pending;
  const parts = pending.parts.slice();
  let { size } = pending;
  while (fd !== null) {
    const got = sh.sys.read(fd, 65536);
    if (got === 'again') {
      sh.s.pending = { ...pending, parts, size };
      return { state: sh.s, wait: { readable: [fd] } };
    }
    if (got === 'eof' || isErrno(got)) break;
    parts.push(got.bytes);
    size += got.bytes.length;
    sh.sys.spend(got.bytes.length >> 6);
    if (size > substitutionLimit) {
      closePrivate(sh, fd);
      throw new ShellError('out of memory');
    }
  }
  if (fd !== null) closePrivate(sh, fd);
  const reaped = sh.sys.reap(pid);
  if (reaped === 'again') {
    sh.s.pending = { ...pending, parts, size, fd: null };
    return { state: sh.s, wait: { child: pid } };
  }
  const status = isErrno(reaped) ? 0 : reaped.exit.code;
  sh.s.pending = null;
  sh.s.status = status;
  sh.frame.substituted = status;
  sh.frame.pc = to;
  pushValue(sh, { q }, decodeUtf8(parts.join('').replace(/\0/g, '')).replace(/\n+$/, ''));
  return undefined;
}

function closePrivate(sh: Shell, fd: number): void {
  sh.sys.close(fd);
  sh.s.privateFds = sh.s.privateFds.filter((known) => known !== fd);
}

/** The built-in `wait`. A trapped signal ends it. */
function waitBuiltin(sh: Shell, pending: Pending & { p: 'wait' }): Next<ShellState> | undefined {
  const over = (status: number) => {
    sh.s.pending = null;
    finish(sh, status, pending.tested);
    return undefined;
  };
  const [signal] = sh.s.signals;
  if (signal !== undefined) return over(signalStatus(signal));
  updateJobs(sh);
  const { pids } = pending;
  const wanted = sh.s.jobs.filter((job) =>
    pids ? job.processes.some((process) => pids.includes(process.pid)) : !job.told || !isDone(job),
  );
  const done = wanted.filter(isDone);
  if (pending.any && wanted.length === 0) return over(127);
  if (pending.any ? done.length > 0 : done.length === wanted.length) {
    const counted = pending.any ? done.slice(0, 1) : done;
    for (const job of counted) {
      if (!job.told) tellSignals(sh, job);
      storeJob(sh, { ...job, told: true });
    }
    const last = pending.any
      ? counted[0]
      : pids
        ? wanted.find((job) => job.processes.some((process) => process.pid === pids.at(-1)))
        : undefined;
    return over(last ? jobStatus(sh, last) : 0);
  }
  return { state: sh.s, wait: { child: 'any' } };
}
