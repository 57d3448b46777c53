import { type CharSet, type Element, type Pattern, PatternBeyond } from './pattern.ts';

/** How a pattern is to be taken. */
export interface MatchFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Letters and digits of all scripts count for \w and \d (Python). */
  readonly wide: boolean;
  /** As PCRE has it: a group that took no part is not found again, and a repetition may end with nothing taken. */
  readonly perl?: boolean;
}

type Instruction =
  | { readonly op: 'take'; readonly test: (code: number) => boolean }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'moved'; readonly slot: number; readonly over?: number }
  | { readonly op: 'check'; readonly kind: string }
  | { readonly op: 'look'; readonly code: readonly Instruction[]; readonly behind: boolean; readonly not: boolean }
  | { readonly op: 'atomic'; readonly code: readonly Instruction[] }
  | { readonly op: 'again'; readonly number: number }
  | { readonly op: 'match' };

/** A pattern ready to be used: groups 0 to `groups`. */
export interface Matcher {
  readonly code: readonly Instruction[];
  readonly slots: number;
  readonly groups: number;
  readonly flags: MatchFlags;
  readonly names: Pattern['names'];
}

const largest = 20_000; // instructions
const highest = 200_000; // ways that are still open

/** Makes the instructions of a pattern. Throws PatternBeyond when there are too many. */
export function matcher(pattern: Pattern, flags: MatchFlags): Matcher {
  let slots = 2 * (pattern.groups + 1);
  let total = 0;
  const emit = (x: Element, code: Instruction[]): void => {
    if (total++ > largest) throw new PatternBeyond('a pattern this large');
    switch (x.k) {
      case 'set':
        code.push({ op: 'take', test: tester(x.set, flags) });
        return;
      case 'any':
        code.push({ op: 'take', test: flags.dotAll ? () => true : (c) => c !== 10 && (flags.wide || !isBreak(c)) });
        return;
      case 'empty':
        return;
      case 'all':
        for (const one of x.of) emit(one, code);
        return;
      case 'either': {
        const ends: number[] = [];
        x.of.forEach((one, i) => {
          const last = i === x.of.length - 1;
          const at = code.length;
          if (!last) code.push({ op: 'split', first: at + 1, second: 0 });
          emit(one, code);
          if (last) return;
          ends.push(code.length);
          code.push({ op: 'jump', to: 0 });
          code[at] = { op: 'split', first: at + 1, second: code.length };
        });
        for (const end of ends) code[end] = { op: 'jump', to: code.length };
        return;
      }
      case 'group':
        code.push({ op: 'save', slot: 2 * x.number });
        emit(x.of, code);
        code.push({ op: 'save', slot: 2 * x.number + 1 });
        return;
      case 'look': {
        const inner: Instruction[] = [];
        emit(x.of, inner);
        inner.push(x.behind ? { op: 'check', kind: 'here' } : { op: 'match' });
        if (x.behind) inner.push({ op: 'match' });
        code.push({ op: 'look', code: inner, behind: x.behind, not: x.not });
        return;
      }
      case 'atomic': {
        const inner: Instruction[] = [];
        emit(x.of, inner);
        inner.push({ op: 'match' });
        code.push({ op: 'atomic', code: inner });
        return;
      }
      case 'again':
        code.push({ op: 'again', number: x.number });
        return;
      case 'repeat':
        repeat(x, code);
        return;
      default:
        code.push({ op: 'check', kind: x.k });
    }
  };
  const repeat = (x: Element & { k: 'repeat' }, code: Instruction[]): void => {
    for (let n = 0; n < x.least; n++) emit(x.of, code);
    const skip = (at: number, over: number): Instruction =>
      x.lazy ? { op: 'split', first: over, second: at + 1 } : { op: 'split', first: at + 1, second: over };
    if (x.most === Infinity) {
      const at = code.length;
      const slot = slots++;
      code.push({ op: 'jump', to: 0 }, { op: 'save', slot });
      emit(x.of, code);
      code.push(flags.perl ? { op: 'moved', slot, over: code.length + 2 } : { op: 'moved', slot });
      code.push({ op: 'jump', to: at });
      code[at] = skip(at, code.length);
      return;
    }
    const starts: number[] = [];
    for (let n = x.least; n < x.most; n++) {
      starts.push(code.length);
      code.push({ op: 'jump', to: 0 });
      emit(x.of, code);
    }
    for (const at of starts) code[at] = skip(at, code.length);
  };
  const code: Instruction[] = [];
  emit(pattern.root, code);
  code.push({ op: 'match' });
  return { code, slots, groups: pattern.groups, flags, names: pattern.names };
}

const isBreak = (c: number): boolean => c === 10 || c === 13 || c === 0x2028 || c === 0x2029;
const isWord = (c: number, wide: boolean): boolean =>
  (c >= 48 && c <= 57) ||
  (c >= 65 && c <= 90) ||
  c === 95 ||
  (c >= 97 && c <= 122) ||
  (wide && c > 127 && /[\p{L}\p{N}]/u.test(String.fromCodePoint(c)));

function inClass(name: string, c: number, wide: boolean): boolean {
  switch (name) {
    case 'd':
      return (c >= 48 && c <= 57) || (wide && c > 127 && /\p{Nd}/u.test(String.fromCodePoint(c)));
    case 'w':
      return isWord(c, wide);
    case 's':
      return /\s/.test(String.fromCodePoint(c));
    case 'D':
    case 'W':
    case 'S':
      return !inClass(name.toLowerCase(), c, wide);
  }
  return false;
}

function tester(set: CharSet, flags: MatchFlags): (code: number) => boolean {
  const properties = set.classes
    .filter((one) => one.length > 1)
    .map((one) => {
      try {
        // the name was read as letters only, and it is asked of one character at a time
        return new RegExp(`\\${one[0]}{${one.slice(1)}}`, 'u');
      } catch {
        throw new PatternBeyond(`\\${one[0]}{${one.slice(1)}}`);
      }
    });
  const has = (c: number): boolean =>
    set.ranges.some(([low, high]) => c >= low && c <= high) ||
    set.classes.some((one) => one.length === 1 && inClass(one, c, flags.wide)) ||
    properties.some((one) => one.test(String.fromCodePoint(c)));
  if (!flags.ignoreCase) return set.not ? (c) => !has(c) : has;
  // what becomes several characters (ß) has no other case
  const other = (text: string, c: number): boolean =>
    text.length === (c > 0xffff ? 2 : 1) && has(text.codePointAt(0) ?? c);
  const either = (c: number): boolean => {
    const text = String.fromCodePoint(c);
    return has(c) || other(text.toLowerCase(), c) || other(text.toUpperCase(), c);
  };
  return set.not ? (c) => !either(c) : either;
}

/** Where groups begin and end (two numbers each, -1 for none). */
export type Found = readonly number[];

/**
 * Looks for a match from `from` on (at `from` only when `here`; up to the text's end when `whole`). Backtracks, as the
 * real engines do; `spend` is told of the steps, a thousand at a time, and may throw.
 */
export function find(
  m: Matcher,
  text: string,
  from: number,
  spend: (steps: number) => void,
  options: { readonly here?: boolean; readonly whole?: boolean } = {},
): Found | undefined {
  const counted = { steps: 0 };
  for (let at = from; at <= text.length; at++) {
    // no match begins in the middle of a character
    if (m.flags.wide && at > from && (text.codePointAt(at - 1) ?? 0) > 0xffff) continue;
    const slots = new Array<number>(m.slots).fill(-1);
    const end = attempt(m, m.code, text, at, slots, counted, spend, options.whole === true ? text.length : -1);
    if (end >= 0) {
      spend(counted.steps % 1000);
      slots[0] = at;
      slots[1] = end;
      return slots.slice(0, 2 * (m.groups + 1));
    }
    if (options.here) break;
  }
  spend(counted.steps % 1000);
  return undefined;
}

/** Runs instructions from a place; where the match ends, or -1. What `slots` holds then is the match's. */
function attempt(
  m: Matcher,
  code: readonly Instruction[],
  text: string,
  from: number,
  slots: number[],
  counted: { steps: number },
  spend: (steps: number) => void,
  must: number,
): number {
  const open: number[] = []; // pc, place, and how much of `undo` was there
  const undo: number[] = []; // slot, value
  let pc = 0;
  let i = from;
  const set = (slot: number, value: number): void => {
    undo.push(slot, slots[slot] ?? -1);
    slots[slot] = value;
  };
  for (;;) {
    if (++counted.steps % 1000 === 0) spend(1000);
    if (open.length > highest) throw new PatternBeyond('a search this long');
    const one = code[pc];
    let fine = true;
    if (!one) return -1;
    switch (one.op) {
      case 'take': {
        const c = text.codePointAt(i);
        if (c === undefined || !one.test(c)) fine = false;
        else {
          i += c > 0xffff ? 2 : 1;
          pc++;
        }
        break;
      }
      case 'split':
        open.push(one.second, i, undo.length);
        pc = one.first;
        break;
      case 'jump':
        pc = one.to;
        break;
      case 'save':
        set(one.slot, i);
        pc++;
        break;
      case 'moved':
        if (slots[one.slot] !== i) pc++;
        else if (one.over !== undefined) pc = one.over;
        else fine = false;
        break;
      case 'check':
        if (one.kind === 'here' ? i === must : holds(m, one.kind, text, i)) pc++;
        else fine = false;
        break;
      case 'again': {
        const [a = -1, b = -1] = slots.slice(2 * one.number, 2 * one.number + 2);
        const part = a < 0 || b < 0 ? '' : text.slice(a, b);
        const there = text.slice(i, i + part.length);
        const same = m.flags.ignoreCase ? part.toLowerCase() === there.toLowerCase() : part === there;
        if ((a < 0 || b < 0) && (m.flags.wide || m.flags.perl)) fine = false;
        else if (same) {
          i += part.length;
          pc++;
        } else fine = false;
        break;
      }
      case 'look': {
        const copy = [...slots];
        let found = -1;
        if (one.behind)
          for (let start = i; start >= 0 && found < 0; start--)
            found = attempt(m, one.code, text, start, copy, counted, spend, i);
        else found = attempt(m, one.code, text, i, copy, counted, spend, -1);
        fine = found >= 0 !== one.not;
        if (fine) {
          if (!one.not)
            copy.forEach((value, slot) => {
              if (value !== slots[slot]) set(slot, value);
            });
          pc++;
        }
        break;
      }
      case 'atomic': {
        const copy = [...slots];
        const end = attempt(m, one.code, text, i, copy, counted, spend, -1);
        fine = end >= 0;
        if (fine) {
          copy.forEach((value, slot) => {
            if (value !== slots[slot]) set(slot, value);
          });
          i = end;
          pc++;
        }
        break;
      }
      case 'match':
        if (must < 0 || i === must) return i;
        fine = false;
    }
    if (fine) continue;
    const back = open.pop();
    if (back === undefined) {
      while (undo.length > 0) restore(slots, undo);
      return -1;
    }
    i = open.pop() ?? 0;
    pc = open.pop() ?? 0;
    while (undo.length > back) restore(slots, undo);
  }
}

function restore(slots: number[], undo: number[]): void {
  const value = undo.pop() ?? -1;
  slots[undo.pop() ?? 0] = value;
}

function holds(m: Matcher, kind: string, text: string, i: number): boolean {
  const { multiline, wide } = m.flags;
  const before = i > 0 ? (text.charCodeAt(i - 1) ?? 0) : -1;
  const after = i < text.length ? text.charCodeAt(i) : -1;
  switch (kind) {
    case 'start':
      return i === 0 || (multiline && (wide ? before === 10 : isBreak(before)));
    case 'end':
      if (after < 0) return true;
      return multiline ? (wide ? after === 10 : isBreak(after)) : wide && after === 10 && i === text.length - 1;
    case 'first':
      return i === 0;
    case 'last':
      return after < 0;
  }
  const edge = (before >= 0 && isWord(before, wide)) !== (after >= 0 && isWord(after, wide));
  return kind === 'edge' ? edge : !edge;
}
