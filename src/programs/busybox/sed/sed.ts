import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { FilterIo } from '../../makers/filter.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { subjectOf } from '../regex/text.ts';
import type { Command } from './parse.ts';
import { parseScript, SedError } from './parse.ts';
import type { Work } from './run.ts';
import { runLine } from './run.ts';

const line = {
  usage: '[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\n[-i[SFX]] [-nrE] CMD [FILE]...',
  short: 'i::rEne:f:',
  long: ['in-place::=i', 'regexp-extended=r', 'quiet=n', 'silent=n', 'expression:=e', 'file:=f'],
};
const gnuLine = { ...line, short: `${line.short}s`, long: [...line.long, 'separate=s'] };

type State = {
  readonly commands: readonly Command[];
  readonly extended: boolean;
  readonly quiet: boolean;
  readonly separate: boolean;
  /** -i: the suffix of the copies; null: not in place. */
  readonly inPlace: string | null;
  readonly work: Work;
  /** The line that was read and not run yet: whether it is the last is known when the next one comes. */
  readonly held: ByteString | null;
  /** What was printed for the file that is changed in place. */
  readonly made: ByteString;
  /** Something was printed without its newline: the next print begins with one. */
  readonly open: boolean;
};

const fresh: Work = {
  pattern: '',
  hold: '',
  number: 0,
  ranges: {},
  lastRegex: '',
  append: '',
  resume: null,
  substituted: false,
  missingNewline: false,
};

/** `sed`. */
export const sed: Applet = (style) =>
  lineFilter<State>(style, {
    begin,
    line(state, text, io, complete) {
      const next = state.held === null ? state : run(state, state.held, false, io, io.finish);
      return { ...next, held: text, work: { ...next.work, missingNewline: !complete } };
    },
    closed(state, input, io) {
      if (!state.separate) return state;
      const done = state.held === null ? state : run(state, state.held, true, io, io.finish);
      if (state.inPlace !== null) replaceFile(io, input, done.made, state.inPlace);
      return {
        ...done,
        held: null,
        made: '',
        open: false,
        work: { ...done.work, number: 0, resume: null, ranges: {} },
      };
    },
    failed(state, input, error, when, io) {
      const busybox = style.flavour === 'busybox';
      const place = busybox || when === 'read' ? input : `can't read ${input}`;
      io.fail(
        complain(
          io,
          `${when === 'read' && !busybox ? `couldn't edit ${input}: not a regular file` : `${place}: ${strerror(error)}`}`,
          busybox ? 1 : 2,
        ),
      );
      return state;
    },
    end(state, io) {
      let status = 0;
      if (!state.separate && state.held !== null) {
        run(state, state.held, true, io, (code) => {
          status = code;
        });
      }
      return status;
    },
  });

function begin(io: StartIo) {
  const options = parseOptions(io, io.style.flavour === 'busybox' ? line : gnuLine);
  if (typeof options === 'number') return options;
  const parts: string[] = [];
  for (const [name, value = ''] of options.given) {
    if (name === 'e') parts.push(value);
    if (name !== 'f') continue;
    const file = io.sys.fs.readFile(value);
    if (isErrno(file)) return complain(io, `${value}: ${strerror(file)}`);
    parts.push(subjectOf(file.bytes).text);
  }
  const [first, ...rest] = options.operands;
  if (parts.length === 0 && first === undefined) return showUsage(io, line);
  const inputs = parts.length > 0 ? options.operands : rest;
  const extended = options.has('r') || options.has('E');
  const script = parts.length > 0 ? parts.join('\n') : (first ?? '');
  try {
    const commands = parseScript(script, extended, io.style.flavour);
    const inPlace = options.has('i') ? (options.value('i') ?? '') : null;
    if (inPlace !== null && inputs.length === 0)
      return complain(io, io.style.flavour === 'busybox' ? '-i requires an argument' : 'no input files');
    for (const command of commands) {
      const path = command.name === 'w' ? command.text : (command.substitution?.file ?? '');
      if (path !== '' && path !== '/dev/stdout') io.sys.fs.writeFile(path, '');
    }
    const quiet = options.has('n') || script.startsWith('#n\n');
    const state: State = {
      commands,
      extended,
      quiet,
      separate: inPlace !== null || options.has('s'),
      inPlace,
      work: fresh,
      held: null,
      made: '',
      open: false,
    };
    return { state, inputs };
  } catch (error) {
    if (error instanceof SedError) return complain(io, error.message);
    throw error;
  }
}

function run(state: State, text: ByteString, last: boolean, io: Io, finish: (status: number) => void): State {
  let { made, open } = state;
  const put = (bytes: ByteString, newline: boolean) => {
    const piece = `${open ? '\n' : ''}${bytes}${newline ? '\n' : ''}`;
    open = !newline;
    if (state.inPlace === null) io.out(piece);
    else made += piece;
  };
  const done = runLine(state, state.work, text, last, put, io);
  if (done.quit !== undefined) finish(done.quit);
  return { ...state, made, open, work: done.work };
}

function replaceFile(io: FilterIo, path: string, bytes: ByteString, suffix: string): void {
  const { fs } = io.sys;
  const stat = fs.stat(path);
  if (suffix !== '') {
    const before = fs.readFile(path);
    if (!isErrno(before))
      fs.writeFile(suffix.includes('*') ? suffix.replaceAll('*', path) : path + suffix, before.bytes);
  }
  const failed = fs.writeFile(path, bytes);
  if (failed) io.fail(complain(io, `${path}: ${strerror(failed)}`));
  if (!isErrno(stat)) fs.chmod(path, stat.mode);
}
