import { findByTrying } from './backtrack.ts';
import type { Instruction, Regex } from './compile.ts';
import type { Edge } from './parse.ts';

/** Where a match begins and ends (UTF-16 units), and its groups: `groups[0]` is the whole; undefined: took no part. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (readonly [number, number] | undefined)[];
}

/**
 * The leftmost match at or after `from`, and of those the longest (POSIX). Time is bounded by text length times pattern
 * length, whatever the pattern; only patterns with back references are tried out, and given up after many steps.
 */
export function findMatch(regex: Regex, text: string, from: number): Match | undefined {
  if (regex.literal !== undefined) {
    const start = text.indexOf(regex.literal, from);
    const end = start + regex.literal.length;
    return start < 0 ? undefined : { start, end, groups: [[start, end]] };
  }
  return regex.backReferences ? findByTrying(regex, text, from) : runMachine(regex, text, from);
}

/** Does the place between two characters have this property? */
export function atEdge(edge: Edge, text: string, at: number): boolean {
  if (edge === '^') return at === 0;
  if (edge === '$') return at === text.length;
  const before = at > 0 && isWord(text[at - 1] ?? '');
  const after = at < text.length && isWord(text[at] ?? '');
  if (edge === '<') return !before && after;
  if (edge === '>') return before && !after;
  return (before !== after) === (edge === 'b');
}

/** Letters, digits and the underscore. */
export function isWord(char: string): boolean {
  return /[\p{L}\p{N}_]/u.test(char);
}

interface Thread {
  readonly pc: number;
  readonly saved: readonly number[];
}

function runMachine(regex: Regex, text: string, from: number): Match | undefined {
  const { code } = regex;
  const seen = new Int32Array(code.length).fill(-1);
  let threads: Thread[] = [];
  let best: readonly number[] | undefined;
  for (let at = from; ; ) {
    // A thread for a match that begins here; threads that began earlier come first.
    if (best === undefined) addThread(code, threads, seen, at, text, { pc: 0, saved: [at] });
    if (threads.length === 0 && best !== undefined) break;
    const unit = text.charCodeAt(at);
    const point = at < text.length ? (unit >= 0xd800 && unit < 0xdc00 ? (text.codePointAt(at) ?? -1) : unit) : -1;
    const next = at + (point > 0xffff ? 2 : 1);
    const following: Thread[] = [];
    for (const thread of threads) {
      const instruction = code[thread.pc];
      if (instruction === undefined) continue;
      if (instruction.op === 'match') {
        if (best === undefined || better(thread.saved, at, best)) best = withSlot(thread.saved, 1, at);
      } else if (
        point >= 0 &&
        (instruction.op === 'char' ? instruction.code === point : instruction.op === 'set' && instruction.has(point))
      ) {
        if (best === undefined || (thread.saved[0] ?? 0) <= (best[0] ?? 0))
          addThread(code, following, seen, next, text, { pc: thread.pc + 1, saved: thread.saved });
      }
    }
    if (at >= text.length) break;
    threads = following;
    at = next;
  }
  return best === undefined ? undefined : toMatch(best, regex.groups);
}

/** Earlier start first, then the longer one. */
function better(saved: readonly number[], end: number, best: readonly number[]): boolean {
  const [start = 0] = saved;
  const [bestStart = 0, bestEnd = 0] = best;
  return start < bestStart || (start === bestStart && end > bestEnd);
}

function withSlot(saved: readonly number[], slot: number, value: number): readonly number[] {
  const copy = saved.slice();
  while (copy.length < slot) copy.push(-1);
  copy[slot] = value;
  return copy;
}

/** Follows what needs no character from an instruction on, in the order of preference. */
function addThread(
  code: readonly Instruction[],
  list: Thread[],
  seen: Int32Array,
  at: number,
  text: string,
  first: Thread,
): void {
  const stack = [first];
  for (let thread = stack.pop(); thread !== undefined; thread = stack.pop()) {
    const { pc, saved } = thread;
    if (seen[pc] === at) continue;
    seen[pc] = at;
    const instruction = code[pc];
    if (instruction === undefined) continue;
    if (instruction.op === 'split') {
      for (let i = instruction.to.length - 1; i >= 0; i--) stack.push({ pc: instruction.to[i] ?? 0, saved });
    } else if (instruction.op === 'save') stack.push({ pc: pc + 1, saved: withSlot(saved, instruction.slot, at) });
    else if (instruction.op === 'edge') {
      if (atEdge(instruction.edge, text, at)) stack.push({ pc: pc + 1, saved });
    } else list.push(thread);
  }
}

/** Saved places to a match. */
export function toMatch(saved: readonly number[], groups: number): Match {
  const [start = 0, end = 0] = saved;
  const all: (readonly [number, number] | undefined)[] = [];
  for (let group = 0; group <= groups; group++) {
    const [a, b] = [saved[group * 2], saved[group * 2 + 1]];
    all.push(a === undefined || b === undefined || a < 0 || b < 0 ? undefined : [a, b]);
  }
  return { start, end, groups: all };
}
