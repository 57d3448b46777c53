import { print, ShellError } from '../run/shell.ts';
import { putVariable, variableValue } from '../run/variables.ts';
import type { Builtin } from './builtin.ts';

/** Limits: option letter, text of `ulimit -a`, and value where nothing was set. */
const limits: readonly (readonly [letter: string, text: string, value: string])[] = [
  ['c', 'core file size (blocks)', '0'],
  ['d', 'data seg size (kb)', 'unlimited'],
  ['e', 'scheduling priority', '0'],
  ['f', 'file size (blocks)', 'unlimited'],
  ['i', 'pending signals', '63448'],
  ['l', 'max locked memory (kb)', '8192'],
  ['m', 'max memory size (kb)', 'unlimited'],
  ['n', 'open files', '1048576'],
  ['q', 'POSIX message queues (bytes)', '819200'],
  ['r', 'real-time priority', '0'],
  ['s', 'stack size (kb)', '8192'],
  ['t', 'cpu time (seconds)', 'unlimited'],
  ['u', 'max user processes', 'unlimited'],
  ['v', 'virtual memory (kb)', 'unlimited'],
];

/** Where a changed limit is kept: among the variables, under a name that no script can write. */
const slot = (letter: string) => `ulimit -${letter}`;

/** `ulimit [-HSa] [-LETTER [value]]`: limits can be looked at and set, but nothing here uses them up. */
export const ulimit: Builtin = (sh, args) => {
  const known = args.slice(1).filter((arg) => /^-[HS]+$/.test(arg) === false);
  const value = (letter: string, initial: string) => variableValue(sh, slot(letter)) ?? initial;
  if (known[0] === '-a') {
    print(
      sh,
      1,
      limits.map(([letter, text, initial]) => `${text.padEnd(32)}(-${letter}) ${value(letter, initial)}\n`).join(''),
    );
    return 0;
  }
  const letter = known[0]?.startsWith('-') ? known[0].slice(-1) : 'f';
  const operand = known[0]?.startsWith('-') ? known[1] : known[0];
  const limit = limits.find(([name]) => name === letter);
  if (!limit) {
    print(sh, 2, `ulimit: invalid option -- '${letter}'\n`);
    return 1;
  }
  if (operand === undefined) print(sh, 1, `${value(letter, limit[2])}\n`);
  else if (operand === 'unlimited' || /^\d+$/.test(operand)) putVariable(sh, slot(letter), { v: operand });
  else throw new ShellError(`bad number`);
  return 0;
};
