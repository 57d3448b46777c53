import type { Natives } from '../core/lang.ts';
import { longestList } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, isUndefined, present, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { ownConstructor } from './inspect.ts';
import { allOf } from './natives-object.ts';
import { array, hash, makeError, stackText, throwError } from './objects.ts';
import { same, text, toNumber, truthy } from './semantics.ts';

const items = (vm: Vm, v: Value): readonly Value[] => vm.obj(v)?.a ?? [];
const own = (vm: Vm, v: Value): Value[] => {
  const o = vm.own(v);
  o.a ??= [];
  return o.a;
};
const real = (v: Value | undefined): Value => (v === undefined || (isTagged(v) && v.t === 'hole') ? undef : v);

function callback(vm: Vm, self: Value, fn: Value = undef) {
  if (!isTagged(fn) || fn.t === 'u') throwError(vm, 'TypeError', `${text(vm, fn)} is not a function`);
  return (v: Value, i: number) => vm.call(fn, [real(v), i, self]);
}
const each = (
  vm: Vm,
  self: Value,
  fn: Value | undefined,
  act: (result: Value, v: Value, i: number) => boolean | undefined,
): void => {
  const run = callback(vm, self, fn);
  const list = items(vm, self);
  for (let i = 0; i < list.length; i++) if (act(run(present(list[i]), i), real(list[i]), i) === true) return;
};

/** A length that an array of the program may have. */
function bounded(vm: Vm, n: number): number {
  const length = Number.isNaN(n) ? 0 : Math.max(0, Math.trunc(n));
  if (length > 2 ** 32 - 1) throwError(vm, 'RangeError', 'Invalid array length');
  if (length > longestList) throw new Beyond('an array this long');
  vm.tick(length >> 2);
  return length;
}
const holes = (vm: Vm, n: number): Value[] =>
  n < 0 || !Number.isInteger(n)
    ? throwError(vm, 'RangeError', 'Invalid array length')
    : Array.from({ length: bounded(vm, n) }, (): Value => ({ t: 'hole' }));

function index(vm: Vm, v: Value | undefined, length: number, otherwise: number): number {
  if (v === undefined || isUndefined(v)) return otherwise;
  const n = Math.trunc(toNumber(vm, v)) || 0;
  return n < 0 ? Math.max(0, length + n) : Math.min(n, length);
}

export function compare(vm: Vm, fn: Value = undef) {
  if (isUndefined(fn)) {
    return (a: Value, b: Value) => {
      if (isUndefined(a) || isUndefined(b)) return Number(isUndefined(a)) - Number(isUndefined(b));
      const [x, y] = [text(vm, a), text(vm, b)];
      return x < y ? -1 : x > y ? 1 : 0;
    };
  }
  return (a: Value, b: Value) => toNumber(vm, vm.call(fn, [a, b]));
}

function flatten(vm: Vm, list: readonly Value[], depth: number): Value[] {
  return list.flatMap((v) => {
    const o = vm.obj(v);
    return o?.k === 'list' && depth > 0 ? flatten(vm, o.a ?? [], depth - 1) : [v];
  });
}

function search(last: boolean, asIndex: boolean) {
  return (vm: Vm, [fn]: readonly Value[], self: Value): Value => {
    const run = callback(vm, self, fn);
    const list = items(vm, self);
    for (let n = 0; n < list.length; n++) {
      const i = last ? list.length - 1 - n : n;
      if (truthy(run(present(list[i]), i))) return asIndex ? i : real(list[i]);
    }
    return asIndex ? -1 : undef;
  };
}

function fold(vm: Vm, [fn = undef, initial]: readonly Value[], self: Value, right: boolean): Value {
  const list = items(vm, self).map((v, i) => [v, i] as const);
  if (right) list.reverse();
  let acc = initial;
  if (acc === undefined) {
    const first = list.shift();
    if (!first) throwError(vm, 'TypeError', 'Reduce of empty array with no initial value');
    acc = present(first?.[0]);
  }
  for (const [v, i] of list) acc = vm.call(fn, [acc, v, i, self]);
  return acc;
}

/** Methods of arrays. */
export const arrayNatives: Natives = {
  'A.push': (vm, args, self) => own(vm, self).push(...args),
  'A.pop': (vm, _a, self) => present(own(vm, self).pop()),
  'A.shift': (vm, _a, self) => present(own(vm, self).shift()),
  'A.unshift': (vm, args, self) => own(vm, self).unshift(...args),
  'A.slice': (vm, [from, to], self) => {
    const list = items(vm, self);
    return array(vm, list.slice(index(vm, from, list.length, 0), index(vm, to, list.length, list.length)));
  },
  'A.splice': (vm, [from, count, ...more], self) => {
    const list = own(vm, self);
    const at = index(vm, from, list.length, 0);
    return array(vm, list.splice(at, count === undefined ? list.length : Math.max(0, toNumber(vm, count)), ...more));
  },
  'A.concat': (vm, args, self) =>
    array(vm, [...items(vm, self), ...args.flatMap((v) => (vm.obj(v)?.k === 'list' ? items(vm, v) : [v]))]),
  'A.join': (vm, [separator = ','], self) =>
    items(vm, self)
      .map((v) => (v === null || isUndefined(real(v)) ? '' : text(vm, v)))
      .join(isUndefined(separator) ? ',' : text(vm, separator)),
  'A.toString': (vm, _a, self) => vm.native('A.join')(vm, [], self, {}),
  'A.reverse': (vm, _a, self) => {
    own(vm, self).reverse();
    return self;
  },
  'A.toReversed': (vm, _a, self) => array(vm, items(vm, self).toReversed()),
  'A.sort': (vm, [fn], self) => {
    const sorted = items(vm, self).toSorted(compare(vm, fn));
    vm.own(self).a = sorted;
    return self;
  },
  'A.toSorted': (vm, [fn], self) => array(vm, items(vm, self).toSorted(compare(vm, fn))),
  'A.indexOf': (vm, [v = undef], self) => items(vm, self).findIndex((one) => same(one, v)),
  'A.lastIndexOf': (vm, [v = undef], self) => items(vm, self).findLastIndex((one) => same(one, v)),
  'A.includes': (vm, [v = undef], self) => items(vm, self).some((one) => same(real(one), v)),
  'A.at': (vm, [n = 0], self) => present(items(vm, self).at(toNumber(vm, n))),
  'A.fill': (vm, [v = undef, from, to], self) => {
    const list = own(vm, self);
    list.fill(v, index(vm, from, list.length, 0), index(vm, to, list.length, list.length));
    return self;
  },
  'A.flat': (vm, [depth = 1], self) => array(vm, flatten(vm, items(vm, self), toNumber(vm, depth))),
  'A.map': (vm, [fn], self) => {
    const a: Value[] = [];
    each(vm, self, fn, (r) => {
      a.push(r);
      return undefined;
    });
    return array(vm, a);
  },
  'A.flatMap': (vm, [fn], self) => {
    const a: Value[] = [];
    each(vm, self, fn, (r) => {
      a.push(r);
      return undefined;
    });
    return array(vm, flatten(vm, a, 1));
  },
  'A.forEach': (vm, [fn], self) => {
    each(vm, self, fn, () => undefined);
    return undef;
  },
  'A.filter': (vm, [fn], self) => {
    const a: Value[] = [];
    each(vm, self, fn, (r, v) => {
      truthy(r) && a.push(v);
      return undefined;
    });
    return array(vm, a);
  },
  'A.some': (vm, [fn], self) => {
    let found = false;
    each(vm, self, fn, (r) => {
      found = truthy(r);
      return found;
    });
    return found;
  },
  'A.every': (vm, [fn], self) => {
    let all = true;
    each(vm, self, fn, (r) => {
      all = truthy(r);
      return !all;
    });
    return all;
  },
  'A.find': search(false, false),
  'A.findIndex': search(false, true),
  'A.findLast': search(true, false),
  'A.findLastIndex': search(true, true),
  'A.reduce': (vm, args, self) => fold(vm, args, self, false),
  'A.reduceRight': (vm, args, self) => fold(vm, args, self, true),
  'A.keys': (vm, _a, self) => vm.make({ k: 'iter', a: items(vm, self).map((_, i) => i), n: 0 }),
  'A.values': (vm, _a, self) => vm.make({ k: 'iter', a: [...items(vm, self)], n: 0 }),
  'A.entries': (vm, _a, self) => vm.make({ k: 'iter', a: items(vm, self).map((v, i) => array(vm, [i, v])), n: 0 }),
  Array: (vm, args) => array(vm, args.length === 1 && typeof args[0] === 'number' ? holes(vm, args[0]) : [...args]),
  'new Array': (vm, args) => {
    if (args.length === 1 && typeof args[0] === 'number' && (args[0] < 0 || !Number.isInteger(args[0])))
      throwError(vm, 'RangeError', 'Invalid array length');
    return vm.native('Array')(vm, args, undef, {});
  },
  'Array.isArray': (vm, [v = undef]) => vm.obj(v)?.k === 'list',
  'Array.of': (vm, args) => array(vm, [...args]),
  'Array.from': (vm, [v = undef, fn]) => {
    const o = vm.obj(v);
    const length =
      o?.k === 'object' && o.p?.length !== undefined && !o.p['%Symbol.iterator'] ? toNumber(vm, o.p.length) : undefined;
    const list =
      length === undefined
        ? allOf(vm, v)
        : Array.from({ length: bounded(vm, length) }, (_, i) => present(o?.p?.[String(i)]));
    return array(vm, fn === undefined ? [...list] : list.map((one, i) => vm.call(fn, [one, i])));
  },
  Error: (vm, [message]) => makeError(vm, 'Error', message === undefined ? '' : text(vm, message)),
  'init Error': (vm, [message, options], self) => {
    const o = vm.own(self);
    const cls = vm.obj(ownConstructor(vm, o.up ?? 0));
    const root = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
    let name = 'Error';
    for (let at = cls; at; at = at.up === undefined ? undefined : vm.heap[at.up])
      if (root.includes(at.s ?? '')) name = at.s ?? name;
    // constructors of its own are not part of its stack, whose first line is made when it is read
    const made = vm.stack().toReversed();
    const own = made.findIndex(({ kind, self: of }) => kind !== 'new' || of === undefined || hash(of) !== hash(self));
    const frames = stackText(vm, own < 0 ? made.length : own);
    o.p = {
      ...o.p,
      stack: name,
      '%frames': frames,
      ...(message === undefined || isUndefined(message) ? {} : { message: text(vm, message) }),
    };
    const cause = options === undefined ? undefined : vm.obj(options)?.p?.cause;
    if (cause !== undefined) o.p.cause = cause;
    return undef;
  },
  'Error#toString': (vm, _a, self) => {
    const [name, message] = ['name', 'message'].map((key) => text(vm, vm.lang.get(vm, self, key)));
    return message === '' || message === 'undefined' ? (name ?? '') : `${name}: ${message}`;
  },
  'Error.captureStackTrace': () => undef,
};

export { Thrown };
