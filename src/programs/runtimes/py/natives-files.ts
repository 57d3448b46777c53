import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Natives } from '../core/lang.ts';
import { isTagged, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { exception, list, raise, str, thrownOf } from './values.ts';

export function osError(vm: Vm, code: string, path: string): never {
  const kinds: { readonly [c: string]: string } = {
    ENOENT: 'FileNotFoundError',
    EPERM: 'PermissionError',
    EACCES: 'PermissionError',
    EISDIR: 'IsADirectoryError',
    EEXIST: 'FileExistsError',
    ENOTDIR: 'NotADirectoryError',
  };
  const numbers: { readonly [c: string]: number } = {
    ENOENT: 2,
    EPERM: 1,
    EACCES: 13,
    EISDIR: 21,
    EEXIST: 17,
    ENOTDIR: 20,
    EROFS: 30,
    EADDRINUSE: 98,
  };
  const e = exception(vm, kinds[code] ?? 'OSError', numbers[code] ?? 5, strerror(code as never));
  const o = vm.own(e);
  o.p = {
    ...o.p,
    errno: numbers[code] ?? 5,
    strerror: strerror(code as never),
    ...(path === '' ? {} : { filename: path }),
  };
  throw thrownOf(vm, e);
}

function openFile(vm: Vm, path: string, mode: string, universal: boolean): Value {
  if (mode.startsWith('r')) {
    const got = vm.sys.fs.readFile(path);
    if (isErrno(got)) osError(vm, got.errno, path);
    return vm.make({
      k: 'file',
      s: path,
      v: mode.includes('b')
        ? { t: 'bytes', v: (got as { bytes: string }).bytes }
        : universal
          ? decodeUtf8((got as { bytes: string }).bytes).replace(/\r\n?/g, '\n')
          : decodeUtf8((got as { bytes: string }).bytes),
    });
  }
  const failed = mode.startsWith('w') ? vm.sys.fs.writeFile(path, '') : vm.sys.fs.writeFile(path, '', { append: true });
  if (failed) osError(vm, failed.errno, path);
  return vm.make({ k: 'file', s: path, v: '' });
}

/** A file that is open. Throws ValueError for one that was closed. */
function opened(vm: Vm, self: Value): Obj {
  const o = vm.own(self);
  if (o.n === 1) raise(vm, 'ValueError', 'I/O operation on closed file.');
  return o;
}

/** open(), and what files answer. */
export const fileNatives: Natives = {
  open: (vm, [path = '', mode = 'r'], _s, kw) =>
    openFile(vm, str(vm, path), String(kw.mode ?? mode), (kw.newline ?? null) === null),
  'file.read': (vm, [size], self) => {
    const o = opened(vm, self);
    const kept = o.v ?? '';
    const bytes = isTagged(kept) && kept.t === 'bytes';
    const text = bytes ? kept.v : String(kept);
    const end = size === undefined || size === null || Number(size) < 0 ? text.length : Number(size);
    const [taken, rest] = [text.slice(0, end), text.slice(end)];
    o.v = bytes ? { t: 'bytes', v: rest } : rest;
    return bytes ? { t: 'bytes', v: taken } : taken;
  },
  'file.readline': (vm, _a, self) => {
    const o = opened(vm, self);
    const text = String(o.v ?? '');
    const end = text.indexOf('\n') + 1 || text.length;
    o.v = text.slice(end);
    return text.slice(0, end);
  },
  'file.readlines': (vm, _a, self) => {
    const o = opened(vm, self);
    const lines = String(o.v ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
    o.v = '';
    return list(vm, [...lines]);
  },
  'file.write': (vm, [text = ''], self) => {
    const name = opened(vm, self).s ?? '';
    const bytes = isTagged(text) && text.t === 'bytes' ? text.v : encodeUtf8(str(vm, text));
    const failed = vm.sys.fs.writeFile(name, bytes, { append: true });
    if (failed) osError(vm, failed.errno, name);
    return isTagged(text) ? bytes.length : str(vm, text).length;
  },
  'file.writelines': (vm, [lines = null], self) => {
    for (const line of vm.lang.unpack(vm, lines, -1, -1)) vm.native('file.write')(vm, [line], self, {});
    return null;
  },
  'file.flush': () => null,
  'file.close': (vm, _a, self) => {
    vm.own(self).n = 1;
    return null;
  },
  '=file.name': (vm, _a, self) => vm.obj(self)?.s ?? '',
  '=file.closed': (vm, _a, self) => vm.obj(self)?.n === 1,
};
