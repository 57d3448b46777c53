import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { ownProcess } from '../kernel/process.ts';
import type { ShellState } from '../programs/shell/state.ts';

/** What a shell shows that waits for a line. */
export interface Prompt {
  readonly prompt: string;
  /** What was typed so far, and where the cursor stands in it. */
  readonly text: string;
  readonly cursor: number;
  /** False for a line that goes on with the command before it (`> `). */
  readonly primary: boolean;
}

/** The prompt of the run's own shell; undefined while something else has the terminal. */
export function promptOf(m: Machine, id: Id): Prompt | undefined {
  const run = m.world.runs[id];
  if (run?.tty === undefined || !m.index.sleepers.get(run.tty)?.has(run.pid)) return undefined;
  const state = shellState(m, run.pid);
  if (state?.pending?.p !== 'edit') return undefined;
  const { editor } = state.pending;
  const source = state.frames[0]?.source;
  const primary = state.frames.length === 1 && (!source || source.pos >= source.text.length);
  return { prompt: editor.prompt, text: editor.text, cursor: editor.cursor, primary };
}

/** `$?` of the run's own shell. */
export function statusOf(m: Machine, id: Id): number | undefined {
  const status = shellState(m, m.world.runs[id]?.pid ?? 0)?.status;
  return typeof status === 'number' ? status : undefined;
}

function shellState(m: Machine, pid: number): ShellState | undefined {
  const state = m.kernel.processes[pid]?.state;
  const isShell = typeof state === 'object' && state !== null && 'flavour' in state && 'frames' in state;
  return isShell ? (state as unknown as ShellState) : undefined;
}

/** Gives the run's own shell these lines to go back to with Up. */
export function recallLines(m: Machine, id: Id, history: readonly string[]): void {
  const pid = m.world.runs[id]?.pid ?? 0;
  const state = shellState(m, pid);
  if (!state?.terminal) return;
  const changed: ShellState = { ...state, terminal: { ...state.terminal, history } };
  Object.assign(ownProcess(m, pid), { state: changed });
}
