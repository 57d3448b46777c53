import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { Calculator, Halt, type Memory, Trouble } from './run.ts';
import { statementSize } from './size.ts';
import { Parser, SyntaxProblem } from './syntax.ts';

type State = {
  readonly memory: Memory;
  /** What was read and is no whole statement yet; and the line that it begins at. */
  readonly pending: ByteString;
  readonly line: number;
};

const line = { usage: '[-sqlw] [FILE]...', short: 'sqlwi' };
const gnuLine = {
  usage: '[options] [file ...]',
  short: 'hilqswv',
  long: ['help=h', 'interactive=i', 'mathlib=l', 'quiet=q', 'standard=s', 'warn=w', 'version=v'],
};
const help = `usage: bc [options] [file ...]
  -h  --help         print this usage and exit
  -i  --interactive  force interactive mode
  -l  --mathlib      use the predefined math routines
  -q  --quiet        don't print initial banner
  -s  --standard     non-standard bc constructs are errors
  -w  --warn         warn about non-standard bc constructs
  -v  --version      print version information and exit
`;
const version = `bc 1.07.1
Copyright 1991-1994, 1997, 1998, 2000, 2004, 2006, 2008, 2012-2017 Free Software Foundation, Inc.
`;

/** `bc`, GNU's and busybox's: calculates with numbers of any length, line by line. */
export const bc: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const busybox = style.flavour === 'busybox';
      const options = parseOptions(io, busybox ? line : gnuLine);
      if (typeof options === 'number') return { exit: options };
      const refused = ['s', 'w'].find((letter) => options.has(letter));
      if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`) };
      if (options.has('h') || options.has('v')) {
        io.out(options.has('h') ? help : version);
        return { exit: 0 };
      }
      const library = options.has('l');
      const memory: Memory = {
        numbers: library ? { scale: ['20', 0] } : {},
        arrays: {},
        functions: {},
        library,
        busybox,
      };
      if (!busybox && !options.has('q') && (options.has('i') || (io.sys.isatty(0) && io.sys.isatty(1))))
        io.out(`${version}This is free software with ABSOLUTELY NO WARRANTY.\nFor details type \`warranty'. \n`);
      for (const file of options.operands) {
        const got = io.sys.fs.readFile(file);
        if (isErrno(got)) {
          if (busybox) return { exit: complain(io, `can't open '${file}': ${strerror(got)}`) };
          io.err(encodeUtf8(`File ${file} is unavailable.\n`));
          return { exit: 1 };
        }
        const done = work(io, { memory, pending: got.bytes, line: 1 }, true, file);
        if (typeof done === 'number') return { exit: done };
      }
      return read({ memory, pending: '', line: 1 }, io);
    },
    step: (state, _wake, io) => read(state, io),
  });

function read(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    const got = io.sys.read(0, 4096);
    if (got === 'again') return { state, wait: { readable: [0] } };
    const ended = got === 'eof' || isErrno(got);
    const pending = ended ? state.pending : state.pending + got.bytes;
    const done = work(io, { ...state, pending }, ended, '(standard_in)');
    if (typeof done === 'number') return { exit: done };
    if (ended) return { exit: 0 };
    state = done;
  }
}

/** Runs what is whole; the rest, or an exit status. */
function work(io: Io, { memory, pending, line: first }: State, ended: boolean, file: string): State | number {
  const text = decodeUtf8(pending);
  const end = ended ? text.length : text.lastIndexOf('\n') + 1;
  const parser = new Parser(text.slice(0, end));
  const busybox = io.style.flavour === 'busybox';
  const lineAt = (at: number) => first + text.slice(0, at).split('\n').length - 1;
  const calculator = new Calculator(
    structuredClone(memory),
    (out) => io.out(encodeUtf8(out)),
    (words, at) => io.err(`Runtime warning (func=(main), adr=${at}): ${words}\n`),
  );
  let start = 0;
  const rest = (): State => ({
    memory: calculator.memory,
    pending: encodeUtf8(text.slice(start)),
    line: lineAt(start),
  });
  for (;;) {
    try {
      while (parser.peek() === ';' || parser.peek() === '\n') if (parser.take() === '\n') calculator.base = 0;
      start = parser.at;
      if (parser.peek() === '') return rest();
      if (parser.peek() === 'define') {
        const made = parser.define();
        calculator.memory.functions[made.name] = made;
        continue;
      }
      const statement = parser.statement();
      if (!/^(?:;|\n|)$/.test(parser.peek())) parser.wrong();
      calculator.run(statement);
      calculator.base += statementSize(statement);
      io.sys.spend(calculator.steps);
    } catch (error) {
      if (error instanceof Halt) return 0;
      if (error instanceof SyntaxProblem) {
        if (error.early && !ended) return rest();
        tellSyntax(io, error, file, lineAt(parser.at) + (error.found === '\n' || error.found === '' ? 1 : 0));
      } else if (error instanceof Trouble) {
        if (busybox || error.at === 0) complain(io, error.brief);
        else io.err(encodeUtf8(`Runtime error (func=(main), adr=${error.at}): ${error.message}\n`));
      } else throw error;
      if (busybox) return 1;
      // the rest of the line is dropped
      const newline = text.indexOf('\n', parser.at);
      parser.at = newline < 0 ? end : newline;
      calculator.base = 0;
      calculator.depth = 0;
    }
  }
}

function tellSyntax(io: Io, { found }: SyntaxProblem, file: string, number: number): void {
  const strange = /^[^\s"a-z0-9A-F(){}[\],;.+\-*/%^<>=!]$/.test(found);
  if (io.style.flavour === 'busybox') {
    complain(io, strange ? `bad character '${found}'` : `bad expression at '${found.trim()}'`);
    return;
  }
  io.err(encodeUtf8(`${file} ${number}: ${strange ? `illegal character: ${found}` : 'syntax error'}\n`));
}
