import { allSignals, signalNumber } from '../../../kernel/signals.ts';
import { controlsJobs } from '../run/children.ts';
import { currentJobs, findJob, isDone, jobLine, listedJobs, storeJob, updateJobs, withStop } from '../run/jobs.ts';
import { quoteReusable } from '../run/quoting.ts';
import type { Shell } from '../run/shell.ts';
import { appletError, complain, print, ShellError } from '../run/shell.ts';
import { setTrap, trapName, trapNames } from '../run/traps.ts';
import { singleQuote } from '../run/variables.ts';
import type { Job } from '../state.ts';
import { wording } from '../wording/words.ts';
import { usageOf } from './bash/usage.ts';
import type { Builtin } from './builtin.ts';
import { takeOptions } from './builtin.ts';
import { kill as killProcesses } from './kill.ts';

/** `jobs [-lp] [job …]`. */
export const jobs: Builtin = (sh, args) => {
  const { letters, operands } = takeOptions(args, 'lp', sh);
  updateJobs(sh);
  const chosen =
    operands.length === 0
      ? listedJobs(sh)
      : operands.map((name) => {
          const job = findJob(sh, name);
          if (!job) throw new ShellError(wording(sh).noJob(name), sh.s.flavour === 'bash' ? 1 : 2);
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
    if (sh.s.flavour === 'bash' && !controlsJobs(sh)) throw new ShellError('no job control', 1);
    const job = findJob(sh, target);
    if (!job)
      throw new ShellError(
        target === undefined
          ? sh.s.flavour === 'bash'
            ? 'current: no such job'
            : 'No current job'
          : wording(sh).noJob(target),
        sh.s.flavour === 'bash' ? 1 : 2,
      );
    if (!controlsJobs(sh)) throw new ShellError(`job ${target ?? `(null)`} not created under job control`);
    print(sh, 1, name === 'fg' ? `${job.text}\n` : continued(sh, job));
    const going = withStop(sh, job, false);
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

/** What `bg` says: bash with the job's mark and as it would be typed. */
function continued(sh: Shell, job: Job): string {
  if (sh.s.flavour !== 'bash') return `[${job.id}] ${job.text}\n`;
  const [current, previous] = currentJobs(sh);
  const mark = job.id === current?.id ? '+' : job.id === previous?.id ? '-' : ' ';
  return `[${job.id}]${mark} ${job.text} &\n`;
}

/** `wait [-n] [job or pid …]`. */
export const wait: Builtin = (sh, args, how) => {
  const { letters, operands } = takeOptions(
    args,
    sh.s.flavour === 'dash' ? '' : sh.s.flavour === 'bash' ? 'fn' : 'n',
    sh,
  );
  updateJobs(sh);
  const pids: number[] = [];
  let missing = false;
  for (const operand of operands) {
    if (!/^(?:%.*|\d+)$/.test(operand))
      throw new ShellError(
        sh.s.flavour === 'bash' ? `\`${operand}': not a pid or valid job spec` : `Illegal number: ${operand}`,
        sh.s.flavour === 'bash' ? 1 : 2,
      );
    const job = findJob(sh, operand);
    if (!job && operand.startsWith('%'))
      throw new ShellError(wording(sh).noJob(operand), sh.s.flavour === 'bash' ? 127 : 2);
    const pid = job?.processes.at(-1)?.pid;
    missing = pid === undefined;
    if (missing && sh.s.flavour === 'bash') complain(sh, `pid ${operand} is not a child of this shell`);
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
      if (!job) throw new ShellError(wording(sh).noJob(name), sh.s.flavour === 'bash' ? 1 : 2);
      return controlsJobs(sh) ? -job.pgid : job.pgid;
    },
  });
  print(sh, 1, result.out);
  for (const message of result.errors) killError(sh, message, args);
  // a signal to this very process is delivered before the next command
  sh.s.pending = { p: 'settle' };
  return result.errors.length > 0 && sh.s.flavour !== 'ash'
    ? /usage|whom/.test(result.errors[0] ?? '') ||
      (sh.s.flavour === 'dash' && !/No such process|Operation not permitted/.test(result.errors[0] ?? ''))
      ? 2
      : 1
    : result.status;
};

/** kill's complaints in the flavour's words. */
function killError(sh: Shell, message: string, args: readonly string[]): void {
  const { flavour } = sh.s;
  if (flavour === 'ash') {
    appletError(sh, message);
    return;
  }
  const [, pid, why] = /^can't kill pid (-?\d+): (.*)$/.exec(message) ?? [];
  const [, wrong] = /^(?:bad signal name|invalid number) '(.*)'$/.exec(message) ?? [];
  if (message.startsWith('you need'))
    print(
      sh,
      2,
      flavour === 'bash'
        ? `kill: usage: ${usageOf('kill')}\n`
        : `${wording(sh).prefix(sh, sh.frame.line)}Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]\n`,
    );
  else if (pid !== undefined) complain(sh, flavour === 'bash' ? `(${pid}) - ${why ?? ''}` : `${why ?? ''}\n`);
  else if (message.startsWith('bad signal'))
    complain(
      sh,
      flavour === 'bash'
        ? `${wrong ?? ''}: invalid signal specification`
        : args[1] === '-s'
          ? `invalid signal number or name: ${wrong ?? ''}`
          : `Illegal option -${(wrong ?? '').charAt(0)}`,
    );
  else if (wrong !== undefined)
    complain(sh, flavour === 'bash' ? `${wrong}: arguments must be process or job IDs` : `Illegal number: ${wrong}`);
  else complain(sh, message);
}

/** bash's table of signals, as `trap -l` and `kill -l` print it. */
function signalTable(): string {
  const entries = [...allSignals]
    .sort((a, b) => signalNumber(a) - signalNumber(b))
    .map((signal) => [signalNumber(signal), signal] as const);
  const realTime = Array.from({ length: 31 }, (_, index): readonly [number, string] => {
    const number = 34 + index;
    if (number === 34) return [number, 'SIGRTMIN'];
    if (number === 64) return [number, 'SIGRTMAX'];
    return [number, number < 50 ? `SIGRTMIN+${number - 34}` : `SIGRTMAX-${64 - number}`];
  });
  const cells = [...entries, ...realTime].map(([number, name]) => `${String(number).padStart(2)}) ${name}`);
  let out = '';
  cells.forEach((cell, index) => {
    out += `${cell}${index % 5 === 4 || index === cells.length - 1 ? '\n' : '\t'}`;
  });
  return out;
}

/** `trap [action] signal …`. */
export const trap: Builtin = (sh, args) => {
  const bashOptions = sh.s.flavour === 'bash' && args[1] !== '-' ? takeOptions(args, 'lp', sh) : undefined;
  if (bashOptions?.letters.has('l')) {
    print(sh, 1, signalTable());
    return 0;
  }
  const operands = bashOptions?.operands ?? (args[1] === '--' ? args.slice(2) : args.slice(1));
  const [first, ...rest] = operands;
  if (first === undefined || bashOptions?.letters.has('p')) {
    const wanted = operands.map((text) => trapName(text, 'bash'));
    for (const name of trapNames()) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const action = sh.s.traps[name];
      if (action === undefined) continue;
      const bash = sh.s.flavour === 'bash';
      const shown = bash && !/^(?:EXIT|ERR|DEBUG|RETURN)$/.test(name) ? `SIG${name}` : name;
      print(sh, 1, `trap -- ${bash ? quoteReusable(action, 'always') : singleQuote(action)} ${shown}\n`);
    }
    return 0;
  }
  const reset = rest.length === 0 || first === '-' || /^\d+$/.test(first);
  const signals = rest.length === 0 || /^\d+$/.test(first) ? operands : rest;
  let status = 0;
  for (const text of signals) {
    const name = trapName(text, sh.s.flavour);
    if (name === undefined) {
      if (sh.s.flavour === 'dash') print(sh, 2, `trap: ${text}: bad trap\n`);
      else complain(sh, `${text}: invalid signal specification`);
      status = 1;
    } else setTrap(sh, name, reset ? undefined : first);
  }
  return status;
};
