import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Replaced, Sys } from '../../../kernel/program.ts';
import type { Frame, ShellState } from '../state.ts';
import { wording } from '../wording/words.ts';

/** A shell while it runs: a private copy of its state that may be changed, and the system calls. */
export interface Shell {
  readonly s: ShellState;
  readonly sys: Sys;
  /** The innermost level: always the last of `s.frames`, and owned by this copy. */
  frame: Frame;
  /** `s.variables` is this copy's own and may be changed in place. */
  ownVariables: boolean;
  /** How many variables more there may be, once they are this copy's own. */
  room: number;
  /** Arrays that this turn has made, which may be changed in place. */
  ownArrays: Set<object>;
  /** The name that messages carried before the running built-in's. */
  previousName: string | null;
  /** The process has become another program: nothing more is to be done. */
  replaced: Replaced | undefined;
}

/**
 * An error that ends the command line (interactive) or the shell, with the flavour's words; '' when they were printed
 * already. `line`: bash goes on with the next line of the script.
 */
export class ShellError extends Error {
  readonly status: number;
  readonly line: boolean;

  constructor(message: string, status = 2, line = false) {
    super(message);
    this.status = status;
    this.line = line;
  }
}

/** An expansion or assignment that failed, with the status that the flavour gives it. */
export function expansionError(sh: Shell, message: string): ShellError {
  return new ShellError(message, wording(sh).failed, true);
}

/** A copy of a state that may be changed. */
export function thaw(state: ShellState, sys: Sys): Shell {
  const s = { ...state, frames: state.frames.slice() };
  const sh: Shell = {
    s,
    sys,
    frame: emptyFrame('main'),
    ownVariables: false,
    room: 0,
    ownArrays: new Set(),
    previousName: s.commandName,
    replaced: undefined,
  };
  ownTop(sh);
  return sh;
}

/** Makes the innermost level changeable, after the one above it has gone. */
export function ownTop(sh: Shell): void {
  const top = sh.s.frames.at(-1);
  if (!top) return;
  const own = {
    ...top,
    blocks: top.blocks.slice(),
    args: top.args.slice(),
    words: top.words.map((word) => word.slice()),
    assigned: top.assigned.slice(),
    redirects: top.redirects.slice(),
    source: top.source && { ...top.source },
  };
  sh.s.frames[sh.s.frames.length - 1] = own;
  sh.frame = own;
}

/** A level with nothing in it. */
export function emptyFrame(kind: Frame['kind']): Frame {
  return {
    kind,
    code: [],
    pc: 0,
    source: null,
    blocks: [],
    args: [],
    words: [],
    assigned: [],
    redirects: [],
    subject: '',
    line: 0,
    tested: false,
    substituted: null,
    restore: {},
  };
}

const deepest = 1000;

/** Begins a level. */
export function pushFrame(sh: Shell, frame: Frame): void {
  if (sh.s.frames.length >= deepest) throw new ShellError('out of stack space');
  sh.s.frames.push(frame);
  sh.frame = frame;
}

/** Is this option on? */
export function hasOption(sh: Shell, letter: string): boolean {
  return sh.s.options.includes(letter);
}

/** Text for a descriptor; it is written before the next operation. */
export function print(sh: Shell, fd: number, text: string): void {
  if (text !== '') sh.s.out = [...sh.s.out, { fd, bytes: encodeUtf8(text) }];
}

/** Bytes for a descriptor, as `print`. */
export function printBytes(sh: Shell, fd: number, bytes: ByteString): void {
  if (bytes !== '') sh.s.out = [...sh.s.out, { fd, bytes }];
}

/** A message of the shell itself: its name, the built-in and the line where the flavour tells them, and the words. */
export function complain(sh: Shell, message: string, line = sh.frame.line): void {
  print(sh, 2, `${wording(sh).prefix(sh, line)}${message}\n`);
}

/** A message of a built-in that is an applet too: `sh: ` and the words. */
export function appletError(sh: Shell, message: string): void {
  print(sh, 2, `${wording(sh).appletPrefix(sh)}${message}\n`);
}
