import { compile } from '../core/compile.ts';
import type { Lang } from '../core/lang.ts';
import type { Loop } from '../core/schedule.ts';
import type { Frame, Running } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, type Value } from '../core/values.ts';
import type { Thrown, Vm } from '../core/vm.ts';
import { flaskNatives } from '../web/flask.ts';
import { requestNatives } from '../web/python-requests.ts';
import { attribute, getAttribute, getItem, setAttribute, setItem } from './attributes.ts';
import { callPy, resume } from './calls.ts';
import { formatSpec } from './format.ts';
import { importPy } from './import.ts';
import { knownBuiltin } from './known-names.ts';
import { methods } from './methods.ts';
import { byteMethods } from './methods-bytes.ts';
import { setMethods } from './methods-sets.ts';
import { textMethods } from './methods-text.ts';
import { library } from './modules.ts';
import { builtins, flushOut } from './natives.ts';
import { osError } from './natives-files.ts';
import { hashNatives } from './natives-hash.ts';
import { inputBuiltins, inputNatives, lineAtOnce, takeLine } from './natives-input.ts';
import { matchNatives } from './natives-match.ts';
import { endOfTask, requeue, taskNatives } from './natives-tasks.ts';
import { binary, unary } from './operators.ts';
import { pyOps } from './ops.ts';
import { parsePy } from './parse-stmt.ts';
import { reNatives } from './re.ts';
import { uncaughtPy } from './traceback.ts';
import {
  classAttribute,
  exception,
  hash,
  idOf,
  isException,
  isInstance,
  length,
  list,
  raise,
  repr,
  str,
  thrownOf,
  truthy,
  tuple,
  typeName,
} from './values.ts';

const natives: Lang['natives'] = {
  ...builtins,
  ...methods,
  ...textMethods,
  ...setMethods,
  ...library,
  ...inputBuiltins,
  ...inputNatives,
  ...taskNatives,
  ...hashNatives,
  ...byteMethods,
  ...requestNatives,
  ...matchNatives,
  ...reNatives,
  ...flaskNatives,
  '%oserror': (vm, [code = '', path = '']) => osError(vm, String(code), String(path)),
};

/** Classes of exceptions, each below the one before the colon. */
const exceptions = `
  BaseException: SystemExit KeyboardInterrupt GeneratorExit Exception
  Exception: ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError RuntimeError ReferenceError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning
  ArithmeticError: FloatingPointError ZeroDivisionError OverflowError
  ImportError: ModuleNotFoundError
  LookupError: IndexError KeyError
  NameError: UnboundLocalError
  OSError: FileNotFoundError FileExistsError PermissionError IsADirectoryError NotADirectoryError ConnectionError TimeoutError BlockingIOError ChildProcessError InterruptedError ProcessLookupError
  ConnectionError: BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError
  RuntimeError: NotImplementedError RecursionError
  SyntaxError: IndentationError
  IndentationError: TabError
  ValueError: UnicodeError
  UnicodeError: UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError
  Warning: BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning
`;

/** What the parser calls, and constants of the language that are no keywords. */
const hidden = new Set([
  '%exit',
  '%annotated',
  '%sequence',
  '%mapping',
  '%rest',
  '%positional',
  '%list',
  '%isinstance',
  'NotImplemented',
  'Ellipsis',
]);

function iterate(vm: Vm, v: Value): Value {
  const o = vm.obj(v);
  if (o?.k === 'iter' || o?.k === 'gen' || o?.k === 'stdin') return v;
  if (typeof v === 'string') return vm.make({ k: 'iter', a: [...v], n: 0 });
  if (isTagged(v) && v.t === 'bytes') return vm.make({ k: 'iter', a: [...v.v].map((c) => c.charCodeAt(0)), n: 0 });
  if (o?.k === 'list' || o?.k === 'range') return vm.make({ k: 'iter', v, n: 0 });
  if (o?.k === 'tuple') return vm.make({ k: 'iter', a: [...(o.a ?? [])], n: 0 });
  if (o?.k === 'dict' || o?.k === 'setof')
    return vm.make({ k: 'iter', a: Object.values(o.e ?? {}).map(([k]) => k), n: 0 });
  if (o?.k === 'file') return vm.make({ k: 'iter', a: String(o.v ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [], n: 0 });
  if (o?.k === 'inst') {
    const own = classAttribute(vm, o.up ?? 0, '__iter__');
    if (own !== undefined) {
      const made = vm.call(own, [v]);
      return ['iter', 'gen'].includes(vm.obj(made)?.k ?? '') ? made : vm.make({ k: 'iter', s: 'protocol', v: made });
    }
  }
  if (o?.k === 'class') {
    const own = attribute(vm, v, '_class_iter_');
    if (own !== undefined) return vm.call(own, []);
  }
  return raise(vm, 'TypeError', `'${typeName(vm, v)}' object is not iterable`);
}

function next(vm: Vm, it: Value, sent: Value = null): Value | undefined {
  const o = vm.obj(it);
  if (o?.k === 'gen') return resume(vm, it, sent);
  if (o?.k === 'stdin') return lineAtOnce(vm);
  if (o?.k !== 'iter' && o?.k !== 'inst')
    return raise(vm, 'TypeError', `'${typeName(vm, it)}' object is not an iterator`);
  if (o.s === 'protocol' || o.k === 'inst') {
    const target = o.k === 'inst' ? it : (o.v ?? null);
    try {
      return vm.call(getAttribute(vm, target, '__next__'), []);
    } catch (error) {
      const value = typeof error === 'object' && error !== null && 'value' in error ? (error.value as Value) : null;
      if (typeName(vm, value) === 'StopIteration') return undefined;
      throw error;
    }
  }
  vm.tick();
  const at = o.n ?? 0;
  const size = o.a ? o.a.length : length(vm, o.v ?? null);
  if (at >= size) return undefined;
  vm.own(it).n = at + 1;
  return o.a ? (o.a[at] ?? null) : getItem(vm, o.v ?? null, at);
}

/** Python as CPython runs it. */
export const py: Lang = {
  natives,
  ops: pyOps,
  compile: (path, source) => compile(parsePy(path, source)),
  truthy,
  binary,
  unary,
  global: (vm, name) =>
    Object.hasOwn(vm.globals, name)
      ? vm.globals[name]
      : (Object.hasOwn(builtins, name) || Object.hasOwn(inputBuiltins, name)) && /^(?:__)?[a-z]\w*$/.test(name)
        ? builtin(name)
        : hidden.has(name)
          ? builtin(name)
          : undefined,
  unknownName(vm, name) {
    if (knownBuiltin(name)) throw new Beyond(name);
    return raise(vm, 'NameError', `name '${name}' is not defined`);
  },
  tooDeep: (vm) => raise(vm, 'RecursionError', 'maximum recursion depth exceeded'),
  get: getAttribute,
  set: setAttribute,
  index(vm, v, key) {
    const view = vm.obj(v);
    if (view?.k === 'list' && view.s !== undefined) raise(vm, 'TypeError', `'${view.s}' object is not subscriptable`);
    return getItem(vm, v, key);
  },
  setIndex: setItem,
  iterate,
  next,
  text: str,
  format: (vm, v, spec, conversion) =>
    formatSpec(vm, conversion === 'r' ? repr(vm, v) : conversion === 's' ? str(vm, v) : v, spec),
  call: (vm, fn, args, keywords) => callPy(vm, fn, args, keywords),
  notAFunction: (vm, fn) => raise(vm, 'TypeError', `'${typeName(vm, fn)}' object is not callable`),
  throwing(vm, v, from) {
    let value = v;
    if (vm.obj(v)?.k === 'class') value = callPy(vm, v, []) as Value;
    const o = vm.obj(value);
    if (!o || !isException(vm, o)) raise(vm, 'TypeError', 'exceptions must derive from BaseException');
    if (from !== undefined) vm.own(value).p = { ...vm.obj(value)?.p, __cause__: from };
    return thrownOf(vm, value);
  },
  collect(vm, kind, v) {
    if (kind === 'dict') return vm.native('dict')(vm, [v], null, {}) as Value;
    return vm.native(kind)(vm, [v], null, {}) as Value;
  },
  put(vm, target, key, v) {
    const o = vm.own(target);
    o.e ??= {};
    o.e[hash(vm, key)] = [key, v];
  },
  merge(vm, target, other) {
    const o = vm.own(target);
    o.e = { ...o.e, ...vm.obj(other)?.e };
  },
  unpack(vm, v, count, star) {
    const it = iterate(vm, v);
    const all: Value[] = [];
    for (let one = next(vm, it); one !== undefined; one = next(vm, it)) all.push(one);
    if (count < 0) return all;
    if (star < 0) {
      if (all.length < count)
        raise(vm, 'ValueError', `not enough values to unpack (expected ${count}, got ${all.length})`);
      if (all.length > count) raise(vm, 'ValueError', `too many values to unpack (expected ${count})`);
      return all;
    }
    const after = count - star - 1;
    if (all.length < count - 1)
      raise(vm, 'ValueError', `not enough values to unpack (expected at least ${count - 1}, got ${all.length})`);
    return [...all.slice(0, star), list(vm, all.slice(star, all.length - after)), ...all.slice(all.length - after)];
  },
  await(vm, v) {
    const o = vm.obj(v);
    if (o?.k === 'coro') {
      for (const f of o.x as unknown as Frame[]) vm.frames.push({ ...f, st: [], h: [], exc: [] });
      return null;
    }
    const waiting = o?.k === 'inst' ? classAttribute(vm, o.up ?? 0, '_await_') : undefined;
    if (waiting !== undefined) return callPy(vm, waiting, [v]);
    throw new Beyond('awaiting this');
  },
  outOfMemory(vm) {
    vm.write(2, 'MemoryError\n');
    return 1;
  },
  importModule: importPy,
  uncaught: (vm: Vm, thrown: Thrown) => uncaughtPy(vm, thrown),
  begin(vm: Vm, running: Running) {
    vm.globals.BaseException = vm.make({ k: 'class', s: 'BaseException', p: {}, a: [], x: 'exception', n: 1 });
    for (const line of exceptions.trim().split('\n')) {
      const [parent = '', names = ''] = line.trim().split(': ');
      for (const name of names.split(' '))
        vm.globals[name] = vm.make({
          k: 'class',
          s: name,
          p: {},
          a: [vm.globals[parent] ?? null],
          x: 'exception',
          n: 1,
        });
    }
    vm.globals.IOError = vm.globals.OSError ?? null;
    vm.globals.EnvironmentError = vm.globals.OSError ?? null;
    const { ValueError = null } = vm.globals;
    vm.globals['json.JSONDecodeError'] = vm.make({
      k: 'class',
      s: 'JSONDecodeError',
      p: { __module__: 'json.decoder' },
      a: [ValueError],
      x: 'exception',
      n: 1,
    });
    const e = Object.fromEntries(Object.entries(running.env).map(([k, v]) => [`s:${k}`, [k, v] as const]));
    vm.globals['%environ'] = vm.make({ k: 'dict', e, x: 'environ' });
    vm.globals['%argv'] = list(vm, [...running.argv]);
  },
};

/** How CPython lets things happen: one task after the other. */
export const pyLoop: Loop = {
  mainEnds: false,
  run(vm, task) {
    const before = vm.task;
    vm.task = task;
    try {
      if (!takeLine(vm, task)) return 'parked';
      const outcome = vm.run(task.frames, 0, 'task');
      if (outcome === 'done' && task.then) vm.native(task.then.native)(vm, [vm.result], task.then.data, {});
      if (outcome === 'done') endOfTask(vm, task);
      else if (outcome === 'parked') requeue(vm, task);
      return outcome;
    } catch (error) {
      const failed = task.then ? vm.lang.natives[`${task.then.native} failed`] : undefined;
      if (!failed || typeof error !== 'object' || error === null || !('value' in error)) throw error;
      failed(vm, [error.value as Value], task.then?.data ?? null, {});
      return 'done';
    } finally {
      vm.task = before;
    }
  },
  micro: () => false,
  timer: (vm, fn, args) => void vm.call(fn, args),
  poll: () => undefined,
};

export { exception, flushOut, idOf, isInstance, tuple };
