import type { Unit } from '../core/code.ts';
import { compile } from '../core/compile.ts';
import type { Act, Lang } from '../core/lang.ts';
import { newScope, pop, popMany, settle } from '../core/ops.ts';
import type { Loop } from '../core/schedule.ts';
import type { Frame } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { bigintOf, integer, isTagged, jsNumber, ref, type Value } from '../core/values.ts';
import { type parked, Thrown, type Vm } from '../core/vm.ts';
import { checkProgram, type GoProgram } from './check-file.ts';
import { coreNatives } from './natives-core.ts';
import { formatNatives, textOfPanic } from './natives-fmt.ts';
import { httpNatives } from './natives-http.ts';
import { libraryNatives } from './natives-lib.ts';
import { taskNatives } from './natives-tasks.ts';
import { unicodeNatives } from './natives-unicode.ts';
import { member } from './types.ts';
import { box, copyOf, deref, equal, nilPanic, num, runtimePanic, shapes, sliced, str, tuple, wrap } from './values.ts';

function compileGo(text: string): Unit {
  return compile(checkProgram(JSON.parse(text) as GoProgram).source);
}

/** Calls a function, a method bound to its receiver, or a built-in function. */
function callGo(vm: Vm, fn: Value, args: readonly Value[]): Value | typeof parked {
  if (isTagged(fn) && fn.t === 'b') {
    if (fn.n === '%dynamic') return dynamic(vm, str(fn.self), args);
    return vm.native(fn.n)(vm, args, fn.self ?? null, {});
  }
  const o = vm.obj(fn);
  if (!o) return nilPanic(vm);
  if (o.k === 'bound') return callGo(vm, o.v ?? null, [...(o.a ?? []), ...args]);
  const { m, c } = o.x as never as { m: string; c: number };
  const def = vm.unit(m).codes[c]?.def;
  const p: { [n: string]: Value } = {};
  def?.params.forEach((param, i) => {
    p[param.name] = args[i] ?? null;
  });
  const env = newScope(vm, p, o.up);
  vm.ownAt(env).k = 'fnscope';
  vm.frames.push({ m, c, pc: 0, st: [], env, h: [], exc: [], kind: 'call', name: def?.name ?? '' });
  return null;
}

/** The method of the value that an interface holds. */
export function resolve(vm: Vm, v: Value, name: string): { fn: Value; receiver: Value } | undefined {
  const o = vm.obj(v);
  if (o?.k !== 'if') return undefined;
  const type = o.s ?? '';
  const base = type.replace(/^\*/, '');
  let receiver = o.v ?? null;
  const found = member(shapes(vm), type, name);
  if (found?.k === 'method') {
    for (const field of found.path) receiver = goGet(vm, receiver, field);
    if (found.dynamic) return resolve(vm, receiver, name);
    const { id, native, pointer } = found.method;
    if (!pointer && !native) receiver = copyOf(vm, vm.obj(receiver)?.k === 'ptr' ? deref(vm, receiver) : receiver);
    return { fn: native ? { t: 'b', n: id } : (vm.at(vm.modules.main ?? 0).p?.[id] ?? null), receiver };
  }
  return vm.lang.natives[`${base}.${name}`] ? { fn: { t: 'b', n: `${base}.${name}` }, receiver } : undefined;
}
function dynamic(vm: Vm, name: string, args: readonly Value[]): Value | typeof parked {
  const [first = null, ...rest] = args;
  const found = resolve(vm, first, name);
  return found ? callGo(vm, found.fn, [found.receiver, ...rest]) : nilPanic(vm);
}

export function goGet(vm: Vm, o: Value, name: string): Value {
  const at = vm.obj(o);
  if (!at) return nilPanic(vm);
  if (at.k === 'ptr') return goGet(vm, deref(vm, o), name);
  return at.p?.[name] ?? null;
}

function place(vm: Vm, o: Value, key: Value): { a: Value[]; at: number } {
  const { arr, o: from, n } = sliced(vm, o);
  const i = num(key);
  if (i < 0 || i >= n) runtimePanic(vm, `index out of range [${i}]${i < 0 ? '' : ` with length ${n}`}`);
  return { a: vm.obj(arr)?.a ?? [], at: from + i };
}

function arithmetic(vm: Vm, op: string, t: string, a: Value, b: Value): Value {
  if (t === 'string') return str(a) + str(b);
  if (t.includes('float')) {
    const [x, y] = [num(a), num(b)];
    const v = op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : x / y;
    return jsNumber(t === 'float32' ? Math.fround(v) : v);
  }
  if (typeof a === 'number' && typeof b === 'number') {
    const quick = op === '+' ? a + b : op === '-' ? a - b : op === '*' ? a * b : undefined;
    if (quick !== undefined && (t === 'int' || t === 'int64') && Number.isSafeInteger(quick))
      return quick === 0 ? 0 : quick;
  }
  const x = bigintOf(a) ?? 0n;
  const y = bigintOf(b) ?? 0n;
  if ((op === '/' || op === '%') && y === 0n) runtimePanic(vm, 'integer divide by zero');
  if ((op === '<<' || op === '>>') && y < 0n) runtimePanic(vm, 'negative shift amount');
  const all: { readonly [o: string]: () => bigint } = {
    '+': () => x + y,
    '-': () => x - y,
    '*': () => x * y,
    '/': () => x / y,
    '%': () => x % y,
    '&': () => x & y,
    '|': () => x | y,
    '^': () => x ^ y,
    '&^': () => x & ~y,
    '<<': () => (y > 64n ? 0n : x << y),
    '>>': () => x >> y,
  };
  return integer(wrap(all[op]?.() ?? 0n, t));
}

function binary(vm: Vm, full: string, a: Value, b: Value): Value {
  const [op = '', t = 'plain'] = full.split(' ');
  if (op === '==' || op === '!=') {
    const same = equal(vm, a, b, t === 'deep');
    return op === '==' ? same : !same;
  }
  if (['<', '<=', '>', '>='].includes(op)) {
    const [x, y] =
      typeof a === 'string' || typeof b === 'string'
        ? [str(a), str(b)]
        : [bigintOf(a) ?? num(a), bigintOf(b) ?? num(b)];
    return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y;
  }
  return arithmetic(vm, op, t, a, b);
}

const ops: { readonly [op: string]: Act | undefined } = {
  copy: () => undefined,
  address: (vm, f, op) => {
    let env: number | undefined = f.env;
    for (; env !== undefined && !Object.hasOwn(vm.at(env).p ?? {}, String(op[1])); env = vm.at(env).up);
    f.st.push(vm.make({ k: 'ptr', s: String(op[1]), ...(env === undefined ? {} : { up: env }) }));
  },
  'address-field': (vm, f, op) => {
    const o = pop(f);
    f.st.push(vm.make({ k: 'ptr', v: o, s: String(op[1]) }));
  },
  'address-item': (vm, f) => {
    const [o, key] = popMany(f, 2) as [Value, Value];
    const { at } = place(vm, o, key);
    f.st.push(vm.make({ k: 'ptr', v: sliced(vm, o).arr, n: at }));
  },
  go: (vm, f, op) => {
    const args = popMany(f, Number(op[1]));
    const fn = pop(f);
    vm.native('%go')(vm, [fn, ...args], null, {});
  },
  defer: (_vm, f, op) => {
    const args = popMany(f, Number(op[1]));
    f.defers = [...(f.defers ?? []), { fn: pop(f), args }];
  },
  'set-results': (vm, f, op) => {
    const names = op[1] as readonly string[];
    const v = f.st[f.st.length - 1] ?? null;
    const all = names.length === 1 ? [v] : (vm.obj(v)?.a ?? []);
    const scope = vm.ownAt(functionScope(vm, f));
    scope.p = { ...scope.p, ...Object.fromEntries(names.map((n, i) => [n, all[i] ?? null])) };
  },
  'named-results': (vm, f, op) => void f.st.push(namedResults(vm, f, op[1] as readonly string[])),
  return: (vm, f) => {
    let v = pop(f);
    const next = f.defers?.[f.defers.length - 1];
    if (next) {
      if (f.kind !== 'deferring') {
        f.kind = 'deferring';
        f.self = v;
      }
      f.defers = f.defers?.slice(0, -1) ?? [];
      f.pc--;
      const depth = vm.frames.length;
      return settle(vm, f, depth, callGo(vm, next.fn, next.args));
    }
    if (f.panic !== undefined) {
      const again = f.panic;
      delete f.panic;
      throw new Thrown(again);
    }
    if (f.kind === 'deferring') v = f.self ?? null;
    const { named } = vm.code(f).def ?? {};
    if (named && f.kind === 'deferring') v = namedResults(vm, f, named);
    vm.frames.pop();
    vm.result = v;
    vm.frames[vm.frames.length - 1]?.st.push(v);
    return undefined;
  },
};

function functionScope(vm: Vm, f: Frame): number {
  let env = f.env;
  while (vm.at(env).k !== 'fnscope' && vm.at(env).up !== undefined) env = vm.at(env).up ?? env;
  return env;
}
function namedResults(vm: Vm, f: Frame, names: readonly string[]): Value {
  const p = vm.at(functionScope(vm, f)).p ?? {};
  const all = names.map((n) => p[n] ?? null);
  return all.length === 1 ? (all[0] ?? null) : tuple(vm, ...all);
}

const beyond = (): never => {
  throw new Beyond('this');
};

/** Go as its compiler and runtime have it. */
export const go: Lang = {
  natives: { ...coreNatives, ...formatNatives, ...libraryNatives, ...unicodeNatives, ...taskNatives, ...httpNatives },
  ops,
  compile: (_path, text) => compileGo(text),
  truthy: (_vm, v) => v === true,
  binary,
  unary(vm, full, a) {
    const [op = '', t = ''] = full.split(' ');
    if (op === '&') return a;
    if (op === '*') return deref(vm, a);
    if (op === '!') return a !== true;
    if (op === '-' && t.includes('float')) return jsNumber(-num(a));
    if (op === '-') return integer(wrap(-(bigintOf(a) ?? 0n), t));
    return integer(wrap(~(bigintOf(a) ?? 0n), t));
  },
  global: () => undefined,
  unknownName: (_vm, name) => {
    throw new Beyond(`${name} before it has its value`);
  },
  tooDeep: (vm) => {
    throw new Thrown(box(vm, '%stack', ''));
  },
  get: goGet,
  set(vm, o, name, v) {
    const at = vm.obj(o);
    if (!at) nilPanic(vm);
    if (at?.k === 'ptr') {
      vm.lang.set(vm, deref(vm, o), name, v);
      return;
    }
    const own = vm.own(o);
    own.p ??= {};
    own.p[name] = v;
  },
  index(vm, o, key) {
    if (typeof o === 'string') {
      const i = num(key);
      if (i < 0 || i >= o.length) runtimePanic(vm, `index out of range [${i}] with length ${o.length}`);
      return o.charCodeAt(i);
    }
    const { a, at } = place(vm, o, key);
    return a[at] ?? null;
  },
  setIndex(vm, o, key, v) {
    const { at } = place(vm, o, key);
    const { a } = vm.own(sliced(vm, o).arr);
    if (a) a[at] = v;
  },
  iterate: (_vm, v) => v,
  next: (vm, it) => vm.native('%next')(vm, [it], null, {}) as Value | undefined,
  text: (_vm, v) => String(v),
  format: beyond,
  call: (vm, fn, args) => callGo(vm, fn, args),
  notAFunction: (vm) => nilPanic(vm),
  throwing: beyond,
  collect: beyond,
  put: beyond,
  merge: beyond,
  unpack: (vm, v) => vm.obj(v)?.a ?? [],
  await: beyond,
  importModule: beyond,
  leaveFrame(vm, f, thrown) {
    if (!f.defers || f.defers.length === 0) return false;
    if (!landing(vm, f)) return false;
    f.panic = thrown.value;
    return true;
  },
  uncaught(vm, thrown) {
    const o = vm.obj(thrown.value);
    if (o?.s === '%stack') {
      vm.write(
        2,
        'runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\nruntime stack:\n\ngoroutine 1 [running]:\n',
      );
      return 2;
    }
    const text = textOfPanic(vm, thrown.value);
    const signal = text.includes('nil pointer dereference')
      ? '[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48f0a5]\n'
      : '';
    const where = thrown.at ? `main.main()\n\t${vm.start.argv[1] ?? 'main.go'}:${thrown.at.line} +0x1d\n` : '';
    vm.write(2, `panic: ${text}\n${signal}\ngoroutine 1 [running]:\n${where}`);
    return 2;
  },
  begin() {},
  stuck(vm) {
    if (Object.keys(vm.signals).length > 0 || vm.listeners.length > 0) return undefined as never;
    vm.write(2, 'fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n');
    return 2;
  },
};

/** Goes on where a function that panics has its deferred calls. */
function landing(vm: Vm, f: Frame): boolean {
  const { ops: code } = vm.code(f);
  const at = code.findIndex(([op, a]) => op === 'const' && a === '%landing');
  if (at < 0) return false;
  f.pc = at;
  f.st = [];
  f.env = functionScope(vm, f);
  f.kind = 'call';
  return true;
}

/** How Go lets things happen: goroutines in turn; the program ends with the first. */
export const goLoop: Loop = {
  mainEnds: true,
  run(vm, task) {
    const before = vm.task;
    vm.task = task;
    try {
      const outcome = vm.run(task.frames, 0, 'task');
      if (outcome === 'done' && task.then) vm.native(task.then.native)(vm, [vm.result], task.then.data, {});
      return outcome;
    } finally {
      vm.task = before;
    }
  },
  micro: () => false,
  timer: (vm, fn, args) => void vm.native('%timer')(vm, [fn, ...args], null, {}),
  poll: () => undefined,
};
export { ref };
