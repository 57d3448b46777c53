import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { fileInodes, isOpenInode } from './inodes.ts';
import { findFilesystem } from './overlay.ts';

/** An open file that was known by its inode was closed: content without a name and without another opener is gone. */
export function releaseOrphan(m: Machine, fs: Id, inode: Id): void {
  if (findFilesystem(m, fs)?.inodes[inode]?.nlink !== 0 || isOpenInode(m, fs, inode)) return;
  delete fileInodes(m, fs)[inode];
}
