import { controlsJobs } from '../run/children.ts';
import { findJob, isDone, jobLine, listedJobs, storeJob, updateJobs } from '../run/jobs.ts';
import { appletError, complain, print, ShellError } from '../run/shell.ts';
import { setTrap, trapName, trapNames } from '../run/traps.ts';
import { singleQuote } from '../run/variables.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions } from './builtin.ts';
import { kill as killProcesses } from './kill.ts';

/** `jobs [-lp] [job …]`. */
export const jobs: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'lp');
  updateJobs(sh);
  const chosen =
    operands.length === 0
      ? listedJobs(sh)
      : operands.map((name) => {
          const job = findJob(sh, name);
          if (!job) throw new ShellError(`${name}: no such job`);
          return job;
        });
  for (const job of chosen) {
    print(sh, 1, letters.has('p') ? `${job.pgid}\n` : jobLine(sh, job, letters.has('l') ? 'long' : 'short'));
  }
  for (const job of chosen) if (isDone(job) && !letters.has('p')) storeJob(sh, { ...job, told: true });
  return 0;
};

/** `fg [job]` and `bg [job …]`. */
export const foreground: Builtin = (sh, args, how) => {
  updateJobs(sh);
  const [name = 'fg', ...operands] = args;
  const targets = operands.length === 0 ? [undefined] : operands;
  for (const target of targets) {
    const job = findJob(sh, target);
    if (!job) throw new ShellError(target === undefined ? 'No current job' : `${target}: no such job`);
    if (!controlsJobs(sh)) throw new ShellError(`job ${target ?? `(null)`} not created under job control`);
    print(sh, 1, name === 'fg' ? `${job.text}\n` : `[${job.id}] ${job.text}\n`);
    const going = { ...job, stopped: false };
    storeJob(sh, going);
    const fd = sh.s.terminal?.fd;
    if (name === 'fg' && fd !== null && fd !== undefined) sh.sys.foreground(fd, job.pgid);
    sh.sys.kill(-job.pgid, 'SIGCONT');
    if (name === 'fg') {
      sh.s.pending = { p: 'job', job: going, tested: how.tested };
      return undefined;
    }
  }
  return 0;
};

/** `wait [-n] [job or pid …]`. */
export const wait: Builtin = (sh, args, how) => {
  const { letters, operands } = takeOptions(args, 'n');
  updateJobs(sh);
  const pids: number[] = [];
  let missing = false;
  for (const operand of operands) {
    if (!/^(?:%.*|\d+)$/.test(operand)) throw new ShellError(`Illegal number: ${operand}`);
    const job = findJob(sh, operand);
    if (!job && operand.startsWith('%')) throw new ShellError(`${operand}: no such job`);
    const pid = job?.processes.at(-1)?.pid;
    missing = pid === undefined;
    if (pid !== undefined) pids.push(pid);
  }
  if (operands.length > 0 && missing) return 127;
  sh.s.pending = { p: 'wait', pids: operands.length > 0 ? pids : null, any: letters.has('n'), tested: how.tested };
  return undefined;
};

/** `kill`: with job names, and given time for a signal that the shell sends itself. */
export const kill: Builtin = (sh, args) => {
  updateJobs(sh);
  const result = killProcesses(args.slice(1), {
    kill: (pid, signal) => sh.sys.kill(pid, signal),
    job: (name) => {
      const job = findJob(sh, name);
      if (!job) throw new ShellError(`${name}: no such job`);
      return controlsJobs(sh) ? -job.pgid : job.pgid;
    },
  });
  print(sh, 1, result.out);
  for (const message of result.errors) appletError(sh, message);
  // a signal to this very process is delivered before the next command
  sh.s.pending = { p: 'settle' };
  return result.status;
};

/** `trap [action] signal …`. */
export const trap: Builtin = (sh, args) => {
  const operands = args[1] === '--' ? args.slice(2) : args.slice(1);
  const [first, ...rest] = operands;
  if (first === undefined) {
    for (const name of trapNames()) {
      const action = sh.s.traps[name];
      if (action !== undefined) print(sh, 1, `trap -- ${singleQuote(action)} ${name}\n`);
    }
    return 0;
  }
  const reset = rest.length === 0 || first === '-' || /^\d+$/.test(first);
  const signals = rest.length === 0 || /^\d+$/.test(first) ? operands : rest;
  let status = 0;
  for (const text of signals) {
    const name = trapName(text);
    if (name === undefined) {
      complain(sh, `${text}: invalid signal specification`);
      status = 1;
    } else setTrap(sh, name, reset ? undefined : first);
  }
  return status;
};
