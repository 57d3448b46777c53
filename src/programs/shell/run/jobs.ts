import { isErrno } from '../../../kernel/errno.ts';
import type { Exit } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import type { Job } from '../state.ts';
import { controlsJobs } from './children.ts';
import type { Shell } from './shell.ts';
import { hasOption, print } from './shell.ts';

/** What strsignal(3) says of signals. */
const descriptions: { readonly [name in Signal]?: string } = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

/** What it says of those that stop. */
const stops: { readonly [name in Signal]?: string } = {
  SIGSTOP: 'Stopped (signal)',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
};

/** How many finished jobs are remembered for `wait`. */
const remembered = 200;

/** A job of processes just started. */
export function makeJob(sh: Shell, pids: readonly number[], text: string): Job {
  const id = 1 + Math.max(0, ...sh.s.jobs.filter((job) => !forgettable(job)).map((job) => job.id));
  return { id, processes: pids.map((pid) => ({ pid })), pgid: pids[0] ?? 0, text, stopped: false, told: false };
}

/** Finished, and told so: kept only for its status. */
function forgettable(job: Job): boolean {
  return job.told && isDone(job);
}

/** Have all its processes ended? */
export function isDone(job: Job): boolean {
  return job.processes.every((member) => member.exit !== undefined);
}

/** The exit status of a finished job: the last process's, or with pipefail the last failure's. */
export function jobStatus(sh: Shell, job: Job): number {
  const codes = job.processes.map((member) => member.exit?.code ?? 0);
  if (hasOption(sh, 'P')) return codes.findLast((code) => code !== 0) ?? 0;
  return codes.at(-1) ?? 0;
}

/** Takes the exit statuses of a job's finished processes; the pid of one that still runs, if any. */
export function reapJob(sh: Shell, job: Job): { readonly job: Job; readonly running: number | undefined } {
  let running: number | undefined;
  const processes = job.processes.map((member) => {
    if (member.exit) return member;
    const reaped = sh.sys.reap(member.pid);
    if (reaped === 'again') {
      running ??= member.pid;
      return member;
    }
    const exit: Exit = isErrno(reaped) ? { code: 127 } : reaped.exit;
    return { pid: member.pid, exit };
  });
  return { job: { ...job, processes }, running };
}

/** Brings the table of jobs up to date with which processes have ended or stopped. */
export function updateJobs(sh: Shell): void {
  if (sh.s.jobs.length === 0) return;
  const states = controlsJobs(sh) ? processStates(sh) : undefined;
  const jobs = sh.s.jobs.map((job) => {
    if (isDone(job)) return job;
    const { job: after } = reapJob(sh, job);
    if (isDone(after)) return { ...after, stopped: false, told: false };
    const stopped = states ? isStopped(after, states) : after.stopped;
    return stopped === after.stopped ? after : { ...withStop(sh, after, stopped), told: false };
  });
  const done = jobs.filter(forgettable);
  sh.s.jobs =
    done.length > remembered
      ? jobs.filter((job) => !forgettable(job) || done.indexOf(job) >= done.length - remembered)
      : jobs;
}

/** The job, stopped (ash and dash tell by what) or not. */
export function withStop(sh: Shell, job: Job, stopped: boolean): Job {
  const { stoppedBy: _, ...rest } = job;
  if (!stopped || sh.s.flavour === 'bash') return { ...rest, stopped };
  const pids = job.processes.map((member) => member.pid);
  const by = sh.sys.processes().find((member) => pids.includes(member.pid) && member.stoppedBy)?.stoppedBy;
  return { ...rest, stopped, ...(by ? { stoppedBy: by } : {}) };
}

/** The state letters of this shell's view of the process table, by pid. */
export function processStates(sh: Shell): ReadonlyMap<number, string> {
  return new Map(sh.sys.processes().map((member) => [member.pid, member.state]));
}

/** Is every process of the job that still lives stopped? */
export function isStopped(job: Job, states: ReadonlyMap<number, string>): boolean {
  return !isDone(job) && job.processes.every((member) => member.exit !== undefined || states.get(member.pid) === 'T');
}

/** Adds a job to the table, or puts its newer form there. */
export function storeJob(sh: Shell, job: Job): void {
  const others = sh.s.jobs.filter((known) => known.pgid !== job.pgid && (known.id !== job.id || forgettable(known)));
  sh.s.jobs = [...others, job].sort((a, b) => a.id - b.id);
}

/** The jobs that `jobs` lists: bash by number, the others from the current one on. */
export function listedJobs(sh: Shell): readonly Job[] {
  const known = sh.s.jobs.filter((job) => !forgettable(job));
  return sh.s.flavour === 'bash' ? known : currentFirst(known);
}

/** Stopped ones first, then the youngest. */
function currentFirst(jobs: readonly Job[]): readonly Job[] {
  const order = [...jobs].sort((a, b) => b.id - a.id);
  return [...order.filter((job) => job.stopped), ...order.filter((job) => !job.stopped)];
}

/** The current job (`%+`) and the one before it (`%-`). */
export function currentJobs(sh: Shell): readonly [current: Job | undefined, previous: Job | undefined] {
  const order = currentFirst(listedJobs(sh));
  return [order[0], order[1]];
}

/** The job that `%1`, `%%`, `%+`, `%-`, `%text`, `%?text` or a pid means. */
export function findJob(sh: Shell, name: string | undefined): Job | undefined {
  const [current, previous] = currentJobs(sh);
  if (name === undefined || name === '%%' || name === '%+' || name === '%') return current;
  if (name === '%-') return previous;
  if (/^%\d+$/.test(name)) return listedJobs(sh).find((job) => job.id === Number(name.slice(1)));
  if (name.startsWith('%?')) return listedJobs(sh).find((job) => job.text.includes(name.slice(2)));
  if (name.startsWith('%')) return listedJobs(sh).find((job) => job.text.startsWith(name.slice(1)));
  return sh.s.jobs.find((job) => job.processes.some((member) => member.pid === Number(name)));
}

/** A job's state in words, as `jobs` prints it. */
function stateText(job: Job): string {
  if (job.stopped) return job.stoppedBy === undefined ? 'Stopped' : (stops[job.stoppedBy] ?? 'Stopped');
  if (!isDone(job)) return 'Running';
  const exit = job.processes.at(-1)?.exit;
  if (exit?.signal) return signalText(exit.signal);
  return exit?.code === 0 ? 'Done' : `Done(${exit?.code ?? 0})`;
}

/** What is said of a process that a signal ended. */
export function signalText(signal: Signal): string {
  return descriptions[signal] ?? `Signal ${signal}`;
}

/** A job's line in the list: `[1]+  Running                    sleep 5`. */
export function jobLine(sh: Shell, job: Job, how: 'short' | 'long'): string {
  const [current, previous] = currentJobs(sh);
  const mark = job.id === current?.id ? '+' : job.id === previous?.id ? '-' : ' ';
  const head = `[${job.id}]${mark} `;
  const pid = how === 'long' ? `${job.processes[0]?.pid ?? ''} ` : ' ';
  if (sh.s.flavour === 'bash') {
    const running = !job.stopped && !isDone(job);
    const state = stateText(job).replace(/^Done\((\d+)\)$/, 'Exit $1');
    return `${head}${pid}${state.padEnd(24)}${job.text}${running ? ' &' : ''}\n`;
  }
  if (sh.s.flavour === 'dash')
    return `[${job.id}] ${mark} ${how === 'long' ? pid : ''}${stateText(job).padEnd(how === 'long' ? 26 : 27)}${job.text}\n`;
  return `${head}${pid}${stateText(job).padEnd(how === 'long' ? 26 : 27)}${job.text}\n`;
}

/**
 * Tells that a foreground job, or one that was waited for, was ended by a signal. Nothing is said of SIGINT (but in an
 * interactive shell the line ends) and of SIGPIPE.
 */
export function tellSignals(sh: Shell, job: Job): void {
  const signal = job.processes.find((member) => member.exit?.signal)?.exit?.signal;
  if (signal === undefined) return;
  if (signal === 'SIGINT') {
    if (controlsJobs(sh)) print(sh, 2, '\n');
  } else if (signal !== 'SIGPIPE') print(sh, 2, `${signalText(signal)}\n`);
}
