import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { isUndefined, numeric, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { className } from './inspect.ts';
import { revived } from './natives-more.ts';
import { allOf, keysOf } from './natives-object.ts';
import { findProperty, fromJs, makeError, plain, throwError } from './objects.ts';
import { thrownAt } from './places.ts';
import { getProperty, text } from './semantics.ts';

interface Step {
  readonly key: string;
  readonly id: number;
}

const named = (key: string): string => (/^\d+$/.test(key) ? `index ${key}` : `property '${key}'`);

/** What V8 says of a value that contains itself. */
function circular(vm: Vm, path: readonly Step[], first: number, key: string): never {
  const made = (id: number) => {
    const o = vm.at(id);
    return `object with constructor '${o.k === 'list' ? 'Array' : (className(vm, o) ?? 'Object')}'`;
  };
  const from = path.findIndex(({ id }) => id === first);
  const between = path.slice(from + 1).map((one) => `\n    |     ${named(one.key)} -> ${made(one.id)}`);
  const short = between.length > 2 ? [between[0] ?? '', '\n    |     ...', between.at(-1) ?? ''] : between;
  throwError(
    vm,
    'TypeError',
    `Converting circular structure to JSON\n    --> starting at ${made(first)}${short.join('')}\n    --- ${named(key)} closes the circle`,
  );
}

/** What JSON.stringify makes of a value: plain JavaScript data, after `toJSON` and the function that replaces. */
export function toJs(
  vm: Vm,
  given: Value,
  path: readonly Step[] = [],
  key = '',
  replace?: { readonly fn: Value; readonly holder: Value },
): unknown {
  let v = given;
  const before = vm.obj(v);
  if (before && before.k !== 'symbol') {
    const own = before.k === 'date' ? undefined : findProperty(vm, before, 'toJSON');
    if (own !== undefined) v = vm.call(own, [key], undefined, v);
    else if (before.k === 'date')
      v = before.n === undefined || Number.isNaN(before.n) ? null : new Date(before.n).toISOString();
  }
  if (replace) v = vm.call(replace.fn, [key, v], undefined, replace.holder);
  if (v === null || typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number') return v;
  if (v.t === 'f') return v.v === '-0' ? 0 : Number.isFinite(Number(v.v)) ? Number(v.v) : null;
  if (v.t === 'big') throwError(vm, 'TypeError', 'Do not know how to serialize a BigInt');
  if (v.t === 'bytes') return { type: 'Buffer', data: [...v.v].map((c) => c.charCodeAt(0)) };
  if (v.t !== 'ref') return undefined;
  const { r } = v;
  vm.tick();
  if (path.length > 1000) throw new Beyond('data this deep');
  if (path.some(({ id }) => id === r)) circular(vm, path, r, key);
  const o = vm.at(r);
  if (o.k === 'fn' || o.k === 'class' || o.k === 'bound' || o.k === 'symbol') return undefined;
  const inner = [...path, { key, id: r }];
  const next = replace && { fn: replace.fn, holder: v };
  if (o.k === 'list') return (o.a ?? []).map((one, i) => toJs(vm, one, inner, String(i), next) ?? null);
  const out: [string, unknown][] = [];
  for (const name of keysOf(vm, v)) {
    const one = toJs(vm, getProperty(vm, v, name), inner, name, next);
    if (one !== undefined) out.push([name, one]);
  }
  return Object.fromEntries(out);
}

/** Where V8 finds the fault in a text that is no JSON: the first character after which nothing can make it right. */
function faultAt(source: string, message: string): number {
  const said = /at position (\d+)/.exec(message)?.[1];
  if (said !== undefined) return Number(said);
  if (/Unexpected end/.test(message)) return source.length;
  const bad = (end: number): boolean => {
    try {
      JSON.parse(source.slice(0, end));
      return false;
    } catch (error) {
      const words = error instanceof Error ? error.message : '';
      const at = /at position (\d+)/.exec(words)?.[1];
      return at === undefined ? !/Unexpected end|Unterminated/.test(words) : Number(at) < end;
    }
  };
  let [low, high] = [0, source.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bad(middle + 1)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** JSON. */
export const jsonNatives: Natives = {
  'JSON.stringify': (vm, [v = undef, replacer, space]) => {
    const kind = replacer === undefined ? undefined : vm.obj(replacer)?.k;
    const replace =
      replacer !== undefined && (kind === 'fn' || kind === 'bound')
        ? { fn: replacer, holder: plain(vm, { '': v }) }
        : undefined;
    const data = toJs(vm, v, [], '', replace);
    if (data === undefined) return undef;
    const only =
      replacer !== undefined && kind === 'list' ? allOf(vm, replacer).map((one) => text(vm, one)) : undefined;
    const indent =
      space === undefined || space === null || isUndefined(space) ? undefined : (numeric(space) ?? text(vm, space));
    return JSON.stringify(data, only, indent);
  },
  'JSON.parse': (vm, [v = undef, reviver = undef]) => {
    const source = text(vm, v);
    let made: Value;
    try {
      made = fromJs(vm, JSON.parse(source));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const at = faultAt(source, error.message);
      const above = source.slice(0, at).split('\n');
      // V8 shows the text itself as the place
      vm.sources = { ...vm.sources, '<anonymous_script>': source };
      const value = makeError(vm, 'SyntaxError', error.message);
      throw thrownAt(value, '<anonymous_script>', above.length, above.at(-1)?.length ?? 0);
    }
    return isUndefined(reviver) ? made : revived(vm, plain(vm, { '': made }), '', reviver);
  },
};
