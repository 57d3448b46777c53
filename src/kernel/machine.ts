import type { Draft, Mutable } from './draft.ts';
import type { Errno } from './errno.ts';
import type { Id, Json, Rec } from './json.ts';
import type { Exit, Programs, ServiceAnswer } from './program.ts';
import type { Host, Kernel, World } from './state.ts';
import type { Step } from './trace.ts';

/**
 * One host under change: what kernel and services work on during a turn. `kernel` and its direct fields are changed by
 * `draft.own(machine.kernel, 'processes')` and so on.
 */
export interface Machine {
  readonly draft: Draft;
  readonly world: Mutable<World>;
  readonly hostId: Id;
  readonly host: Mutable<Host>;
  readonly kernel: Mutable<Kernel>;
  readonly software: Software;
  readonly trace: Step[];
  /** Another host of the world (a virtual machine's guest is one), as this turn changes it. */
  readonly peer: (host: Id) => Machine;
  /** The run on whose behalf the present step acts, if any. */
  run: Id | undefined;
  /** Derived from the state, never saved: who waits for what. */
  readonly index: WaitIndex;
}

/** Derived from the processes' status when a turn begins, kept up to date during it, never saved. */
export interface WaitIndex {
  /** Who sleeps on a pipe, terminal, listening socket or run, by its id. */
  readonly sleepers: Map<Id, Set<number>>;
  /** Who can run, in order. */
  readonly ready: number[];
  /** Who sleeps until when, earliest last (so that the next one is popped). */
  readonly alarms: { at: number; seq: number; pid: number }[];
  /** The children of each process, in no order. */
  readonly children: Map<number, Set<number>>;
  /** How many processes there are. */
  population: number;
}

/** What is installed: programs that files can name, and services that answer requests. Put together at the entry. */
export interface Software {
  readonly programs: Programs;
  readonly services: ReadonlyMap<string, Service>;
  /** SHA-256 of bytes that come in pieces, in hexadecimal digits: the computer's own, where there is one (it is faster). */
  readonly sha256?: (parts: Iterable<string>) => string;
}

/** A service of a machine (dockerd, a registry, a hypervisor): a reducer over its own state in `host.services[name]`. */
export interface Service {
  /** It keeps nothing in `host.services`, and answers without an entry there. */
  readonly stateless?: true;
  /** A request from the process `pid` (host pid). */
  request(m: Machine, pid: number, message: Json): ServiceAnswer | Errno;
  /** Bytes of the host's disk that its state stands for, besides files. */
  stored?(m: Machine): number;
  /** A child of one of the service's processes has ended (and was reaped). */
  childExited?(m: Machine, pid: number, exit: Exit): void;
  /** A timer that it set is due. */
  timer?(m: Machine, key: string): void;
  /** Bytes or room appeared in a pipe, or output in a terminal, that it consumes or produces. */
  io?(m: Machine, key: string): void;
  /** The last descriptor of a stream that it had given out was closed on the other side. */
  closed?(m: Machine, key: string): void;
}

/** Data of a service, typed by its owner. */
export type ServiceState = Rec<Json>;
