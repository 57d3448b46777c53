import type { ByteString } from '../bytes.ts';
import type { Errno } from '../errno.ts';
import type { Us } from '../json.ts';

export type FileType = 'file' | 'dir' | 'link' | 'char' | 'block' | 'fifo' | 'socket';

export interface Stat {
  readonly type: FileType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: Us;
  readonly nlink: number;
  /** A number that differs between files of one file system. */
  readonly ino: number;
  /** The file system's number: equal for two paths on the same mount's file system. */
  readonly dev: number;
  readonly rdev?: readonly [major: number, minor: number];
}

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly append?: boolean;
  readonly directory?: boolean;
}

export interface MountInfo {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
}

/** The file system's side of the system calls. Errors are those of the manual pages (open(2), rename(2), …). */
export interface FileCalls {
  /** stat(2); `follow: false` is lstat(2). */
  stat(path: string, options?: { readonly follow?: boolean }): Stat | Errno;
  fstat(fd: number): Stat | Errno;
  /** Names in a directory, sorted by bytes, without `.` and `..`. */
  list(path: string): readonly string[] | Errno;
  /** Whole contents at once: a convenience over open, read, close. */
  readFile(path: string): { readonly bytes: ByteString } | Errno;
  writeFile(
    path: string,
    bytes: ByteString,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): Errno | undefined;
  open(path: string, flags: OpenFlags, mode?: number): number | Errno;
  /** Sets the offset of an open file; from its end when `end` is true. */
  seek(fd: number, offset: number, end?: boolean): number | Errno;
  /** flock(2): takes, changes or gives up the open file's lock; again while another open file's is in the way. EBADF. */
  lock(fd: number, kind: 'shared' | 'exclusive' | 'none'): 'again' | Errno | undefined;
  truncate(path: string, size: number): Errno | undefined;
  /** Lets a file take `size` bytes though it stores fewer: what an installer unpacks is not kept here byte for byte. */
  declareSize(path: string, size: number): Errno | undefined;
  mkdir(path: string, mode?: number): Errno | undefined;
  rmdir(path: string): Errno | undefined;
  unlink(path: string): Errno | undefined;
  rename(from: string, to: string): Errno | undefined;
  link(existing: string, path: string): Errno | undefined;
  symlink(target: string, path: string): Errno | undefined;
  mkfifo(path: string, mode?: number): Errno | undefined;
  /** mknod(2) of a device. EPERM without CAP_MKNOD in the first user namespace. */
  mknod(path: string, type: 'char' | 'block', major: number, minor: number, mode?: number): Errno | undefined;
  readlink(path: string): string | Errno;
  /** The path with every link followed. */
  realpath(path: string): string | Errno;
  chmod(path: string, mode: number): Errno | undefined;
  chown(path: string, uid: number, gid: number, options?: { readonly follow?: boolean }): Errno | undefined;
  utimes(path: string, mtime: Us): Errno | undefined;
  /** May this process read (4), write (2), execute (1) it? */
  access(path: string, mode: number): Errno | undefined;
  mounts(): readonly MountInfo[];
  /** Bytes in all and in use of the file system that holds `path`. */
  statfs(path: string):
    | {
        readonly type: string;
        readonly source: string;
        readonly target: string;
        readonly total: number;
        readonly used: number;
      }
    | Errno;
}
