import type { Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { type Found, find, type Matcher, matcher } from '../regexp/match.ts';
import { PatternBeyond, PatternProblem, parsePattern } from '../regexp/pattern.ts';
import { dictOf } from './natives.ts';
import { exception, list, raise, repr, str, thrownOf, tuple, typeName } from './values.ts';

const flags = { I: 2, M: 8, S: 16, X: 64, A: 256, U: 32 } as const;

function reading<T>(vm: Vm, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PatternProblem) {
      vm.native('=re.error')(vm, [], null, {}); // the class exists from now on
      throw thrownOf(vm, exception(vm, '%re error', `${error.message} at position ${error.at}`));
    }
    if (error instanceof PatternBeyond) throw new Beyond(`${error.message} in a regular expression`);
    throw error;
  }
}

function compiled(vm: Vm, v: Value, given: number): Matcher {
  const o = vm.obj(v);
  const whole = o?.k === 'regexp' ? (o.s ?? '') : v;
  // flags at the very beginning are those of the whole pattern
  const [head = '', letters = ''] = (typeof whole === 'string' ? /^\(\?([aimsux]+)\)/.exec(whole) : null) ?? [];
  const source = typeof whole === 'string' ? whole.slice(head.length) : whole;
  const bits = [...letters].reduce(
    (sum, letter) => sum | flags[letter.toUpperCase() as keyof typeof flags],
    o?.k === 'regexp' ? Number(o.n ?? 0) : given,
  );
  if (isTagged(source) && source.t === 'bytes') throw new Beyond('a regular expression of bytes');
  if (typeof source !== 'string') return raise(vm, 'TypeError', 'first argument must be string or compiled pattern');
  return reading(vm, () => {
    vm.tick(20 + source.length);
    return matcher(parsePattern(source, 'py', (bits & flags.X) !== 0), {
      ignoreCase: (bits & flags.I) !== 0,
      multiline: (bits & flags.M) !== 0,
      dotAll: (bits & flags.S) !== 0,
      wide: true,
    });
  });
}

const bitsOf = (v: Value | undefined): number => (typeof v === 'number' ? v : 0);
const search = (vm: Vm, m: Matcher, s: string, from: number, how: { here?: boolean; whole?: boolean } = {}) =>
  reading(vm, () => find(m, s, from, (steps) => vm.tick(steps >> 1), how));
const part = (s: string, found: Found, n: number): Value => {
  const [a = -1, b = -1] = found.slice(2 * n, 2 * n + 2);
  return a < 0 || b < 0 ? null : s.slice(a, b);
};

function everything(vm: Vm, m: Matcher, s: string): Found[] {
  const all: Found[] = [];
  for (let from = 0; from <= s.length; ) {
    const found = search(vm, m, s, from);
    if (!found) break;
    all.push(found);
    const [a = 0, b = 0] = found;
    from = b > a ? b : b + 1;
    vm.tick();
  }
  return all;
}

/** A match: the groups, where they stand (`x`), the text (`s`), the names. */
function matchOf(vm: Vm, m: Matcher, s: string, found: Found | undefined): Value {
  if (!found) return null;
  const a = Array.from({ length: m.groups + 1 }, (_, n) => part(s, found, n));
  return vm.make({ k: 'match', a, s, x: { at: [...found], names: m.names.map(([name, n]) => [name, n]) } });
}
interface Places {
  readonly at: readonly number[];
  readonly names: readonly (readonly [string, number])[];
}
const placesOf = (vm: Vm, v: Value): Places => (vm.obj(v)?.x ?? { at: [], names: [] }) as unknown as Places;

function groupNumber(vm: Vm, self: Value, v: Value): number {
  const n = typeof v === 'string' ? placesOf(vm, self).names.find(([name]) => name === v)?.[1] : Number(v);
  if (n === undefined || !(n >= 0 && n < (vm.obj(self)?.a?.length ?? 0)))
    return raise(vm, 'IndexError', 'no such group');
  return n;
}

const subject = (vm: Vm, v: Value | undefined): string =>
  typeof v === 'string'
    ? v
    : raise(vm, 'TypeError', `expected string or bytes-like object, got '${typeName(vm, v ?? null)}'`);

/** What a replacement gives: `\1`, `\g<name>`, `\n`. */
function expanded(vm: Vm, m: Matcher, s: string, found: Found, by: string): string {
  return by.replace(/\\(?:g<(\w+)>|([1-9]\d?)|(.))/gs, (_all, name?: string, digits?: string, other?: string) => {
    if (other !== undefined) return { n: '\n', t: '\t', r: '\r', '\\': '\\' }[other] ?? `\\${other}`;
    const n = digits ?? (/^\d+$/.test(name ?? '') ? name : m.names.find(([one]) => one === name)?.[1]);
    if (n === undefined) return raise(vm, 'IndexError', `unknown group name '${name ?? ''}'`);
    if (Number(n) > m.groups) return raise(vm, 'IndexError', `invalid group reference ${n}`);
    const v = part(s, found, Number(n));
    return typeof v === 'string' ? v : '';
  });
}

function substitute(vm: Vm, m: Matcher, by: Value, s: string, most: number): readonly [string, number] {
  let out = '';
  let from = 0;
  let count = 0;
  for (const found of everything(vm, m, s)) {
    if (most > 0 && count >= most) break;
    const [a = 0, b = 0] = found;
    if (b === a && a === from && count > 0 && a !== 0) {
      if (s.slice(0, a) !== '' && out.length > 0 && from === a && a < s.length) continue;
    }
    const made =
      typeof by === 'string' ? expanded(vm, m, s, found, by) : str(vm, vm.call(by, [matchOf(vm, m, s, found)]));
    out += s.slice(from, a) + made;
    if (out.length > longestText) throw new Beyond('a text this long');
    vm.tick(made.length >> 4);
    from = b;
    count++;
  }
  return [out + s.slice(from), count];
}

function split(vm: Vm, m: Matcher, s: string, most: number): Value {
  const out: Value[] = [];
  let from = 0;
  let count = 0;
  for (const found of everything(vm, m, s)) {
    if (most > 0 && count >= most) break;
    const [a = 0, b = 0] = found;
    out.push(s.slice(from, a));
    for (let n = 1; n <= m.groups; n++) out.push(part(s, found, n));
    from = b;
    count++;
  }
  out.push(s.slice(from));
  return list(vm, out);
}

type Act = (vm: Vm, m: Matcher, s: string, rest: readonly Value[], kw: { readonly [n: string]: Value }) => Value;
const acts: { readonly [name: string]: Act } = {
  search: (vm, m, s) => matchOf(vm, m, s, search(vm, m, s, 0)),
  match: (vm, m, s) => matchOf(vm, m, s, search(vm, m, s, 0, { here: true })),
  fullmatch: (vm, m, s) => matchOf(vm, m, s, search(vm, m, s, 0, { here: true, whole: true })),
  findall: (vm, m, s) =>
    list(
      vm,
      everything(vm, m, s).map((found) => {
        if (m.groups === 0) return part(s, found, 0);
        const all = Array.from({ length: m.groups }, (_, n) => part(s, found, n + 1) ?? '');
        return all.length === 1 ? (all[0] ?? '') : tuple(vm, all);
      }),
    ),
  finditer: (vm, m, s) =>
    vm.make({ k: 'iter', a: everything(vm, m, s).map((found) => matchOf(vm, m, s, found)), n: 0 }),
  split: (vm, m, s, [most], kw) => split(vm, m, s, bitsOf(most ?? kw.maxsplit)),
};

const natives: { [name: string]: Natives[string] } = {};
for (const [name, act] of Object.entries(acts)) {
  natives[`re.${name}`] = (vm, [pattern = null, s, ...rest], _self, kw) => {
    const given = bitsOf(kw.flags ?? (name === 'split' ? rest[1] : rest[0]));
    return act(vm, compiled(vm, pattern, given), subject(vm, s ?? kw.string), name === 'split' ? rest : [], kw);
  };
  natives[`regexp.${name}`] = (vm, [s, ...rest], self, kw) =>
    act(vm, compiled(vm, self, 0), subject(vm, s ?? kw.string), rest, kw);
}
for (const [short, long] of [
  ['I', 'IGNORECASE'],
  ['M', 'MULTILINE'],
  ['S', 'DOTALL'],
  ['X', 'VERBOSE'],
  ['A', 'ASCII'],
  ['U', 'UNICODE'],
] as const)
  for (const name of [short, long]) natives[`=re.${name}`] = () => flags[short];

/** The module re: patterns run in the reader's own matcher, charged to the program's budget. */
export const reNatives: Natives = {
  'module re': () => builtin('re'),
  ...natives,
  '=re.error': (vm) => {
    vm.globals['%re error'] ??= vm.make({
      k: 'class',
      s: 'error',
      p: {},
      a: [vm.globals.Exception ?? null],
      x: 'exception',
      n: 1,
    });
    return vm.globals['%re error'] ?? null;
  },
  're.compile': (vm, [pattern = '', given], _s, kw) => {
    if (vm.obj(pattern)?.k === 'regexp') return pattern;
    compiled(vm, pattern, bitsOf(given ?? kw.flags));
    return vm.make({ k: 'regexp', s: str(vm, pattern), n: bitsOf(given ?? kw.flags) });
  },
  're.escape': (vm, [s = '']) => str(vm, s).replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&'),
  're.sub': (vm, [pattern = null, by = '', s, count, given], _s, kw) =>
    substitute(vm, compiled(vm, pattern, bitsOf(given ?? kw.flags)), by, subject(vm, s), bitsOf(count ?? kw.count))[0],
  're.subn': (vm, [pattern = null, by = '', s, count, given], _s, kw) =>
    tuple(vm, [
      ...substitute(
        vm,
        compiled(vm, pattern, bitsOf(given ?? kw.flags)),
        by,
        subject(vm, s),
        bitsOf(count ?? kw.count),
      ),
    ]),
  'regexp.sub': (vm, [by = '', s, count], self, kw) =>
    substitute(vm, compiled(vm, self, 0), by, subject(vm, s), bitsOf(count ?? kw.count))[0],
  '=regexp.pattern': (vm, _a, self) => vm.obj(self)?.s ?? '',
  'match.group': (vm, args, self) => {
    const one = (v: Value) => vm.obj(self)?.a?.[groupNumber(vm, self, v)] ?? null;
    return args.length > 1 ? tuple(vm, args.map(one)) : one(args[0] ?? 0);
  },
  'match.groups': (vm, [otherwise = null], self) =>
    tuple(
      vm,
      (vm.obj(self)?.a ?? []).slice(1).map((v) => v ?? otherwise),
    ),
  'match.groupdict': (vm, [otherwise = null], self) =>
    dictOf(
      vm,
      placesOf(vm, self).names.map(([name, n]) => [name, vm.obj(self)?.a?.[n] ?? otherwise] as const),
    ),
  'match.start': (vm, [n = 0], self) => placesOf(vm, self).at[2 * groupNumber(vm, self, n)] ?? -1,
  'match.end': (vm, [n = 0], self) => placesOf(vm, self).at[2 * groupNumber(vm, self, n) + 1] ?? -1,
  'match.span': (vm, [n = 0], self) => {
    const at = 2 * groupNumber(vm, self, n);
    return tuple(vm, [placesOf(vm, self).at[at] ?? -1, placesOf(vm, self).at[at + 1] ?? -1]);
  },
  '=match.string': (vm, _a, self) => vm.obj(self)?.s ?? '',
  '%match item': (vm, [n = 0], self) => vm.obj(self)?.a?.[groupNumber(vm, self, n)] ?? null,
  '%match repr': (vm, _a, self) => {
    const [a = 0, b = 0] = placesOf(vm, self).at;
    return `<re.Match object; span=(${a}, ${b}), match=${repr(vm, vm.obj(self)?.a?.[0] ?? '')}>`;
  },
};
