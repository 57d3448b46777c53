import type { ByteString } from './bytes.ts';
import type { Errno } from './errno.ts';
import type { FileCalls } from './fs/calls.ts';
import type { IsolationCalls } from './isolation/calls.ts';
import type { Id, Json, Rec, Us } from './json.ts';
import type { NetCalls } from './net/calls.ts';
import type { ResourceLimit, ResourceName } from './rlimits.ts';
import type { Signal } from './signals.ts';

/**
 * A program that the simulated kernel can execute: a reducer over plain data. It runs until it must wait; only the
 * waiting is data, so a shell that is half way through a loop can be saved and go on later.
 */
export interface Program<S extends Json = Json> {
  /** Called by execve. */
  start(exec: Exec, sys: Sys): Next<S>;
  /** Called when what the process waited for has come, and in a child right after `sys.fork`. */
  step(state: S, wake: Wake, sys: Sys): Next<S>;
}

/** What execve hands to a new program image. */
export interface Exec {
  /** The file that was executed (for a script: the interpreter's). */
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Rec<string>;
}

/** What a program wants when it returns to the kernel. */
export type Next<S> =
  | { readonly state: S; readonly wait: Wait }
  | { readonly state: S; readonly yield: true }
  | { readonly exit: number }
  | Replaced;

/** The program image was replaced by `sys.exec`: nothing of the caller is left. */
export interface Replaced {
  readonly replaced: true;
}

/** What a process sleeps for; several fields are as with poll(2): the first that is due wakes it. `{}` waits for a signal. */
export interface Wait {
  readonly readable?: readonly number[];
  readonly writable?: readonly number[];
  /** A child's pid, as this process sees it. */
  readonly child?: number | 'any';
  readonly until?: Us;
  readonly job?: Id;
}

/** Why a process was woken. A caught signal wakes whatever the wait was; the program then waits again if it wants to. */
export type Wake =
  | { readonly on: 'time' | 'yielded' | 'forked' | 'child' }
  | { readonly on: 'fd'; readonly fd: number }
  | { readonly on: 'signal'; readonly signal: Signal }
  | { readonly on: 'job'; readonly id: Id; readonly reply: Json };

/** How a process ended: `code` is what a shell shows (128 + n after signal n). */
export interface Exit {
  readonly code: number;
  readonly signal?: Signal;
}

export type ReadResult = { readonly bytes: ByteString } | 'again' | 'eof' | Errno;

/** A child to make: its descriptors are exactly `fds` (child's number → mine), by default all of mine. */
export interface SpawnOptions {
  readonly fds?: { readonly [childFd: number]: number };
  readonly cwd?: string;
  /** Process group: 0 makes the child the leader of a new one; absent: the parent's. */
  readonly pgid?: number;
  /** Signals that the child starts with ignored (dispositions that were caught become default). */
  readonly ignore?: readonly Signal[];
}

/** A process as /proc shows it to the caller; pids as seen in the caller's PID namespace. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly uid: number;
  readonly gid: number;
  readonly comm: string;
  readonly argv: readonly string[];
  /** R running, S sleeping, T stopped, Z zombie, D frozen. */
  readonly state: 'R' | 'S' | 'T' | 'Z' | 'D';
  /** What stopped it. */
  readonly stoppedBy?: Signal;
  readonly started: Us;
  readonly cpu: Us;
  /** As ps prints it: `pts/0`, or undefined without a controlling terminal. */
  readonly tty?: string;
  /** Resident memory in bytes. */
  readonly rss: number;
  readonly nice?: number;
}

/** Terminal modes that matter here (termios(3)): canonical input, echo, signals from keys, output post-processing. */
export interface Termios {
  readonly icanon: boolean;
  readonly echo: boolean;
  readonly isig: boolean;
  readonly opost: boolean;
}

/**
 * The system calls. They act at once on a private draft of the world and never block: `again` means "return a Wait".
 * Paths are taken relative to the process's cwd and root; names are text, contents are bytes.
 */
export interface Sys {
  /** The kernel's clock, microseconds since 1970. */
  readonly now: Us;
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** The user and group on whose behalf a set-user-ID program runs; otherwise the same as `uid` and `gid`. */
  readonly real: { readonly uid: number; readonly gid: number };
  /** Uses up processor time (one op is about one simple step, 1 µs of simulated time); false: return `{ yield: true }`. */
  spend(ops: number): boolean;

  /** At most `max` bytes. With writers but nothing there: again; without either: eof. */
  read(fd: number, max: number): ReadResult;
  /** How many bytes were taken. A full pipe: again; without a reader: SIGPIPE is sent and EPIPE returned. */
  write(fd: number, bytes: ByteString): number | 'again' | Errno;
  pipe(): readonly [read: number, write: number] | Errno;
  close(fd: number): Errno | undefined;
  /** Copies a descriptor to `to`, or to the lowest free number ≥ `least` (default 0). */
  dup(fd: number, to?: number, least?: number): number | Errno;
  isOpen(fd: number): boolean;
  fds(): readonly number[];

  /** A child that runs the file `exec.path`. ENOENT, EACCES, ENOEXEC, ENOTDIR, EISDIR, EAGAIN are told at once. */
  spawn(exec: Exec, options?: SpawnOptions): number | Errno;
  /** A child of the same program with this state; its first step is woken by `forked`. */
  fork(state: Json, options?: SpawnOptions): number | Errno;
  /** Replaces the program; on success return the answer from `step`. */
  exec(exec: Exec, options?: SpawnOptions): Replaced | Errno;
  /** Takes the exit status of a finished child. */
  reap(pid: number | 'any'): { readonly pid: number; readonly exit: Exit } | 'again' | Errno;
  /** A negative pid means the process group, as in kill(2); `signal` 0 only asks. */
  kill(pid: number, signal: Signal | 0): Errno | undefined;
  onSignal(signal: Signal, how: 'default' | 'ignore' | 'catch'): void;
  /** Signals that were ignored when the program started cannot be trapped by a shell. */
  disposition(signal: Signal): 'default' | 'ignore' | 'catch';
  /** Those that it ignores, in no order. */
  ignoredSignals(): readonly Signal[];
  setsid(): number | Errno;
  setpgid(pid: number, pgid: number): Errno | undefined;
  /** Gets, and sets when `to` is given, the nice value of a process (0: its own). EACCES, EPERM, ESRCH. */
  nice(pid: number, to?: number): number | Errno;
  getpgid(pid: number): number | Errno;
  processes(): readonly ProcessInfo[];

  cwd(): string;
  chdir(path: string): Errno | undefined;
  umask(mask?: number): number;
  /** Gets, and sets when `change` is given, a resource limit (prlimit(2)). EINVAL: soft above hard; EPERM: above the old hard one. */
  limit(name: ResourceName, change?: ResourceLimit): ResourceLimit | Errno;
  uname(): {
    readonly sysname: string;
    readonly hostname: string;
    readonly release: string;
    readonly version: string;
    readonly machine: string;
  };
  sethostname(name: string): Errno | undefined;
  setuid(uid: number, gid: number, groups: readonly number[]): Errno | undefined;

  isatty(fd: number): boolean;
  /** Gets, and sets when `change` is given, the modes of the terminal behind `fd`. */
  termios(fd: number, change?: Partial<Termios>): Termios | Errno;
  winsize(fd: number): { readonly cols: number; readonly rows: number } | Errno;
  /** The terminal's foreground process group; sets it when `pgid` is given. */
  foreground(fd: number, pgid?: number): number | Errno;

  readonly fs: FileCalls;
  readonly net: NetCalls;
  /** Another root, namespaces, mounts. */
  readonly isolation: IsolationCalls;

  /** Talks to a service of this machine (the Docker daemon behind its socket, …). ENOENT: no such service; ECONNREFUSED: not running. */
  request(service: string, message: Json): ServiceAnswer | Errno;
  /** Changes what ps shows as the process's command line, as servers do for their workers. */
  setTitle(title: string): void;
  /** Records a step of what this program does, under the program's name (see src/programs/actions.ts for what there is). */
  note(actor: string, action: string, data: Json): void;
  /** Pseudo-random 32-bit number from the world's seed. */
  random(): number;
}

/** A service answers at once, or names a job to wait for (`Wait.job`); `fd` is a stream opened for the caller. */
export type ServiceAnswer = { readonly reply: Json; readonly fd?: number } | { readonly job: Id; readonly fd?: number };

/** The programs that exist, by the name that an executable file gives. Put together at the entry. */
export interface Programs {
  get(name: string): Program | undefined;
}
