import { transferSize } from './bytes.ts';
import { secondsBetween } from './go-time.ts';
import type { Shown, Trace } from './trace.ts';

/** How far plain progress has got. Plain data. */
export interface PlainState {
  readonly current: string;
  readonly next: number;
  readonly begun: boolean;
}

export const plainStart: PlainState = { current: '', next: 1, begun: false };

const description = 'building with "default" instance using docker driver';

/**
 * Prints what is new in a build as `--progress plain` does (BuildKit's progressui, printer.go): steps that are over first,
 * then the one that is being printed, then another one when there is none. Steps that are over are forgotten.
 */
export function printPlain(trace: Trace, state: PlainState, print: (line: string) => void): PlainState {
  const printer = { trace, print, ...state };
  const fresh = trace.order.flatMap((digest) => trace.steps[digest] ?? []).filter((step) => step.fresh);
  const over = fresh.filter((step) => step.completed !== undefined);
  const going = fresh.filter((step) => step.completed === undefined);
  const current = over.find((step) => step.digest === printer.current);
  if (current) printStep(printer, current);
  for (const step of over.sort(byEnd)) if (step !== current) printStep(printer, step);
  const shown = going.find((step) => step.digest === printer.current);
  if (shown) printStep(printer, shown);
  else if (printer.current === '') {
    const open = trace.order
      .flatMap((digest) => trace.steps[digest] ?? [])
      .find((step) => step.completed === undefined);
    const [next = open] = going;
    if (next) printStep(printer, next);
  }
  for (const step of over) {
    delete trace.steps[step.digest];
    trace.order.splice(trace.order.indexOf(step.digest), 1);
  }
  return { current: printer.current, next: printer.next, begun: printer.begun };
}

function byEnd(a: Shown, b: Shown): number {
  const [x = '', y = ''] = [a.completed, b.completed];
  return x === y ? 0 : secondsBetween(x, y) > 0 ? -1 : 1;
}

interface Printer {
  readonly trace: Trace;
  readonly print: (line: string) => void;
  current: string;
  next: number;
  begun: boolean;
}

function printStep(printer: Printer, step: Shown): void {
  const { print, trace } = printer;
  if (step.index === 0) {
    step.index = printer.next;
    printer.next += 1;
  }
  const number = `#${step.index}`;
  if (step.digest !== printer.current) {
    const old = trace.steps[printer.current];
    if (old) {
      old.printed = 0;
      print(`#${old.index} ...`);
    }
    if (printer.begun) print('');
    else {
      print(`#0 ${description}`);
      print('');
      printer.begun = true;
    }
    print(`${number} ${step.name}`);
  }
  for (const status of step.statuses) {
    if (!step.updated.includes(status.id)) continue;
    const { completed, current, id, started, timestamp, total } = status;
    const size = total
      ? ` ${transferSize(current)} / ${transferSize(total)}`
      : current
        ? ` ${transferSize(current)}`
        : '';
    const time = started === undefined ? 0 : secondsBetween(started, completed ?? timestamp);
    print(
      `${number} ${id}${size}${time >= 0.01 ? ` ${time.toFixed(1)}s` : ''}${completed === undefined ? '' : ' done'}`,
    );
  }
  step.updated.length = 0;
  for (const warning of step.warnings) print(`${number} WARN: ${warning}`);
  step.warnings.length = 0;
  const lines = step.partial && step.completed === undefined ? step.lines.slice(0, -1) : step.lines;
  for (const line of lines) print(`${number} ${line}`);
  step.lines = step.lines.slice(lines.length);
  step.fresh = false;
  printer.current = step.digest;
  if (step.completed === undefined) return;
  printer.current = '';
  if (step.error?.endsWith('context canceled')) print(`${number} CANCELED`);
  else if (step.error !== undefined) print(`${number} ERROR: ${step.error}`);
  else if (step.cached) print(`${number} CACHED`);
  else print(`${number} DONE ${secondsBetween(step.started ?? step.completed, step.completed).toFixed(1)}s`);
}
