import type { Rec } from '../../kernel/json.ts';
import type { Exec, Sys } from '../../kernel/program.ts';
import type { Variable } from './state.ts';

const version = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'];

/** The plain variables that a bash starts with. */
export function bashVariables(exec: Exec, sys: Sys): Rec<string> {
  return {
    BASH: exec.path,
    BASH_VERSION: '5.2.15(1)-release',
    HOSTNAME: sys.uname().hostname,
    HOSTTYPE: 'x86_64',
    MACHTYPE: 'x86_64-pc-linux-gnu',
    OPTERR: '1',
    OSTYPE: 'linux-gnu',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    SHELL: '/bin/bash',
    TERM: 'dumb',
    // debian's /etc/bash.bashrc sets this one
    PS1: '\\u@\\h:\\w\\$ ',
  };
}

/** Those with attributes, and those that are arrays. */
export function bashRecords(sys: Sys, env: Rec<string>): { readonly [name: string]: Variable } {
  return {
    BASH_VERSINFO: { a: Object.fromEntries(version.entries()), r: true },
    EUID: { v: String(sys.uid), i: true, r: true },
    UID: { v: String(sys.uid), i: true, r: true },
    PPID: { v: String(sys.ppid), i: true, r: true },
    OPTIND: { v: '1', i: true },
    ...(env.OLDPWD === undefined ? { OLDPWD: { x: true as const } } : {}),
  };
}

/** The options of `shopt`: name, and whether a bash that runs a script has it on. */
export const shoptNames: readonly (readonly [name: string, on: boolean])[] = [
  ['autocd', false],
  ['assoc_expand_once', false],
  ['cdable_vars', false],
  ['cdspell', false],
  ['checkhash', false],
  ['checkjobs', false],
  ['checkwinsize', true],
  ['cmdhist', true],
  ['compat31', false],
  ['compat32', false],
  ['compat40', false],
  ['compat41', false],
  ['compat42', false],
  ['compat43', false],
  ['compat44', false],
  ['complete_fullquote', true],
  ['direxpand', false],
  ['dirspell', false],
  ['dotglob', false],
  ['execfail', false],
  ['expand_aliases', false],
  ['extdebug', false],
  ['extglob', false],
  ['extquote', true],
  ['failglob', false],
  ['force_fignore', true],
  ['globasciiranges', true],
  ['globskipdots', true],
  ['globstar', false],
  ['gnu_errfmt', false],
  ['histappend', false],
  ['histreedit', false],
  ['histverify', false],
  ['hostcomplete', true],
  ['huponexit', false],
  ['inherit_errexit', false],
  ['interactive_comments', true],
  ['lastpipe', false],
  ['lithist', false],
  ['localvar_inherit', false],
  ['localvar_unset', false],
  ['login_shell', false],
  ['mailwarn', false],
  ['no_empty_cmd_completion', false],
  ['nocaseglob', false],
  ['nocasematch', false],
  ['noexpand_translation', false],
  ['nullglob', false],
  ['patsub_replacement', true],
  ['progcomp', true],
  ['progcomp_alias', false],
  ['promptvars', true],
  ['restricted_shell', false],
  ['shift_verbose', false],
  ['sourcepath', true],
  ['varredir_close', false],
  ['xpg_echo', false],
];

/** The options that are on at the start, with those of `-O`. */
export function startingShopt(given: readonly (readonly [name: string, on: boolean])[]): readonly string[] {
  const on = new Set(shoptNames.filter(([, byDefault]) => byDefault).map(([name]) => name));
  for (const [name, wanted] of given) {
    if (wanted) on.add(name);
    else on.delete(name);
  }
  return [...on];
}
