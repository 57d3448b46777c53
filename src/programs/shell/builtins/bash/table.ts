import { ShellError } from '../../run/shell.ts';
import type { Builtin } from '../builtin.ts';
import { read } from '../read.ts';
import { builtin, caller, compgen, disown, enable, hash, help, history, type } from './commands.ts';
import { declare } from './declare.ts';
import { dirs, popd, pushd } from './directories.ts';
import { mapfile } from './mapfile.ts';
import { set, shopt } from './options.ts';
import { echo, printf } from './output.ts';
import { bashTest } from './test.ts';
import { unset } from './unset.ts';

const nothing: Builtin = () => 0;

let known: ReadonlyMap<string, Builtin> | undefined;

/** The built-ins that bash has, or has in a form of its own; all others are ash's. */
export function bashBuiltins(): ReadonlyMap<string, Builtin> {
  known ??= new Map<string, Builtin>([
    ['[', bashTest],
    ['bind', nothing],
    ['builtin', builtin],
    ['caller', caller],
    ['compgen', compgen],
    ['complete', nothing],
    ['compopt', nothing],
    ['declare', declare],
    ['dirs', dirs],
    ['disown', disown],
    ['echo', echo],
    ['enable', enable],
    ['export', declare],
    ['hash', hash],
    ['help', help],
    ['history', history],
    ['local', declare],
    [
      'logout',
      (sh, args, how) => {
        if (!sh.s.login) throw new ShellError("not login shell: use `exit'", 1);
        return builtin(sh, ['builtin', 'exit', ...args.slice(1)], how);
      },
    ],
    ['mapfile', mapfile],
    ['popd', popd],
    ['printf', printf],
    ['pushd', pushd],
    ['read', read],
    ['readarray', mapfile],
    ['readonly', declare],
    ['set', set],
    ['shopt', shopt],
    ['test', bashTest],
    ['type', type],
    ['typeset', declare],
    ['unset', unset],
  ]);
  return known;
}
