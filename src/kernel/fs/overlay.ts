import type { Mutable } from '../draft.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { nextId } from '../world.ts';
import type { Filesystem } from './filesystem.ts';
import { type Change, changes, diff } from './layers.ts';
import type { DirNode } from './node.ts';
import { emptyDir, share } from './tree.ts';

/** What a new file system may be given. `ns`: see Filesystem. `capacity` in bytes. */
export interface NewFilesystem {
  readonly root?: DirNode;
  readonly base?: DirNode;
  readonly capacity?: number;
  readonly ns?: Id;
  /** Mode of the root directory when no `root` is given. */
  readonly mode?: number;
}

/** A new file system (not mounted yet); returns its id. The given trees are immutable from now on. */
export function newFilesystem(m: Machine, type: Filesystem['type'], options: NewFilesystem = {}): Id {
  const id = nextId(m, 's');
  const root = options.root ?? emptyDir(m.world.now, options.mode ?? (type === 'tmpfs' ? 0o1777 : 0o755));
  if (options.root) share(m.draft, root);
  const fs: Mutable<Filesystem> = { id, type, root, inodes: {} };
  if (options.base) {
    share(m.draft, options.base);
    fs.base = options.base;
  }
  if (options.capacity !== undefined) fs.capacity = options.capacity;
  if (options.ns !== undefined) fs.ns = options.ns;
  m.draft.own(m.kernel, 'filesystems')[id] = m.draft.adopt(fs);
  return id;
}

/** An overlay on `base` (the folded read-only layers); `upper` is an earlier tree to go on with. Returns its id. */
export function newOverlay(m: Machine, base: DirNode, upper?: DirNode): Id {
  return newFilesystem(m, 'overlay', { base, root: upper ?? base });
}

/** Forgets a file system that nobody mounts any more. */
export function removeFilesystem(m: Machine, id: Id): void {
  attachFilesystem(m, id);
  delete m.draft.own(m.kernel, 'filesystems')[id];
}

/** Puts a file system that is mounted nowhere apart, until it is attached again. */
export function detachFilesystem(m: Machine, id: Id): void {
  const fs = m.kernel.filesystems[id];
  if (!fs) return;
  delete m.draft.own(m.kernel, 'filesystems')[id];
  m.kernel.detached ??= m.draft.adopt({ filesystems: m.draft.adopt({}) });
  m.draft.own(m.draft.own(m.kernel, 'detached'), 'filesystems')[id] = fs;
}

/** Makes a file system that was put apart ready to be mounted. */
export function attachFilesystem(m: Machine, id: Id): void {
  if (m.kernel.filesystems[id]) return;
  const fs = m.kernel.detached?.filesystems[id];
  if (!fs) return;
  delete m.draft.own(m.draft.own(m.kernel, 'detached'), 'filesystems')[id];
  m.draft.own(m.kernel, 'filesystems')[id] = fs;
}

/** The file system with this id, mounted or not, if there is one. */
export function findFilesystem(m: Machine, id: Id): Filesystem | undefined {
  return m.kernel.filesystems[id] ?? m.kernel.detached?.filesystems[id];
}

/** A file system's tree as an immutable value, to be kept elsewhere. */
export function snapshot(m: Machine, id: Id): DirNode {
  const fs = filesystem(m, id);
  share(m.draft, fs.root);
  return fs.root;
}

/** What an overlay's upper directory holds, as a layer that can leave the machine. */
export function upperLayer(m: Machine, id: Id): DirNode {
  const fs = filesystem(m, id);
  share(m.draft, fs.root);
  return diff(fs.base ?? emptyDir(0), fs.root, fs.inodes);
}

/** `docker diff` of an overlay. */
export function upperChanges(m: Machine, id: Id): readonly Change[] {
  const fs = filesystem(m, id);
  return changes(fs.base ?? emptyDir(0), fs.root, fs.inodes);
}

/** The file system with this id. Throws when there is none: ids come from the kernel itself. */
export function filesystem(m: Machine, id: Id): Filesystem {
  const fs = findFilesystem(m, id);
  if (!fs) throw new Error(`no file system ${id}`);
  return fs;
}
