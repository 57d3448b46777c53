import type { ByteString } from '../bytes.ts';
import type { Id, Rec, Us } from '../json.ts';

/** What every node carries: permission bits (07777), owner, time of last change. */
export interface Meta {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: Us;
}

/** A regular file. `size` is there when the file declares more bytes than it stores (a catalog image's libraries). */
export interface FileNode extends Meta {
  readonly t: 'file';
  readonly data: ByteString;
  readonly size?: number;
  /** How many names it has; only in a file system's `inodes` (0: open, but without a name). */
  readonly nlink?: number;
}

/** A directory: never changed in place once a draft is done; a write copies the path from the root. */
export interface DirNode extends Meta {
  readonly t: 'dir';
  readonly entries: Rec<TreeNode>;
  /** In a layer only: hides everything that lower layers have below it (overlayfs "opaque"). */
  readonly opaque?: true;
}

export interface LinkNode extends Meta {
  readonly t: 'link';
  readonly target: string;
}

export interface DeviceNode extends Meta {
  readonly t: 'char' | 'block';
  readonly major: number;
  readonly minor: number;
}

/** A named pipe or a socket's name. */
export interface SpecialNode extends Meta {
  readonly t: 'fifo' | 'socket';
}

/** One of several names of one file: the content is in the file system's `inodes`. */
export interface HardNode {
  readonly t: 'hard';
  readonly inode: Id;
}

/** In a layer only: the name is deleted (overlayfs: a character device 0/0; in an archive `.wh.NAME`). */
export interface WhiteoutNode {
  readonly t: 'whiteout';
}

/** Whatever a name can stand for in a directory or a layer. */
export type TreeNode = FileNode | DirNode | LinkNode | DeviceNode | SpecialNode | HardNode | WhiteoutNode;

/** What path look-up ends at: hard links followed, whiteouts gone. */
export type Inode = FileNode | DirNode | LinkNode | DeviceNode | SpecialNode;
