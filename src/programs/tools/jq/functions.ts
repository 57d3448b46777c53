import { described, replaced, truth, valueAt } from './evaluate.ts';
import { plain } from './formats.ts';
import { arithmetic } from './operators.ts';
import {
  BadJson,
  compare,
  isArray,
  isObject,
  JqError,
  readAll,
  show,
  sortedKeys,
  typeOf,
  type Value,
} from './value.ts';

/** A function of the input and of plain values. */
export type Plain = (input: Value, ...args: readonly Value[]) => Value;

export function items(value: Value): readonly Value[] {
  if (isArray(value)) return value;
  throw new JqError(`Cannot iterate over ${value === null ? 'null (null)' : described(value)}`);
}

function text(value: Value, what: string): string {
  if (typeof value === 'string') return value;
  throw new JqError(`${described(value)} ${what}`);
}

export function number(value: Value): number {
  if (typeof value === 'number') return value;
  throw new JqError(`${described(value)} number required`);
}

const sorted = (value: Value): readonly Value[] => {
  if (!isArray(value)) throw new JqError(`${described(value)} cannot be sorted, as it is not an array`);
  return [...value].sort(compare);
};

function contains(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (isArray(a) && isArray(b))
    return b.every((item) => a.some((own) => typeOf(own) === typeOf(item) && contains(own, item)));
  if (isObject(a) && isObject(b))
    return [...b].every(
      ([key, item]) => a.has(key) && typeOf(a.get(key) ?? null) === typeOf(item) && contains(a.get(key) ?? null, item),
    );
  if (typeOf(a) === typeOf(b)) return compare(a, b) === 0;
  throw new JqError(`${described(a)} and ${described(b)} cannot have their containment checked`);
}

function keysOf(value: Value, inOrder: boolean): Value {
  if (isArray(value)) return value.map((_, at) => at);
  if (isObject(value)) return inOrder ? sortedKeys(value) : [...value.keys()];
  throw new JqError(`${described(value)} has no keys`);
}

function lengthOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'number') return Math.abs(value);
  if (isArray(value)) return value.length;
  if (isObject(value)) return value.size;
  throw new JqError(`${described(value)} has no length`);
}

function flat(value: Value, depth: number): readonly Value[] {
  return items(value).flatMap((item) => (isArray(item) && depth > 0 ? flat(item, depth - 1) : [item]));
}

function has(value: Value, key: Value): boolean {
  if (isObject(value) && typeof key === 'string') return value.has(key);
  if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  throw new JqError(
    `Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`,
  );
}

function fromEntries(value: Value): Value {
  const made = new Map<string, Value>();
  for (const entry of items(value)) {
    if (!isObject(entry)) throw new JqError(`Cannot index ${typeOf(entry)} with "key"`);
    const key = ['key', 'k', 'name', 'Name', 'K', 'Key']
      .map((name) => entry.get(name))
      .find((each) => each !== undefined && each !== null);
    const found = ['value', 'v', 'Value', 'V'].map((name) => entry.get(name)).find((each) => each !== undefined);
    made.set(typeof key === 'string' ? key : show(key ?? null), found ?? null);
  }
  return made;
}

function toNumber(value: Value): Value {
  if (typeof value === 'number') return value;
  const read =
    typeof value === 'string' && /^\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value)
      ? Number(value)
      : undefined;
  if (read === undefined)
    throw new JqError(
      typeof value === 'string'
        ? `Invalid numeric literal at EOF at line 1, column ${value.length} (while parsing '${value}')`
        : `${described(value)} cannot be parsed as a number`,
    );
  return read;
}

function fromJson(value: Value): Value {
  try {
    return readAll(text(value, 'only strings can be parsed'))[0] ?? null;
  } catch (error) {
    if (error instanceof BadJson) throw new JqError(`${error.message} (while parsing '${String(value)}')`);
    throw error;
  }
}

const pick = (value: Value, sign: 1 | -1): Value =>
  items(value).reduce<Value | undefined>(
    (best, item) => (best === undefined || compare(item, best) * sign >= (sign > 0 ? 0 : 1) ? item : best),
    undefined,
  ) ?? null;

/** Functions of the input and of plain values. */
export const functions: { readonly [name: string]: Plain } = {
  'length/0': lengthOf,
  'utf8bytelength/0': (value) => new TextEncoder().encode(text(value, 'only strings have UTF-8 byte length')).length,
  'not/0': (value) => !truth(value),
  'keys/0': (value) => keysOf(value, true),
  'keys_unsorted/0': (value) => keysOf(value, false),
  'has/1': has,
  'add/0': (value) =>
    [...(isObject(value) ? value.values() : items(value))].reduce<Value>(
      (sum, item) => arithmetic('+', sum, item),
      null,
    ),
  'floor/0': (value) => Math.floor(number(value)),
  'ceil/0': (value) => Math.ceil(number(value)),
  'round/0': (value) => Math.round(number(value)),
  'sqrt/0': (value) => Math.sqrt(number(value)),
  'abs/0': (value) => Math.abs(number(value)),
  'tostring/0': plain,
  'tonumber/0': toNumber,
  'type/0': typeOf,
  'tojson/0': (value) => show(value),
  'fromjson/0': fromJson,
  'sort/0': sorted,
  'reverse/0': (value) =>
    typeof value === 'string' ? [...value].reverse().join('') : value === null ? [] : [...items(value)].reverse(),
  'unique/0': (value) => sorted(value).filter((item, at, all) => at === 0 || compare(all[at - 1] ?? null, item) !== 0),
  'min/0': (value) => pick(value, -1),
  'max/0': (value) => pick(value, 1),
  'any/0': (value) => items(value).some(truth),
  'all/0': (value) => items(value).every(truth),
  'flatten/0': (value) => flat(value, 1000),
  'flatten/1': (value, depth = 0) => flat(value, number(depth)),
  'contains/1': (value, other = null) => contains(value, other),
  'inside/1': (value, other = null) => contains(other, value),
  'startswith/1': (value, start = '') =>
    text(value, 'startswith() requires string inputs').startsWith(text(start, 'startswith() requires string inputs')),
  'endswith/1': (value, end = '') =>
    text(value, 'endswith() requires string inputs').endsWith(text(end, 'endswith() requires string inputs')),
  'ltrimstr/1': (value, start) =>
    typeof value === 'string' && typeof start === 'string' && value.startsWith(start)
      ? value.slice(start.length)
      : value,
  'rtrimstr/1': (value, end) =>
    typeof value === 'string' && typeof end === 'string' && end !== '' && value.endsWith(end)
      ? value.slice(0, -end.length)
      : value,
  'split/1': (value, by = '') =>
    text(value, 'split input and separator must be strings').split(
      text(by, 'split input and separator must be strings'),
    ),
  'join/1': (value, by = '') =>
    items(value)
      .map((item) => (item === null ? '' : plain(item)))
      .join(text(by, 'cannot be used to join')),
  'ascii_downcase/0': (value) =>
    text(value, 'explode input must be a string').replace(/[A-Z]/g, (c) => c.toLowerCase()),
  'ascii_upcase/0': (value) => text(value, 'explode input must be a string').replace(/[a-z]/g, (c) => c.toUpperCase()),
  'explode/0': (value) => [...text(value, 'cannot be exploded')].map((c) => c.codePointAt(0) ?? 0),
  'implode/0': (value) =>
    items(value)
      .map((c) => String.fromCodePoint(number(c)))
      .join(''),
  'trim/0': (value) => text(value, 'cannot be trimmed').trim(),
  'ltrim/0': (value) => text(value, 'cannot be trimmed').trimStart(),
  'rtrim/0': (value) => text(value, 'cannot be trimmed').trimEnd(),
  'from_entries/0': fromEntries,
  'to_entries/0': (value) => {
    if (!isObject(value)) throw new JqError(`${described(value)} has no keys`);
    return [...value].map(
      ([key, item]) =>
        new Map<string, Value>([
          ['key', key],
          ['value', item],
        ]),
    );
  },
  'transpose/0': (value) => {
    const rows = items(value).map(items);
    return Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, at) =>
      rows.map((row) => row[at] ?? null),
    );
  },
  'tojson/1': (value) => show(value),
  'index/1': (value, of = '') => indices(value, of)[0] ?? null,
  'rindex/1': (value, of = '') => indices(value, of).at(-1) ?? null,
  'indices/1': (value, of = '') => indices(value, of),
  'getpath/1': (value, path = []) => {
    try {
      return valueAt(value, items(path));
    } catch {
      return null;
    }
  },
  'setpath/2': (value, path = [], next = null) => replaced(value, items(path), next),
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
};

function indices(value: Value, of: Value): readonly number[] {
  if (typeof value === 'string' && typeof of === 'string') {
    const found: number[] = [];
    for (let at = value.indexOf(of); at >= 0 && of !== ''; at = value.indexOf(of, at + 1)) found.push(at);
    return found;
  }
  return items(value).flatMap((item, at) => (compare(item, of) === 0 ? [at] : []));
}
