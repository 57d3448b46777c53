import { encodeUtf8 } from '../kernel/bytes.ts';
import type { DirNode, TreeNode } from '../kernel/fs/node.ts';
import { lookup } from '../kernel/fs/tree.ts';
import type { Us } from '../kernel/json.ts';

/** What a path of a small root file system holds: text, a directory (`dir`), a link, or bytes with a declared size. */
export type RootEntry =
  | string
  | { readonly dir: true; readonly mode?: number; readonly uid?: number; readonly gid?: number }
  | { readonly link: string }
  | {
      readonly bytes: string;
      readonly mode?: number;
      readonly size?: number;
      readonly uid?: number;
      readonly gid?: number;
    };

type Entries = { [name: string]: TreeNode };

/** Paths and what they hold. */
export interface RootFiles {
  readonly [path: string]: RootEntry;
}

/**
 * Builds a tree from absolute paths to what they hold; missing parent directories are made (0755, root). A layer's
 * directories that the tree `below` has too keep the mode and the owner that they have there.
 */
export function buildTree(files: RootFiles, mtime: Us, below?: DirNode): DirNode {
  const root: Entries = {};
  const dirs = new Map<string, Entries>([['', root]]);
  const meta = { uid: 0, gid: 0, mtime };
  const entriesOf = (path: string): Entries => {
    const known = dirs.get(path);
    if (known) return known;
    const entries: Entries = {};
    dirs.set(path, entries);
    const cut = path.lastIndexOf('/');
    const old = below && lookup(below, path);
    const same = old?.t === 'dir' ? { mode: old.mode, uid: old.uid, gid: old.gid, mtime: old.mtime } : undefined;
    entriesOf(path.slice(0, cut))[path.slice(cut + 1)] = { t: 'dir', mode: 0o755, ...meta, ...same, entries };
    return entries;
  };
  for (const [path, entry] of Object.entries(files)) {
    const cut = path.lastIndexOf('/');
    const [parent, name] = [path.slice(0, cut), path.slice(cut + 1)];
    if (typeof entry === 'string') {
      entriesOf(parent)[name] = { t: 'file', mode: 0o644, ...meta, data: encodeUtf8(entry) };
    } else if ('link' in entry) {
      entriesOf(parent)[name] = { t: 'link', mode: 0o777, ...meta, target: entry.link };
    } else if ('dir' in entry) {
      const entries = entriesOf(path);
      const { mode = 0o755, uid = 0, gid = 0 } = entry;
      entriesOf(parent)[name] = { t: 'dir', mode, uid, gid, mtime, entries };
    } else {
      const { bytes, mode = 0o644, size, uid = 0, gid = 0 } = entry;
      entriesOf(parent)[name] = {
        t: 'file',
        mode,
        uid,
        gid,
        mtime,
        data: bytes,
        ...(size === undefined ? {} : { size }),
      };
    }
  }
  const top = below
    ? { mode: below.mode, uid: below.uid, gid: below.gid, mtime: below.mtime }
    : { mode: 0o755, ...meta };
  return { t: 'dir', ...top, entries: root };
}
