import type { Program } from '../../kernel/program.ts';
import { buffered } from './buffered.ts';
import type { StartIo, Style } from './io.ts';

/** A program that does all it does at once (it reads files at most, never waits) and returns its exit status. */
export function instant(style: Style, run: (io: StartIo) => number): Program {
  return buffered<null>(style, {
    start: (io) => ({ exit: run(io) }),
    step: () => ({ exit: 0 }),
  });
}
