import type { Sys } from '../../kernel/program.ts';
import type { Io, Style } from '../makers/io.ts';

/** Output of a server that must not wait for whoever reads its messages: what a full pipe does not take is lost. */
export function directIo(style: Style, sys: Sys): Io {
  return { style, sys, out: (bytes) => void sys.write(1, bytes), err: (bytes) => void sys.write(2, bytes) };
}
