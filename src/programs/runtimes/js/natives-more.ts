import { isErrno } from '../../../kernel/errno.ts';
import type { Native, Natives } from '../core/lang.ts';
import { builtin, isUndefined, jsNumber, present, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { array, findProperty, plain, throwError } from './objects.ts';
import { getProperty, setProperty, text, toNumber } from './semantics.ts';

const items = (vm: Vm, v: Value): Value[] => vm.own(v).a ?? [];
const listeners = (vm: Vm, self: Value, event: Value): Value | undefined => vm.obj(self)?.p?.[`%on:${text(vm, event)}`];

/** Adds a listener, and puts it before the others. */
const prepend =
  (how: string): Native =>
  (vm, args, self) => {
    vm.native(`EventEmitter#${how}`)(vm, args, self, {});
    const all = listeners(vm, self, present(args[0]));
    const a = all === undefined ? [] : items(vm, all);
    const last = a.pop();
    if (last !== undefined) a.unshift(last);
    return self;
  };

/** Further methods of EventEmitter. */
const events: Natives = {
  'EventEmitter#prependListener': prepend('on'),
  'EventEmitter#prependOnceListener': prepend('once'),
  'EventEmitter#removeListener': (vm, args, self) => vm.native('EventEmitter#off')(vm, args, self, {}),
  'EventEmitter#removeAllListeners': (vm, [event], self) => {
    const o = vm.own(self);
    const gone = event === undefined ? '%on:' : `%on:${text(vm, event)}`;
    o.p = Object.fromEntries(
      Object.entries(o.p ?? {}).filter(([key]) => (event === undefined ? !key.startsWith(gone) : key !== gone)),
    );
    return self;
  },
  'EventEmitter#eventNames': (vm, _a, self) =>
    array(
      vm,
      Object.entries(vm.obj(self)?.p ?? {})
        .filter(([key, list]) => key.startsWith('%on:') && (vm.obj(list)?.a?.length ?? 0) > 0)
        .map(([key]) => key.slice(4)),
    ),
  'EventEmitter#listeners': (vm, [event = ''], self) => {
    const all = listeners(vm, self, event);
    return array(
      vm,
      (all === undefined ? [] : (vm.obj(all)?.a ?? [])).map((fn) => {
        const o = vm.obj(fn);
        return o?.k === 'bound' && o.n === 1 ? (o.v ?? undef) : fn;
      }),
    );
  },
  'EventEmitter#setMaxListeners': (vm, [n = 10], self) => {
    const o = vm.own(self);
    o.p = { ...o.p, '%most': n };
    return self;
  },
  'EventEmitter#getMaxListeners': (vm, _a, self) => vm.obj(self)?.p?.['%most'] ?? 10,
};

const paths: Natives = {
  'path.isAbsolute': (vm, [p = '']) => text(vm, p).startsWith('/'),
  'path.relative': (vm, [from = '', to = '']) => {
    const full = (v: Value): string[] =>
      text(vm, vm.native('path.resolve')(vm, [v], undef, {}) as Value)
        .split('/')
        .filter((one) => one !== '');
    const [a, b] = [full(from), full(to)];
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same++;
    return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
  },
  'path.parse': (vm, [p = '']) => {
    const path = text(vm, p);
    const root = path.startsWith('/') ? '/' : '';
    const base = text(vm, vm.native('path.basename')(vm, [path], undef, {}) as Value);
    const ext = text(vm, vm.native('path.extname')(vm, [base], undef, {}) as Value);
    const dir = path.includes('/') ? path.replace(/\/+[^/]*\/*$/, '') || root : '';
    return plain(vm, { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) });
  },
  'path.format': (vm, [o = undef]) => {
    const one = (name: string): string => {
      const v = getProperty(vm, o, name);
      return isUndefined(v) ? '' : text(vm, v);
    };
    const dir = one('dir') || one('root');
    const base = one('base') || `${one('name')}${one('ext')}`;
    return dir === '' ? base : dir === one('root') ? `${dir}${base}` : `${dir}/${base}`;
  },
  '=path.delimiter': () => ':',
  '=path.posix': () => builtin('path'),
  'url.fileURLToPath': (vm, [v = '']) => decodeURIComponent(text(vm, v).replace(/^file:\/\//, '')),
};

/** Bytes of memory, as the machine's /proc/meminfo has them. */
const memory =
  (what: string): Native =>
  (vm) => {
    const got = vm.sys.fs.readFile('/proc/meminfo');
    const found = isErrno(got) ? undefined : new RegExp(`^${what}: +(\\d+) kB$`, 'm').exec(got.bytes)?.[1];
    return Number(found ?? 0) * 1024;
  };

const system: Natives = {
  'os.totalmem': memory('MemTotal'),
  'os.freemem': memory('MemAvailable'),
  'os.endianness': () => 'LE',
  'os.loadavg': (vm) => {
    const got = vm.sys.fs.readFile('/proc/loadavg');
    const parts = isErrno(got) ? ['0', '0', '0'] : got.bytes.split(' ').slice(0, 3);
    return array(
      vm,
      parts.map((one) => jsNumber(Number(one))),
    );
  },
};

/** The parts of a date that can be set, with how many further parts each setter takes. */
const setters = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
function dateSetters(): Natives {
  const made: { [name: string]: Native } = {
    'D.setTime': (vm, [v = undef], self) => {
      vm.own(self).n = toNumber(vm, v);
      return jsNumber(toNumber(vm, v));
    },
    'D.toDateString': (vm, _a, self) =>
      new Date(vm.obj(self)?.n ?? Number.NaN).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+).*$/, '$1 $3 $2 $4'),
    'D.toTimeString': (vm, _a, self) =>
      `${new Date(vm.obj(self)?.n ?? Number.NaN).toISOString().slice(11, 19)} GMT+0000 (Coordinated Universal Time)`,
  };
  for (const part of setters) {
    const act: Native = (vm, args, self) => {
      const o = vm.own(self);
      const date = new Date(o.n ?? Number.NaN);
      // the machine's clock runs in UTC
      const set = date[`setUTC${part}`] as (...n: number[]) => number;
      const n = set.apply(
        date,
        args.map((v) => toNumber(vm, v)),
      );
      o.n = n;
      return jsNumber(n);
    };
    made[`D.set${part}`] = act;
    made[`D.setUTC${part}`] = act;
  }
  return made;
}

/** The getter, setter or value of a property as an object tells of it. */
function descriptor(vm: Vm, [v = undef, key = '']: readonly Value[]): Value {
  const o = vm.obj(v);
  const found = o?.p && Object.hasOwn(o.p, text(vm, key)) ? o.p[text(vm, key)] : undefined;
  if (found === undefined) return undef;
  const accessor = vm.obj(found);
  if (accessor?.k !== 'accessor')
    return plain(vm, { value: found, writable: true, enumerable: true, configurable: true });
  const [get = null, set = null] = accessor.a ?? [];
  return plain(vm, { get: get ?? undef, set: set ?? undef, enumerable: true, configurable: true });
}

/** What a reviver makes of a value that JSON.parse read. */
export function revived(vm: Vm, holder: Value, key: string, reviver: Value): Value {
  const v = getProperty(vm, holder, key);
  const o = vm.obj(v);
  const names =
    o?.k === 'list' ? (o.a ?? []).map((_, i) => String(i)) : o?.k === 'object' ? Object.keys(o.p ?? {}) : [];
  for (const name of names) {
    const made = revived(vm, v, name, reviver);
    const own = vm.own(v);
    if (own.k === 'list' && own.a) own.a[Number(name)] = made;
    else if (isUndefined(made)) delete own.p?.[name];
    else setProperty(vm, v, name, made);
  }
  return vm.call(reviver, [key, v], undefined, holder);
}

/** A deep copy, with the kinds that structuredClone knows. Throws what it throws for functions. */
function clone(vm: Vm, v: Value, seen: Map<number, Value>): Value {
  const o = vm.obj(v);
  if (!o || typeof v !== 'object' || v === null || v.t !== 'ref') return v;
  const known = seen.get(v.r);
  if (known !== undefined) return known;
  if (['fn', 'class', 'bound', 'symbol', 'promise', 'gen'].includes(o.k))
    throwError(vm, 'DOMException', `${text(vm, v)} could not be cloned.`);
  const made = vm.make({
    ...o,
    ...(o.k === 'object' && findProperty(vm, o, 'stack') === undefined ? plainUp(vm) : {}),
  });
  seen.set(v.r, made);
  const own = vm.own(made);
  if (o.a) own.a = o.a.map((one) => clone(vm, one, seen));
  if (o.p)
    own.p = Object.fromEntries(
      Object.entries(o.p).flatMap(([name, one]) => (/^[#%]/.test(name) ? [] : [[name, clone(vm, one, seen)] as const])),
    );
  if (o.e)
    own.e = Object.fromEntries(
      Object.entries(o.e).map(([key, [k, one]]) => [key, [clone(vm, k, seen), clone(vm, one, seen)] as const]),
    );
  return made;
}
const plainUp = (vm: Vm): { up?: number } => {
  const up = vm.obj(plain(vm))?.up;
  return up === undefined ? {} : { up };
};

/** Further functions of the language's own objects and of node's modules. */
export const moreNatives: Natives = {
  ...events,
  ...paths,
  ...system,
  ...dateSetters(),
  'Object.getOwnPropertyDescriptor': descriptor,
  'Object.setPrototypeOf': (vm, [o = undef, proto = undef]) => {
    const up = proto === null ? undefined : proto;
    if (typeof up === 'object' && up !== null && up.t === 'ref') vm.own(o).up = up.r;
    else delete vm.own(o).up;
    return o;
  },
  'A.with': (vm, [i = 0, v = undef], self) => {
    const a = [...(vm.obj(self)?.a ?? [])];
    const at = toNumber(vm, i) < 0 ? toNumber(vm, i) + a.length : toNumber(vm, i);
    if (at < 0 || at >= a.length) throwError(vm, 'RangeError', `Invalid index : ${text(vm, i)}`);
    a[at] = v;
    return array(vm, a);
  },
  'A.toSpliced': (vm, [from = 0, count, ...more], self) => {
    const a = [...(vm.obj(self)?.a ?? [])];
    a.splice(toNumber(vm, from), count === undefined ? a.length : toNumber(vm, count), ...more);
    return array(vm, a);
  },
  'A.copyWithin': (vm, args, self) => {
    const [to = 0, from = 0, end] = args.map((v) => toNumber(vm, v));
    items(vm, self).copyWithin(to, from, end);
    return self;
  },
  structuredClone: (vm, [v = undef]) => clone(vm, v, new Map()),
};
