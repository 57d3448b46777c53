import type { ByteString } from '../../kernel/bytes.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Program, Sys } from '../../kernel/program.ts';

/** Whose wording a command line tool uses: busybox's (as in alpine), or that of GNU coreutils and procps (as in Ubuntu). */
export type Flavour = 'busybox' | 'coreutils';

/** What an applet is made with: the name its messages begin with, and its flavour. */
export interface Style {
  readonly name: string;
  readonly flavour: Flavour;
}

/** A tool that exists in one or more flavours and under one or more names (`grep`, `egrep`). */
export type Applet = (style: Style) => Program;

/** What an applet acts with: system calls, and output that is written as fast as the readers take it. */
export interface Io {
  readonly style: Style;
  readonly sys: Sys;
  /** Appends bytes to standard output. */
  out(bytes: ByteString): void;
  /** Appends bytes to standard error. */
  err(bytes: ByteString): void;
}

/** At the start of a program there are arguments (without the name of the program) and an environment, too. */
export interface StartIo extends Io {
  readonly args: readonly string[];
  readonly env: Rec<string>;
}

/** Writes `NAME: TEXT` and a newline to standard error, and returns `status` (1), ready to be returned by the applet. */
export function complain(io: Io, text: string, status = 1): number {
  io.err(encodeUtf8(`${io.style.name}: ${text}\n`));
  return status;
}

/** Appends text, encoded, and a newline to standard output. */
export function printLine(io: Io, text: string): void {
  io.out(encodeUtf8(`${text}\n`));
}
