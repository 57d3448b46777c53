import type { ByteString } from '../../kernel/bytes.ts';
import type { Errno } from '../../kernel/errno.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Next, Program } from '../../kernel/program.ts';
import { buffered } from './buffered.ts';
import type { Io, StartIo, Style } from './io.ts';
import { complain } from './io.ts';

/** What a filter acts with while it reads. */
export interface FilterIo extends Io {
  /** Ends the program with this status once what was written is out; nothing more is read. */
  finish(status: number): void;
  /** Leaves the present input and goes on with the next. */
  skip(): void;
  /** Raises the status that the program ends with unless `end` returns a greater one. */
  fail(status?: number): void;
}

/** A program that reads its inputs (named files, `-` and no name: standard input) one after the other. */
export interface Filter<S extends Json> {
  /** Reads the arguments: the first state and the inputs' names, or an exit status. No names: standard input. */
  begin(io: StartIo): { readonly state: S; readonly inputs: readonly string[] } | number;
  /** An input was opened; `index` counts from 0. */
  opened?(state: S, input: string, io: FilterIo): S;
  /** Bytes as they come. */
  chunk(state: S, bytes: ByteString, io: FilterIo, input: string): S;
  /** An input has ended (by its end, or by `skip`). */
  closed?(state: S, input: string, io: FilterIo): S;
  /** An input could not be opened or read. Default: `NAME: INPUT: reason`, status 1. */
  failed?(state: S, input: string, error: Errno, when: 'open' | 'read', io: FilterIo): S;
  /** All inputs have ended: the exit status. */
  end?(state: S, io: Io): number;
}

type FilterState<S> = {
  readonly inner: S;
  readonly inputs: readonly string[];
  readonly at: number;
  /** The input that is open. */
  readonly fd: number | null;
  readonly status: number;
};

const chunkSize = 65536;

/** Makes a program of a filter: reading in pieces, waiting for input, and not reading on while the output is full. */
export function filter<S extends Json>(style: Style, make: Filter<S>): Program {
  return buffered<FilterState<S> & Json>(style, {
    start(io) {
      const begun = make.begin(io);
      if (typeof begun === 'number') return { exit: begun };
      const inputs = begun.inputs.length > 0 ? begun.inputs : ['-'];
      return run(make, { inner: begun.state, inputs, at: 0, fd: null, status: 0 }, io);
    },
    step: (state, _wake, io) => run(make, state, io),
  });
}

function run<S extends Json>(make: Filter<S>, from: FilterState<S>, io: Io): Next<FilterState<S> & Json> {
  let { inner, at, fd, status } = from;
  const { inputs } = from;
  let finished: number | undefined;
  let skipped = false;
  const control: FilterIo = {
    ...io,
    finish: (code) => {
      finished = code;
    },
    skip: () => {
      skipped = true;
    },
    fail: (code = 1) => {
      status = Math.max(status, code);
    },
  };
  const failed = (input: string, error: Errno, when: 'open' | 'read') => {
    if (make.failed) inner = make.failed(inner, input, error, when, control);
    else control.fail(complain(io, `${input}: ${strerror(error)}`));
  };
  for (let input = inputs[at]; input !== undefined && finished === undefined; input = inputs[at]) {
    if (fd === null) {
      const opened: number | Errno = input === '-' ? 0 : io.sys.fs.open(input, { read: true });
      if (isErrno(opened)) {
        at++;
        failed(input, opened, 'open');
        continue;
      }
      fd = opened;
      if (make.opened) inner = make.opened(inner, input, control);
    }
    const got = skipped ? 'eof' : io.sys.read(fd, chunkSize);
    const state = () => ({ inner, inputs, at, fd, status }) as FilterState<S> & Json;
    if (got === 'again') return { state: state(), wait: { readable: [fd] } };
    if (got !== 'eof' && !isErrno(got)) {
      inner = make.chunk(inner, got.bytes, control, input);
      io.sys.spend(1 + (got.bytes.length >> 6));
      if (finished !== undefined) break;
      // Back to the kernel after each piece: what was written must go out before more is read.
      if (!skipped) return { state: state(), yield: true };
    }
    if (isErrno(got)) failed(input, got, 'read');
    if (make.closed) inner = make.closed(inner, input, control);
    if (fd !== 0) io.sys.close(fd);
    fd = null;
    at++;
    skipped = false;
  }
  if (finished !== undefined) return { exit: finished };
  return { exit: Math.max(make.end?.(inner, io) ?? 0, status) };
}
