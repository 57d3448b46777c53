import { decodeUtf8 } from '../../../kernel/bytes.ts';
import type { Native, Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, isUndefined, ref, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { formatAll, print } from './console-format.ts';
import { isError } from './inspect.ts';
import { emitter } from './natives-events.ts';
import { bytesOf, fileNatives } from './natives-fs.ts';
import { processNatives } from './natives-process.ts';
import { pathNatives, systemNatives } from './natives-system.ts';
import { fromJs, idOf, plain, stackText, throwError } from './objects.ts';
import { getProperty, setProperty, text, toNumber, typeOf } from './semantics.ts';

function timer(every: boolean, label = 'Timeout') {
  return (vm: Vm, [fn = undef, delay = 1, ...args]: readonly Value[]): Value => {
    if (!isTagged(fn) || fn.t === 'u')
      throwError(vm, 'TypeError', `The "callback" argument must be of type function. Received ${text(vm, fn)}`, {
        code: 'ERR_INVALID_ARG_TYPE',
      });
    const ms = Math.max(1, Math.trunc(toNumber(vm, delay)) || 1);
    const id = vm.next++;
    const at = vm.sys.now + ms * 1000;
    const shown = vm.obj(fn) ? { label } : {};
    vm.timers.push({ id, at, fn, args, ...shown, ...(every ? { every: ms * 1000 } : {}) });
    return plain(vm, { '%id': id }, idOf(vm.globals['%Timeout'] ?? undef));
  };
}

function clear(vm: Vm, [t = undef]: readonly Value[]): Value {
  const id = typeof t === 'number' ? t : vm.obj(t)?.p?.['%id'];
  vm.timers = vm.timers.filter((one) => one.id !== id);
  return undef;
}

/** What the program calls its timers by: entries of the simulated machine's clock. */
const timers: Natives = Object.fromEntries([
  ['setTimeout', timer(false)],
  ['setInterval', timer(true)],
  ['setImmediate', ((vm, [fn = undef, ...args]) => timer(false, 'Immediate')(vm, [fn, 0, ...args])) satisfies Native],
  ...['clearTimeout', 'clearInterval', 'clearImmediate'].map((name) => [name, clear]),
]);

/** What node brings besides the language. */
export const nodeNatives: Natives = {
  'console.log': print(1),
  'console.info': print(1),
  'console.debug': print(1),
  'console.error': print(2),
  'console.warn': print(2),
  'console.trace': (vm, args) => {
    vm.write(2, `Trace: ${formatAll(vm, args)}\n${stackText(vm)}\n`);
    return undef;
  },
  'console.group': (vm, args) => {
    if (args.length > 0) vm.native('console.log')(vm, args, undef, {});
    vm.globals['%group'] = Number(vm.globals['%group'] ?? 0) + 1;
    return undef;
  },
  'console.groupEnd': (vm) => {
    vm.globals['%group'] = Math.max(0, Number(vm.globals['%group'] ?? 0) - 1);
    return undef;
  },
  'console.dir': (vm, args) => print(1)(vm, args.slice(0, 1)),
  'console.assert': (vm, [test = undef, ...args]) => {
    if (!vm.lang.truthy(vm, test))
      vm.write(2, `Assertion failed${args.length > 0 ? `: ${formatAll(vm, args)}` : ''}\n`);
    return undef;
  },
  'console.time': () => undef,
  ...timers,
  '%Timeout#hasRef': (vm, _a, self) => !vm.timers.some((one) => one.id === vm.obj(self)?.p?.['%id'] && one.weak),
  '%Timeout#ref': (vm, _a, self) => {
    const id = vm.obj(self)?.p?.['%id'];
    vm.timers = vm.timers.map((one) => (one.id === id ? { ...one, weak: false } : one));
    return self;
  },
  '%Timeout#unref': (vm, _a, self) => {
    const id = vm.obj(self)?.p?.['%id'];
    vm.timers = vm.timers.map((one) => (one.id === id ? { ...one, weak: true } : one));
    return self;
  },
  'Buffer.from': (vm, [v = '', encoding = 'utf8']) => {
    if (vm.obj(v)?.k === 'list')
      return { t: 'bytes', v: (vm.obj(v)?.a ?? []).map((n) => String.fromCharCode(toNumber(vm, n) & 255)).join('') };
    if (encoding === 'base64') return { t: 'bytes', v: atob(text(vm, v)) };
    if (encoding === 'hex')
      return { t: 'bytes', v: text(vm, v).replace(/../g, (h) => String.fromCharCode(Number.parseInt(h, 16))) };
    return { t: 'bytes', v: bytesOf(vm, v) };
  },
  'Buffer.concat': (vm, [list = undef, length]) => {
    if (length !== undefined && !isUndefined(length)) throw new Beyond('Buffer.concat with a length');
    return { t: 'bytes', v: (vm.obj(list)?.a ?? []).map((one) => bytesOf(vm, one)).join('') };
  },
  'Buffer.alloc': (vm, [size = 0, fill]) => {
    if (fill !== undefined && fill !== 0 && !isUndefined(fill)) throw new Beyond('Buffer.alloc with what fills it');
    const n = toNumber(vm, size);
    if (!(n >= 0 && n <= longestText)) throw new Beyond('a buffer this long');
    return { t: 'bytes', v: '\0'.repeat(n) };
  },
  'Buffer.isBuffer': (_vm, [v = undef]) => isTagged(v) && v.t === 'bytes',
  'Buffer.byteLength': (vm, [v = '']) => bytesOf(vm, v).length,
  'B.toString': (_vm, [encoding = 'utf8'], self) => {
    const v = isTagged(self) && self.t === 'bytes' ? self.v : '';
    if (encoding === 'base64') return btoa(v);
    if (encoding === 'hex') return [...v].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
    return decodeUtf8(v);
  },
  '%kind': (vm, _a, self) => {
    const o = vm.obj(self);
    if (o?.k !== 'fn') return 'Function';
    const { m, c } = o.x as never as { m: string; c: number };
    const kind = vm.unit(m).codes[c]?.def?.kind;
    return kind?.async ? 'AsyncFunction' : kind?.generator ? 'GeneratorFunction' : 'Function';
  },
  ...processNatives(),
  ...fileNatives(),
  ...pathNatives,
  ...systemNatives,
  ...emitter,
};

export { fromJs, getProperty, isError, ref, setProperty, typeOf };
