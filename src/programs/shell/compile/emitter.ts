import type { Op } from './ops.ts';

/** Where operations are collected. */
export interface Emitter {
  readonly ops: Op[];
}

/** The index of the next operation. */
export function at(out: Emitter): number {
  return out.ops.length;
}

/** Adds an operation. */
export function emit(out: Emitter, op: Op): void {
  out.ops.push(op);
}

/** Fills in what was not known when the operation at `index` was emitted: where it jumps. */
export function patch(
  out: Emitter,
  index: number,
  change: { to: number } | { brk: number; cont: number } | { members: readonly number[]; to: number },
): void {
  const op = out.ops[index];
  if (op) out.ops[index] = { ...op, ...change } as Op;
}
