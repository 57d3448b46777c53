import type { Flavour } from '../flavour.ts';
import { appletError, printBytes } from '../run/shell.ts';
import { bashBuiltins } from './bash/table.ts';
import type { Builtin } from './builtin.ts';
import { breaks, command, dot, evaluate, exec, exit, returns, shift } from './control.ts';
import { echo } from './echo.ts';
import { foreground, jobs, kill, trap, wait } from './jobs.ts';
import { printf } from './printf.ts';
import { read } from './read.ts';
import { alias, cd, hash, help, history, lets, pwd, times, type, umask, unalias } from './system.ts';
import { test } from './test.ts';
import { ulimit } from './ulimit.ts';
import { declare, getopts, local, set, unset } from './variables.ts';

const echoBuiltin: Builtin = (sh, args) => {
  printBytes(sh, 1, echo(args.slice(1)));
  return 0;
};

const printfBuiltin: Builtin = (sh, args) => {
  const { out, errors, status } = printf(args.slice(1), sh.s.flavour === 'dash');
  const dash = sh.s.flavour === 'dash';
  for (const message of errors) {
    const number = dash ? /^invalid number '(.*)'$/s.exec(message) : null;
    if (number) appletError(sh, `${number[1] ?? ''}: expected numeric value`);
    else appletError(sh, dash && message.startsWith('usage') ? 'usage: printf format [arg ...]' : message);
  }
  printBytes(sh, 1, out);
  return status;
};

const testBuiltin: Builtin = (sh, args) => {
  if (sh.s.flavour === 'dash' && args.length === 5 && args[2] === '==' && args[0] === '[') {
    appletError(sh, `${args[1] ?? ''}: unexpected operator`);
    return 2;
  }
  const { status, error } = test(args, sh.sys);
  if (error !== undefined)
    appletError(sh, sh.s.flavour === 'dash' ? error.replace(/^(.*): bad number$/, 'Illegal number: $1') : error);
  return status;
};

const dashEcho: Builtin = (sh, args) => {
  const bare = args[1] === '-n';
  const text = echo([
    '-e',
    ...args.slice(bare ? 2 : 1).map((word, index) => {
      // neither options nor hexadecimal escapes
      const plain = word.replace(/\\(?:x|.)/gs, (c) => (c === '\\x' ? '\\\\x' : c));
      return index === 0 && plain.startsWith('-') ? `\\055${plain.slice(1)}` : plain;
    }),
  ]);
  printBytes(sh, 1, bare && text.endsWith('\n') ? text.slice(0, -1) : text);
  return 0;
};

const succeed: Builtin = () => 0;
const fail: Builtin = () => 1;

/** ash's built-in commands by name. */
const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['.', dot],
  [':', succeed],
  ['[', testBuiltin],
  ['[[', testBuiltin],
  ['alias', alias],
  ['bg', foreground],
  ['break', breaks],
  ['cd', cd],
  ['chdir', cd],
  ['command', command],
  ['continue', breaks],
  ['echo', echoBuiltin],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['export', declare],
  ['false', fail],
  ['fg', foreground],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', lets],
  ['local', local],
  ['printf', printfBuiltin],
  ['pwd', pwd],
  ['read', read],
  ['readonly', declare],
  ['return', returns],
  ['set', set],
  ['shift', shift],
  ['source', dot],
  ['test', testBuiltin],
  ['times', times],
  ['trap', trap],
  ['true', succeed],
  ['type', type],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
]);

const notInDash: ReadonlySet<string> = new Set(['[[', 'help', 'history', 'let', 'source']);
const dash: ReadonlyMap<string, Builtin> = new Map([
  ...[...builtins].filter(([name]) => !notInDash.has(name)),
  ['echo', dashEcho],
]);

/** The built-in command of this name in a flavour. */
export function findBuiltin(flavour: Flavour, name: string): Builtin | undefined {
  if (flavour === 'ash') return builtins.get(name);
  return flavour === 'dash' ? dash.get(name) : (bashBuiltins().get(name) ?? ofBash(name));
}

const notInBash: ReadonlySet<string> = new Set(['[[', 'chdir']);

function ofBash(name: string): Builtin | undefined {
  return notInBash.has(name) ? undefined : builtins.get(name);
}
