import type { Stats } from 'node:fs';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { learner } from '../host/linux.ts';
import { fromUint8Array } from '../kernel/bytes.ts';
import type { DirNode, Meta, TreeNode } from '../kernel/fs/node.ts';
import type { FolderFault } from '../shell/texts/texts.ts';

/** A folder of the real computer, as it was read. */
export interface OpenedFolder {
  readonly name: string;
  readonly tree: DirNode;
  readonly files: number;
  /** Entries that were left out. */
  readonly left: number;
}

const most = { bytes: 64 * 1024 * 1024, files: 10_000, depth: 40 };

/** Reads a folder with all that is in it. No link is followed: one that leads out of the folder is left out. */
export function readFolder(path: string): OpenedFolder | { readonly fault: FolderFault } {
  const folder = resolve(path);
  const name = basename(folder).normalize('NFC');
  if (name === '' || name.startsWith('.') || /[\x00-\x1f\x7f]/.test(name)) return { fault: 'bad-name' };
  try {
    const stats = lstatSync(`${folder}/`); // the folder itself may be named by a link
    if (!stats.isDirectory()) return { fault: 'no-folder' };
    const reader = new Reader(folder);
    const tree = reader.folder(folder, stats, 0);
    return { name, tree, files: reader.files, left: reader.left };
  } catch (error) {
    if (error instanceof TooLarge) return { fault: 'too-large' };
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { fault: code === 'ENOTDIR' ? 'no-folder' : 'missing' };
  }
}

class TooLarge extends Error {}

class Reader {
  files = 0;
  left = 0;
  private bytes = 0;
  private readonly top: string;

  constructor(top: string) {
    this.top = top;
  }

  folder(path: string, stats: Stats, depth: number): DirNode {
    const entries: { [name: string]: TreeNode } = {};
    for (const name of readdirSync(path)) {
      const node = this.entry(join(path, name), depth + 1);
      if (node) entries[name.normalize('NFC')] = node;
      else this.left += 1;
    }
    return { t: 'dir', ...meta(stats), entries };
  }

  /** Undefined: it is left out. */
  private entry(path: string, depth: number): TreeNode | undefined {
    this.files += 1;
    if (this.files > most.files || depth > most.depth) throw new TooLarge();
    try {
      const stats = lstatSync(path);
      if (stats.isDirectory()) {
        this.files -= 1;
        return this.folder(path, stats, depth);
      }
      if (stats.isSymbolicLink()) return this.link(path, stats);
      if (stats.isFile()) return this.file(path);
    } catch (error) {
      if (error instanceof TooLarge) throw error;
    }
    this.files -= 1;
    return undefined;
  }

  private link(path: string, stats: Stats): TreeNode | undefined {
    const target = readlinkSync(path);
    const inside = `${resolve(join(path, '..'), target)}/`.startsWith(`${this.top}/`);
    if (target.startsWith('/') || !inside) {
      this.files -= 1;
      return undefined;
    }
    return { t: 'link', ...meta(stats), mode: 0o777, target };
  }

  private file(path: string): TreeNode {
    // neither a link that was put in its place just now nor a pipe
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (constants.O_NOFOLLOW ?? 0));
    try {
      const stats = fstatSync(fd);
      if (!stats.isFile()) throw new Error('no file any more');
      this.bytes += stats.size;
      if (this.bytes > most.bytes) throw new TooLarge();
      return { t: 'file', ...meta(stats), data: fromUint8Array(readFileSync(fd)) };
    } finally {
      closeSync(fd);
    }
  }
}

/** What is opened belongs to the learner; set-user-id and the like do not come along. */
function meta(stats: Stats): Meta {
  const mode = process.platform === 'win32' ? (stats.isDirectory() ? 0o755 : 0o644) : stats.mode & 0o777;
  return { mode: mode | 0o600, uid: learner.uid, gid: learner.gid, mtime: Math.floor(stats.mtimeMs) * 1000 };
}
