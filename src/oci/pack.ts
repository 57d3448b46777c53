import { type Errno, isErrno } from '../kernel/errno.ts';
import type { FileCalls } from '../kernel/fs/calls.ts';
import { baseName, dirName, isUnder, joinPath } from '../kernel/fs/tree.ts';
import { second } from '../kernel/json.ts';
import type { TarEntry } from './tar.ts';

/** Where files are packed from. */
export type PackSource = Pick<FileCalls, 'stat' | 'list' | 'readFile' | 'readlink'>;
/** Where they are unpacked to. */
export type PackTarget = Pick<FileCalls, 'stat' | 'writeFile' | 'mkdir' | 'symlink' | 'unlink' | 'realpath'> &
  Partial<Pick<FileCalls, 'chown' | 'chmod' | 'utimes'>>;

/**
 * A file, or a folder with all that is in it, as members of an archive under the path `name` (`.` for the folder's
 * contents). Links are packed as links. Returns the first error.
 */
export function packTree(files: PackSource, path: string, name: string): TarEntry[] | Errno {
  const stat = files.stat(path, { follow: false });
  if (isErrno(stat)) return stat;
  const entry: TarEntry = {
    path: name,
    type: 'file',
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    mtime: Math.floor(stat.mtime / second),
    data: '',
    target: '',
    major: stat.rdev?.[0] ?? 0,
    minor: stat.rdev?.[1] ?? 0,
  };
  switch (stat.type) {
    case 'file': {
      const got = files.readFile(path);
      return isErrno(got) ? got : [{ ...entry, data: got.bytes }];
    }
    case 'link': {
      const target = files.readlink(path);
      return typeof target === 'string' ? [{ ...entry, type: 'link', target }] : target;
    }
    case 'dir': {
      const names = files.list(path);
      if (isErrno(names)) return names;
      const entries: TarEntry[] = [{ ...entry, type: 'dir' }];
      for (const each of names) {
        const below = packTree(files, joinPath(path, each), `${name}/${each}`);
        if (isErrno(below)) return below;
        entries.push(...below);
      }
      return entries;
    }
    case 'socket':
      return [];
    default:
      return [{ ...entry, type: stat.type }];
  }
}

/** Why an archive cannot be unpacked: an error of the system, or a file in the place of a directory or the reverse. */
export type UnpackProblem =
  | { readonly path: string; readonly errno: Errno }
  | { readonly path: string; readonly clash: 'directory' | 'file' };

/**
 * Unpacks an archive into a folder, in place of files that are there. Nothing is written outside of the folder: neither
 * by `..` nor through a link that leads out of it. Devices and pipes are passed over. Undefined: all went well.
 */
export function unpackTree(files: PackTarget, folder: string, entries: readonly TarEntry[]): UnpackProblem | undefined {
  const root = files.realpath(folder);
  if (isErrno(root)) return { path: folder, errno: root };
  const contents = new Map(entries.map((entry) => [entry.path, entry.data]));
  for (const entry of entries) {
    const names = entry.path.split('/').filter((name) => name !== '' && name !== '.');
    if (names.length === 0 || names.includes('..')) continue;
    const problem = unpackOne(files, root, joinPath(root, names.join('/')), {
      ...entry,
      data: entry.type === 'hard' ? (contents.get(entry.target) ?? '') : entry.data,
    });
    if (problem) return problem;
  }
  return undefined;
}

function unpackOne(files: PackTarget, root: string, path: string, entry: TarEntry): UnpackProblem | undefined {
  const made = makeParents(files, root, dirName(path));
  if (made) return { path, errno: made };
  const parent = files.realpath(dirName(path));
  if (isErrno(parent)) return { path, errno: parent };
  if (!isUnder(parent, root)) return undefined;
  const at = joinPath(parent, baseName(path));
  const old = files.stat(at, { follow: false });
  const there = isErrno(old) ? undefined : old.type;
  const folder = entry.type === 'dir';
  if (there !== undefined && folder !== (there === 'dir')) {
    if (there !== 'link') return { path: at, clash: folder ? 'directory' : 'file' };
  }
  const kept = there !== undefined && there !== 'dir' ? files.unlink(at) : undefined;
  if (kept?.errno === 'EBUSY') return { path: at, errno: kept };
  const failed = put(files, at, entry, there === 'dir');
  if (failed) return { path: at, errno: failed };
  if (entry.type !== 'link') {
    files.chmod?.(at, entry.mode);
    files.utimes?.(at, entry.mtime * second);
  }
  files.chown?.(at, entry.uid, entry.gid, { follow: false });
  return undefined;
}

function put(files: PackTarget, at: string, entry: TarEntry, exists: boolean): Errno | undefined {
  switch (entry.type) {
    case 'dir':
      return exists ? undefined : files.mkdir(at, entry.mode);
    case 'link':
      return files.symlink(entry.target, at);
    case 'file':
    case 'hard':
      return files.writeFile(at, entry.data, { mode: entry.mode });
    default:
      return undefined;
  }
}

/** Folders that an archive does not list. */
function makeParents(files: PackTarget, root: string, path: string): Errno | undefined {
  if (path === root || !isUnder(path, root) || !isErrno(files.stat(path))) return undefined;
  return makeParents(files, root, dirName(path)) ?? files.mkdir(path, 0o755);
}
