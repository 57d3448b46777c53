import type { Json } from '../../kernel/json.ts';
import type { Program } from '../../kernel/program.ts';
import { buffered } from './buffered.ts';
import type { Io, StartIo, Style } from './io.ts';

/** A source of output without end or without a small bound. */
export interface Producer<S extends Json> {
  /** The first state, or an exit status. */
  begin(io: StartIo): { readonly state: S } | number;
  /** Writes some more (a few kilobytes); the next state, or the exit status when nothing is left. */
  more(state: S, io: Io): { readonly state: S } | number;
}

/** A program that writes piece by piece and lets others run in between (`yes`, `seq`). */
export function producer<S extends Json>(style: Style, source: Producer<S>): Program {
  const next = (result: { readonly state: S } | number) =>
    typeof result === 'number' ? { exit: result } : { state: result.state, yield: true as const };
  return buffered<S>(style, {
    start: (io) => next(source.begin(io)),
    step: (state, _wake, io) => {
      io.sys.spend(100);
      return next(source.more(state, io));
    },
  });
}
