import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { ResourceName } from '../../../kernel/rlimits.ts';
import { print, ShellError } from '../run/shell.ts';
import type { Builtin } from './builtin.ts';
import { usageError } from './builtin.ts';

/** Limits: option letter, text of `ulimit -a`, resource, and how many of its units are one of the shell's. */
const limits: readonly (readonly [letter: string, text: string, resource: ResourceName, unit: number])[] = [
  ['c', 'core file size (blocks)', 'core', 512],
  ['d', 'data seg size (kb)', 'data', 1024],
  ['e', 'scheduling priority', 'nice', 1],
  ['f', 'file size (blocks)', 'fsize', 512],
  ['i', 'pending signals', 'sigpending', 1],
  ['l', 'max locked memory (kb)', 'memlock', 1024],
  ['m', 'max memory size (kb)', 'rss', 1024],
  ['n', 'open files', 'nofile', 1],
  ['q', 'POSIX message queues (bytes)', 'msgqueue', 1],
  ['r', 'real-time priority', 'rtprio', 1],
  ['s', 'stack size (kb)', 'stack', 1024],
  ['t', 'cpu time (seconds)', 'cpu', 1],
  ['u', 'max user processes', 'nproc', 1],
  ['v', 'virtual memory (kb)', 'as', 1024],
  ['x', 'file locks', 'locks', 1],
];

/**
 * `ulimit [-HSa] [-LETTER [value]]`: looks at limits and sets them, both the soft and the hard one unless `-S` or `-H`
 * says which. Of these, the kernel here holds processes to `nofile` and `nproc`.
 */
export const ulimit: Builtin = (sh, args) => {
  const { hard, soft, letter, operand, all } = read(args.slice(1));
  const shown = (resource: ResourceName, unit: number): string => {
    const now = sh.sys.limit(resource);
    const value = isErrno(now) ? 0 : now[hard && !soft ? 1 : 0];
    return value < 0 ? 'unlimited' : String(Math.floor(value / unit));
  };
  if (all) {
    const lines = limits.map(([each, text, name, unit]) => `${text.padEnd(32)}(-${each}) ${shown(name, unit)}\n`);
    print(sh, 1, lines.join(''));
    return 0;
  }
  const limit = limits.find(([name]) => name === letter);
  if (!limit) {
    if (sh.s.flavour !== 'ash') throw usageError(sh, 'ulimit', `-${letter}`);
    print(sh, 2, `ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  const [, , resource, unit] = limit;
  if (operand === undefined) {
    print(sh, 1, `${shown(resource, unit)}\n`);
    return 0;
  }
  if (operand !== 'unlimited' && !/^\d+$/.test(operand)) throw new ShellError('bad number');
  const value = operand === 'unlimited' ? -1 : Number(operand) * unit;
  const old = sh.sys.limit(resource);
  const [oldSoft, oldHard] = isErrno(old) ? [0, 0] : old;
  const both = hard === soft;
  const failed = sh.sys.limit(resource, [both || soft ? value : oldSoft, both || hard ? value : oldHard]);
  if (!isErrno(failed)) return 0;
  print(sh, 2, `sh: error setting limit: ${strerror(failed)}\n`);
  return 1;
};

/** Letters may stand together (`-Sn`); without one of a limit it is `-f`. */
function read(words: readonly string[]): {
  readonly hard: boolean;
  readonly soft: boolean;
  readonly all: boolean;
  readonly letter: string;
  readonly operand: string | undefined;
} {
  const options = words.filter((word) => /^-./.test(word)).join('');
  const letters = [...options.replaceAll('-', '')];
  const letter = letters.findLast((each) => !'HSa'.includes(each)) ?? 'f';
  return {
    hard: letters.includes('H'),
    soft: letters.includes('S'),
    all: letters.includes('a'),
    letter,
    operand: words.find((word) => !/^-./.test(word)),
  };
}
