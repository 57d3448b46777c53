import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json, Us } from '../../kernel/json.ts';
import type { Next, Program } from '../../kernel/program.ts';
import { buffered } from '../makers/buffered.ts';
import type { Io, StartIo, Style } from '../makers/io.ts';

/** Something that a package manager does next: after a while it prints, or changes files. */
export type Event<A extends Json> = {
  /** Time that it takes before. */
  readonly after?: Us;
  readonly out?: string;
  readonly err?: string;
  readonly act?: A;
};

/** What a package manager has decided to do. */
export type Course<A extends Json> = {
  readonly events: readonly Event<A>[];
  readonly status: number;
  /** Asked before anything is done. Without an answer, or with another than yes, it is given up. */
  readonly question?: { readonly text: string; readonly refused: string; readonly status: number };
};

type State<A extends Json> = {
  readonly course: Course<A>;
  readonly at: number;
  /** The time of the event at hand has passed. */
  readonly due: boolean;
  /** The answer as far as it was typed; null when nothing is asked. */
  readonly answer: string | null;
};

/**
 * Makes a program that decides everything at its start and then does it, event by event, as time passes. `perform` makes a
 * change; it returns a message when that failed, which ends the program with status 1.
 */
export function player<A extends Json>(
  style: Style,
  begin: (io: StartIo) => Course<A> | number,
  perform: (act: A, io: Io) => string | undefined,
): Program {
  return buffered<State<A>>(style, {
    start(io) {
      const course = begin(io);
      if (typeof course === 'number') return { exit: course };
      if (course.question === undefined) return play({ course, at: 0, due: false, answer: null }, io, perform);
      io.out(encodeUtf8(course.question.text));
      return ask({ course, at: 0, due: false, answer: '' }, io, perform);
    },
    step(state, wake, io) {
      if (state.answer !== null) return ask(state, io, perform);
      return play(wake.on === 'time' ? { ...state, due: true } : state, io, perform);
    },
  });
}

function ask<A extends Json>(state: State<A>, io: Io, perform: (act: A, io: Io) => string | undefined): Next<State<A>> {
  const { question } = state.course;
  let answer = state.answer ?? '';
  while (question !== undefined && !answer.includes('\n')) {
    const got = io.sys.read(0, 256);
    if (got === 'again') return { state: { ...state, answer }, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) {
      if (answer === '') return refuse(question, io);
      break;
    }
    answer += got.bytes;
  }
  if (question !== undefined && !/^(?:y|yes)?\s*(?:\n|$)/i.test(answer)) return refuse(question, io);
  return play({ ...state, answer: null }, io, perform);
}

function refuse(question: { readonly refused: string; readonly status: number }, io: Io): { readonly exit: number } {
  io.out(encodeUtf8(question.refused));
  return { exit: question.status };
}

function play<A extends Json>(
  state: State<A>,
  io: Io,
  perform: (act: A, io: Io) => string | undefined,
): Next<State<A>> {
  let { due } = state;
  const { events, status } = state.course;
  for (let at = state.at; at < events.length; at++) {
    const event = events[at];
    if (event === undefined) break;
    if (!due && event.after !== undefined && event.after > 0) {
      return { state: { ...state, at, due: false }, wait: { until: io.sys.now + event.after } };
    }
    due = false;
    const failed = event.act === undefined ? undefined : perform(event.act, io);
    if (failed !== undefined) {
      io.err(encodeUtf8(failed));
      return { exit: 1 };
    }
    if (event.out !== undefined) io.out(encodeUtf8(event.out));
    if (event.err !== undefined) io.err(encodeUtf8(event.err));
    io.sys.spend(20);
  }
  return { exit: status };
}
