import type { ByteString } from '../../../kernel/bytes.ts';
import type { Io } from '../../makers/io.ts';
import type { Code } from './code.ts';
import { slotOf, special } from './code.ts';
import type { Value } from './values.ts';
import { toNumber, toText } from './values.ts';

/** A function that is running. */
export interface Frame {
  readonly back: number;
  readonly locals: Value[];
  /** How many key lists of `for (k in a)` were open, and which arrays this call has made. */
  readonly loops: number;
  readonly made: number[];
}

/** Something that records are read from. */
export interface Source {
  readonly fd: number;
  buffer: ByteString;
  eof: boolean;
  /** The process behind `cmd | getline`. */
  readonly pid: number | null;
}

/** Something that is printed to. */
export interface Sink {
  readonly fd: number;
  readonly pid: number | null;
}

/** Everything of a running program that changes; frozen it is plain data. */
export interface Vars {
  pc: number;
  phase: 'begin' | 'main' | 'end';
  stack: Value[];
  frames: Frame[];
  globals: Value[];
  nextArray: number;
  /** The record, its fields (null: not split yet), and whether the record must be put together again. */
  record: Value;
  fields: Value[] | null;
  stale: boolean;
  ranges: boolean[];
  loops: { readonly keys: readonly ByteString[]; at: number }[];
  sources: { [name: string]: Source };
  sinks: { [name: string]: Sink };
  /** The main input; null: the next file is to be opened. */
  input: Source | null;
  argument: number;
  usedInput: boolean;
  inputEnded: boolean;
  /** Output that nobody has taken yet, in order; the first is being written. */
  pending: (readonly [fd: number, bytes: ByteString])[];
  /** Standard output that is kept back until there is enough of it. */
  held: ByteString;
  /** A child that is waited for. */
  child: number | null;
  status: number;
  seed: number;
  random: number;
  /** The program has ended: what is open is closed. */
  closing: boolean;
  /** The environment that children are given. */
  readonly env: { readonly [name: string]: string };
}

/** A running program: its code, its variables, the arrays by number, and what it acts with. */
export interface Awk {
  readonly io: Io;
  readonly mawk: boolean;
  readonly code: Code;
  readonly v: Vars;
  readonly arrays: Map<number, Map<ByteString, Value>>;
}

/** A program in the middle of things, as plain data. */
export type AwkState = {
  readonly source: ByteString;
  readonly vars: unknown;
  readonly arrays: readonly (readonly [number, readonly (readonly [ByteString, Value])[]])[];
};

/** The program as plain data; nothing of it is shared with what goes on. */
export function freeze(m: Awk, source: ByteString): AwkState {
  const arrays = [...m.arrays].map(([id, entries]) => [id, [...entries]] as const);
  return { source, vars: m.v, arrays };
}

/** The way back; `vars` is copied as deep as it is changed in place. */
export function thaw(state: AwkState, code: Code, io: Io): Awk {
  const old = state.vars as Vars;
  const sources = Object.fromEntries(Object.entries(old.sources).map(([name, source]) => [name, { ...source }]));
  const v: Vars = {
    ...old,
    stack: [...old.stack],
    frames: old.frames.map((frame) => ({ ...frame, locals: [...frame.locals], made: [...frame.made] })),
    globals: [...old.globals],
    fields: old.fields === null ? null : [...old.fields],
    ranges: [...old.ranges],
    loops: old.loops.map((loop) => ({ ...loop })),
    sources,
    sinks: { ...old.sinks },
    input: old.input === null ? null : { ...old.input },
    pending: [...old.pending],
  };
  const arrays = new Map(state.arrays.map(([id, entries]) => [id, new Map(entries)] as const));
  return { io, mawk: io.style.flavour === 'coreutils', code, v, arrays };
}

/** A program before its first step. */
export function freshVars(globals: number, env: { readonly [name: string]: string }): Vars {
  const values: Value[] = Array.from({ length: Math.max(globals, special.length) }, () => null);
  const set = { NF: 0, NR: 0, FNR: 0, FS: ' ', OFS: ' ', ORS: '\n', RS: '\n', SUBSEP: '\x1c' } as const;
  const more = { CONVFMT: '%.6g', OFMT: '%.6g', RSTART: 0, RLENGTH: -1 } as const;
  for (const [name, value] of Object.entries({ ...set, ...more })) values[slotOf[name as 'NF']] = value;
  return {
    pc: 0,
    phase: 'begin',
    stack: [],
    frames: [],
    globals: values,
    nextArray: 1,
    record: null,
    fields: [],
    stale: false,
    ranges: [],
    loops: [],
    sources: {},
    sinks: {},
    input: null,
    argument: 1,
    usedInput: false,
    inputEnded: false,
    pending: [],
    held: '',
    child: null,
    status: 0,
    seed: 0,
    random: 1,
    closing: false,
    env,
  };
}

/** A value as text, with CONVFMT. */
export function text(m: Awk, value: Value): ByteString {
  if (typeof value === 'string') return value;
  return toText(value, typeof value === 'number' ? variable(m, 'CONVFMT') : '');
}

/** One of awk's own variables as text. */
export function variable(m: Awk, name: keyof typeof slotOf): ByteString {
  const value = m.v.globals[slotOf[name]] ?? null;
  return typeof value === 'string' ? value : toText(value, '%.6g');
}

/** Adds one to NR or FNR. */
export function count(m: Awk, name: 'NR' | 'FNR'): void {
  m.v.globals[slotOf[name]] = toNumber(m.v.globals[slotOf[name]] ?? null) + 1;
}

/** A new array's number. */
export function newArray(m: Awk): number {
  const id = m.v.nextArray++;
  m.arrays.set(id, new Map());
  return id;
}
