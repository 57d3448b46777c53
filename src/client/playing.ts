import type { ByteString } from '../kernel/bytes.ts';
import type { RunInput } from '../kernel/client-run.ts';
import type { Id, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Exec, Exit } from '../kernel/program.ts';
import type { Simulation, Stopped } from '../kernel/simulation.ts';
import type { RunOutput, World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import type { Turn } from '../session/turn.ts';

/** What to play, and how. */
export interface Command {
  readonly exec: Exec;
  /** The words that were typed, for the history. */
  readonly label: string;
  /** False for commands that only look: they make no step to undo. */
  readonly changes: boolean;
  /** Where it runs, and as whom: on the first host as its learner, unless told. */
  readonly where?: Seat;
}

/** A user at a host of the world. */
export interface Seat {
  readonly host: Id;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** The process whose children the user's commands are; absent: process 1. */
  readonly parent?: number;
}

/** How a command ended. */
export interface Played {
  readonly exit: Exit;
  readonly steps: readonly Step[];
  /** What went to stderr, to recognise failures by. */
  readonly errors: string;
  readonly notices: readonly Notice[];
}

export type Notice = 'suspended' | 'hour-passed' | 'budget' | 'flood' | 'taken-back' | 'session-gone' | 'machine-off';

export interface TurnResult {
  /** Absent: the world was put in place of another one, in which the run is not; it is to be started anew. */
  readonly id: Id | undefined;
  readonly out: readonly RunOutput[];
  readonly exit: Exit | undefined;
  /** Why the run is there no longer: undone, the session begun anew, or the virtual machine is off. */
  readonly gone: 'taken-back' | 'session-gone' | 'machine-off' | undefined;
  readonly stopped: Stopped;
  /** When the world will go on by itself, on the wall clock, µs. */
  readonly due: Us | undefined;
  readonly wantsInput: boolean;
  /** Input that there was no room for yet. */
  readonly rest: readonly RunInput[];
}

/** What the caller wants to know while a command plays. */
export interface Watcher {
  /** A turn is over and the command goes on; the turn's output has not been printed yet. */
  readonly goesOn?: (soFar: Played) => Promise<void>;
  /** Nothing will happen for so many seconds. */
  readonly waiting?: (seconds: number) => void;
  /** A turn is over, in which the run did `steps`: what is to be printed of it. The machine may be looked at, not changed. */
  readonly shown?: (m: Machine, run: Id, out: readonly RunOutput[], steps: readonly Step[]) => readonly RunOutput[];
  /** For a shell whose lines are commands of their own: sees every turn, and may change it. */
  readonly lines?: LineByLine;
}

/** A shell's lines as commands of their own: each one a step of the history, explained when the prompt comes back. */
export interface LineByLine {
  /** What is to be said at the next prompt of how it went. */
  readonly notices: Notice[];
  /** A turn begins, in which the run goes on (or was started just now). */
  begins(history: Turn, m: Machine, run: Id): void;
  /** The turn is over. */
  over(turn: LinesTurn): LinesOver;
  /** Keys on their way to the shell: what of them it gets, and what is printed for the others. */
  keys(bytes: ByteString): { readonly pass: ByteString; readonly print: ByteString };
  /** Something else takes the terminal before the next turn. */
  between(): Promise<void> | undefined;
  /** The run is gone (taken back, the session begun anew): true when it is to be started anew. */
  gone(why: Notice): boolean;
  /** The terminal was closed. */
  hungUp(history: Turn, run: Id): void;
}

export interface LinesTurn {
  readonly history: Turn;
  readonly sim: Simulation;
  readonly run: Id;
  readonly out: readonly RunOutput[];
  /** It has printed more than anybody wants to see. */
  readonly flood: boolean;
}

export interface LinesOver {
  /** What of the output is shown, and what else. */
  readonly print: readonly RunOutput[];
  /** What is saved in place of the world as it is, and the shell's run in it; without one it is started anew. */
  readonly world?: World;
  readonly run?: Id;
  /** Typed for the person. */
  readonly input?: ByteString;
}
