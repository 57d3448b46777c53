import type { Id, Rec } from '../json.ts';
import type { DirNode, FileNode } from './node.ts';

/** A mounted or mountable file system ("superblock"). */
export interface Filesystem {
  readonly id: Id;
  readonly type:
    | 'ext4'
    | 'overlay'
    | 'tmpfs'
    | 'devtmpfs'
    | 'devpts'
    | 'proc'
    | 'sysfs'
    | 'cgroup2'
    | 'mqueue'
    | 'nsfs'
    | 'vboxsf';
  /** The tree as processes see it. For an overlay: `base` with the writes of the upper directory in place. */
  readonly root: DirNode;
  /** For an overlay: the read-only layers folded into one tree. What differs from it is the upper directory. */
  readonly base?: DirNode;
  /** Files with more than one name. */
  readonly inodes: Rec<FileNode>;
  /**
   * Whose view it shows: the PID namespace of a procfs, the network namespace of a sysfs, the cgroup namespace of a
   * cgroup2; the namespace that an nsfs stands for. Absent: that of whoever looks.
   */
  readonly ns?: Id;
  /** Capacity in bytes, where the type has one (tmpfs size=). */
  readonly capacity?: number;
  /** Made by mount(2): it is gone with its last mount. */
  readonly transient?: true;
}

/** A directory of a file system. */
export interface Directory {
  readonly fs: Id;
  readonly path: string;
}

/** Where an overlay's directories lie: `lower` with the topmost first, as in the option lowerdir. */
export interface OverlayStack {
  readonly lower: readonly Directory[];
  readonly upper?: Directory;
  /** Which side was written to since the other one was made equal to it. */
  readonly changed?: 'merged' | 'layers';
}

/** One line of a mount namespace's table. `point` is absolute from that namespace's root. */
export interface Mount {
  readonly id: number;
  readonly point: string;
  readonly fs: Id;
  /** The directory or file of the file system that shows at `point` (a bind mount: not `/`). */
  readonly root: string;
  readonly readonly: boolean;
  readonly source: string;
  /** Further options as /proc/mounts prints them, without ro/rw. */
  readonly options: string;
}
