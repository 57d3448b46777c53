import type { Errno } from '../errno.ts';
import type { NamespaceKind } from '../state.ts';

/** What mount(2) is asked for. Paths are taken as the process sees them. */
export interface MountRequest {
  readonly source: string;
  readonly target: string;
  /** The file system's type; not needed for binding and remounting. */
  readonly type?: string;
  /** Another view of a directory or file (MS_BIND); `recursive` takes what is mounted below it along (MS_REC). */
  readonly bind?: boolean;
  readonly recursive?: boolean;
  /** Changes what is mounted at the target (MS_REMOUNT). */
  readonly remount?: boolean;
  readonly readonly?: boolean;
  /** Other options, separated by commas, without ro and rw. */
  readonly options?: string;
}

/** System calls that change how much of the machine a process sees. */
export interface IsolationCalls {
  /** chroot(2): another root directory. The working directory stays where it is, even outside. EPERM, ENOENT, ENOTDIR. */
  chroot(path: string): Errno | undefined;
  /** unshare(2): namespaces of its own. A PID namespace is for the children: the first one is its process 1. EPERM. */
  unshare(kinds: readonly NamespaceKind[]): Errno | undefined;
  /** setns(2): joins the namespace behind a file (`/proc/PID/ns/net`, `/run/netns/NAME`), which has to be of `kind` if told. EINVAL, EPERM. */
  setns(path: string, kind?: NamespaceKind): Errno | undefined;
  /** mount(2). EPERM, ENOENT, ENOTDIR, ENODEV (no such type), EINVAL (wrong options), EBUSY. */
  mount(request: MountRequest): Errno | undefined;
  /** umount2(2); `detach` takes it out of sight although it is in use. EPERM, EINVAL (not a mount point), EBUSY. */
  umount(path: string, options?: { readonly detach?: boolean }): Errno | undefined;
  /** pivot_root(2): what is mounted at `newRoot` becomes the root of this mount namespace, the old one goes to `putOld` below it. EINVAL, EBUSY. */
  pivotRoot(newRoot: string, putOld: string): Errno | undefined;
  /** As `pivot_root(".", ".")` in the new root and umount2(".", MNT_DETACH): the old one is out of reach at once. */
  replaceRoot(newRoot: string): Errno | undefined;
  /** capset(2) and prctl(PR_CAPBSET_DROP): only these capabilities stay; `forGood`: execve can add none (PR_SET_NO_NEW_PRIVS). */
  keepCapabilities(kept: readonly string[], forGood: boolean): void;
  /** Has the process this capability over its own namespaces? */
  capable(capability: string): boolean;
  /** prctl(PR_SET_PDEATHSIG) with SIGKILL: it ends when its parent does. */
  dieWithParent(): void;
}
