import type { Connection } from '../web/connections.ts';
import type { LangName } from './tree.ts';
import type { Obj, Value } from './values.ts';

/** Where to go on when something is thrown. */
export interface Handler {
  readonly pc: number;
  readonly depth: number;
  readonly env: number;
  /** How many exceptions were being handled. */
  readonly exc?: number;
}

/** A function that is running. */
export interface Frame {
  /** The file and the number of the code in it. */
  m: string;
  c: number;
  pc: number;
  st: Value[];
  /** The scope, and the values of the exceptions that are being handled. */
  env: number;
  h: Handler[];
  exc: Value[];
  /** What becomes of the result: `new` gives the object itself, `init` gives nothing. */
  kind: 'call' | 'new' | 'module' | 'generator' | 'deferring';
  self?: Value;
  /** Calls put off until the function ends (Go). */
  defers?: { readonly fn: Value; readonly args: readonly Value[] }[];
  name: string;
  panic?: Value;
}

/** What a task waits for. */
export type TaskWait =
  | { readonly for: 'time'; readonly until: number }
  | { readonly for: 'promise'; readonly promise: number }
  | { readonly for: 'input' }
  | { readonly for: 'channel'; readonly what: TaskChannel }
  | { readonly for: 'ever' };
export type TaskChannel =
  | {
      readonly receive: readonly { readonly chan: number; readonly index: number }[];
      readonly select: boolean;
      readonly two: boolean;
    }
  | { readonly send: number; readonly value: Value }
  | { readonly group: number }
  | { readonly lock: number };

/** A line of execution: the main program, a goroutine, a thread, an async call, the handling of a request. */
export interface Task {
  id: number;
  frames: Frame[];
  wait?: TaskWait;
  /** What is put on the stack when it goes on. */
  resume?: { readonly value: Value; readonly thrown?: boolean };
  /** The promise of its result. */
  promise?: number;
  /** What a native does with its result. */
  then?: { readonly native: string; readonly data: Value };
  daemon?: boolean;
}

export interface Timer {
  readonly id: number;
  readonly at: number;
  readonly every?: number;
  readonly fn: Value;
  readonly args: readonly Value[];
  readonly weak?: boolean;
  /** What its function is called by in a stack. */
  readonly label?: string;
}

/** A job of the queue that is worked off before anything else (promises). */
export type Micro =
  | { readonly task: number; readonly value: Value; readonly thrown: boolean }
  | {
      readonly fn: Value;
      readonly value: Value;
      readonly promise: number;
      readonly thrown: boolean;
      readonly args?: readonly Value[];
      /** It is of the queue before the others (process.nextTick). */
      readonly tick?: true;
    };

export interface Listener {
  readonly fd: number;
  readonly port: number;
  readonly address: string;
  /** Which framework answers, and with what. */
  readonly kind: string;
  readonly app: Value;
}

/** A program in the middle of things: all that is needed to go on later. */
export interface Running {
  readonly lang: LangName;
  readonly flavour: string;
  readonly version: string;
  readonly argv: readonly string[];
  readonly env: { readonly [name: string]: string };
  /** Texts of the files that have been read, by path: what compiles again after a rest. */
  readonly sources: { readonly [path: string]: string };
  readonly heap: { readonly [id: number]: Obj };
  readonly next: number;
  readonly tasks: readonly Task[];
  readonly micro: readonly Micro[];
  readonly timers: readonly Timer[];
  readonly listeners: readonly Listener[];
  readonly connections: readonly Connection[];
  /** Module objects, by path or name. */
  readonly modules: { readonly [name: string]: number };
  readonly globals: { readonly [name: string]: Value };
  /** Output that nobody has taken yet, and what the runtime itself keeps back. */
  readonly out: readonly (readonly [fd: number, bytes: string])[];
  readonly buffer: string;
  readonly unbuffered: boolean;
  /** What was read of standard input, and whether it has ended. */
  readonly input: string;
  readonly inputEnded: boolean;
  readonly started: number;
  readonly live: number;
  /** Characters and values that it kept when they were last counted, and what came to them since. */
  readonly kept?: number;
  readonly grown?: number;
  /** Signals for which the program has a function. */
  readonly signals: { readonly [name: string]: Value };
  readonly exit?: number;
  readonly console?: boolean;
}
