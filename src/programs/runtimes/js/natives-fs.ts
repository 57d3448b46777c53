import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Errno, isErrno, strerror } from '../../../kernel/errno.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { array, awaiting, idOf, makeError, plain, throwError } from './objects.ts';
import { fileFrames } from './places.ts';
import { makePromise, reject, resolvePromise } from './promises.ts';
import { text, toNumber } from './semantics.ts';

/** What a failed file call throws. `to`: its second path; `by`: whose lines of node's own are on the stack. */
function fileError(vm: Vm, call: string, path: string, code: string, to?: string, by = call): Thrown {
  // the words are libuv's, which are not everywhere those of the C library
  const own: { readonly [code: string]: string } = {
    EISDIR: 'illegal operation on a directory',
    EEXIST: 'file already exists',
    EPERM: 'operation not permitted',
  };
  const words = own[code] ?? strerror(code as never).toLowerCase();
  const numbers: { [code: string]: number } = {
    ENOENT: -2,
    EACCES: -13,
    EISDIR: -21,
    ENOTDIR: -20,
    EEXIST: -17,
    EROFS: -30,
    ENOTEMPTY: -39,
  };
  const second = to === undefined ? '' : ` -> '${to}'`;
  const { stack, at } = fileFrames(vm, by);
  const said = `${code}: ${words}, ${call}${call === 'read' ? '' : ` '${path}'${second}`}`;
  const more = {
    errno: numbers[code] ?? -1,
    code,
    syscall: call,
    ...(call === 'read' ? {} : { path }),
    ...(to === undefined ? {} : { dest: to }),
  };
  return Object.assign(new Thrown(makeError(vm, 'Error', said, more, stack)), { at });
}

function read(vm: Vm, [path = undef, options]: readonly Value[]): Value {
  const name = text(vm, path);
  const got = vm.sys.fs.readFile(name);
  const encoding =
    typeof options === 'string' ? options : options === undefined ? undefined : vm.obj(options)?.p?.encoding;
  const whole = encoding === undefined || encoding === null;
  if (isErrno(got)) {
    const call = got.errno === 'EISDIR' ? 'read' : 'open';
    throw fileError(vm, call, name, got.errno, undefined, whole ? `${call} bytes` : call);
  }
  return whole ? { t: 'bytes', v: got.bytes } : decodeUtf8(got.bytes);
}

export const bytesOf = (vm: Vm, v: Value): string => (isTagged(v) && v.t === 'bytes' ? v.v : encodeUtf8(text(vm, v)));

function write(append: boolean) {
  return (vm: Vm, [path = undef, data = '', options = undef]: readonly Value[]): Value => {
    const flag = text(vm, vm.obj(options)?.p?.flag ?? (append ? 'a' : 'w'));
    if (flag !== 'a' && flag !== 'w') throw new Beyond(`writing a file with flag ${flag}`);
    const failed = vm.sys.fs.writeFile(text(vm, path), bytesOf(vm, data), flag === 'a' ? { append: true } : {});
    if (failed) throw fileError(vm, 'open', text(vm, path), failed.errno, undefined, flag === 'a' ? 'append' : 'write');
    return undef;
  };
}

function mkdir(vm: Vm, [path = undef, options = undef]: readonly Value[]): Value {
  const full = text(vm, path);
  if (vm.obj(options)?.p?.recursive === true) {
    const parts = full.split('/');
    for (let i = 1; i <= parts.length; i++)
      if (parts.slice(0, i).join('/') !== '') vm.sys.fs.mkdir(parts.slice(0, i).join('/'));
    return undef;
  }
  const failed = vm.sys.fs.mkdir(full);
  if (failed) throw fileError(vm, 'mkdir', full, failed.errno);
  return undef;
}

function names(vm: Vm, [path = undef, options = undef]: readonly Value[]): Value {
  const got = vm.sys.fs.list(text(vm, path));
  if (isErrno(got)) throw fileError(vm, 'scandir', text(vm, path), got.errno);
  if (vm.obj(options)?.p?.recursive === true) throw new Beyond('readdir with recursive');
  if (vm.obj(options)?.p?.withFileTypes !== true) return array(vm, [...got]);
  return array(
    vm,
    got.map((name) => {
      const stat = vm.sys.fs.stat(`${text(vm, path)}/${name}`, { follow: false });
      return plain(vm, { name, parentPath: path, ...kindOf(isErrno(stat) ? '' : stat.type) });
    }),
  );
}

function unlink(vm: Vm, [path = undef]: readonly Value[]): Value {
  const failed = vm.sys.fs.unlink(text(vm, path));
  if (failed) throw fileError(vm, 'unlink', text(vm, path), failed.errno);
  return undef;
}

/** What a Stats and a Dirent answer about the kind of a file. */
const kindOf = (type: string): { [name: string]: Value } => ({
  isFile: builtin('%yes', type === 'file'),
  isDirectory: builtin('%yes', type === 'dir'),
  isSymbolicLink: builtin('%yes', type === 'link'),
});

/** A system call that changes something at a path, and perhaps at a second one. */
function changing(call: string, act: (vm: Vm, path: string, to: string) => Errno | undefined, two = false) {
  return (vm: Vm, [path = undef, to = undef]: readonly Value[]): Value => {
    const [from, second] = [text(vm, path), text(vm, to)];
    const failed = act(vm, from, second);
    if (failed) throw fileError(vm, call, from, failed.errno, two ? second : undefined);
    return undef;
  };
}

function copy(vm: Vm, from: string, to: string): Errno | undefined {
  const got = vm.sys.fs.readFile(from);
  return isErrno(got) ? got : (vm.sys.fs.writeFile(to, got.bytes) ?? undefined);
}

function remove(vm: Vm, [path = undef, options = undef]: readonly Value[]): Value {
  const full = text(vm, path);
  const { recursive = false, force = false } = vm.obj(options)?.p ?? {};
  const stat = vm.sys.fs.stat(full, { follow: false });
  if (isErrno(stat)) {
    if (force === true) return undef;
    throw fileError(vm, 'lstat', full, stat.errno);
  }
  if (stat.type === 'dir') {
    if (recursive !== true)
      throwError(vm, 'Error', `Path is a directory: rm returned EISDIR (is a directory) ${full}`, {
        code: 'ERR_FS_EISDIR',
      });
    const inside = vm.sys.fs.list(full);
    for (const name of isErrno(inside) ? [] : inside) remove(vm, [`${full}/${name}`, options]);
    const failed = vm.sys.fs.rmdir(full);
    if (failed) throw fileError(vm, 'rmdir', full, failed.errno);
    return undef;
  }
  return unlink(vm, [path]);
}

function statSync(vm: Vm, [path = undef]: readonly Value[]): Value {
  const got = vm.sys.fs.stat(text(vm, path));
  if (isErrno(got)) throw fileError(vm, 'stat', text(vm, path), got.errno);
  return plain(vm, {
    size: got.size,
    mode: got.mode,
    ...kindOf(got.type),
  });
}

const opened = '    at async open (node:internal/fs/promises:637:25)';
const promiseFrames: { readonly [name: string]: string | undefined } = {
  readFile: `${opened}\n    at async Object.readFile (node:internal/fs/promises:1249:14)`,
  writeFile: `${opened}\n    at async Object.writeFile (node:internal/fs/promises:1219:14)`,
  appendFile: `${opened}\n    at async writeFile (node:internal/fs/promises:1219:14)`,
  readdir: '    at async Object.readdir (node:internal/fs/promises:950:18)',
  mkdir: '    at async Object.mkdir (node:internal/fs/promises:856:10)',
  stat: '    at async Object.stat (node:internal/fs/promises:1033:18)',
  unlink: '    at async Object.unlink (node:internal/fs/promises:1067:10)',
  rename: '    at async Object.rename (node:internal/fs/promises:780:10)',
  copyFile: '    at async Object.copyFile (node:internal/fs/promises:621:10)',
  access: '    at async Object.access (node:internal/fs/promises:604:10)',
  rmdir: '    at async Object.rmdir (node:internal/fs/promises:822:10)',
};

/** The error of a call that ends later: none of the program's functions is on the stack then. */
function unframed(vm: Vm, error: Value, own?: string): Value {
  const o = vm.own(error);
  const [first = ''] = String(o.p?.stack ?? '').split('\n');
  const f = vm.frames.at(-1);
  const waits = own !== undefined && f !== undefined && vm.code(f).ops[f.pc]?.[0] === 'await';
  const place = waits ? awaiting(vm, f) : undefined;
  o.p = {
    ...o.p,
    stack: [first, ...(own === undefined ? [] : [own]), ...(place === undefined ? [] : [place])].join('\n'),
  };
  return error;
}

/** fs functions as they are (Sync), with a callback, and as promises. */
export function fileNatives(): Natives {
  const base: { [name: string]: NonNullable<Natives[string]> } = {
    readFile: read,
    writeFile: write(false),
    appendFile: write(true),
    mkdir,
    readdir: names,
    unlink,
    stat: statSync,
    rename: changing('rename', (vm, from, to) => vm.sys.fs.rename(from, to), true),
    copyFile: changing('copyfile', copy, true),
    rmdir: changing('rmdir', (vm, path) => vm.sys.fs.rmdir(path)),
    access: (vm, [path = undef, mode = 0]) =>
      changing('access', (_vm, full) => vm.sys.fs.access(full, toNumber(vm, mode)))(vm, [path]),
    rm: remove,
  };
  const natives: { [name: string]: Natives[string] } = {
    'fs.existsSync': (vm, [path = undef]) => !isErrno(vm.sys.fs.stat(text(vm, path))),
    '=fs.promises': () => builtin('fs.promises'),
    'fs.createReadStream': () => {
      throw new Beyond('fs.createReadStream');
    },
    '%yes': (_vm, _a, self) => self,
  };
  for (const [name, act] of Object.entries(base)) {
    natives[`fs.${name}Sync`] = act;
    natives[`fs.promises.${name}`] = (vm, args) => {
      const promise = makePromise(vm);
      try {
        resolvePromise(vm, idOf(promise), act(vm, args, undef, {}) as Value);
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        reject(vm, idOf(promise), unframed(vm, error.value, promiseFrames[name]));
      }
      return promise;
    };
    natives[`fs.${name}`] = (vm, args) => {
      const fn = args.at(-1) ?? undef;
      let result: readonly Value[];
      try {
        result = [null, act(vm, args.slice(0, -1), undef, {}) as Value];
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        result = [unframed(vm, error.value)];
      }
      vm.timers.push({ id: vm.next++, at: vm.sys.now, fn, args: result });
      return undef;
    };
  }
  return natives;
}
