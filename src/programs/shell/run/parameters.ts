import type { Expansion } from '../compile/ops.ts';
import { wording } from '../wording/words.ts';
import { element, elements } from './arrays.ts';
import { referred } from './attributes.ts';
import type { Shell } from './shell.ts';
import { expansionError, hasOption, ShellError } from './shell.ts';
import { parameterValue, variable } from './variables.ts';

/** What an expansion stands for. */
export interface Found {
  /** `$@`, `${a[*]}` and so on: any number of values, else at most one. */
  readonly many: boolean;
  /** They are joined when quoted. */
  readonly star: boolean;
  readonly values: readonly string[];
  readonly name: string;
  readonly sub: string | undefined;
}

/** Looks up the parameter of an expansion; `sub` is the text of its subscript. */
export function lookUp(sh: Shell, op: Expansion, sub: string | undefined): Found {
  if (!op.indirect) return find(sh, op.name, sub);
  const { values } = find(sh, op.name, sub);
  const [target] = values;
  const known = variable(sh, op.name);
  // `${!ref}` of a name reference is the name that it refers to
  if (known?.n) return { many: false, star: false, values: known.v === undefined ? [] : [known.v], name: op.name, sub };
  const parts = /^([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[(.*)\])?$/s.exec(target ?? '');
  if (!parts) {
    const why = target === undefined ? `${op.name}: invalid indirect expansion` : `${target}: invalid variable name`;
    throw expansionError(sh, why);
  }
  return find(sh, parts[1] ?? '', parts[2]);
}

function find(sh: Shell, name: string, sub: string | undefined): Found {
  if (name === '@' || name === '*') return { many: true, star: name === '*', values: sh.s.params, name, sub };
  if (sub === '@' || sub === '*') {
    const values = elements(sh, name).map(([, value]) => value);
    return { many: true, star: sub === '*', values, name, sub };
  }
  const value = sub === undefined ? parameterValue(sh, name) : element(sh, name, sub);
  return { many: false, star: false, values: value === undefined ? [] : [value], name, sub };
}

/** With -u an unset parameter is an error. */
export function refuseUnset(sh: Shell, name: string, sub?: string): void {
  if (!hasOption(sh, 'u') || name === '@' || name === '*' || sub === '@' || sub === '*') return;
  const shown = sub === undefined ? name : `${name}[${sub}]`;
  throw fatalExpansion(sh, wording(sh).unset(shown));
}

/** An expansion that ends the shell: an unset parameter under -u, `${x?}`. */
export function fatalExpansion(sh: Shell, message: string): ShellError {
  return new ShellError(message, sh.s.flavour === 'bash' ? 127 : 2);
}

/** What `${x@a}` shows of a variable. */
export function attributesOf(sh: Shell, name: string): string {
  const known = variable(sh, referred(sh, name));
  if (!known) return '';
  const letters = [
    known.a ? 'a' : '',
    known.h ? 'A' : '',
    known.i ? 'i' : '',
    known.n ? 'n' : '',
    known.r ? 'r' : '',
    known.x ? 'x' : '',
    known.l ? 'l' : '',
    known.u ? 'u' : '',
  ];
  return letters.join('');
}
