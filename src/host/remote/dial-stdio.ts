import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Next, Program, Sys, Wake } from '../../kernel/program.ts';
import { engineLink } from './names.ts';

/** What a process that passes an engine's streams on keeps. */
export type Pump = {
  /** Its descriptor of the engine's stream; null: it only waits for a job. */
  readonly engine: number | null;
  /** Its descriptor of the line to the client. */
  readonly line: number;
  readonly toLine: ByteString;
  readonly toEngine: ByteString;
  readonly inputOver: boolean;
  /** The engine's stream is over, and so is what is sent to the client. */
  readonly outputOver: boolean;
  /** The engine's job that the client waits for, and the client. */
  readonly job: Id | null;
  readonly client: { readonly host: Id; readonly pid: number; readonly job: Id };
};

/** `docker system dial-stdio`: bytes go both ways between the engine's socket and the line, until one side is gone. */
export const dialStdio: Program = {
  start: () => ({ exit: 1 }),
  step: (state, wake, sys) => pump(state as unknown as Pump, wake, sys),
};

function pump(before: Pump, wake: Wake, sys: Sys): Next<Json> {
  let state = before;
  if (wake.on === 'job') {
    state = forward(state, sys);
    sys.request(engineLink, { done: state.client.job, reply: wake.reply, client: state.client });
    state = { ...state, job: null };
  }
  state = forward(state, sys);
  const gone = !state.outputOver && isErrno(sys.write(state.line, ''));
  if (gone || (state.engine === null && state.job === null && state.toLine === '')) return { exit: 0 };
  const { engine, line, toLine, toEngine, inputOver, job } = state;
  const readable = [
    ...(engine !== null && toLine === '' ? [engine] : []),
    ...(toEngine === '' && !inputOver ? [line] : []),
  ];
  const writable = [...(toLine === '' ? [] : [line]), ...(toEngine === '' || engine === null ? [] : [engine])];
  return { state: { ...state }, wait: { readable, writable, ...(job === null ? {} : { job }) } };
}

function forward(before: Pump, sys: Sys): Pump {
  let { engine, toLine, toEngine, inputOver, outputOver } = before;
  for (;;) {
    if (toLine !== '') {
      const taken = sys.write(before.line, toLine);
      if (taken === 'again' || isErrno(taken)) break;
      toLine = toLine.slice(taken);
    } else {
      const got = engine === null ? 'again' : sys.read(engine, 16_384);
      if (got === 'again') break;
      if (got === 'eof' || isErrno(got)) {
        if (engine !== null) sys.close(engine);
        engine = null;
        outputOver = true;
        sys.net.shutdown(before.line);
        break;
      }
      toLine = got.bytes;
    }
  }
  for (;;) {
    if (toEngine !== '') {
      const taken = engine === null ? toEngine.length : sys.write(engine, toEngine);
      if (taken === 'again') break;
      toEngine = isErrno(taken) ? '' : toEngine.slice(taken);
    } else {
      const got = inputOver ? 'again' : sys.read(before.line, 16_384);
      if (got === 'again') break;
      if (got === 'eof' || isErrno(got)) {
        inputOver = true;
        if (engine !== null) sys.net.shutdown(engine);
        break;
      }
      toEngine = got.bytes;
    }
  }
  return { ...before, engine, toLine, toEngine, inputOver, outputOver };
}
