import { compile } from '../core/compile.ts';
import type { Lang } from '../core/lang.ts';
import type { Running } from '../core/state.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, isUndefined, present, undef, type Value } from '../core/values.ts';
import { parked, Thrown, type Vm } from '../core/vm.ts';
import { expressNatives } from '../web/express.ts';
import { nodeClient } from '../web/node-client.ts';
import { nodeHttp } from '../web/node-http.ts';
import { callJs, construct, prototypeOf } from './calls.ts';
import { resume } from './generators.ts';
import { inspect, isError } from './inspect.ts';
import { internalPlace, requireModule } from './modules.ts';
import { arrayNatives } from './natives-array.ts';
import { moreNatives } from './natives-more.ts';
import { nodeNatives } from './natives-node.ts';
import { allOf, keysOf, objectNatives } from './natives-object.ts';
import { exitHandlers } from './natives-process.ts';
import { textNatives } from './natives-text.ts';
import { array, builtinClass, idOf, plain, propertyKey, protoOf, stackOf, throwError } from './objects.ts';
import { binary, unary } from './operators.ts';
import { jsOps } from './ops.ts';
import { parseJs } from './parse-stmt.ts';
import { internalLine, placeIn } from './places.ts';
import { makePromise, react, reject, resolvePromise } from './promises.ts';
import { getProperty, iterator, setProperty, text, truthy } from './semantics.ts';
import { stdinNatives } from './stdin.ts';

const natives: Lang['natives'] = {
  ...arrayNatives,
  ...objectNatives,
  ...textNatives,
  ...nodeNatives,
  ...moreNatives,
  ...nodeHttp,
  ...nodeClient,
  ...stdinNatives,
  ...expressNatives,
  require: (vm, [name = ''], self) => {
    if (typeof name !== 'string') throw new Beyond('require of what is no text');
    return requireModule(vm, name, text(vm, self), false);
  },
  '=require.main': (vm) =>
    vm.modules[vm.start.argv[1] ?? ''] === undefined ? undef : { t: 'ref', r: vm.modules[vm.start.argv[1] ?? ''] ?? 0 },
  import: (vm, [name = '']) => {
    const promise = makePromise(vm);
    resolvePromise(
      vm,
      idOf(promise),
      requireModule(vm, text(vm, name), (vm.frames.at(-1)?.m ?? '/').replace(/\/[^/]*$/, ''), true),
    );
    return promise;
  },
  '=import.meta': (vm) => {
    for (let env: number | undefined = vm.frames.at(-1)?.env; env !== undefined; env = vm.at(env).up) {
      const found = vm.at(env).p?.['%meta'];
      if (found !== undefined) return found;
    }
    return undef;
  },
  '%prototype': (vm, _a, self) => prototypeOf(vm, self),
  '%unbound': (vm, [name]) => throwError(vm, 'ReferenceError', `Cannot access '${String(name)}' before initialization`),
  '%early': (vm, [name]) => throwError(vm, 'ReferenceError', `Cannot access '${String(name)}' before initialization`),
  '%constant': (vm) => throwError(vm, 'TypeError', 'Assignment to constant variable.'),
  '=globalThis.process': () => builtin('process'),
  '=globalThis.console': () => builtin('console'),
};
const namespaces = new Set(
  'Math JSON console process Object Array Number String Boolean Promise Date Map Set WeakMap WeakSet RegExp Symbol BigInt Buffer globalThis performance Reflect import Function URL Headers WeakRef'.split(
    ' ',
  ),
);

/** Names that node has and drydock does not read: a program that uses one is beyond it, not wrong. */
const ofNode = new Set(
  (
    'AbortController AbortSignal Atomics BigInt64Array BigUint64Array Blob BroadcastChannel ByteLengthQueuingStrategy ' +
    'CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DataView DecompressionStream Event EventTarget ' +
    'File FinalizationRegistry Float32Array Float64Array FormData Headers Int16Array Int32Array Int8Array Intl Iterator ' +
    'MessageChannel MessageEvent MessagePort Proxy ReadableStream Reflect Request Response SharedArrayBuffer SubtleCrypto ' +
    'TextDecoder TextEncoder TransformStream URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray ' +
    'WeakMap WeakRef WeakSet WebAssembly WebSocket WritableStream ArrayBuffer atob btoa crypto escape eval fetch global ' +
    'navigator queueMicrotask reportError setImmediate structuredClone unescape decodeURI encodeURI decodeURIComponent ' +
    'encodeURIComponent'
  ).split(' '),
);

/** JavaScript as node runs it. */
export const js: Lang = {
  natives,
  ops: jsOps,
  compile: (path, source) => compile(parseJs(path, source)),
  truthy: (_vm, v) => truthy(v),
  binary,
  unary,
  global(vm, name) {
    if (Object.hasOwn(vm.globals, name)) return vm.globals[name];
    if (name === 'NaN' || name === 'Infinity') return { t: 'f', v: name };
    if (name === 'this') return undef;
    // `require` is a name of each file that is no ECMAScript module
    if (name === 'require') return undefined;
    if (Object.hasOwn(natives, name) || namespaces.has(name)) return builtin(name);
    return undefined;
  },
  unknownName(vm, name) {
    if (ofNode.has(name)) throw new Beyond(name);
    return throwError(vm, 'ReferenceError', `${name} is not defined`);
  },
  deepest: 10_400,
  outOfMemory(vm) {
    vm.write(
      2,
      '\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\nAborted (core dumped)\n',
    );
    return 134;
  },
  tooDeep: (vm) => throwError(vm, 'RangeError', 'Maximum call stack size exceeded'),
  get: getProperty,
  set: setProperty,
  index(vm, o, key) {
    const list = vm.obj(o);
    if (list?.k === 'list' && typeof key === 'number') {
      const v = list.a?.[key];
      return v === undefined || (isTagged(v) && v.t === 'hole') ? undef : v;
    }
    if (o === null || isUndefined(o)) return getProperty(vm, o, text(vm, key));
    return getProperty(vm, o, propertyKey(vm, key));
  },
  setIndex: (vm, o, key, v) => setProperty(vm, o, propertyKey(vm, key), v),
  iterate: (vm, v, how) => {
    if (how === 'async') {
      const o = vm.obj(v);
      if (o?.k === 'agen') return v;
      const own = o?.k === 'object' ? getProperty(vm, v, '%Symbol.asyncIterator') : undef;
      if (isUndefined(own)) return vm.make({ k: 'iter', s: 'from-sync', v: iterator(vm, v, 'of') });
      const made = vm.call(own, [], undefined, v);
      return ['agen', 'iter'].includes(vm.obj(made)?.k ?? '')
        ? made
        : vm.make({ k: 'iter', s: 'async-protocol', v: made });
    }
    return iterator(vm, v, how);
  },
  next(vm, it, sent = undef) {
    const o = vm.obj(it);
    if (o?.k === 'gen') return resume(vm, it, sent);
    if (o?.s === 'protocol') {
      const result = vm.call(getProperty(vm, o.v ?? undef, 'next'), [], undefined, o.v);
      return truthy(getProperty(vm, result, 'done')) ? undefined : getProperty(vm, result, 'value');
    }
    const list = o?.a ?? vm.obj(o?.v ?? null)?.a ?? [];
    vm.tick();
    const at = o?.n ?? 0;
    if (at >= list.length) return undefined;
    vm.own(it).n = at + 1;
    const v = present(list[at]);
    return isTagged(v) && v.t === 'hole' ? undef : v;
  },
  text,
  format: (vm, v) => text(vm, v),
  call: (vm, fn, args, _keywords, self) => callJs(vm, fn, args, self),
  notAFunction: (vm, _fn, described) => throwError(vm, 'TypeError', `${described} is not a function`),
  throwing: (_vm, v) => new Thrown(v),
  collect: (_vm, _kind, v) => v,
  put(vm, o, key, v) {
    const own = vm.own(o);
    own.p ??= {};
    const name = propertyKey(vm, key);
    if (name === '__proto__') throw new Beyond('setting __proto__');
    own.p[name] = v;
  },
  merge(vm, o, other) {
    const own = vm.own(o);
    own.p ??= {};
    for (const key of keysOf(vm, other)) own.p[key] = getProperty(vm, other, key);
  },
  unpack(vm, v, count, star) {
    if (v === null || isUndefined(v))
      throwError(vm, 'TypeError', `${v === null ? 'null' : 'undefined'} is not iterable`);
    const all = allOf(vm, v);
    const list: Value[] = [];
    for (let i = 0; i < count; i++) list.push(i === star ? array(vm, all.slice(i)) : present(all[i]));
    return list;
  },
  await(vm, v) {
    const promise = vm.obj(v)?.k === 'promise' ? v : makePromise(vm);
    if (promise !== v) resolvePromise(vm, idOf(promise), v);
    if (!vm.task || vm.task.id === -1) throw new Beyond('await here');
    react(vm, idOf(promise), { task: vm.task.id });
    vm.park({ for: 'promise', promise: idOf(promise) });
    return parked;
  },
  importModule: (vm, name) =>
    requireModule(vm, name, (vm.frames.at(-1)?.m ?? '/').replace(/\/[^/]*$/, '') || '/', true),
  uncaught,
  atExit: (vm) => {
    exitHandlers(vm, Number(vm.globals['%exitCode'] ?? 0));
    return false;
  },
  // what waits for a promise that nobody settles does not keep node alive
  stuck(vm) {
    const main = vm.tasks.find(({ id }) => id === 0);
    const f = main?.frames[0];
    const code = Number(vm.globals['%exitCode'] ?? 0);
    exitHandlers(vm, code);
    return f?.kind === 'module' && main?.wait?.for === 'promise' ? 13 : code;
  },
  begin(vm: Vm, running: Running) {
    builtinClass(vm, 'Object', undefined, 'Object');
    builtinClass(vm, 'Error', 'Object', 'Error');
    const proto = vm.own(vm.obj(vm.globals.Error ?? null)?.v ?? undef);
    proto.p = { ...proto.p, name: 'Error', message: '' };
    for (const name of [
      'EvalError',
      'RangeError',
      'ReferenceError',
      'SyntaxError',
      'TypeError',
      'URIError',
      'AggregateError',
    ]) {
      builtinClass(vm, name, 'Error', 'Error');
      const p = vm.own(vm.obj(vm.globals[name] ?? null)?.v ?? undef);
      p.p = { ...p.p, name };
    }
    builtinClass(vm, 'EventEmitter', 'Object', 'EventEmitter');
    const events = vm.own(vm.globals.EventEmitter ?? undef);
    events.p = {
      EventEmitter: vm.globals.EventEmitter ?? undef,
      once: builtin('events.once'),
      defaultMaxListeners: 10,
    };
    vm.globals['%EventEmitter'] = vm.globals.EventEmitter ?? undef;
    for (const name of [
      'Timeout',
      'IncomingMessage',
      'ServerResponse',
      'Server',
      'ClientRequest',
      'Response',
      'Headers',
    ]) {
      const emits = ['ServerResponse', 'Server', 'ClientRequest'].includes(name);
      const proto = plain(vm, {}, emits ? protoOf(vm, 'EventEmitter') : undefined);
      const own = vm.own(proto);
      own.x = name === 'Timeout' ? '%Timeout' : name;
      own.p = { constructor: vm.make({ k: 'class', s: name, v: proto, x: `native:${name}`, p: {} }) };
      vm.globals[`%${name}`] = proto;
    }
    vm.globals['%env'] = vm.make({
      k: 'object',
      p: { ...running.env },
      x: 'env',
      up: idOf(vm.obj(vm.globals['%Object'] ?? null)?.v ?? undef),
    });
    vm.globals['%argv'] = array(vm, [...running.argv]);
  },
};

/** What node writes when nothing caught an error; the status is 1. */
function uncaught(vm: Vm, thrown: Thrown): number {
  const { value } = thrown;
  const o = vm.obj(value);
  const version = `\nNode.js v${vm.start.version}\n`;
  if (!o || !isError(vm, o)) {
    vm.write(
      2,
      `\n${whereThrown(vm, thrown).replace(/\n$/, '')}${typeof value === 'string' ? value : inspect(vm, value)}\n${o ? '' : '(Use `node --trace-uncaught ...` to show where the exception was thrown)\n'}${version}`,
    );
    return 1;
  }
  stackOf(vm, value);
  const { '%emitted': emitted, ...shown } = vm.obj(value)?.p ?? {};
  if (typeof emitted === 'string') vm.own(value).p = { ...shown, stack: String(shown.stack ?? '') + emitted };
  vm.write(2, `${whereThrown(vm, thrown)}${inspect(vm, value)}\n${version}`);
  return 1;
}

/** The place with the line of the program, as node shows it above an error. */
function whereThrown(vm: Vm, thrown: Thrown): string {
  const o = vm.obj(thrown.value);
  if (o?.p?.code === 'MODULE_NOT_FOUND') return internalPlace(Number(vm.start.version.split('.')[0]));
  const at = thrown.at ?? placeIn(String(stackOf(vm, thrown.value) ?? ''));
  if (!at) return '';
  const line = internalLine(at.path, at.line) ?? (vm.sources[at.path] ?? '').split('\n')[at.line - 1] ?? '';
  return `${at.path}:${at.line}\n${line}\n${' '.repeat(at.column)}^\n\n`;
}

export { construct, reject };
