import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Signal } from '../../../kernel/signals.ts';
import { allSignals, parseSignal, signalByNumber, signalNumber } from '../../../kernel/signals.ts';

/** What kill(1) asks of who runs it. */
export interface KillSystem {
  kill(pid: number, signal: Signal | 0): Errno | undefined;
  /** The process (or, negative, the process group) that `%job` means; a string is a complaint, told as it is. */
  job?(name: string): number | undefined;
}

/** What kill did: text for standard output, messages without the program's name, the exit status. */
export interface Killed {
  readonly out: string;
  readonly errors: readonly string[];
  readonly status: number;
}

const refuse = (message: string): Killed => ({ out: '', errors: [message], status: 1 });

/** kill(1) as busybox has it: `-l [N]`, `-s NAME`, `-NAME`, `-N`. `args` are the words behind the name. */
export function kill(args: readonly string[], sys: KillSystem): Killed {
  let rest = args;
  let signal: Signal | 0 = 'SIGTERM';
  const [option] = rest;
  if (option === '-l') return list(rest.slice(1));
  if (option?.startsWith('-') && option !== '-' && option !== '--') {
    const name = option === '-s' ? (rest[1] ?? '') : option.slice(1);
    rest = rest.slice(option === '-s' ? 2 : 1);
    const found = name === '0' ? 0 : parseSignal(name);
    if (found === undefined) return refuse(`bad signal name '${name}'`);
    signal = found;
  }
  if (rest[0] === '--') rest = rest.slice(1);
  if (rest.length === 0) return refuse('you need to specify whom to kill');
  const errors: string[] = [];
  for (const target of rest) {
    const pid = target.startsWith('%') ? sys.job?.(target) : /^-?\d+$/.test(target) ? Number(target) : undefined;
    if (pid === undefined) {
      errors.push(`invalid number '${target}'`);
      continue;
    }
    const failed = sys.kill(pid, signal);
    if (isErrno(failed)) errors.push(`can't kill pid ${pid}: ${strerror(failed)}`);
  }
  return { out: '', errors, status: Math.min(errors.length, 125) };
}

function list(args: readonly string[]): Killed {
  if (args.length === 0) {
    const out = allSignals
      .map((signal) => `${String(signalNumber(signal)).padStart(2)}) ${signal.slice(3)}\n`)
      .join('');
    return { out, errors: [], status: 0 };
  }
  let out = '';
  for (const arg of args) {
    const number = /^\d+$/.test(arg) ? Number(arg) : undefined;
    const known = number === undefined ? parseSignal(arg) : signalByNumber(number & 0x7f);
    if (known === undefined && number === undefined) return { ...refuse(`unknown signal '${arg}'`), out };
    const name = number === 0 ? 'EXIT' : (known?.slice(3) ?? String((number ?? 0) & 0x7f));
    out += number === undefined && known ? `${signalNumber(known)}\n` : `${name}\n`;
  }
  return { out, errors: [], status: 0 };
}
