import type { ByteString } from '../../kernel/bytes.ts';
import type { Errno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Program } from '../../kernel/program.ts';
import type { FilterIo } from './filter.ts';
import { filter } from './filter.ts';
import type { Io, StartIo, Style } from './io.ts';
import { complain } from './io.ts';

/** A filter that needs an input whole before it can say anything about it. */
export interface WholeInput<S extends Json> {
  begin(io: StartIo): { readonly state: S; readonly inputs: readonly string[] } | number;
  /** One input's whole contents. */
  file(state: S, bytes: ByteString, input: string, io: FilterIo): S;
  failed?(state: S, input: string, error: Errno, when: 'open' | 'read', io: FilterIo): S;
  end?(state: S, io: Io): number;
}

/** An input that never ends must not fill the simulated machine's memory. */
export const mostHeld = 64 * 1024 * 1024;

type WholeState<S> = { readonly inner: S; readonly bytes: ByteString; readonly broken: boolean };

/** Makes a program that collects each input and hands it over when it has ended (`sort`, `tac`, `md5sum`). */
export function wholeInput<S extends Json>(style: Style, make: WholeInput<S>): Program {
  const wrap = (inner: S, bytes: ByteString, broken = false) => ({ inner, bytes, broken }) as WholeState<S> & Json;
  const { failed, end } = make;
  return filter<WholeState<S> & Json>(style, {
    begin(io) {
      const begun = make.begin(io);
      return typeof begun === 'number' ? begun : { state: wrap(begun.state, ''), inputs: begun.inputs };
    },
    opened: (state) => wrap(state.inner, ''),
    chunk(state, bytes, io) {
      if (state.bytes.length > mostHeld) io.finish(complain(io, 'out of memory'));
      return wrap(state.inner, state.bytes + bytes);
    },
    closed: (state, input, io) =>
      state.broken ? wrap(state.inner, '') : wrap(make.file(state.inner, state.bytes, input, io), ''),
    ...(failed && {
      failed: (state, input, error, when, io) => wrap(failed(state.inner, input, error, when, io), '', when === 'read'),
    }),
    ...(end && { end: (state, io) => end(state.inner, io) }),
  });
}
