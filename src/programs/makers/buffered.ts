import type { ByteString } from '../../kernel/bytes.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Next, Program, Sys, Wait, Wake } from '../../kernel/program.ts';
import type { Io, StartIo, Style } from './io.ts';

/** A program whose output is collected and written behind its back. */
export interface Body<S extends Json> {
  start(io: StartIo): Next<S>;
  step(state: S, wake: Wake, io: Io): Next<S>;
}

type Chunk = readonly [fd: 1 | 2, bytes: ByteString];
type WaitData = { readonly [K in keyof Wait]: Wait[K] };
type After = { readonly exit: number } | { readonly wait: WaitData } | { readonly yield: true };

type Buffered = {
  /** Output that has not been taken yet, in order. */
  readonly pending: readonly Chunk[];
  /** What the body wanted when it returned; done once everything is written. */
  readonly next: After;
  readonly inner: Json;
};

/**
 * Makes a program of a body that writes without caring about full pipes: what a reader does not take at once is kept as
 * state, and the body goes on when it has been taken. A write error is told as busybox tells it and ends the program
 * with status 1 (unless SIGPIPE has ended it before).
 */
export function buffered<S extends Json>(style: Style, body: Body<S>): Program<Buffered> {
  return {
    start(exec, sys) {
      const output: Chunk[] = [];
      const io = { ...makeIo(style, sys, output), args: exec.argv.slice(1), env: exec.env };
      return settle(style, sys, output, body.start(io));
    },
    step(state, wake, sys) {
      if (state.pending.length > 0 && wake.on !== 'signal') return drain(style, sys, state);
      const output: Chunk[] = [...state.pending];
      return settle(style, sys, output, body.step(state.inner as S, wake, makeIo(style, sys, output)));
    },
  };
}

function makeIo(style: Style, sys: Sys, output: Chunk[]): Io {
  const append = (fd: 1 | 2, bytes: ByteString) => {
    const last = output.at(-1);
    if (last !== undefined && last[0] === fd) output[output.length - 1] = [fd, last[1] + bytes];
    else if (bytes !== '') output.push([fd, bytes]);
  };
  return { style, sys, out: (bytes) => append(1, bytes), err: (bytes) => append(2, bytes) };
}

function settle<S extends Json>(style: Style, sys: Sys, output: readonly Chunk[], next: Next<S>): Next<Buffered> {
  if ('replaced' in next) return next;
  if ('exit' in next) return drain(style, sys, { pending: output, next: { exit: next.exit }, inner: null });
  const after: After = 'wait' in next ? { wait: next.wait } : { yield: true };
  return drain(style, sys, { pending: output, next: after, inner: next.state });
}

function drain(style: Style, sys: Sys, state: Buffered): Next<Buffered> {
  const left = [...state.pending];
  for (let first = left[0]; first !== undefined; first = left[0]) {
    const [fd, bytes] = first;
    const taken = sys.write(fd, bytes);
    if (taken === 'again') return { state: { ...state, pending: left }, wait: { writable: [fd] } };
    if (isErrno(taken)) {
      left.shift();
      if (fd === 1) return broken(style, sys, left, strerror(taken));
    } else if (taken < bytes.length) left[0] = [fd, bytes.slice(taken)];
    else left.shift();
  }
  const { next } = state;
  if ('exit' in next) return next;
  const drained: Buffered = { ...state, pending: [] };
  return 'wait' in next ? { state: drained, wait: next.wait } : { state: drained, yield: true };
}

function broken(style: Style, sys: Sys, left: readonly Chunk[], reason: string): Next<Buffered> {
  const errors = left.filter(([fd]) => fd === 2);
  const report: Chunk = [2, encodeUtf8(`${style.name}: write error: ${reason}\n`)];
  return drain(style, sys, { pending: [...errors, report], next: { exit: 1 }, inner: null });
}
