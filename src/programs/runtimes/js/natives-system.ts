import type { Natives } from '../core/lang.ts';
import { builtin, isTagged, isUndefined, undef } from '../core/values.ts';
import { formatAll } from './console-format.ts';
import { inspect } from './inspect.ts';
import { array, idOf, plain, throwError } from './objects.ts';
import { makePromise, reject, resolvePromise } from './promises.ts';
import { text, toNumber } from './semantics.ts';

/** Joins and tidies a path. */
export function normalize(path: string): string {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (part !== '' && part !== '.' && !(part === '..' && path.startsWith('/'))) out.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${out.join('/')}` || (path.startsWith('/') ? '/' : '.');
}

export const dirname = (path: string): string => (path.includes('/') ? path.replace(/\/+[^/]*$/, '') || '/' : '.');

export const pathNatives: Natives = {
  'path.join': (vm, args) =>
    normalize(
      args
        .map((v) => text(vm, v))
        .filter((one) => one !== '')
        .join('/') || '.',
    ),
  'path.resolve': (vm, args) => {
    let path = '';
    for (const one of args.map((v) => text(vm, v)).toReversed())
      if (!path.startsWith('/')) path = path === '' ? one : `${one}/${path}`;
    return normalize(path.startsWith('/') ? path : `${vm.sys.cwd()}/${path}`);
  },
  'path.dirname': (vm, [p = '']) => dirname(text(vm, p)),
  'path.basename': (vm, [p = '', suffix]) => {
    const name = text(vm, p).replace(/\/+$/, '').replace(/^.*\//, '');
    const end = suffix === undefined ? '' : text(vm, suffix);
    return end !== '' && name.endsWith(end) ? name.slice(0, -end.length) : name;
  },
  'path.extname': (vm, [p = '']) => /[^/](\.[^./]*)$/.exec(text(vm, p))?.[1] ?? '',
  'path.normalize': (vm, [p = '']) => normalize(text(vm, p)),
  '=path.sep': () => '/',
};

export const systemNatives: Natives = {
  'os.hostname': (vm) => vm.sys.uname().hostname,
  'os.platform': () => 'linux',
  'os.type': () => 'Linux',
  'os.release': (vm) => vm.sys.uname().release,
  'os.arch': () => 'x64',
  'os.uptime': (vm) => Math.floor(vm.sys.now / 1e6) % 100_000,
  'os.cpus': (vm) => array(vm, [plain(vm, { model: 'CPU' }), plain(vm, { model: 'CPU' })]),
  'os.homedir': (vm) => vm.start.env.HOME ?? '/root',
  'os.tmpdir': () => '/tmp',
  '=os.EOL': () => '\n',
  'util.inspect': (vm, [v = undef, options]) => {
    const depth = options === undefined ? undefined : vm.obj(options)?.p?.depth;
    return inspect(vm, v, depth === null ? 1000 : depth === undefined ? 2 : toNumber(vm, depth));
  },
  'util.format': (vm, args) => formatAll(vm, args),
  'util.promisify': (_vm, [fn = undef]) => builtin('%promisified', fn),
  '%promisified': (vm, args, self) => {
    const promise = makePromise(vm);
    if (isTagged(self) && self.t === 'b' && self.n === 'setTimeout')
      vm.native('setTimeout')(vm, [builtin('%resolve', promise), args[0] ?? 1], undef, {});
    else vm.call(self, [...args, builtin('%node back', promise)]);
    return promise;
  },
  '%node back': (vm, [error = null, value = undef], self) => {
    if (error === null || isUndefined(error)) resolvePromise(vm, idOf(self), value);
    else reject(vm, idOf(self), error);
    return undef;
  },
  'timers/promises.setTimeout': (vm, [ms = 1, value = undef]) => {
    const promise = makePromise(vm);
    vm.native('setTimeout')(vm, [builtin('%resolve', promise), ms, value], undef, {});
    return promise;
  },
  'assert.strictEqual': (vm, [a = undef, b = undef]) => {
    if (inspect(vm, a) !== inspect(vm, b))
      throwError(vm, 'Error', `Expected values to be strictly equal:\n\n${inspect(vm, a)} !== ${inspect(vm, b)}\n`);
    return undef;
  },
  'crypto.randomUUID': (vm) => {
    const hex = Array.from({ length: 4 }, () => (vm.sys.random() >>> 0).toString(16).padStart(8, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  },
};
