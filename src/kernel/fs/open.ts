import { type Errno, fail } from '../errno.ts';
import { newFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { ownPipe, pipeEnd, streamEnd } from '../pipes.ts';
import type { Process } from '../state.ts';
import type { OpenFlags } from './calls.ts';
import { deviceAllowed } from './device-filter.ts';
import { openDevice } from './devices.ts';
import { isDir, isGenerated } from './generated.ts';
import { addName, fileOf, setFile } from './inodes.ts';
import { hasFlag } from './mounts.ts';
import { cannotMakeFile, fifoPipe, newMeta, parentAllows } from './names.ts';
import type { FileNode } from './node.ts';
import { resized } from './open-files.ts';
import { filesystem } from './overlay.ts';
import { type Found, isFound, type Place, type ResolveOptions, resolve } from './path.ts';
import { mayRead, mayWrite, permits } from './permission.ts';

/** open(2) without the descriptor: makes an open file that nobody refers to yet. */
export function openPath(m: Machine, process: Process, path: string, flags: OpenFlags, mode: number): Id | Errno {
  const place = resolve(m, process.pid, path, openOptions(path, flags));
  if ('errno' in place) return place;
  if (flags.create && place.slash) return fail('EISDIR');
  if (!isFound(place)) return flags.create ? createFile(m, process, place, flags, mode) : fail('ENOENT');
  if (flags.create && flags.exclusive) return fail('EEXIST');
  return openFound(m, process, place, flags);
}

/** With O_CREAT a trailing slash fails before the last name is looked at; with O_EXCL that name is not followed. */
function openOptions(path: string, flags: OpenFlags): ResolveOptions {
  if (flags.create && path.endsWith('/')) return { name: true };
  return { follow: !(flags.create && flags.exclusive) };
}

const writes = (flags: OpenFlags): boolean => Boolean(flags.write || flags.append);
const reads = (flags: OpenFlags): boolean => flags.read ?? !writes(flags);

function createFile(m: Machine, process: Process, place: Place, flags: OpenFlags, mode: number): Id | Errno {
  const denied = parentAllows(m, process, place);
  if (denied) return cannotMakeFile(m, place, denied);
  const node: FileNode = { t: 'file', ...newMeta(m, process, place, mode), data: '' };
  addName(m, place.mount.fs, place.path, node);
  return openFile(m, place, flags);
}

function openFile(m: Machine, place: Place, flags: OpenFlags): Id {
  return newFile(m, {
    kind: 'file',
    fs: place.mount.fs,
    path: place.path,
    offset: 0,
    read: reads(flags),
    write: writes(flags),
    append: flags.append ?? false,
  });
}

function openFound(m: Machine, process: Process, place: Found, flags: OpenFlags): Id | Errno {
  const { node } = place;
  if (node.t === 'opened') return reopen(m, node.file, flags);
  if (isDir(node) && (writes(flags) || flags.create)) return fail('EISDIR');
  if (flags.directory && !isDir(node)) return fail('ENOTDIR');
  if (node.t === 'link' || node.t === 'glink') return fail('ELOOP');
  if (node.t === 'socket') return fail('ENXIO');
  const bits = (reads(flags) ? mayRead : 0) | (writes(flags) ? mayWrite : 0);
  const special = node.t === 'char' || node.t === 'block' || node.t === 'fifo';
  if (!permits(process, node, bits, isDir(node))) return fail('EACCES');
  if (writes(flags) && place.mount.readonly && !special) return fail('EROFS');
  switch (node.t) {
    case 'char':
    case 'block':
      if (hasFlag(place.mount, 'nodev')) return fail('EACCES');
      if (!deviceAllowed(m, process.cgroup, node)) return fail('EPERM');
      return openDevice(m, filesystem(m, place.mount.fs), node, process.tty);
    case 'fifo':
      return openFifo(m, place, flags);
    case 'gfile': {
      if (writes(flags) && !node.write) return fail('EACCES');
      const text = reads(flags) ? node.read?.() : '';
      if (text === undefined) return fail('EACCES');
      if (typeof text !== 'string') return text;
      return newFile(m, { kind: 'text', text, offset: 0, path: place.path, fs: place.mount.fs });
    }
    case 'file':
      if (flags.truncate && writes(flags) && (node.data !== '' || node.size))
        setFile(m, { fs: place.mount.fs, path: place.path }, resized(node, 0, m.world.now), 0);
      return openFile(m, place, flags);
    default:
      return isGenerated(filesystem(m, place.mount.fs))
        ? newFile(m, { kind: 'text', text: '', offset: 0, path: place.path, fs: place.mount.fs })
        : openFile(m, place, flags);
  }
}

/** Opening /proc/self/fd/N (and so /dev/stdin, …): the same thing once more, with an offset of its own. */
function reopen(m: Machine, id: Id, flags: OpenFlags): Id | Errno {
  const file = m.kernel.files[id];
  if (!file) return fail('ENOENT');
  switch (file.kind) {
    case 'pipe':
      return pipeEnd(m, file.pipe, writes(flags) ? 'write' : 'read');
    case 'file': {
      const node = fileOf(m, file);
      if (node && flags.truncate && writes(flags)) setFile(m, file, resized(node, 0, m.world.now), 0);
      const { refs: _, ...same } = file;
      return newFile(m, {
        ...same,
        offset: 0,
        read: reads(flags),
        write: writes(flags),
        append: flags.append ?? false,
      });
    }
    case 'stream':
    case 'listen':
      return fail('ENXIO');
    default: {
      const { refs: _, ...same } = file;
      return newFile(m, same.kind === 'text' ? { ...same, offset: 0 } : same);
    }
  }
}

/**
 * A named pipe. Opening never blocks here: the side that comes first counts one on the other side in advance, so that a
 * reader waits for the first writer instead of seeing the end; the one that comes takes that place.
 */
function openFifo(m: Machine, place: Place, flags: OpenFlags): Id {
  const id = fifoPipe(place.mount.fs, place.path);
  if (!m.kernel.pipes[id])
    m.draft.own(m.kernel, 'pipes')[id] = m.draft.adopt({ bytes: '', capacity: 65536, readers: 0, writers: 0 });
  if (reads(flags) && writes(flags)) {
    arrive(m, id, 'reader');
    arrive(m, id, 'writer');
    return streamEnd(m, id, id);
  }
  const end = writes(flags) ? 'write' : 'read';
  arrive(m, id, end === 'write' ? 'writer' : 'reader');
  const file = pipeEnd(m, id, end);
  const pipe = ownPipe(m, id);
  if (end === 'read' && pipe.writers === 0 && pipe.bytes === '') {
    pipe.writers = 1;
    pipe.awaits = 'writer';
  } else if (end === 'write' && pipe.readers === 0) {
    pipe.readers = 1;
    pipe.awaits = 'reader';
  }
  return file;
}

function arrive(m: Machine, id: Id, who: 'reader' | 'writer'): void {
  const pipe = ownPipe(m, id);
  if (pipe.awaits !== who) return;
  delete (pipe as { awaits?: string }).awaits;
  if (who === 'writer') pipe.writers -= 1;
  else pipe.readers -= 1;
}
