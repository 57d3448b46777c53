import type { ByteString } from './bytes.ts';
import type { Filesystem, Mount, OverlayStack } from './fs/filesystem.ts';
import type { Id, Json, Rec, Us } from './json.ts';
import type { NetStack, Passage } from './net/stack.ts';
import type { Exit, Termios, Wait, Wake } from './program.ts';
import type { ResourceLimits } from './rlimits.ts';
import type { Signal } from './signals.ts';

/** Everything there is. Plain data: saving it and loading it again changes nothing that anyone could notice. */
export interface World {
  /** The version of this shape; see src/session for what happens to other ones. */
  readonly schema: number;
  readonly now: Us;
  /** `now` follows the wall clock plus this. */
  readonly wallOffset: Us;
  /** The machine has more to do than it can catch up with: its clock stays behind (and this was said). */
  readonly suspended?: boolean;
  /** Where all randomness comes from, with `seq`. */
  readonly seed: string;
  /** Counts events; orders what happens at the same time. */
  readonly seq: number;
  readonly hosts: Rec<Host>;
  readonly registries: Rec<Json>;
  readonly runs: Rec<Run>;
  /** The host that commands run on; absent: the first one. */
  readonly seat?: Id;
}

/** A computer: a kernel and the state of the services on it, typed by their owners. */
export interface Host {
  readonly kernel: Kernel;
  readonly services: Rec<Json>;
  /** What the computer is to the people of this world, when they made it themselves (see src/host). */
  readonly made?: Made;
}

/** A computer that was added to the world: its kind, the user who works on it, and the process whose children their commands are. */
export interface Made {
  readonly kind: 'linux' | 'mac' | 'windows';
  readonly user: string;
  readonly session?: number;
  /** The host on which the user's commands run, when it is not this one (a Linux inside a Windows). */
  readonly shell?: Id;
}

/** What a client started on a host: `docker ps` typed in a terminal is a run. */
export interface Run {
  readonly id: Id;
  readonly host: Id;
  /** The first process of the run. */
  readonly pid: number;
  /** The terminal (a Tty of the host's kernel), when the client has one. */
  readonly tty?: Id;
  /** The pipe that the client's input goes to, when it is not a terminal. */
  readonly stdin?: Id;
  /** What the client has not printed yet. */
  readonly out: readonly RunOutput[];
  /** Descriptors whose reader has gone away (the client's own output was closed). */
  readonly closed: readonly (1 | 2)[];
  readonly exit?: Exit;
  /** Microseconds of processor time that the run may still use before it is stopped. */
  readonly budget: number;
  /** Says who the client is (on the real machine), so that runs whose client has died can be found. */
  readonly client: number;
}

export interface RunOutput {
  readonly fd: 1 | 2;
  readonly bytes: ByteString;
}

export interface Kernel {
  /** `uname -r`. */
  readonly release: string;
  /** `uname -v`. */
  readonly version: string;
  readonly machine: string;
  /** `uname -s`; absent: Linux. */
  readonly sysname?: string;
  readonly booted: Us;
  /** Bytes of memory and number of processors of the hardware. */
  readonly memory: number;
  /** Bytes of it that the kernel itself uses (absent: not counted). */
  readonly kernelMemory?: number;
  readonly cpus: number;
  readonly nextPid: number;
  /** The next file system, open file, pipe, terminal … and the next namespace's inode number. */
  readonly nextId: number;
  readonly nextNamespace: number;
  /** Namespaces kept without a process in them: bound to a file, as dockerd does with a container's network namespace. */
  readonly pinned: readonly Id[];
  readonly processes: Rec<Process>;
  readonly namespaces: Rec<Namespace>;
  readonly cgroups: Rec<Cgroup>;
  readonly filesystems: Rec<Filesystem>;
  /** Overlays whose directories are on other file systems, by their own id (mount(8) with `-t overlay`). */
  readonly stacks?: Rec<OverlayStack>;
  /** File systems that are kept and mounted nowhere (of containers that do not run): nobody reads them to find a mounted one. */
  readonly detached?: { readonly filesystems: Rec<Filesystem> };
  readonly files: Rec<OpenFile>;
  readonly pipes: Rec<Pipe>;
  readonly ttys: Rec<Tty>;
  /** Services' alarms, in no order. (Processes that sleep carry their own time in `status`.) */
  readonly timers: readonly Timer[];
  /** Answers of finished jobs that the process which asked has not waited for yet. */
  readonly jobs: Rec<{ readonly pid: number; readonly reply: Json }>;
}

/** A service asked to be called at `at`. What is due at the same time goes by `seq`. */
export interface Timer {
  readonly at: Us;
  readonly seq: number;
  readonly service: string;
  readonly key: string;
}

export type NamespaceKind = 'pid' | 'mnt' | 'uts' | 'ipc' | 'net' | 'cgroup' | 'user';

/** `user`: the user namespace that it belongs to (the first one, unless told). */
export type Namespace =
  | { readonly kind: 'pid'; readonly parent?: Id; readonly next: number; readonly user?: Id }
  | { readonly kind: 'mnt'; readonly mounts: readonly Mount[]; readonly user?: Id }
  | { readonly kind: 'uts'; readonly hostname: string; readonly domainname: string; readonly user?: Id }
  | { readonly kind: 'ipc'; readonly user?: Id }
  | { readonly kind: 'net'; readonly net: NetStack; readonly user?: Id }
  | { readonly kind: 'cgroup'; readonly root: string; readonly user?: Id }
  | UserNamespace;

/** A user namespace: which of the kernel's numbers its processes' users and groups are. The first one has no parent and maps nothing. */
export interface UserNamespace {
  readonly kind: 'user';
  readonly parent?: Id;
  /** The kernel's number of the user who made it. */
  readonly owner?: number;
  readonly uids?: readonly IdRange[];
  readonly gids?: readonly IdRange[];
  /** setgroups(2) is refused in it (`deny` in /proc/PID/setgroups). */
  readonly groupsFixed?: true;
}

/** So many numbers from `inside` on are the kernel's from `outside` on. */
export type IdRange = readonly [inside: number, outside: number, count: number];

/** A control group of the v2 hierarchy, by its path (`/system.slice/docker-….scope`). */
export interface Cgroup {
  readonly path: string;
  /** memory.max in bytes, cpu.max as [quota, period] µs, pids.max; absent: `max`. */
  readonly memoryMax?: number;
  readonly cpuMax?: readonly [quota: number, period: number];
  readonly pidsMax?: number;
  readonly frozen: boolean;
  /** cpu.weight, the processors of cpuset.cpus (`0-1`), memory.low and memory.swap.max in bytes; absent: as without. */
  readonly cpuWeight?: number;
  readonly cpuset?: string;
  readonly memoryLow?: number;
  readonly swapMax?: number;
  /** The controllers that its children have (cgroup.subtree_control); absent: all, as systemd and Docker make theirs. */
  readonly subtree?: readonly string[];
  /** The devices that its processes may open, as `c 1:3`, `c 136:*` (a BPF program of the group); absent: all. */
  readonly devices?: readonly string[];
  /** How many forks pids.max has refused. */
  readonly forksRefused?: number;
  /** How many of its processes were killed because it had no memory left (memory.events). */
  readonly oomKills?: number;
  /** Processor time used by processes that were in it, µs. */
  readonly cpuUsed: Us;
}

export interface Process {
  /** The number in the first PID namespace (the host's). */
  readonly pid: number;
  /** Its number in each PID namespace that sees it, by the namespace's id. */
  readonly pids: Rec<number>;
  readonly parent: number;
  readonly pgid: number;
  readonly sid: number;
  /** The numbers of its group's leader in each PID namespace, once that leader is gone. */
  readonly groupPids?: Rec<number>;
  /** The namespace of each kind that it is in. */
  readonly ns: { readonly [kind in NamespaceKind]: Id };
  readonly cgroup: string;
  /** Bytes of memory that it holds, where that is not what such a program usually has. */
  readonly resident?: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Who started a set-user-ID program, while it runs with its owner's rights. */
  readonly real?: { readonly uid: number; readonly gid: number };
  /** Capabilities it may use (capabilities(7), `CAP_…`). */
  readonly caps: readonly string[];
  /** Capabilities that it and its children can have at most (the bounding set); absent: what the most privileged process with its view of files has. */
  readonly bounding?: readonly string[];
  /** A seccomp filter as the engine's usual one is in force: what needs CAP_SYS_ADMIN is refused also in a new user namespace. */
  readonly seccomp?: true;
  /** Its root directory, from the root of its mount namespace (`/` unless chroot was used). */
  readonly root: string;
  /** Its working directory, from its root. */
  readonly cwd: string;
  /** The working directory from the root of the mount namespace, when it is not below the process's root. */
  readonly outside?: string;
  /** The PID namespace that its children are to be in, after unshare(2) or setns(2). */
  readonly childPid?: Id;
  /** It ends when its parent does (PR_SET_PDEATHSIG). */
  readonly diesWithParent?: true;
  readonly umask: number;
  /** Its nice value (setpriority(2)), when that is not 0. */
  readonly nice?: number;
  /** Resource limits that are not the machine's usual ones (children inherit them). */
  readonly limits?: ResourceLimits;
  /** /proc/PID/oom_score_adj, when it is not 0. */
  readonly oomScoreAdj?: number;
  /** It and its children can gain no privileges by execve (prctl(2), PR_SET_NO_NEW_PRIVS). */
  readonly noNewPrivs?: true;
  /** Open files by descriptor number. */
  readonly fds: Rec<Id>;
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Rec<string>;
  /** The name of its program in the map of programs, and that program's state. */
  readonly program: string;
  readonly state: Json;
  readonly pending: readonly Signal[];
  readonly caught: readonly Signal[];
  readonly ignored: readonly Signal[];
  readonly status: Status;
  readonly started: Us;
  readonly cpu: Us;
  /** Controlling terminal. */
  readonly tty?: Id;
  /** Orphans among its descendants become its children (PR_SET_CHILD_SUBREAPER). */
  readonly subreaper?: true;
  /** The service that is told when a child of this process ends, or this process itself is the service's daemon. */
  readonly service?: string;
  /** The run on whose behalf it was started: explanations are told by it. */
  readonly run?: Id;
}

/** `seq` orders what becomes ready, or due, at the same time. `start`: the program's first step after execve. */
export type Status =
  | { readonly wait: Wait; readonly seq: number }
  | { readonly ready: Wake | { readonly on: 'start' }; readonly seq: number }
  | { readonly stopped: Status; readonly by?: Signal }
  | { readonly zombie: Exit };

/** An open file description: what descriptors point to. `refs` counts descriptors (of all processes) and holders. */
export type OpenFile = { readonly refs: number } & (
  | { readonly kind: 'pipe'; readonly pipe: Id; readonly end: 'read' | 'write' }
  /** A two-way stream: a connection, or a service's answer (attach, logs). */
  | {
      readonly kind: 'stream';
      readonly rx: Id;
      readonly tx: Id;
      readonly local?: string;
      readonly remote?: string;
      /** A connection's own: its network namespace, and the interfaces that count what it writes. */
      readonly ns?: Id;
      readonly passes?: readonly Passage[];
    }
  | { readonly kind: 'listen'; readonly ns: Id; readonly key: string }
  | { readonly kind: 'tty'; readonly tty: Id }
  /** The client's output of a run. */
  | { readonly kind: 'run'; readonly run: Id; readonly fd: 1 | 2 }
  | { readonly kind: 'device'; readonly device: 'null' | 'zero' | 'full' | 'random' }
  /** What a read of a generated file (/proc, /sys) returns: made at open. */
  | {
      readonly kind: 'text';
      readonly text: ByteString;
      readonly offset: number;
      readonly path: string;
      readonly fs: Id;
    }
  | {
      readonly kind: 'file';
      readonly fs: Id;
      /** Path from the file system's root; changed by rename. */
      readonly path: string;
      readonly offset: number;
      readonly read: boolean;
      readonly write: boolean;
      readonly append: boolean;
      /** An advisory lock, flock(2): it belongs to the open file, whoever has it. */
      readonly lock?: 'shared' | 'exclusive';
      /** Set when the last name was removed while the file was open: the content lives on in `inodes` under this id. */
      readonly orphan?: Id;
    }
);

export interface Pipe {
  readonly bytes: ByteString;
  readonly capacity: number;
  /** How many open files can read and write. */
  readonly readers: number;
  readonly writers: number;
  /** The service that consumes it (told after each write), or produces it (told when room appears). */
  readonly consumer?: { readonly service: string; readonly key: string };
  readonly producer?: { readonly service: string; readonly key: string };
  /** A FIFO of which one side was opened before the other: that count includes one which the first opener takes over. */
  readonly awaits?: 'reader' | 'writer';
  /** A connection that the other side reset: after what is there, a read fails with ECONNRESET. */
  readonly reset?: true;
}

/** A terminal with its line discipline. Bytes typed go in by `input`; what is to be shown leaves by the pipe `output`. */
export interface Tty {
  readonly name: string;
  /** The devpts file system that shows it as `/N` (name `pts/N`); absent: the one that its session sees. */
  readonly devpts?: Id;
  readonly termios: Termios;
  readonly cols: number;
  readonly rows: number;
  readonly session?: number;
  readonly foreground: number;
  /** Complete input, ready to be read; and the line that is being edited. */
  readonly cooked: ByteString;
  readonly line: ByteString;
  /** Ctrl-D on an empty line was typed: so many reads return end of file. */
  readonly eofs: number;
  readonly hungup: boolean;
  /** What shows it: a run's client, or a service that holds the master side (dockerd for `-t`). */
  readonly master: { readonly run: Id } | { readonly service: string; readonly key: string };
  /** Output that the master's holder has not taken yet (service masters only). */
  readonly output: ByteString;
}
