import { isErrno } from '../kernel/errno.ts';
import type { FileCalls } from '../kernel/fs/calls.ts';
import { mount } from '../kernel/fs/mounts.ts';
import { newFilesystem } from '../kernel/fs/overlay.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import { dirName, splitPath } from '../kernel/fs/tree.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { type EngineError, initFailed } from './errors.ts';
import { tmpfsOptions } from './tmpfs.ts';

/** A folder or file that is to show in a container: part of a file system. */
export interface Binding {
  readonly destination: string;
  readonly fs: Id;
  readonly root: string;
  readonly file: boolean;
  readonly readonly: boolean;
  /** How the mount table shows it, unless it is a part of the host's disk. */
  readonly shown?: { readonly source: string; readonly options: string };
}

interface Further {
  readonly bindings: readonly Binding[];
  readonly tmpfs: { readonly [path: string]: string };
  /** Where the container's root is on the host. */
  readonly merged: string;
}

/**
 * Mounts what the user asked for, the ones nearer to the root first; missing mount points are made in the writable
 * layer. `pid` is a process whose root is the container's. Returns the file systems made for it.
 */
export function mountFurther(m: Machine, pid: number, ns: Id, { bindings, tmpfs, merged }: Further): readonly Id[] {
  const made: Id[] = [];
  const wanted = [
    ...bindings.map((binding) => ({ at: binding.destination, binding, options: '' })),
    ...Object.entries(tmpfs).map(([at, options]) => ({ at, binding: undefined, options })),
  ].sort((a, b) => splitPath(a.at).length - splitPath(b.at).length);
  for (const { at, binding, options: text } of wanted) {
    if (binding && splitPath(at).length === 0) throw onRoot(merged, binding);
    const point = makePoint(fileCalls(m, pid), at, binding?.file ?? false);
    if (binding) {
      const { fs, root, readonly, shown = { source: '/dev/sda1', options: 'relatime' } } = binding;
      mount(m, ns, { point, fs, root, readonly, ...shown, bind: true }, 'runc');
      continue;
    }
    const { options, ...size } = tmpfsOptions(at, text);
    const fs = newFilesystem(m, 'tmpfs', size);
    made.push(fs);
    mount(m, ns, { point, fs, source: 'tmpfs', options }, 'runc');
  }
  return made;
}

/** Nothing can be mounted on the root itself: runc's words. */
function onRoot(merged: string, { root }: Binding): EngineError {
  const top = JSON.stringify(merged);
  const why = `create mountpoint for / mount: mountpoint ${top} is on the top of rootfs ${top}`;
  const what = `error mounting ${JSON.stringify(root)} to rootfs at "/": ${why}`;
  return initFailed(what);
}

/** The place where something is to be mounted, made if it is missing; links are followed. */
function makePoint(files: FileCalls, path: string, file: boolean): string {
  let at = '';
  for (const name of splitPath(file ? dirName(path) : path)) {
    at += `/${name}`;
    if (isErrno(files.stat(at))) files.mkdir(at, 0o755);
  }
  if (file && isErrno(files.stat(path))) files.writeFile(path, '', { mode: 0o755 });
  const real = files.realpath(path);
  return typeof real === 'string' ? real : path;
}
