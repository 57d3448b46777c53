import type { ByteString } from '../../kernel/bytes.ts';
import type { Errno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Program } from '../../kernel/program.ts';
import type { FilterIo } from './filter.ts';
import { filter } from './filter.ts';
import type { Io, StartIo, Style } from './io.ts';
import { complain } from './io.ts';
import { mostHeld } from './whole-input.ts';

/** A filter that works line by line. */
export interface LineFilter<S extends Json> {
  /** Reads the arguments: the first state and the inputs' names, or an exit status. */
  begin(io: StartIo): { readonly state: S; readonly inputs: readonly string[] } | number;
  opened?(state: S, input: string, io: FilterIo): S;
  /** One line without its newline; `complete` is false for a last line that has none. */
  line(state: S, line: ByteString, io: FilterIo, complete: boolean, input: string): S;
  closed?(state: S, input: string, io: FilterIo): S;
  failed?(state: S, input: string, error: Errno, when: 'open' | 'read', io: FilterIo): S;
  end?(state: S, io: Io): number;
  /** What ends a line; a newline unless told. */
  readonly terminator?: (state: S) => string;
}

type LineState<S> = { readonly inner: S; readonly carry: ByteString };

/** Makes a program of a line filter: splits what comes in into lines, keeping an unfinished one until its rest is there. */
export function lineFilter<S extends Json>(style: Style, make: LineFilter<S>): Program {
  const wrap = (inner: S, carry: ByteString) => ({ inner, carry }) as LineState<S> & Json;
  const { opened, failed, end } = make;
  return filter<LineState<S> & Json>(style, {
    begin(io) {
      const begun = make.begin(io);
      return typeof begun === 'number' ? begun : { state: wrap(begun.state, ''), inputs: begun.inputs };
    },
    ...(opened && { opened: (state, input, io) => wrap(opened(state.inner, input, io), '') }),
    chunk(state, bytes, io, input) {
      let ended = false;
      const control: FilterIo = {
        ...io,
        finish: (status) => {
          ended = true;
          io.finish(status);
        },
        skip: () => {
          ended = true;
          io.skip();
        },
      };
      const newline = make.terminator?.(state.inner) ?? '\n';
      const lines = bytes.split(newline);
      const rest = lines.pop() ?? '';
      if (lines.length === 0) {
        if (state.carry.length > mostHeld) control.finish(complain(io, 'out of memory'));
        return wrap(state.inner, state.carry + rest);
      }
      let { inner, carry } = state;
      for (const line of lines) {
        inner = make.line(inner, carry + line, control, true, input);
        carry = '';
        if (ended) return wrap(inner, '');
      }
      io.sys.spend(lines.length);
      return wrap(inner, rest);
    },
    closed(state, input, io) {
      const inner = state.carry === '' ? state.inner : make.line(state.inner, state.carry, io, false, input);
      return wrap(make.closed ? make.closed(inner, input, io) : inner, '');
    },
    ...(failed && {
      failed: (state, input, error, when, io) => wrap(failed(state.inner, input, error, when, io), state.carry),
    }),
    ...(end && { end: (state, io) => end(state.inner, io) }),
  });
}
