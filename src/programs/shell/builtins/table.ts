import { appletError, print, printBytes } from '../run/shell.ts';
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
  const { out, errors, status } = printf(args.slice(1));
  for (const message of errors) appletError(sh, message);
  printBytes(sh, 1, out);
  return status;
};

const testBuiltin: Builtin = (sh, args) => {
  const { status, error } = test(args, sh.sys);
  if (error !== undefined) print(sh, 2, `${sh.s.applet}: ${error}\n`);
  return status;
};

const succeed: Builtin = () => 0;
const fail: Builtin = () => 1;

/** The built-in commands by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
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
