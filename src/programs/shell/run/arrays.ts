import type { ArrayValue, Variable } from '../state.ts';
import { wording } from '../wording/words.ts';
import { attributed, referred } from './attributes.ts';
import type { Shell } from './shell.ts';
import { complain, ShellError } from './shell.ts';
import { parameterValue, putVariable, refuseTooMuch, variable } from './variables.ts';
import { evaluate } from './words.ts';

/**
 * Arrays are records in a variable: `a` by number (the engine keeps such keys in their order), `h` by any text, each key with
 * a colon before it, so that no key is taken for a number or for a property that every object has.
 */
export function keyOf(text: string): string {
  return `:${text}`;
}

/** Buckets of bash's hash tables, in whose order associative arrays are listed. */
function bucket(text: string): number {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash, 16777619) ^ byte;
  return (hash >>> 0) & 1023;
}

/** The elements of an array in bash's order, by their keys; a plain variable has one. */
export function elementsOf(known: Variable | undefined): readonly (readonly [key: string, value: string])[] {
  if (known?.a) return Object.entries(known.a);
  if (known?.h) {
    const pairs = Object.entries(known.h).map(([key, value]) => [key.slice(1), value] as const);
    const order = new Map(pairs.map(([key], index) => [key, bucket(key) * 1e6 - index]));
    return pairs.sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return known?.v === undefined ? [] : [['0', known.v]];
}

/** The elements of the array of this name. */
export function elements(sh: Shell, name: string): readonly (readonly [key: string, value: string])[] {
  const dynamic = sh.s.flavour === 'bash' ? dynamicArray(sh, name) : undefined;
  if (dynamic) return dynamic.map((value, index) => [String(index), value]);
  return elementsOf(variable(sh, referred(sh, name)));
}

/** Arrays that tell of the shell itself. */
function dynamicArray(sh: Shell, name: string): readonly string[] | undefined {
  switch (name) {
    case 'PIPESTATUS':
      return (sh.s.pipeStatus ?? [sh.s.status]).map(String);
    case 'FUNCNAME': {
      const calls = sh.s.frames.filter((frame) => frame.called !== undefined).reverse();
      return calls.length === 0
        ? []
        : [...calls.map((frame) => frame.called ?? ''), ...(sh.s.options.includes('c') ? [] : ['main'])];
    }
    case 'BASH_SOURCE':
      return sh.s.frames
        .filter((frame) => frame.file !== undefined)
        .map((frame) => frame.file ?? '')
        .reverse();
    case 'BASH_LINENO': {
      const calls = sh.s.frames.filter((frame) => frame.file !== undefined);
      return calls.map((frame) => String(frame.from ?? 0)).reverse();
    }
    case 'DIRSTACK':
      return [sh.s.cwd, ...(sh.s.directories ?? [])];
    case 'GROUPS':
      return sh.sys.groups.map(String);
    default:
      return undefined;
  }
}

/** The index that a subscript means, for an indexed array. */
function indexOf(sh: Shell, name: string, sub: string, length: number): number {
  const index = Number(/^\d{1,9}$/.test(sub) ? sub : evaluate(sh, sub));
  const real = index < 0 ? length + index : index;
  if (real < 0) throw new ShellError(`${name}[${sub}]: bad array subscript`, 1, true);
  return real;
}

function lengthOf(known: Variable | undefined): number {
  return 1 + Number(elementsOf(known).at(-1)?.[0] ?? -1);
}

/** The value of one element; undefined when there is none. */
export function element(sh: Shell, given: string, sub: string): string | undefined {
  const dynamic = sh.s.flavour === 'bash' ? dynamicArray(sh, given) : undefined;
  if (dynamic) return dynamic.at(Number(evaluate(sh, sub)));
  const name = referred(sh, given);
  const known = variable(sh, name);
  if (known?.h) return known.h[keyOf(sub)];
  const index = Number(/^\d{1,9}$/.test(sub) ? sub : evaluate(sh, sub));
  if (known?.a) {
    const real = index < 0 ? lengthOf(known) + index : index;
    // told, but no reason to stop
    if (real < 0) complain(sh, `${name}: bad array subscript`);
    return known.a[real];
  }
  return index === 0 || index === -1 ? parameterValue(sh, name) : undefined;
}

/** Every turn that changes an array copies it. */
const mostElements = 200_000;

/** The record of an array that may be changed in place: a copy, unless this turn has made one already. */
function own(sh: Shell, record: ArrayValue | undefined): { [key: string]: string } {
  if (record && sh.ownArrays.has(record)) return record as { [key: string]: string };
  const copy = { ...record };
  if (Object.keys(copy).length > mostElements) throw new ShellError('out of memory');
  sh.ownArrays.add(copy);
  return copy;
}

/** Assigns to one element. @throws ShellError for a read-only array or a wrong subscript */
export function putElement(sh: Shell, given: string, sub: string, value: string, append: boolean): void {
  const name = referred(sh, given);
  const known = variable(sh, name);
  if (known?.r) throw new ShellError(wording(sh).readOnly(name), 1, true);
  if (sub === '' || sub === '@' || sub === '*') {
    if (!known?.h || sub === '') throw new ShellError(`${name}[${sub}]: bad array subscript`, 1, true);
  }
  refuseTooMuch(sh, value);
  const before = append ? (element(sh, name, sub) ?? '') : '';
  const text =
    known?.i && append
      ? String(evaluate(sh, before || '0') + evaluate(sh, value))
      : before + attributed(sh, known, value);
  if (known?.h) {
    const h = own(sh, known.h);
    h[keyOf(sub)] = text;
    putVariable(sh, name, { ...known, h });
    return;
  }
  const a = own(sh, known?.a ?? (known?.v === undefined ? {} : { 0: known.v }));
  a[indexOf(sh, name, sub, lengthOf(known))] = text;
  const { v: _, ...rest } = known ?? {};
  putVariable(sh, name, { ...rest, a });
}

/** Takes one element away. */
export function dropElement(sh: Shell, given: string, sub: string): void {
  const name = referred(sh, given);
  const known = variable(sh, name);
  if (known?.r) throw new ShellError(`${name}: cannot unset: readonly variable`, 1, true);
  if (known?.h) {
    const h = own(sh, known.h);
    delete h[keyOf(sub)];
    putVariable(sh, name, { ...known, h });
  } else if (known?.a) {
    const a = own(sh, known.a);
    delete a[indexOf(sh, name, sub, lengthOf(known))];
    putVariable(sh, name, { ...known, a });
  } else if (sub === '0') putVariable(sh, name, null);
}

/** One item of `name=(…)`. */
export interface Item {
  readonly key?: string;
  readonly append?: boolean;
  readonly value: string;
}

/** Gives an array its elements, in place of what it has or behind it. */
export function putItems(sh: Shell, given: string, items: readonly Item[], append: boolean): void {
  const name = referred(sh, given);
  const known = variable(sh, name);
  if (known?.r) throw new ShellError(wording(sh).readOnly(name), 1, true);
  const { v: before, a, h, ...rest } = known ?? {};
  if (h) {
    putVariable(sh, name, { ...rest, h: append ? h : {} });
    let key: string | undefined;
    for (const item of items) {
      if (item.key !== undefined) putElement(sh, name, item.key, item.value, item.append ?? false);
      else if (key === undefined) {
        key = item.value;
        continue;
      } else putElement(sh, name, key, item.value, false);
      key = undefined;
    }
    if (key !== undefined) putElement(sh, name, key, '', false);
    return;
  }
  const old = append ? (a ?? (before === undefined ? {} : { 0: before })) : {};
  const list = own(sh, old);
  let next = append ? lengthOf(known) : 0;
  putVariable(sh, name, { ...rest, a: list });
  for (const item of items) {
    const index = item.key === undefined ? next : indexOf(sh, name, item.key, next);
    list[index] = (item.append ? (list[index] ?? '') : '') + attributed(sh, known, item.value);
    next = index + 1;
  }
}
