import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Native, Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, builtin, float, integer, isFloat, isTagged, numeric, type Value } from '../core/values.ts';
import { Ended, Thrown, type Vm } from '../core/vm.ts';
import { attribute, getAttribute, setAttribute } from './attributes.ts';
import { callPy, closeGenerator, resume, stopped } from './calls.ts';
import { fixed, formatSpec } from './format.ts';
import { importPy } from './import.ts';
import { fileNatives } from './natives-files.ts';
import { binary } from './operators.ts';
import {
  equal,
  exception,
  hash,
  idOf,
  isInstance,
  length,
  list,
  mro,
  order,
  raise,
  repr,
  str,
  thrownOf,
  truthy,
  tuple,
  typeName,
} from './values.ts';

export const all = (vm: Vm, v: Value): readonly Value[] => vm.lang.unpack(vm, v, -1, -1);
const none: Value = null;

/** What stays of standard output until it is flushed: Python keeps 8 KiB back when it writes to no terminal. */
export function write(vm: Vm, text: string, flush: boolean): void {
  if (vm.sys.isatty(1) || vm.start.unbuffered) vm.write(1, text);
  else {
    vm.buffer += text;
    if (flush || vm.buffer.length >= 8192) flushOut(vm);
  }
}
export function flushOut(vm: Vm): void {
  vm.write(1, vm.buffer);
  vm.buffer = '';
}

function print(vm: Vm, args: readonly Value[], _self: Value, kw: { readonly [n: string]: Value }): Value {
  for (const name of Object.keys(kw))
    if (!['sep', 'end', 'file', 'flush'].includes(name))
      raise(vm, 'TypeError', `'${name}' is an invalid keyword argument for print()`);
  const sep = kw.sep === undefined || kw.sep === null ? ' ' : String(kw.sep);
  const end = kw.end === undefined || kw.end === null ? '\n' : String(kw.end);
  const text = args.map((v) => str(vm, v)).join(sep) + end;
  const file = kw.file;
  if (file !== undefined && isTagged(file) && file.t === 'b' && file.n === 'sys.stderr') vm.write(2, text);
  else if (file !== undefined && vm.obj(file)?.k === 'file') vm.native('file.write')(vm, [text], file, {});
  else if (file !== undefined && vm.obj(file)?.k === 'inst') vm.call(getAttribute(vm, file, 'write'), [text]);
  else write(vm, text, kw.flush !== undefined && truthy(vm, kw.flush));
  return none;
}

function toInt(vm: Vm, [v = 0, second]: readonly Value[], _self: Value, kw: { readonly [n: string]: Value }): Value {
  const base = second ?? kw.base;
  const own = vm.obj(v)?.k === 'inst' ? attribute(vm, v, '__int__') : undefined;
  if (own !== undefined) return vm.call(own, []);
  if (typeof v === 'string') {
    const text = v.trim().replaceAll('_', '');
    const radix = base === undefined ? 10 : Number(base);
    const bare = text.replace(
      radix === 16 ? /^([+-]?)0x/i : radix === 2 ? /^([+-]?)0b/i : radix === 8 ? /^([+-]?)0o/i : /^()/,
      '$1',
    );
    const digits = /^[+-]?[0-9a-z]+$/i.test(bare) ? Number.parseInt(bare, radix) : Number.NaN;
    const last = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
    const exact =
      radix === 10
        ? /^[+-]?\d+$/.test(text)
        : [...bare.toLowerCase().replace(/^[+-]/, '')].every((c) => last.includes(c)) && !Number.isNaN(digits);
    if (!exact) return raise(vm, 'ValueError', `invalid literal for int() with base ${radix}: ${repr(vm, v)}`);
    return radix === 10 ? integer(BigInt(text.replace(/^\+/, ''))) : digits;
  }
  const n = numeric(v);
  if (n === undefined)
    return raise(
      vm,
      'TypeError',
      `int() argument must be a string, a bytes-like object or a real number, not '${typeName(vm, v)}'`,
    );
  if (isFloat(v) && !Number.isFinite(n))
    return raise(
      vm,
      Number.isNaN(n) ? 'ValueError' : 'OverflowError',
      `cannot convert float ${Number.isNaN(n) ? 'NaN' : 'infinity'} to integer`,
    );
  return isFloat(v) ? integer(BigInt(Math.trunc(n))) : integer(bigintOf(v) ?? 0n);
}
function toFloat(vm: Vm, [v = float(0)]: readonly Value[]): Value {
  if (typeof v === 'string') {
    const text = v.trim().replaceAll('_', '');
    const named: { readonly [n: string]: number } = {
      inf: Infinity,
      '-inf': -Infinity,
      nan: Number.NaN,
      infinity: Infinity,
    };
    const n =
      (Object.hasOwn(named, text.toLowerCase()) ? named[text.toLowerCase()] : undefined) ??
      (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined);
    return n === undefined ? raise(vm, 'ValueError', `could not convert string to float: ${repr(vm, v)}`) : float(n);
  }
  const n = numeric(v);
  return n === undefined
    ? raise(vm, 'TypeError', `float() argument must be a string or a real number, not '${typeName(vm, v)}'`)
    : float(n);
}
function round(_vm: Vm, [v = 0, places]: readonly Value[]): Value {
  const n = numeric(v) ?? 0;
  if (places === undefined || places === null) {
    const floor = Math.floor(n);
    const diff = n - floor;
    return integer(BigInt(diff < 0.5 ? floor : diff > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1));
  }
  if (!isFloat(v)) return v;
  const digits = Number(places);
  if (digits > 300 || !Number.isFinite(n)) return v;
  const unit = 10 ** -digits;
  return float(digits >= 0 ? Number(fixed(n, digits)) : Math.round(n / unit) * unit);
}
function best(sign: number): Native {
  return (vm, args, _s, kw) => {
    const values = args.length === 1 ? all(vm, args[0] ?? null) : args;
    const key = kw.key;
    let found: Value | undefined;
    let foundKey: Value = null;
    for (const v of values) {
      const k = key === undefined || key === null ? v : vm.call(key, [v]);
      if (found === undefined || order(vm, k, foundKey, sign < 0 ? '<' : '>') * sign > 0) [found, foundKey] = [v, k];
    }
    if (found === undefined)
      return kw.default ?? raise(vm, 'ValueError', `${sign < 0 ? 'min' : 'max'}() arg is an empty sequence`);
    return found;
  };
}
export function sorted(vm: Vm, values: readonly Value[], kw: { readonly [n: string]: Value }): Value[] {
  const keyed = values.map((v) => [kw.key === undefined || kw.key === null ? v : vm.call(kw.key, [v]), v] as const);
  const back = kw.reverse !== undefined && truthy(vm, kw.reverse);
  return keyed.toSorted(([a], [b]) => (back ? order(vm, b, a) : order(vm, a, b))).map(([, v]) => v);
}
/** A number for what tells keys apart; small integers are their own. */
function hashNumber(key: string): number {
  if (/^n:-?\d{1,15}$/.test(key)) return Number(key.slice(2));
  let h = 0;
  for (let i = 0; i < key.length; i++) h = (h * 31 + key.charCodeAt(i)) % 9007199254740881;
  return h;
}
const lazily = (vm: Vm, a: Value[]): Value => vm.make({ k: 'iter', a, n: 0 });
const dictOf = (vm: Vm, pairs: readonly (readonly [Value, Value])[], s?: string): Value => {
  const e: { [h: string]: readonly [Value, Value] } = {};
  for (const [k, v] of pairs) e[hash(vm, k)] = [k, v];
  return vm.make({ k: 'dict', e, ...(s === undefined ? {} : { s }) });
};
const keyed = (kw: { readonly [n: string]: Value }): [Value, Value][] => Object.entries(kw);

export { dictOf };

function dictFrom(vm: Vm, [v]: readonly Value[], kw: { readonly [n: string]: Value }): Value {
  const from =
    v === undefined
      ? []
      : vm.obj(v)?.k === 'dict'
        ? Object.values(vm.obj(v)?.e ?? {})
        : attribute(vm, v, 'keys') !== undefined
          ? all(vm, vm.call(getAttribute(vm, v, 'keys'), [])).map((key): [Value, Value] => [
              key,
              vm.lang.index(vm, v, key),
            ])
          : all(vm, v).map((pair) => all(vm, pair) as [Value, Value]);
  return dictOf(vm, [...from, ...keyed(kw)]);
}
const setOf = (vm: Vm, values: readonly Value[]): Value =>
  vm.make({ k: 'setof', e: Object.fromEntries(values.map((v) => [hash(vm, v), [v, null] as const])) });

/** The built-in functions. */
export const builtins: Natives = {
  print,
  len: (vm, [v = none]) => length(vm, v),
  int: toInt,
  float: toFloat,
  str: (vm, [v = '', encoding]) =>
    encoding !== undefined && isTagged(v) && v.t === 'bytes' ? decodeUtf8(v.v) : str(vm, v),
  bool: (vm, [v = none]) => truthy(vm, v),
  repr: (vm, [v = none]) => repr(vm, v),
  list: (vm, [v]) => list(vm, v === undefined ? [] : [...all(vm, v)]),
  tuple: (vm, [v]) => tuple(vm, v === undefined ? [] : [...all(vm, v)]),
  set: (vm, [v]) => setOf(vm, v === undefined ? [] : all(vm, v)),
  frozenset: (vm, [v]) => {
    const made = setOf(vm, v === undefined ? [] : all(vm, v));
    vm.own(made).s = 'frozenset';
    return made;
  },
  dict: (vm, args, _s, kw) => dictFrom(vm, args, kw),
  bytes: (vm, [v = '']) =>
    typeof v === 'string'
      ? { t: 'bytes', v: encodeUtf8(v) }
      : {
          t: 'bytes',
          v: all(vm, v)
            .map((n) => String.fromCharCode(Number(n)))
            .join(''),
        },
  object: (vm) => vm.make({ k: 'object' }),
  range: (vm, args) => {
    const [a = 0, b, c = 1] = args;
    for (const v of args)
      if (bigintOf(v) === undefined)
        raise(vm, 'TypeError', `'${typeName(vm, v)}' object cannot be interpreted as an integer`);
    if (c === 0) raise(vm, 'ValueError', 'range() arg 3 must not be zero');
    return vm.make({ k: 'range', a: b === undefined ? [0, a, 1] : [a, b, c] });
  },
  type: (vm, [v = none]) => {
    const o = vm.obj(v);
    return o?.k === 'inst' ? { t: 'ref', r: o.up ?? 0 } : builtin(typeName(vm, v));
  },
  isinstance: (vm, [v = none, c = none]) => isInstance(vm, v, c),
  issubclass: (vm, [a = none, b = none]) => mro(vm, idOf(a)).includes(idOf(b)),
  abs: (_vm, [v = 0]) =>
    isFloat(v)
      ? float(Math.abs(Number(v.v)))
      : integer((bigintOf(v) ?? 0n) < 0n ? -(bigintOf(v) ?? 0n) : (bigintOf(v) ?? 0n)),
  min: best(-1),
  max: best(1),
  sum: (vm, [v = none, start = 0]) => all(vm, v).reduce((sum, one) => binary(vm, '+', sum, one), start),
  round,
  pow: (vm, [a = 0, b = 0]) => binary(vm, '**', a, b),
  divmod: (vm, [a = 0, b = 1]) => tuple(vm, [binary(vm, '//', a, b), binary(vm, '%', a, b)]),
  sorted: (vm, [v = none], _s, kw) => list(vm, sorted(vm, all(vm, v), kw)),
  reversed: (vm, [v = none]) => lazily(vm, all(vm, v).toReversed()),
  enumerate: (vm, [v = none, start], _s, kw) =>
    lazily(
      vm,
      all(vm, v).map((one, i) => tuple(vm, [i + Number(start ?? kw.start ?? 0), one])),
    ),
  zip: (vm, args) => {
    const lists = args.map((v) => all(vm, v));
    return lazily(
      vm,
      Array.from({ length: lists.length === 0 ? 0 : Math.min(...lists.map((one) => one.length)) }, (_, i) =>
        tuple(
          vm,
          lists.map((one) => one[i] ?? null),
        ),
      ),
    );
  },
  map: (vm, [fn = none, ...lists]) => {
    const values = lists.map((v) => all(vm, v));
    return lazily(
      vm,
      (values[0] ?? []).map((_, i) =>
        vm.call(
          fn,
          values.map((one) => one[i] ?? null),
        ),
      ),
    );
  },
  filter: (vm, [fn = none, v = none]) =>
    lazily(
      vm,
      all(vm, v).filter((one) => truthy(vm, fn === null ? one : vm.call(fn, [one]))),
    ),
  any: (vm, [v = none]) => all(vm, v).some((one) => truthy(vm, one)),
  all: (vm, [v = none]) => all(vm, v).every((one) => truthy(vm, one)),
  iter: (vm, [v = none]) => vm.lang.iterate(vm, v, 'of'),
  next: (vm, [it = none, otherwise]) => {
    const v = vm.lang.next(vm, it);
    if (v !== undefined) return v;
    return otherwise !== undefined ? otherwise : stopped(vm, it);
  },
  '%mro': (vm, _a, self) => list(vm, [...all(vm, getAttribute(vm, self, '__mro__'))]),
  ascii: (vm, [v = none]) =>
    repr(vm, v).replace(/[\u0080-\uffff]/g, (c) => {
      const n = c.charCodeAt(0);
      return n < 256 ? `\\x${n.toString(16)}` : `\\u${n.toString(16).padStart(4, '0')}`;
    }),
  __import__: (vm, [name = '']) => importPy(vm, String(name), 0),
  ord: (_vm, [v = '']) => String(v).codePointAt(0) ?? 0,
  chr: (vm, [v = 0]) =>
    Number(v) >= 0 && Number(v) < 0x110000
      ? String.fromCodePoint(Number(v))
      : raise(vm, 'ValueError', 'chr() arg not in range(0x110000)'),
  hex: (_vm, [v = 0]) => `0x${(bigintOf(v) ?? 0n).toString(16)}`,
  bin: (_vm, [v = 0]) => `0b${(bigintOf(v) ?? 0n).toString(2)}`,
  oct: (_vm, [v = 0]) => `0o${(bigintOf(v) ?? 0n).toString(8)}`,
  id: (_vm, [v = none]) => 140_000_000_000_000 + idOf(v) * 16,
  hash: (vm, [v = none]) => hashNumber(hash(vm, v)),
  callable: (vm, [v = none]) => ['fn', 'class', 'bound'].includes(vm.obj(v)?.k ?? '') || (isTagged(v) && v.t === 'b'),
  format: (vm, [v = none, spec = '']) => formatSpec(vm, v, String(spec)),
  getattr: (vm, [v = none, name = '', otherwise]) => {
    const found = attribute(vm, v, String(name));
    return found !== undefined ? found : otherwise !== undefined ? otherwise : getAttribute(vm, v, String(name));
  },
  vars: (vm, [v = none]) => getAttribute(vm, v, '__dict__'),
  delattr: (vm, [v = none, name = '']) => {
    getAttribute(vm, v, String(name));
    delete vm.own(v).p?.[String(name)];
    return none;
  },
  hasattr: (vm, [v = none, name = '']) => attribute(vm, v, String(name)) !== undefined,
  setattr: (vm, [v = none, name = '', value = none]) => {
    setAttribute(vm, v, String(name), value);
    return none;
  },
  exit: (vm, args) => vm.native('sys.exit')(vm, args, none, {}),
  quit: (vm, args) => vm.native('sys.exit')(vm, args, none, {}),
  property: (vm, [fn = none]) => vm.make({ k: 'wrapped', s: 'property', v: fn, p: {} }),
  staticmethod: (vm, [fn = none]) => vm.make({ k: 'wrapped', s: 'staticmethod', v: fn }),
  classmethod: (vm, [fn = none]) => vm.make({ k: 'wrapped', s: 'classmethod', v: fn }),
  'wrapped.setter': (vm, [fn = none], self) =>
    vm.make({ k: 'wrapped', s: 'property', v: vm.obj(self)?.v ?? null, p: { setter: fn } }),
  super: (vm) => {
    const f = vm.frames.at(-1);
    for (let env = f?.env; env !== undefined; env = vm.at(env).up) {
      const { p = {} } = vm.at(env);
      const home = p['%home'];
      const def = f ? vm.code(f).def : null;
      if (home !== undefined)
        return vm.make({ k: 'super', v: p[def?.params[0]?.name ?? 'self'] ?? none, up: idOf(home) });
    }
    return raise(vm, 'RuntimeError', 'super(): no arguments');
  },
  'object.__init__': (vm, args, self) => {
    if (isTagged(self) && vm.obj(self)?.p?.args !== undefined)
      vm.own(self).p = { ...vm.obj(self)?.p, args: tuple(vm, [...args]) };
    return none;
  },
  'object.__setattr__': (vm, [target = none, name = '', v = none], self) => {
    if (self !== null) setAttribute(vm, self, String(target), name, true);
    else setAttribute(vm, target, String(name), v, true);
    return none;
  },
  'object.__new__': (vm, [cls = none]) => vm.make({ k: 'inst', up: idOf(cls), p: {} }),
  'object.__str__': (vm, _a, self) => str(vm, vm.obj(self)?.p?.args ?? none),
  'generator.send': (vm, [v = none], self) => resume(vm, self, v) ?? stopped(vm, self),
  'generator.close': closeGenerator,
  ...fileNatives,
  '%annotated': (vm, [name = '', value = none]) => {
    const env = vm.frames.at(-1)?.env;
    if (env === undefined || vm.at(env).k !== 'classscope') return value;
    const scope = vm.ownAt(env);
    const known = scope.p?.__fields_of__;
    scope.p = { ...scope.p, __fields_of__: tuple(vm, [...(known === undefined ? [] : all(vm, known)), name]) };
    return value;
  },
  '%exit': (vm, [manager = none]) => {
    if (vm.obj(manager)?.k === 'file') vm.own(manager).n = 1;
    const exit = attribute(vm, manager, '__exit__');
    return exit === undefined ? none : callPy(vm, exit, [none, none, none]);
  },
  'sys.exit': (vm, [code = 0]) => {
    throw thrownOf(vm, exception(vm, 'SystemExit', code));
  },
  '%unbound': (vm, [name]) =>
    raise(
      vm,
      'UnboundLocalError',
      `cannot access local variable '${String(name)}' where it is not associated with a value`,
    ),
  '%flush': (vm) => {
    flushOut(vm);
    return none;
  },
};
for (const name of 'int float str bool list tuple set frozenset dict bytes object range type property enumerate zip map filter super'.split(
  ' ',
)) {
  (builtins as { [n: string]: Native })[`type ${name}`] = () => none;
}

export { Beyond, Ended, equal, Thrown };
