import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import type { Applet, Io, StartIo, Style } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { directIo } from '../../network/direct-io.ts';
import type { Options } from '../../options.ts';
import { parseOptions, showUsage } from '../../options.ts';
import type { Code } from './code.ts';
import { slotOf } from './code.ts';
import { compileAwk } from './compile.ts';
import { assignVariable } from './input.ts';
import { parseAwk } from './parser.ts';
import type { Awk, AwkState } from './state.ts';
import { freeze, freshVars, newArray, text, thaw } from './state.ts';
import { flush, release } from './streams.ts';
import { AwkError } from './tree.ts';
import type { Stop } from './vm.ts';
import { runCode } from './vm.ts';

const line = { usage: '[OPTIONS] [AWK_PROGRAM] [FILE]...', short: '+F:v:f:e:' };

/** `awk`: busybox's, and in the other flavour mawk, which is Debian's. */
export const awk: Applet = (style) => ({
  start: (exec, sys) => start(style, exec, sys) as Next<Json>,
  step: (state, _wake, sys) => {
    const old = state as unknown as AwkState;
    const io = directIo(style, sys);
    const m = thaw(old, codeOf(old.source, style), io);
    return proceed(m, old.source) as Next<Json>;
  },
});

const compiled = new Map<string, Code>();

/** Code is made from the text again after a rest; this saves doing so at every step. */
function codeOf(source: ByteString, style: Style): Code {
  const key = `${style.flavour} ${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const code = compileAwk(parseAwk(source, style.flavour === 'coreutils'));
  if (compiled.size > 50) compiled.clear();
  compiled.set(key, code);
  return code;
}

function start(style: Style, exec: Exec, sys: Sys): Next<AwkState> {
  const io: StartIo = { ...directIo(style, sys), args: exec.argv.slice(1), env: exec.env };
  const mawk = style.flavour === 'coreutils';
  const options = parseOptions(io, { ...line, status: mawk ? 2 : 1 });
  if (typeof options === 'number') return { exit: options };
  const program = readProgram(io, options);
  if (typeof program === 'number') return { exit: program };
  const { source, operands, file } = program;
  let code: Code;
  try {
    code = codeOf(source, style);
  } catch (error) {
    if (error instanceof AwkError) return { exit: tellMistake(io, error, file, source) };
    throw error;
  }
  const vars = freshVars(code.globals.length, exec.env);
  const m: Awk = { io, mawk, code, v: vars, arrays: new Map() };
  fill(m, 'ENVIRON', Object.entries(exec.env));
  fill(
    m,
    'ARGV',
    [style.name, ...operands].map((value, at) => [String(at), value]),
  );
  vars.globals[slotOf.ARGC] = operands.length + 1;
  const separator = options.value('F');
  try {
    if (separator !== undefined) assignVariable(m, 'FS', encodeUtf8(separator));
    for (const [name, value = ''] of options.given) {
      if (name !== 'v') continue;
      const [, variable = '', text = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(value) ?? [];
      if (variable === '') return { exit: wrongAssignment(io, value) };
      assignVariable(m, variable, encodeUtf8(text));
    }
  } catch (error) {
    if (error instanceof AwkError) return { exit: complain(io, error.message, mawk ? 2 : 1) };
    throw error;
  }
  return proceed(m, source);
}

function wrongAssignment(io: StartIo, value: string): number {
  if (io.style.flavour === 'busybox') return showUsage(io, line);
  return complain(io, `improper assignment: -v ${value}`, 2);
}

function fill(m: Awk, name: 'ENVIRON' | 'ARGV', values: readonly (readonly [string, string])[]): void {
  const id = newArray(m);
  m.arrays.set(id, new Map(values.map(([key, value]) => [encodeUtf8(key), { i: encodeUtf8(value) }])));
  m.v.globals[slotOf[name]] = { a: id };
}

interface Given {
  readonly source: ByteString;
  readonly operands: readonly string[];
  /** The last file that the program came from; null: the command line. */
  readonly file: string | null;
}

function readProgram(io: StartIo, options: Options): Given | number {
  const busybox = io.style.flavour === 'busybox';
  const parts: ByteString[] = [];
  let from: string | null = null;
  for (const [name, value = ''] of options.given) {
    if (name === 'e') parts.push(encodeUtf8(value));
    if (name !== 'f') continue;
    const file = value === '-' ? readInput(io) : io.sys.fs.readFile(value);
    if (isErrno(file)) {
      if (busybox) return complain(io, `can't open '${value}': ${strerror(file)}`);
      return complain(io, `cannot open ${value} (${strerror(file)})`, 2);
    }
    parts.push(file.bytes);
    from = value;
  }
  if (parts.length > 0) return { source: parts.join('\n'), operands: options.operands, file: from };
  const [program, ...operands] = options.operands;
  if (program !== undefined) return { source: encodeUtf8(program), operands, file: null };
  if (busybox) return showUsage(io, line);
  io.err('Usage: mawk [Options] [Program] [file ...]\n');
  return 2;
}

/** A program on standard input: only what is there at once (a file, a here-document). */
function readInput(io: StartIo) {
  let bytes = '';
  for (;;) {
    const got = io.sys.read(0, 65_536);
    if (got === 'eof' || got === 'again') return { bytes };
    if (isErrno(got)) return got;
    bytes += got.bytes;
  }
}

function tellMistake(io: Io, error: AwkError, file: string | null, source: ByteString): number {
  if (io.style.flavour === 'busybox') return tellBusybox(io, error, file);
  const where = `line ${error.line ?? 1}`;
  if (error.message === 'Call to undefined function') {
    complain(io, `${where}: function ${error.near ?? ''} never defined`);
    return 2;
  }
  if (error.message === 'Unexpected end of string' && /^["/]/.test(error.near ?? '')) {
    const kind = error.near?.startsWith('/') ? 'regular expression' : 'string';
    complain(io, `${where}: runaway ${kind} constant ${decodeUtf8(error.near ?? '')} ...`);
    return 2;
  }
  const near = error.near === '\n' ? 'end of line' : decodeUtf8(error.near ?? 'end of file');
  void source;
  complain(io, `${where}: syntax error at or near ${near}`);
  return 2;
}

function tellBusybox(io: Io, error: AwkError, file: string | null, line = error.line): number {
  if (line === undefined) return complain(io, error.message);
  return complain(io, `${file ?? 'cmd. line'}:${line}: ${error.message}`);
}

/** What mawk adds to an error of a running program. */
function place(m: Awk, { message }: AwkError): string {
  if (!message.startsWith('run time error')) return '';
  const value = (name: 'FILENAME' | 'FNR' | 'NR') => text(m, m.v.globals[slotOf[name]] ?? null);
  return `\n\tFILENAME="${value('FILENAME')}" FNR=${value('FNR')} NR=${value('NR')}`;
}

/** Where it happened, but for files that cannot be opened. */
function runtimeLine(m: Awk, error: AwkError): number | undefined {
  if (error.message.includes('No such') || /: [A-Z]/.test(error.message)) return undefined;
  return error.line ?? m.code.lines[m.v.pc - 1];
}

/** Runs on, and closes everything when the program has ended. */
function proceed(m: Awk, source: ByteString): Next<AwkState> {
  const { sys } = m.io;
  for (;;) {
    const flushed = flush(m);
    if (flushed !== 'done') {
      if ('full' in flushed) return { state: freeze(m, source), wait: { writable: [flushed.full] } };
      return { exit: complain(m.io, `write error: ${strerror(flushed.failed)}`, m.mawk ? 2 : 1) };
    }
    const stop = guarded(m);
    if (m.v.pending.length > 0 && stop !== 'yield' && stop !== 'ended') {
      const sent = flush(m);
      if (sent !== 'done' && 'full' in sent) return { state: freeze(m, source), wait: { writable: [sent.full] } };
    }
    if (stop === 'ended') {
      if (m.v.pending.length === 0 && m.v.held === '') return { exit: m.v.status };
      continue;
    }
    if (stop !== 'yield') return { state: freeze(m, source), wait: stop.wait };
    if (!sys.spend(1)) return { state: freeze(m, source), yield: true };
  }
}

function guarded(m: Awk): Stop {
  try {
    if (m.v.closing) return closeAll(m);
    const stop = runCode(m);
    if (stop !== 'ended') {
      if (m.io.sys.isatty(1)) release(m);
      return stop;
    }
  } catch (error) {
    if (!(error instanceof AwkError)) throw error;
    release(m);
    flush(m);
    m.v.status = m.mawk ? 2 : 1;
    if (m.mawk) complain(m.io, error.message + place(m, error));
    else tellBusybox(m.io, error, null, runtimeLine(m, error));
  }
  m.v.closing = true;
  return 'yield';
}

/** Ends what is open and waits for the commands; busybox's own output goes out before, mawk's after. */
function closeAll(m: Awk): Stop {
  const { v } = m;
  if (!m.mawk) release(m);
  if (v.pending.length > 0) return 'yield';
  if (v.child !== null) {
    const done = m.io.sys.reap(v.child);
    if (done === 'again') return { wait: { child: v.child } };
    v.child = null;
  }
  const open: { readonly [name: string]: { readonly fd: number; readonly pid: number | null } } = {
    ...v.sinks,
    ...v.sources,
  };
  for (const [name, { fd, pid }] of Object.entries(open)) {
    if (fd > 2) m.io.sys.close(fd);
    delete v.sinks[name];
    delete v.sources[name];
    if (pid !== null) {
      v.child = pid;
      return closeAll(m);
    }
  }
  release(m);
  return 'ended';
}
