import { builtins, Undefined } from './builtins.ts';
import { formatted } from './formats.ts';
import { arithmetic } from './operators.ts';
import type { Filter } from './syntax.ts';
import { compare, isArray, isObject, JqError, show, typeOf, type Value } from './value.ts';

/** A value, and where it is in the input as long as that is known. */
export interface Place {
  readonly value: Value;
  readonly path: readonly Value[] | undefined;
}

/** Variables and functions in sight. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Value>;
  readonly functions: ReadonlyMap<string, Definition>;
  /** Steps that may still be taken: a filter without an end is stopped. */
  readonly budget: { left: number };
}

interface Definition {
  readonly params: readonly string[];
  readonly is: Filter;
  /** A parameter's own surroundings; a definition sees itself, too. */
  readonly scope?: Scope;
}

export type Places = Generator<Place, void, undefined>;

/** Too many steps. */
export class TooLong extends Error {}

/** All values of a filter for an input. */
export function* valuesOf(filter: Filter, input: Value, scope: Scope): Generator<Value, void, undefined> {
  for (const { value } of run(filter, { value: input, path: undefined }, scope)) yield value;
}

/** The paths of what a filter leads to. */
export function* pathsOf(filter: Filter, input: Value, scope: Scope): Generator<readonly Value[], void, undefined> {
  for (const { path } of run(filter, { value: input, path: [] }, scope)) {
    if (!path) throw new JqError('Invalid path expression');
    yield path;
  }
}

const computed = (value: Value): Place => ({ value, path: undefined });

export function* run(filter: Filter, at: Place, scope: Scope): Places {
  if (--scope.budget.left < 0) throw new TooLong();
  switch (filter.f) {
    case 'identity':
      yield at;
      return;
    case 'recurse':
      yield* recurse(at);
      return;
    case 'literal':
      yield computed(filter.value);
      return;
    case 'variable':
      yield computed(variable(filter.name, scope));
      return;
    case 'text':
      yield* interpolated(filter.parts, filter.format, at, scope);
      return;
    case 'format':
      yield computed(formatted(filter.name, at.value));
      return;
    case 'index':
      for (const of of run(filter.of, at, scope))
        for (const key of valuesOf(filter.key, at.value, scope))
          yield { value: member(of.value, key), path: extended(of, key) };
      return;
    case 'slice':
      yield* slices(filter, at, scope);
      return;
    case 'each':
      for (const of of run(filter.of, at, scope)) yield* children(of);
      return;
    case 'try':
    case 'catch':
      yield* attempt(filter, at, scope);
      return;
    case 'array':
      yield computed(filter.of === null ? [] : [...valuesOf(filter.of, at.value, scope)]);
      return;
    case 'object':
      yield* objects(filter.entries, 0, new Map(), at, scope);
      return;
    case 'negate':
      for (const value of valuesOf(filter.of, at.value, scope)) {
        if (typeof value !== 'number') throw new JqError(`${described(value)} cannot be negated`);
        yield computed(-value);
      }
      return;
    case 'pipe':
      for (const left of run(filter.left, at, scope)) yield* run(filter.right, left, scope);
      return;
    case 'comma':
      yield* run(filter.left, at, scope);
      yield* run(filter.right, at, scope);
      return;
    case 'binary':
      yield* binary(filter.op, filter.left, filter.right, at, scope);
      return;
    case 'if':
      for (const test of valuesOf(filter.test, at.value, scope))
        yield* run(truth(test) ? filter.yes : filter.no, at, scope);
      return;
    case 'as':
      for (const value of valuesOf(filter.source, at.value, scope))
        yield* run(filter.body, at, withVariable(scope, filter.name, value));
      return;
    case 'reduce': {
      let result: Value = null;
      for (const start of valuesOf(filter.start, at.value, scope)) result = start;
      for (const item of valuesOf(filter.source, at.value, scope)) {
        let next: Value = null;
        for (const value of valuesOf(filter.update, result, withVariable(scope, filter.name, item))) next = value;
        result = next;
      }
      yield computed(result);
      return;
    }
    case 'def': {
      const functions = new Map(scope.functions).set(`${filter.name}/${filter.params.length}`, filter);
      yield* run(filter.rest, at, { ...scope, functions });
      return;
    }
    case 'call':
      yield* call(filter.name, filter.args, at, scope);
  }
}

function withVariable(scope: Scope, name: string, value: Value): Scope {
  return { ...scope, variables: new Map(scope.variables).set(name, value) };
}

function variable(name: string, scope: Scope): Value {
  const value = scope.variables.get(name);
  if (value === undefined) throw new Undefined(`$${name} is not defined`);
  return value;
}

function* call(name: string, args: readonly Filter[], at: Place, scope: Scope): Places {
  const own = scope.functions.get(`${name}/${args.length}`);
  if (!own) {
    yield* builtins(name, args, at, scope);
    return;
  }
  const outer = own.scope ?? scope;
  const functions = new Map(outer.functions);
  let inner: Scope = { ...outer, functions };
  for (const [place, param] of own.params.entries()) {
    const arg = args[place] ?? { f: 'identity' };
    if (!param.startsWith('$')) {
      functions.set(`${param}/0`, { params: [], is: arg, scope });
      continue;
    }
    const [value = null] = valuesOf(arg, at.value, scope);
    inner = withVariable(inner, param.slice(1), value);
  }
  yield* run(own.is, at, inner);
}

export const truth = (value: Value): boolean => value !== null && value !== false;

function extended({ path }: Place, key: Value): readonly Value[] | undefined {
  return path && [...path, key];
}

export function described(value: Value): string {
  const text = show(value);
  return `${typeOf(value)} (${text.length > 11 ? `${text.slice(0, 11)}...` : text})`;
}

/** `.[KEY]`. */
export function member(of: Value, key: Value): Value {
  if (of === null && (key === null || typeof key === 'string' || typeof key === 'number')) return null;
  if (isObject(of) && typeof key === 'string') return of.get(key) ?? null;
  if (isArray(of) && typeof key === 'number') return of[Math.floor(key < 0 ? key + of.length : key)] ?? null;
  if (typeof key === 'string')
    throw new JqError(`Cannot index ${typeOf(of)} with ${isArray(of) ? 'string ' : ''}"${key}"`);
  throw new JqError(`Cannot index ${typeOf(of)} with ${typeOf(key)}`);
}

function* children(of: Place): Places {
  if (isArray(of.value)) {
    for (const [at, value] of of.value.entries()) yield { value, path: extended(of, at) };
  } else if (isObject(of.value)) {
    for (const [key, value] of of.value) yield { value, path: extended(of, key) };
  } else {
    const what = of.value === null ? 'null' : `${described(of.value)}`;
    throw new JqError(`Cannot iterate over ${what === 'null' ? 'null (null)' : what}`);
  }
}

export function* recurse(at: Place): Places {
  yield at;
  if (isArray(at.value) || isObject(at.value)) for (const child of children(at)) yield* recurse(child);
}

function* slices(filter: Extract<Filter, { readonly f: 'slice' }>, at: Place, scope: Scope): Places {
  for (const { value } of run(filter.of, at, scope)) {
    for (const from of filter.from ? valuesOf(filter.from, at.value, scope) : [0]) {
      for (const to of filter.to ? valuesOf(filter.to, at.value, scope) : [null]) {
        if (value === null) yield computed(null);
        else if (typeof value !== 'string' && !isArray(value))
          throw new JqError(`Cannot index ${typeOf(value)} with object`);
        else yield computed(value.slice(Number(from ?? 0), to === null ? undefined : Number(to)));
      }
    }
  }
}

function* attempt(filter: Extract<Filter, { readonly f: 'each' | 'try' | 'catch' }>, at: Place, scope: Scope): Places {
  try {
    yield* run(filter.of, at, scope);
  } catch (error) {
    if (!(error instanceof JqError)) throw error;
    if (filter.f === 'catch') yield* run(filter.handler, computed(error.value), scope);
  }
}

function* interpolated(parts: readonly (string | Filter)[], format: string, at: Place, scope: Scope): Places {
  const [first, ...rest] = parts;
  if (first === undefined) {
    yield computed('');
    return;
  }
  for (const tail of interpolated(rest, format, at, scope)) {
    if (typeof first === 'string') yield computed(first + String(tail.value));
    else
      for (const value of valuesOf(first, at.value, scope))
        yield computed(formatted(format === '' ? '@text' : format, value) + String(tail.value));
  }
}

function* objects(
  entries: readonly (readonly [Filter, Filter])[],
  from: number,
  made: ReadonlyMap<string, Value>,
  at: Place,
  scope: Scope,
): Places {
  const entry = entries[from];
  if (!entry) {
    yield computed(made);
    return;
  }
  for (const key of valuesOf(entry[0], at.value, scope)) {
    if (typeof key !== 'string') throw new JqError(`Object keys must be strings`);
    for (const value of valuesOf(entry[1], at.value, scope))
      yield* objects(entries, from + 1, new Map(made).set(key, value), at, scope);
  }
}

function* binary(op: string, left: Filter, right: Filter, at: Place, scope: Scope): Places {
  if (op === 'and' || op === 'or') {
    for (const value of valuesOf(left, at.value, scope)) {
      if (truth(value) === (op === 'or')) yield computed(op === 'or');
      else for (const other of valuesOf(right, at.value, scope)) yield computed(truth(other));
    }
    return;
  }
  if (op === '//') {
    let any = false;
    try {
      for (const place of run(left, at, scope)) {
        if (!truth(place.value)) continue;
        any = true;
        yield place;
      }
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
    }
    if (!any) yield* run(right, at, scope);
    return;
  }
  if (op === '=' || (op.endsWith('=') && !['==', '!=', '<=', '>='].includes(op))) {
    yield* assign(op, left, right, at, scope);
    return;
  }
  for (const y of valuesOf(right, at.value, scope))
    for (const x of valuesOf(left, at.value, scope)) yield computed(comparison(op, x, y) ?? arithmetic(op, x, y));
}

function comparison(op: string, x: Value, y: Value): boolean | undefined {
  const order = compare(x, y);
  const answers: { readonly [op: string]: boolean } = {
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return answers[op];
}

function* assign(op: string, left: Filter, right: Filter, at: Place, scope: Scope): Places {
  const paths = [...pathsOf(left, at.value, scope)];
  if (op === '|=') {
    let result = at.value;
    for (const path of paths) {
      const [next] = valuesOf(right, valueAt(result, path), scope);
      result = next === undefined ? without(result, path) : replaced(result, path, next);
    }
    yield computed(result);
    return;
  }
  for (const value of valuesOf(right, at.value, scope)) {
    let result = at.value;
    for (const path of paths) {
      const old = valueAt(result, path);
      const next =
        op === '=' ? value : op === '//=' ? (truth(old) ? old : value) : arithmetic(op.slice(0, -1), old, value);
      result = replaced(result, path, next);
    }
    yield computed(result);
  }
}

export function valueAt(value: Value, path: readonly Value[]): Value {
  return path.reduce<Value>((at, key) => member(at, key), value);
}

/** The value with another one at a path; what is not there on the way is made. */
export function replaced(value: Value, path: readonly Value[], next: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (typeof key === 'number') {
    if (value !== null && !isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`);
    const items = [...(value ?? [])];
    const at = key < 0 ? key + items.length : key;
    if (at < 0) throw new JqError('Out of bounds negative array index');
    while (items.length < at) items.push(null);
    items[at] = replaced(items[at] ?? null, rest, next);
    return items;
  }
  if (value !== null && !isObject(value)) throw new JqError(`Cannot index ${typeOf(value)} with "${key}"`);
  return new Map(value ?? []).set(String(key), replaced(value?.get(String(key)) ?? null, rest, next));
}

/** The value without what is at a path. */
export function without(value: Value, path: readonly Value[]): Value {
  const [key, ...rest] = path;
  if (key === undefined || value === null) return null;
  if (rest.length > 0)
    return member(value, key) === null ? value : replaced(value, [key], without(member(value, key), rest));
  if (isArray(value)) return value.filter((_, at) => at !== (Number(key) < 0 ? Number(key) + value.length : key));
  if (!isObject(value)) throw new JqError(`Cannot delete field at object index of ${typeOf(value)}`);
  const left = new Map(value);
  left.delete(String(key));
  return left;
}
