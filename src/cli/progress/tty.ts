import { transferSize } from './bytes.ts';
import { secondsBetween } from './go-time.ts';
import type { Shown, Trace } from './trace.ts';

/** The live view on a terminal. Plain data. */
export interface TtyState {
  /** Lines of the frame that stands on the screen. */
  readonly lines: number;
  /** When the first step began. */
  readonly since: string;
}

export const ttyStart: TtyState = { lines: 0, since: '' };

/** What a frame is drawn for: the terminal, the moment, and whether it is the last one. */
export interface Frame {
  readonly cols: number;
  readonly rows: number;
  readonly now: string;
  readonly color: boolean;
  readonly over: boolean;
}

interface Row {
  readonly text: string;
  readonly seconds: number;
  readonly tone: 'done' | 'failed' | 'canceled' | 'going';
  /** A line of a process's output. */
  readonly log?: true;
}

const shownLogs = 6;
const colors = { done: '\x1b[34m', failed: '\x1b[31m', canceled: '\x1b[33m', going: '' } as const;

/**
 * The frame that takes the place of the one before: BuildKit's progressui, display.go. Steps in the order in which they
 * began, what is transferred in them, the last lines of those that go on; a screen that is too low shows what goes on.
 */
export function drawTty(
  trace: Trace,
  state: TtyState,
  frame: Frame,
): { readonly text: string; readonly state: TtyState } {
  const { cols, color, now, over, rows } = frame;
  const steps = trace.order.flatMap((digest) => trace.steps[digest] ?? []);
  const since = state.since || (steps[0]?.started ?? now);
  const total = Object.values(trace.steps).filter(({ name }) => name !== '').length;
  const done = steps.filter(({ completed }) => completed !== undefined).length;
  const head = `[+] Building ${secondsBetween(since, now).toFixed(1)}s (${done}/${total})${over ? ' FINISHED' : ' '}`;
  const lines = [aligned(head, 'docker:default', cols - 1)];
  const all = steps.flatMap((step) => rowsOf(step, now));
  for (const row of over ? all : fitting(all, rows - 2)) lines.push(lineOf(row, cols, color));
  const blank = Math.max(0, state.lines - lines.length);
  const up = state.lines > 0 ? `\x1b[${state.lines}A` : '\n';
  const cleared = Array.from({ length: blank }, () => ' '.repeat(Math.max(0, cols - 1)));
  const back = blank > 0 ? `\x1b[${blank}A` : '';
  const text = `\x1b[?25l${up}\x1b[0G${[...lines, ...cleared].map((line) => `${line}\n`).join('')}${back}${over ? '\x1b[?25h' : ''}`;
  return { text, state: { lines: lines.length, since } };
}

function aligned(left: string, right: string, width: number): string {
  return `${left.padEnd(width - right.length - 1)} ${right}`;
}

function rowsOf(step: Shown, now: string): readonly Row[] {
  const { cached, completed, error, name, started = now, statuses } = step;
  const canceled = error?.endsWith('context canceled') ?? false;
  const tone = canceled ? 'canceled' : error !== undefined ? 'failed' : completed === undefined ? 'going' : 'done';
  const word = canceled ? 'CANCELED ' : error !== undefined ? 'ERROR ' : cached ? 'CACHED ' : '';
  const rows: Row[] = [{ text: `${word}${name}`, seconds: secondsBetween(started, completed ?? now), tone }];
  for (const { completed: end, current, id, started: begun, timestamp, total } of statuses) {
    const size = total
      ? ` ${transferSize(current)} / ${transferSize(total)}`
      : current
        ? ` ${transferSize(current)}`
        : '';
    const seconds = begun === undefined ? 0 : secondsBetween(begun, end ?? timestamp);
    rows.push({ text: `=> ${id}${size}`, seconds, tone: end === undefined ? 'going' : 'done' });
  }
  if (completed !== undefined) return rows;
  for (const line of step.last.slice(-shownLogs))
    rows.push({ text: line.replace(/^\S+ /, ''), seconds: 0, tone: 'going', log: true });
  return rows;
}

/** As many rows as there is room for: what goes on, and of the rest what came last. */
function fitting(rows: readonly Row[], room: number): readonly Row[] {
  if (room <= 0 || rows.length <= room) return rows;
  const going = rows.filter(({ tone }) => tone === 'going').slice(-room);
  const others = rows.filter(({ tone }) => tone !== 'going').slice(-Math.max(0, room - going.length));
  const kept = new Set([...going, ...(room > going.length ? others : [])]);
  return rows.filter((row) => kept.has(row));
}

function lineOf({ log, seconds, text, tone }: Row, cols: number, color: boolean): string {
  if (log) return ` => => # ${plain(text)}`.slice(0, cols - 1).padEnd(cols - 1);
  const timer = ` ${(seconds < 0.05 ? 0 : seconds).toFixed(1)}s`;
  const left = cols - 4 - (timer.length + 1) - 1;
  const line = `${` => ${text.slice(0, Math.max(0, left))}`.padEnd(cols - timer.length - 2)} ${timer}`;
  return color && colors[tone] !== '' ? `${colors[tone]}${line}\x1b[0m` : line;
}

/** Output without what would move the cursor. */
function plain(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/[\x00-\x1f\x7f]/g, ' ');
}
