import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Natives } from '../core/lang.ts';
import { Beyond } from '../core/tree.ts';
import { builtin, isTagged, undef, type Value } from '../core/values.ts';
import { Thrown, type Vm } from '../core/vm.ts';
import { array, idOf, makeError, plain } from './objects.ts';
import { makePromise, reject, resolvePromise } from './promises.ts';
import { text } from './semantics.ts';

/** The real uncaught error of a failed file call. */
function fileError(vm: Vm, call: string, path: string, code: string): Value {
  const words = code === 'ENOENT' ? 'no such file or directory' : strerror(code as never).toLowerCase();
  const numbers: { [code: string]: number } = {
    ENOENT: -2,
    EACCES: -13,
    EISDIR: -21,
    ENOTDIR: -20,
    EEXIST: -17,
    EROFS: -30,
  };
  return makeError(vm, 'Error', `${code}: ${words}, ${call} '${path}'`, {
    errno: numbers[code] ?? -1,
    code,
    syscall: call,
    path,
  });
}

function read(vm: Vm, [path = undef, options]: readonly Value[]): Value {
  const name = text(vm, path);
  const got = vm.sys.fs.readFile(name);
  if (isErrno(got)) throw new Thrown(fileError(vm, got.errno === 'EISDIR' ? 'read' : 'open', name, got.errno));
  const encoding =
    typeof options === 'string' ? options : options === undefined ? undefined : vm.obj(options)?.p?.encoding;
  return encoding === undefined || encoding === null ? { t: 'bytes', v: got.bytes } : decodeUtf8(got.bytes);
}

export const bytesOf = (vm: Vm, v: Value): string => (isTagged(v) && v.t === 'bytes' ? v.v : encodeUtf8(text(vm, v)));

function write(append: boolean) {
  return (vm: Vm, [path = undef, data = '']: readonly Value[]): Value => {
    const failed = vm.sys.fs.writeFile(text(vm, path), bytesOf(vm, data), append ? { append } : {});
    if (failed) throw new Thrown(fileError(vm, 'open', text(vm, path), failed.errno));
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
  if (failed) throw new Thrown(fileError(vm, 'mkdir', full, failed.errno));
  return undef;
}

function names(vm: Vm, [path = undef]: readonly Value[]): Value {
  const got = vm.sys.fs.list(text(vm, path));
  if (isErrno(got)) throw new Thrown(fileError(vm, 'scandir', text(vm, path), got.errno));
  return array(vm, [...got]);
}

function unlink(vm: Vm, [path = undef]: readonly Value[]): Value {
  const failed = vm.sys.fs.unlink(text(vm, path));
  if (failed) throw new Thrown(fileError(vm, 'unlink', text(vm, path), failed.errno));
  return undef;
}

function statSync(vm: Vm, [path = undef]: readonly Value[]): Value {
  const got = vm.sys.fs.stat(text(vm, path));
  if (isErrno(got)) throw new Thrown(fileError(vm, 'stat', text(vm, path), got.errno));
  return plain(vm, {
    size: got.size,
    mode: got.mode,
    isFile: builtin('%yes', got.type === 'file'),
    isDirectory: builtin('%yes', got.type === 'dir'),
  });
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
        reject(vm, idOf(promise), error.value);
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
        result = [error.value];
      }
      vm.timers.push({ id: vm.next++, at: vm.sys.now, fn, args: result });
      return undef;
    };
  }
  return natives;
}
