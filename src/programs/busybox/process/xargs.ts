import type { ByteString } from '../../../kernel/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Next } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { countOption, parseOptions } from '../../options.ts';
import { spawnCommand } from '../execute.ts';

const line = {
  usage: '[OPTIONS] [PROG ARGS]',
  short: '+prt0n:s:e::E:x:I:iP:a:L:',
  long: ['null=0', 'no-run-if-empty=r', 'max-args:=n', 'replace::=i', 'max-procs:=P', 'verbose=t', 'max-chars:=s'],
};

type State = {
  readonly command: readonly string[];
  readonly env: Rec<string>;
  readonly fd: number;
  readonly end: boolean;
  /** Separator NUL (-0), line (-I), or words with quotes. */
  readonly mode: 'nul' | 'line' | 'words' | 'cut';
  /** -d of GNU xargs. */
  readonly delimiter: string;
  readonly replace: string | null;
  readonly most: number;
  readonly trace: boolean;
  readonly skipEmpty: boolean;
  readonly stop: string | null;
  /** Bytes that were read and not yet cut into items. */
  readonly rest: ByteString;
  readonly items: readonly string[];
  readonly ran: boolean;
  readonly child: number | null;
  readonly status: number;
  /** The quote that was open at the end. */
  readonly unmatched: string;
};

/** Most bytes of one command line (busybox's default for -s). */
const longest = 32_768;

/** `xargs`: runs a program with what it reads as arguments. */
export const xargs: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const gnu = style.flavour === 'coreutils';
      const options = parseOptions(
        io,
        gnu
          ? { ...line, short: `${line.short}d:`, long: [...line.long, 'delimiter:=d', 'arg-file:=a', 'max-lines:=L'] }
          : line,
      );
      if (typeof options === 'number') return { exit: options };
      const refused = ['p', 's'].find((letter) => options.has(letter));
      if (refused !== undefined) return { exit: complain(io, `option -${refused} is not simulated`) };
      const most = countOption(io, options, options.has('L') ? 'L' : 'n', Number.MAX_SAFE_INTEGER);
      if (typeof most === 'object') return { exit: most.wrong };
      const replace = options.value('I') ?? (options.has('i') ? '{}' : null);
      const file = options.value('a');
      const fd = file === undefined ? 0 : io.sys.fs.open(file, { read: true });
      if (isErrno(fd)) return { exit: complain(io, `${file}: ${strerror(fd)}`) };
      const state: State = {
        command: options.operands.length > 0 ? options.operands : ['echo'],
        env: io.env,
        fd,
        end: false,
        mode: options.has('d') ? 'cut' : options.has('0') ? 'nul' : replace !== null ? 'line' : 'words',
        delimiter: delimiterOf(options.value('d') ?? ''),
        replace,
        most: replace === null ? most : 1,
        trace: options.has('t'),
        skipEmpty: options.has('r') || replace !== null,
        stop: options.value('E') ?? options.value('e') ?? null,
        rest: '',
        items: [],
        ran: false,
        child: null,
        status: 0,
        unmatched: '',
      };
      return proceed(state, io);
    },
    step(state, _wake, io) {
      if (state.child === null) return proceed(state, io);
      const done = io.sys.reap(state.child);
      if (done === 'again') return { state, wait: { child: state.child } };
      const code = isErrno(done) ? 0 : done.exit.code;
      const [command = ''] = state.command;
      if (!isErrno(done) && done.exit.signal !== undefined)
        return { exit: complain(io, `${command}: terminated by signal ${code - 128}`, 125) };
      if (code === 255) return { exit: complain(io, `${command}: exited with status 255; aborting`, 124) };
      return proceed({ ...state, child: null, status: code === 0 ? state.status : 123 }, io);
    },
  });

function proceed(from: State, io: Io): Next<State> {
  let state = from;
  for (;;) {
    state = cutItems(state);
    if (state.end && state.unmatched !== '') {
      const kind = state.unmatched === "'" ? 'single' : 'double';
      const words = `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`;
      return { exit: complain(io, io.style.flavour === 'busybox' ? `unmatched ${kind} quote` : words) };
    }
    const full =
      state.items.length >= state.most || state.items.reduce((sum, item) => sum + item.length + 1, 0) > longest;
    if (full || (state.end && (state.items.length > 0 || (!state.ran && !state.skipEmpty)))) return runOne(state, io);
    if (state.end) return { exit: state.status };
    const got = io.sys.read(state.fd, 65536);
    if (got === 'again') return { state, wait: { readable: [state.fd] } };
    if (got === 'eof' || isErrno(got)) state = { ...state, end: true };
    else state = { ...state, rest: state.rest + got.bytes };
    io.sys.spend(5);
  }
}

function runOne(state: State, io: Io): Next<State> {
  const chosen = state.items.slice(0, Math.min(state.most, state.items.length));
  const { replace } = state;
  const argv =
    replace === null
      ? [...state.command, ...chosen]
      : state.command.map((word) => word.replaceAll(replace, () => chosen[0] ?? ''));
  if (state.trace) io.err(encodeUtf8(`${argv.join(' ')}\n`));
  const child = spawnCommand(io.sys, argv, state.env);
  if (isErrno(child)) {
    const [command = ''] = argv;
    return { exit: complain(io, `${command}: ${strerror(child)}`, child.errno === 'ENOENT' ? 127 : 126) };
  }
  return { state: { ...state, items: state.items.slice(chosen.length), ran: true, child }, wait: { child } };
}

function delimiterOf(text: string): string {
  const escapes: { readonly [letter: string]: string } = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };
  return text.startsWith('\\') ? (escapes[text[1] ?? ''] ?? text) : encodeUtf8(text);
}

/** Cuts what was read into items; a last one without an end stays until the input has ended. */
function cutItems(state: State): State {
  if (state.rest === '') return state;
  if (state.mode === 'cut') {
    const parts = state.rest.split(state.delimiter);
    const last = parts.pop() ?? '';
    const items = [...state.items, ...parts.map(decodeUtf8), ...(state.end && last !== '' ? [decodeUtf8(last)] : [])];
    return { ...state, items, rest: state.end ? '' : last };
  }
  const pattern =
    state.mode === 'nul'
      ? /([^\0]*)\0/g
      : state.mode === 'line'
        ? /[ \t]*([^\n]*)\n/g
        : /\s*((?:[^\s'"\\]|'[^'\n]*'|"[^"\n]*"|\\[\s\S])+)(?=\s)/gy;
  const text =
    state.end && !/[\s\0]$/.test(state.rest) ? state.rest + (state.mode === 'nul' ? '\0' : '\n') : state.rest;
  const items = [...state.items];
  let used = 0;
  let stopped = false;
  for (const match of text.matchAll(pattern)) {
    used = match.index + match[0].length;
    const raw = match[1] ?? '';
    if (state.mode !== 'nul' && raw === '') continue;
    const item = decodeUtf8(
      state.mode === 'nul'
        ? raw
        : raw.replace(/'([^'\n]*)'|"([^"\n]*)"|\\([\s\S])/g, (_all, a, b, c) => a ?? b ?? c ?? ''),
    );
    if (item === state.stop) {
      stopped = true;
      break;
    }
    items.push(item);
  }
  const left = state.end && state.mode === 'words' ? text.slice(used) : '';
  const unmatched = /^[^'"]*(['"])/.exec(left)?.[1] ?? '';
  return { ...state, unmatched, items, rest: stopped || state.end ? '' : text.slice(used), end: state.end || stopped };
}
