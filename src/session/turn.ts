import type { Json } from '../kernel/json.ts';
import type { World } from '../kernel/state.ts';
import { SessionError } from './errors.ts';
import type { Finished, Head, Step } from './head.ts';
import type { Root } from './pieces.ts';

/** A step of the history as it can be shown. */
export interface StepInfo {
  readonly label: string;
  /** When it began: milliseconds since 1970. */
  readonly time: number;
}

/** How a run ended. */
export interface RunEnd {
  readonly label: string;
  /** Its explanation, kept for `why`. */
  readonly trace: Json;
  /** False when the run only looked: then there is nothing to undo. */
  readonly changed: boolean;
}

/** What a transaction is given: the world, and what it can do to the history. Takes effect only with the save that follows. */
export interface Turn {
  /** The world as it was saved last. Read when it is first asked for. */
  readonly world: World;
  /** A run begins that may change the world: the world before it is what undo goes back to. */
  begin(run: string, label: string): void;
  /** The run has ended (also one that never called `begin`). */
  end(run: string, how: RunEnd): void;
  /** The world before the last step: return it, adjusted as need be. Throws `nothing-to-undo`. */
  undo(): { readonly world: World; readonly step: StepInfo };
  /** The world that the last undo left. Throws `nothing-to-redo`. */
  redo(): { readonly world: World; readonly step: StepInfo };
  /** A new world in place of this one; can be undone. Does not read the old one. */
  reset(label: string): World;
  /** A new world that nothing was done in before: the history begins anew with it. */
  startOver(): World;
  /** What could be undone and redone, the next one first. */
  history(): { readonly undo: readonly StepInfo[]; readonly redo: readonly StepInfo[] };
  /** The explanation of the run that finished last, or of the `back`-th step of `history().undo`. */
  trace(back?: number): { readonly step: StepInfo; readonly trace: Json } | undefined;
}

/** How many steps can be undone. */
export const retention = 100;
const longestLabel = 400;

/** What a turn needs of the session. */
export interface TurnSource {
  /** Undefined for a new session. */
  readonly head: Head | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  currentWorld(): World;
  loadWorld(root: Root): World;
  newWorld(): World;
  load(root: Root): Json;
  save(value: Json): Root;
  /** The same for what is new in all its parts. */
  savePlain(value: Json): Root;
}

/** A turn, and what it makes of the history. */
export class HistoryTurn implements Turn {
  private readonly source: TurnSource;
  private undoSteps: readonly Step[];
  private redoSteps: readonly Step[];
  private finished: Finished | undefined;
  /** Whether the history differs from what the head says. */
  dirty = false;

  constructor(source: TurnSource) {
    this.source = source;
    this.undoSteps = source.head?.undo ?? [];
    this.redoSteps = source.head?.redo ?? [];
    this.finished = source.head?.last;
  }

  get world(): World {
    return this.source.currentWorld();
  }

  begin(run: string, label: string): void {
    const step = { run, label: shortened(label), time: this.source.time, world: this.before() };
    this.set([...this.undoSteps, this.redoSteps.length > 0 ? { ...step, redo: this.redoSteps } : step], []);
  }

  end(run: string, { label, trace, changed }: RunEnd): void {
    const saved = this.source.savePlain(trace);
    const index = this.undoSteps.findLastIndex((step) => step.run === run);
    const step = this.undoSteps[index];
    if (step === undefined) {
      this.finished = { label: shortened(label), time: this.source.time, trace: saved };
      this.dirty = true;
      return;
    }
    this.finished = { label: step.label, time: step.time, trace: saved };
    if (changed) {
      const kept: Step = { label: step.label, time: step.time, world: step.world, trace: saved };
      this.set(this.undoSteps.with(index, kept), this.redoSteps);
    } else {
      const isLast = index === this.undoSteps.length - 1;
      this.set(this.undoSteps.toSpliced(index, 1), isLast ? (step.redo ?? this.redoSteps) : this.redoSteps);
    }
  }

  undo() {
    const step = this.undoSteps.at(-1);
    if (step === undefined) throw new SessionError('nothing-to-undo', {});
    this.set(this.undoSteps.slice(0, -1), [...this.redoSteps, this.moved(step)]);
    return { world: this.source.loadWorld(step.world), step: info(step) };
  }

  redo() {
    const step = this.redoSteps.at(-1);
    if (step === undefined) throw new SessionError('nothing-to-redo', {});
    this.set([...this.undoSteps, this.moved(step)], this.redoSteps.slice(0, -1));
    return { world: this.source.loadWorld(step.world), step: info(step) };
  }

  reset(label: string): World {
    this.set([...this.undoSteps, { label: shortened(label), time: this.source.time, world: this.before() }], []);
    return this.source.newWorld();
  }

  startOver(): World {
    this.set([], []);
    this.finished = undefined;
    return this.source.head === undefined ? this.source.currentWorld() : this.source.newWorld();
  }

  history() {
    return { undo: this.undoSteps.map(info).reverse(), redo: this.redoSteps.map(info).reverse() };
  }

  trace(back?: number) {
    const found = back === undefined ? this.finished : this.undoSteps.at(-1 - back);
    return found?.trace && { step: info(found), trace: this.source.load(found.trace) };
  }

  /** The history for the next head. */
  result(): Pick<Head, 'undo' | 'redo' | 'last'> {
    const lists = { undo: this.undoSteps.slice(-retention), redo: this.redoSteps.slice(-retention) };
    return this.finished === undefined ? lists : { ...lists, last: this.finished };
  }

  private set(undo: readonly Step[], redo: readonly Step[]): void {
    this.undoSteps = undo;
    this.redoSteps = redo;
    this.dirty = true;
  }

  /** Where the world before this turn stands; that of a new session is saved for it. */
  private before(): Root {
    return this.source.head?.world ?? this.source.save(this.source.currentWorld() as unknown as Json);
  }

  /** The step for the other list: on the other side of it is the world that we leave. */
  private moved({ label, time, trace }: Step): Step {
    const step = { label, time, world: this.before() };
    return trace === undefined ? step : { ...step, trace };
  }
}

const info = ({ label, time }: StepInfo): StepInfo => ({ label, time });

function shortened(label: string): string {
  return label.length > longestLabel ? `${label.slice(0, longestLabel)}…` : label;
}
