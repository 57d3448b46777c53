import type { Item } from '../../run/arrays.ts';
import { putElement, putItems } from '../../run/arrays.ts';
import { assignVariable, attributed, referred } from '../../run/attributes.ts';
import { itemsMark } from '../../run/bash-words.ts';
import { functionText } from '../../run/function-text.ts';
import { assignmentText } from '../../run/quoting.ts';
import type { Shell } from '../../run/shell.ts';
import { complain, print, ShellError } from '../../run/shell.ts';
import { putVariable, setVariable, variable } from '../../run/variables.ts';
import type { Variable } from '../../state.ts';
import { isName } from '../../syntax/characters.ts';
import { wording } from '../../wording/words.ts';
import type { Builtin } from '../builtin.ts';
import { usageError } from '../builtin.ts';
import { makeLocal } from '../variables.ts';

interface Wanted {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
  readonly operands: readonly string[];
}

const letters: { readonly [name: string]: string } = {
  declare: 'aAfFgiIlnrtuxp',
  typeset: 'aAfFgiIlnrtuxp',
  local: 'aAfFgiIlnrtuxp',
  export: 'fnp',
  readonly: 'aAfp',
};

/** `declare`, `typeset`, `local`, `export` and `readonly`. */
export const declare: Builtin = (sh, args) => {
  const [name = 'declare'] = args;
  const { on, off, operands } = options(sh, name, args);
  const isLocal = name === 'local' || (/^(?:declare|typeset)$/.test(name) && !on.has('g') && inFunction(sh));
  if (name === 'local' && !inFunction(sh)) throw new ShellError('can only be used in a function', 1);
  if (on.has('f') || on.has('F')) return functions(sh, name, { on, off, operands }, operands);
  if (operands.length === 0) {
    print(sh, 1, listing(sh, name, on));
    return 0;
  }
  if (on.has('p')) return show(sh, operands);
  let status = 0;
  for (const operand of operands) {
    try {
      declareOne(sh, name, operand, { on, off, operands }, isLocal);
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      // a read-only variable ends more than the command
      if (error.line && name === 'local') throw error;
      complain(sh, error.message);
      status = 1;
    }
  }
  return status;
};

function inFunction(sh: Shell): boolean {
  return sh.s.frames.some((frame) => frame.kind === 'function' || frame.restore.inFunction);
}

function options(sh: Shell, name: string, args: readonly string[]): Wanted {
  const on = new Set<string>();
  const off = new Set<string>();
  let i = 1;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      i++;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (!(letters[name] ?? '').includes(letter)) throw usageError(sh, name, `${arg.charAt(0)}${letter}`);
      if (arg.startsWith('-')) on.add(letter);
      else off.add(letter);
    }
  }
  if (name === 'export') {
    if (on.delete('n')) off.add('x');
    else on.add('x');
  }
  if (name === 'readonly') on.add('r');
  return { on, off, operands: args.slice(i) };
}

function declareOne(sh: Shell, command: string, operand: string, { on, off }: Wanted, isLocal: boolean): void {
  const found = /^([^=]*?)(?:\[([^\]]*)\])?(\+?)=(.*)$/s.exec(operand);
  const name = found ? (found[1] ?? '') : operand.replace(/\[.*\]$/s, '');
  const [, , sub, plus = '', value] = found ?? [];
  const append = plus === '+';
  if (!isName(name)) throw new ShellError(wording(sh).badName(command === 'declare' || found ? operand : name), 1);
  const fresh = isLocal && makeLocal(sh, name);
  const target = on.has('n') || off.has('n') ? name : referred(sh, name);
  let now: Variable = fresh ? {} : (variable(sh, target) ?? {});
  if (now.r && (value !== undefined || off.has('r')))
    throw new ShellError(wording(sh).readOnly(target), 1, command === 'local');
  now = withAttributes(now, on, off, target);
  putVariable(sh, target, now);
  if (value !== undefined) assign(sh, target, sub, value, append, now);
  if (on.has('r')) {
    const after = variable(sh, target);
    if (after) putVariable(sh, target, { ...after, r: true });
  }
}

/** The record with attributes switched on and off; `-r` comes when the value is there. */
function withAttributes(before: Variable, on: ReadonlySet<string>, off: ReadonlySet<string>, name: string): Variable {
  let now: Variable = before;
  if (on.has('A') && now.a) throw new ShellError(`${name}: cannot convert indexed to associative array`, 1);
  if (on.has('a') && now.h) throw new ShellError(`${name}: cannot convert associative to indexed array`, 1);
  const { v, ...rest } = now;
  if (on.has('A') && !now.h) now = { ...rest, h: v === undefined ? {} : { ':0': v } };
  else if (on.has('a') && !now.a) now = { ...rest, a: v === undefined ? {} : { 0: v } };
  for (const letter of ['x', 'i', 'n', 'l', 'u'] as const) {
    if (on.has(letter)) now = { ...now, [letter]: true };
    if (off.has(letter)) {
      const { [letter]: _, ...others } = now;
      now = others;
    }
  }
  if (on.has('l') && now.u) {
    const { u: _, ...others } = now;
    now = others;
  }
  if (on.has('u') && now.l) {
    const { l: _, ...others } = now;
    now = others;
  }
  return now;
}

function assign(sh: Shell, name: string, sub: string | undefined, value: string, append: boolean, now: Variable): void {
  if (value.startsWith(itemsMark)) putItems(sh, name, JSON.parse(value.slice(1)) as Item[], append);
  else if (sub !== undefined) putElement(sh, name, sub, value, append);
  else if (now.n) putVariable(sh, name, { ...now, v: value });
  else if (append) assignVariable(sh, name, value, true);
  else if (now.a || now.h) putElement(sh, name, '0', value, false);
  else if (now.i || now.l || now.u) putVariable(sh, name, { ...now, v: attributed(sh, now, value) });
  else setVariable(sh, name, value);
}

/** The letters of a variable's attributes, in `declare -p`'s order. */
function flags(known: Variable): string {
  const text = ['a', 'A', 'i', 'l', 'n', 'r', 'u', 'x']
    .filter((letter) => (letter === 'A' ? known.h : letter === 'a' ? known.a : known[letter as 'x']))
    .join('');
  return text === '' ? '-' : text;
}

function declaration(name: string, known: Variable): string {
  return `declare -${flags(known)} ${assignmentText(name, known, '"')}\n`;
}

function listing(sh: Shell, command: string, on: ReadonlySet<string>): string {
  const wanted = [...on].filter((letter) => 'aAilnrux'.includes(letter));
  const locals =
    command === 'local' ? sh.s.frames.findLast((frame) => frame.kind === 'function')?.restore.locals : undefined;
  let out = '';
  for (const name of Object.keys(sh.s.variables).sort()) {
    const known = variable(sh, name);
    if (!known || (locals && !Object.hasOwn(locals, name))) continue;
    const has = (letter: string) => (letter === 'A' ? known.h : letter === 'a' ? known.a : known[letter as 'x']);
    if (!wanted.every(has)) continue;
    if (wanted.length === 0 && !on.has('p')) {
      if (known.v !== undefined || known.a || known.h) out += `${assignmentText(name, known, 'words')}\n`;
    } else out += declaration(name, known);
  }
  return out;
}

/** `declare -p name …`. */
function show(sh: Shell, names: readonly string[]): number {
  let status = 0;
  for (const name of names) {
    const known = variable(sh, name);
    if (known) print(sh, 1, declaration(name, known));
    else {
      complain(sh, `${name}: not found`);
      status = 1;
    }
  }
  return status;
}

/** `export -f name …`, with `-n` no longer. */
function exportFunctions(sh: Shell, names: readonly string[], off: ReadonlySet<string>): number {
  let status = 0;
  for (const name of names) {
    const others = (sh.s.exported ?? []).filter((known) => known !== name);
    if (!Object.hasOwn(sh.s.functions, name)) {
      complain(sh, `${name}: not a function`);
      status = 1;
    } else sh.s.exported = off.has('x') ? others : [...others, name];
  }
  return status;
}

function functions(sh: Shell, command: string, { on, off }: Wanted, names: readonly string[]): number {
  if (command === 'export' && names.length > 0) return exportFunctions(sh, names, off);
  const chosen = names.length > 0 ? names : Object.keys(sh.s.functions).sort();
  let status = 0;
  for (const name of chosen) {
    if (!Object.hasOwn(sh.s.functions, name)) status = 1;
    else if (!on.has('F')) print(sh, 1, functionText(sh, name));
    else
      print(sh, 1, names.length > 0 ? `${name}\n` : `declare -f${sh.s.exported?.includes(name) ? 'x' : ''} ${name}\n`);
  }
  return status;
}
