import { isErrno } from '../../kernel/errno.ts';
import type { Sys, Termios } from '../../kernel/program.ts';
import { CliError } from '../errors.ts';

/** The modes of a terminal that passes every key on as it is. */
const raw: Termios = { icanon: false, echo: false, isig: false, opost: false };

/** Makes the terminal behind standard input raw; returns the modes to restore, undefined when there is none. */
export function makeRaw(sys: Sys): Termios | undefined {
  if (!sys.isatty(0)) return undefined;
  const before = sys.termios(0);
  if (isErrno(before)) return undefined;
  sys.termios(0, raw);
  return before;
}

/** Gives the terminal its modes back. */
export function restore(sys: Sys, modes: Termios | undefined): void {
  if (modes) sys.termios(0, modes);
}

/** Rows and columns of the terminal that the output goes to; zeros when it goes elsewhere. */
export function outputSize(sys: Sys): readonly [rows: number, cols: number] {
  const size = sys.isatty(1) ? sys.winsize(1) : undefined;
  return size === undefined || isErrno(size) ? [0, 0] : [size.rows, size.cols];
}

/** A container's terminal is to be used through an input that is none. Throws CliError. */
export function requireTty(sys: Sys, stdin: boolean, tty: boolean): void {
  if (stdin && tty && !sys.isatty(0)) throw new CliError('the input device is not a TTY');
}
