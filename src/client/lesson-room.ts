import type { Machine, Software } from '../kernel/machine.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';

/** A lesson that takes place in the classroom shell. */
export interface LessonRoom {
  /** What is installed in the classroom, with the words of the lesson. */
  software(room: Software): Software;
  /** A line that speaks to the lesson: nothing that later shells should go back to with Up. */
  isWord(line: string): boolean;
  /** The steps of a line without those of the lesson's words: only what the commands did is told. */
  withoutWords(steps: readonly Step[]): readonly Step[];
  /** What a line is called in the history: the commands that it stands for. */
  labelOf(line: string): string;
  /** Undo or redo went to this world: what the lesson says to it, in lines. */
  travelled(world: World): string;
  /** A line is over: what the lesson says to it, in lines; it may make things go wrong in the machine. */
  after(m: Machine, steps: readonly Step[], printed: string, status: number | undefined): string;
  /** Where the lesson is, and its keys; said below what `help` tells. */
  help(): string;
}
