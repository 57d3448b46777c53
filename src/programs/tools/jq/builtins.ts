import { type Place, type Places, pathsOf, recurse, run, type Scope, truth, valuesOf, without } from './evaluate.ts';
import { functions, items, number, type Plain } from './functions.ts';
import { type Filter, parseFilter } from './syntax.ts';
import { compare, isArray, isObject, JqError, type Value } from './value.ts';

const computed = (value: Value): Place => ({ value, path: undefined });

const typed: { readonly [name: string]: (value: Value) => boolean } = {
  nulls: (value) => value === null,
  booleans: (value) => typeof value === 'boolean',
  numbers: (value) => typeof value === 'number',
  strings: (value) => typeof value === 'string',
  arrays: isArray,
  objects: isObject,
  iterables: (value) => isArray(value) || isObject(value),
  scalars: (value) => !isArray(value) && !isObject(value),
};

/** Functions that are made of others, as in jq's own library. */
const library: { readonly [name: string]: string } = {
  'map/1': 'def map(f): [.[] | f]; map(f)',
  'map_values/1': 'def map_values(f): .[] |= f; map_values(f)',
  'with_entries/1': 'def with_entries(f): to_entries | map(f) | from_entries; with_entries(f)',
  'values/0': 'select(. != null)',
  'recurse/1': 'def r: ., (f | r); r',
  'any/1': 'reduce (.[] | f) as $x (false; . or $x)',
  'all/1': 'reduce (.[] | f) as $x (true; . and $x)',
  'in/1': '. as $x | f | has($x)',
  'first/0': '.[0]',
  'last/0': '.[-1]',
  'nth/1': '.[f]',
  'todate/0': 'strftime("%Y-%m-%dT%H:%M:%SZ")',
  'paths/0': 'path(..) | select(length > 0)',
  'leaf_paths/0': 'path(..| scalars)',
  'tostream/0': 'path(..) as $p | [$p, getpath($p)]',
};

const parsed = new Map<string, Filter>();

/** What a function that the filter has not defined itself yields. */
export function* builtins(name: string, args: readonly Filter[], at: Place, scope: Scope): Places {
  const key = `${name}/${args.length}`;
  const own = Object.hasOwn(functions, key) ? functions[key] : undefined;
  if (own) {
    yield* combined(own, args, [], at, scope);
    return;
  }
  const only = args.length === 0 && Object.hasOwn(typed, name) ? typed[name] : undefined;
  if (only) {
    if (only(at.value)) yield at;
    return;
  }
  const source = Object.hasOwn(library, key) ? library[key] : undefined;
  if (source !== undefined) {
    const filter = parsed.get(key) ?? parseFilter(source);
    parsed.set(key, filter);
    const [f] = args;
    const inner = new Map(scope.functions);
    if (f) inner.set('f/0', { params: [], is: f, scope });
    yield* run(filter, at, { ...scope, functions: inner });
    return;
  }
  yield* special(name, args, at, scope);
}

function* combined(act: Plain, args: readonly Filter[], done: readonly Value[], at: Place, scope: Scope): Places {
  const [arg, ...rest] = args;
  if (!arg) yield computed(act(at.value, ...done));
  else for (const value of valuesOf(arg, at.value, scope)) yield* combined(act, rest, [...done, value], at, scope);
}

function* special(name: string, args: readonly Filter[], at: Place, scope: Scope): Places {
  const [f, g] = args;
  const each = (filter: Filter | undefined, value: Value): readonly Value[] =>
    filter ? [...valuesOf(filter, value, scope)] : [];
  const byKey = (): readonly (readonly [Value, Value])[] =>
    items(at.value)
      .map((item): readonly [Value, Value] => [each(f, item), item])
      .sort((a, b) => compare(a[0], b[0]));
  switch (`${name}/${args.length}`) {
    case 'empty/0':
      return;
    case 'error/0':
      throw new JqError(at.value);
    case 'error/1':
      throw new JqError(each(f, at.value)[0] ?? null);
    case 'select/1':
      for (const value of each(f, at.value)) if (truth(value)) yield at;
      return;
    case 'recurse/0':
      yield* recurse(at);
      return;
    case 'path/1':
      if (f) for (const path of pathsOf(f, at.value, scope)) yield computed(path);
      return;
    case 'del/1': {
      const paths = f ? [...pathsOf(f, at.value, scope)].sort((a, b) => compare(b, a)) : [];
      yield computed(paths.reduce<Value>((value, path) => without(value, path), at.value));
      return;
    }
    case 'to_entries/1':
    case 'sort_by/1':
      yield computed(byKey().map(([, item]) => item));
      return;
    case 'group_by/1':
    case 'unique_by/1': {
      const groups: Value[][] = [];
      let last: Value | undefined;
      for (const [key, item] of byKey()) {
        if (last !== undefined && compare(last, key) === 0) groups.at(-1)?.push(item);
        else groups.push([item]);
        last = key;
      }
      yield computed(name === 'group_by' ? groups : groups.map(([first = null]) => first));
      return;
    }
    case 'min_by/1':
      yield computed(byKey()[0]?.[1] ?? null);
      return;
    case 'max_by/1':
      yield computed(byKey().at(-1)?.[1] ?? null);
      return;
    case 'range/1':
    case 'range/2':
      for (const from of g ? each(f, at.value) : [0])
        for (const to of each(g ?? f, at.value))
          for (let n = number(from); n < number(to); n++) {
            scope.budget.left--;
            yield* run({ f: 'literal', value: n }, at, scope);
          }
      return;
    case 'first/1':
      if (f)
        for (const place of run(f, at, scope)) {
          yield place;
          return;
        }
      return;
    case 'last/1': {
      const all = each(f, at.value);
      if (all.length > 0) yield computed(all.at(-1) ?? null);
      return;
    }
    case 'limit/2': {
      let left = number(each(f, at.value)[0] ?? 0);
      if (g && left > 0)
        for (const place of run(g, at, scope)) {
          yield place;
          if (--left <= 0) return;
        }
      return;
    }
    case 'now/0':
      yield computed(scope.variables.get('__now') ?? null);
      return;
    case 'env/0':
      yield computed(scope.variables.get('ENV') ?? null);
      return;
    default:
      throw new Undefined(`${name}/${args.length} is not defined`);
  }
}

/** A function that does not exist (or is not simulated). */
export class Undefined extends Error {}
