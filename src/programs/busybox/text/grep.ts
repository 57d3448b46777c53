import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { FilterIo } from '../../makers/filter.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { lineFilter } from '../../makers/line-filter.ts';
import type { Options } from '../../options.ts';
import { countOption, parseOptions, showUsage } from '../../options.ts';
import { matches } from '../../shell/pattern.ts';
import { joinPath } from '../paths.ts';
import { compileRegex } from '../regex/compile.ts';
import type { Match } from '../regex/match.ts';
import { findMatch, isWord } from '../regex/match.ts';
import { subjectOf } from '../regex/text.ts';

const line = {
  usage: '[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
  short: 'lnqvscFiHhe:f:LorRm:wxEzA:B:C:aIGP',
  long: [
    'color::',
    'colour::',
    'ignore-case=i',
    'invert-match=v',
    'line-number=n',
    'count=c',
    'quiet=q',
    'silent=q',
    'only-matching=o',
    'extended-regexp=E',
    'fixed-strings=F',
    'recursive=r',
    'files-with-matches=l',
    'files-without-match=L',
    'word-regexp=w',
    'line-regexp=x',
    'after-context:=A',
    'before-context:=B',
    'context:=C',
    'max-count:=m',
    'no-messages=s',
    'regexp:=e',
    'file:=f',
    'with-filename=H',
    'no-filename=h',
  ],
  status: 2,
};

const gnuLine = {
  ...line,
  short: `${line.short}bT`,
  long: [
    ...line.long,
    'byte-offset=b',
    'initial-tab=T',
    'no-group-separator',
    'null-data=z',
    'text=a',
    'include:',
    'exclude:',
    'exclude-dir:',
  ],
};

type State = {
  readonly patterns: readonly string[];
  readonly kind: 'basic' | 'extended' | 'fixed';
  readonly flags: string;
  readonly names: boolean;
  readonly after: number;
  readonly before: number;
  readonly most: number;
  /** In the present input: line number, matches, lines still to be shown after a match, lines held for one. */
  readonly number: number;
  readonly matches: number;
  readonly trailing: number;
  readonly held: readonly ByteString[];
  /** Where the present line begins in the input. */
  readonly offset: number;
  /** `--` between groups of lines that are apart. */
  readonly separated: boolean;
  readonly coloured: boolean;
  readonly shown: number;
  readonly any: boolean;
  readonly wrong: boolean;
};

/** `grep`, `egrep` and `fgrep`, by the name. */
export const grep: Applet = (style) =>
  lineFilter<State>(style, {
    begin: (io) => begin(io),
    opened: (state) => ({ ...state, number: 0, matches: 0, trailing: 0, held: [], offset: 0, shown: -1 }),
    line: (state, text, io, _complete, input) => ({
      ...oneLine(state, text, io, input),
      offset: state.offset + text.length + 1,
    }),
    closed(state, input, io) {
      const matched = state.matches > 0;
      const name = encodeUtf8(displayed(input));
      if (state.flags.includes('L')) {
        if (!matched) io.out(`${name}\n`);
        return { ...state, any: state.any || !matched };
      }
      if (state.flags.includes('l')) {
        if (matched) io.out(`${name}\n`);
      } else if (state.flags.includes('c')) io.out(`${state.names ? `${name}:` : ''}${state.matches}\n`);
      return state;
    },
    failed(state, input, error, when, io) {
      if (!state.flags.includes('s') && !(when === 'read' && style.flavour === 'busybox'))
        complain(io, `${input}: ${strerror(error)}`);
      return { ...state, wrong: state.wrong || when === 'open' || style.flavour === 'coreutils' };
    },
    end: (state) => (state.wrong && !(state.any && state.flags.includes('q')) ? 2 : state.any ? 0 : 1),
    terminator: (state) => (state.flags.includes('z') ? '\0' : '\n'),
  });

function begin(start: StartIo) {
  // `-5` is five lines of context.
  const io = { ...start, args: start.args.map((arg) => arg.replace(/^-(\d+)$/, '-C$1')) };
  const options = parseOptions(io, io.style.flavour === 'busybox' ? line : gnuLine);
  if (typeof options === 'number') return options;
  if (options.has('P')) return complain(io, 'perl regular expressions are not simulated', 2);
  const given = options.given.filter(([name]) => name === 'e' || name === 'f');
  const operands = given.length > 0 ? options.operands : options.operands.slice(1);
  const [first] = options.operands;
  const patterns = given.length > 0 ? collectPatterns(io, options) : first?.split('\n');
  if (patterns === undefined) return showUsage(io, line);
  if (typeof patterns === 'number') return patterns;
  const [a, b, c, most] = (['A', 'B', 'C', 'm'] as const).map((name) =>
    countOption(io, options, name, name === 'm' ? Number.MAX_SAFE_INTEGER : 0),
  );
  for (const number of [a, b, c, most]) if (typeof number === 'object') return 2;
  const kind =
    options.has('F') || io.style.name === 'fgrep'
      ? 'fixed'
      : options.has('E') || io.style.name === 'egrep'
        ? 'extended'
        : 'basic';
  const flags = options.given
    .map(([name]) => name)
    .filter((name) => name.length === 1 && !'ABCmef'.includes(name))
    .join('');
  for (const pattern of kind === 'fixed' ? [] : patterns) {
    const regex = compileRegex(pattern, { extended: kind === 'extended' });
    if (typeof regex === 'string')
      return complain(
        io,
        io.style.flavour === 'busybox' ? `bad regex '${pattern}': ${regex}` : (gnuMessages[regex] ?? regex),
        2,
      );
  }
  const recursive = /[rR]/.test(flags);
  const state: State = {
    patterns,
    kind,
    flags,
    names:
      !flags.includes('h') && (flags.includes('H') || operands.length > 1 || (recursive && manyBelow(io, operands))),
    after: Math.max(Number(a), Number(c)),
    before: Math.max(Number(b), Number(c)),
    most: Number(most),
    number: 0,
    matches: 0,
    trailing: 0,
    held: [],
    offset: 0,
    separated: !options.has('no-group-separator'),
    coloured: colours(io, options),
    shown: -1,
    any: false,
    wrong: false,
  };
  const roots = recursive && operands.length === 0 ? ['.'] : operands;
  return {
    state,
    inputs: recursive ? roots.flatMap((root) => filesBelow(io, root, true, chooser(options.given))) : roots,
  };
}

/** What GNU grep says where musl's regcomp(3) says something else. */
const gnuMessages: { readonly [message: string]: string } = {
  "Missing ')'": 'Unmatched ( or \\(',
  "Missing '('": 'Unmatched ) or \\)',
  "Missing ']'": 'Invalid regular expression',
  "Missing '}'": 'Unmatched \\{',
  'Invalid contents of {}': 'Invalid content of \\{\\}',
  'Invalid character range': 'Invalid range end',
  'Unknown character class name': 'Invalid character class name',
};

function collectPatterns(io: Io, options: Options): readonly string[] | number {
  const patterns: string[] = [];
  for (const [name, value = ''] of options.given) {
    if (name === 'e') patterns.push(...value.split('\n'));
    if (name !== 'f') continue;
    const file = io.sys.fs.readFile(value);
    if (isErrno(file)) return complain(io, `${value}: ${strerror(file)}`, 2);
    const lines = subjectOf(file.bytes).text.split('\n');
    patterns.push(...(lines.at(-1) === '' ? lines.slice(0, -1) : lines));
  }
  return patterns;
}

function manyBelow(io: Io, operands: readonly string[]): boolean {
  const [first = '.'] = operands;
  const stat = io.sys.fs.stat(first);
  return !isErrno(stat) && stat.type === 'dir';
}

/** Which names --include, --exclude and --exclude-dir leave. */
type Chooser = (name: string, directory: boolean) => boolean;

function chooser(given: readonly (readonly [string, string | undefined])[]): Chooser {
  const globs = (option: string) =>
    given.flatMap(([name, value = '']) => (name === option ? [value.replace(/\/+$/, '')] : []));
  const [include, exclude, excludeDir] = [globs('include'), globs('exclude'), globs('exclude-dir')];
  return (name, directory) => {
    const fits = (patterns: readonly string[]) => patterns.some((pattern) => matches(pattern, name));
    return directory ? !fits(excludeDir) : !fits(exclude) && (include.length === 0 || fits(include));
  };
}

function filesBelow(io: Io, path: string, named: boolean, chosen: Chooser): readonly string[] {
  const stat = io.sys.fs.stat(path, { follow: named });
  if (isErrno(stat)) return [path];
  const directory = stat.type === 'dir';
  if (!(named && directory) && !chosen(path.slice(path.lastIndexOf('/') + 1), directory)) return [];
  if (!directory) return stat.type === 'file' || named ? [path] : [];
  const names = io.sys.fs.list(path);
  io.sys.spend(2);
  return isErrno(names) ? [path] : names.flatMap((name) => filesBelow(io, joinPath(path, name), false, chosen));
}

function displayed(input: string): string {
  return input === '-' ? '(standard input)' : input;
}

function oneLine(from: State, bytes: ByteString, io: FilterIo, input: string): State {
  const state = { ...from, number: from.number + 1 };
  const found = findIn(state, bytes, 0);
  const chosen = (found !== undefined) !== state.flags.includes('v');
  const quiet = /[qlLc]/.test(state.flags);
  if (!chosen) {
    if (quiet || state.flags.includes('o')) return state;
    if (state.trailing > 0) {
      show(state, bytes, state.number, '-', io, input);
      return { ...state, trailing: state.trailing - 1, shown: state.number };
    }
    return state.before > 0 ? { ...state, held: [...state.held, bytes].slice(-state.before) } : state;
  }
  if (state.flags.includes('q')) io.finish(0);
  const matches = state.matches + 1;
  if (/[lL]/.test(state.flags) || matches >= state.most) io.skip();
  const next = {
    ...state,
    matches,
    any: !state.flags.includes('L') || state.any,
    held: [],
    trailing: state.after,
    shown: state.number,
  };
  if (quiet) return next;
  if (state.flags.includes('o')) {
    if (!state.flags.includes('v')) showParts(state, bytes, io, input);
    return next;
  }
  const firstHeld = state.number - state.held.length;
  if (state.separated && (state.after > 0 || state.before > 0) && state.shown >= 0 && firstHeld > state.shown + 1)
    io.out(state.coloured ? `${paint('36', '--')}\n` : '--\n');
  for (const [i, text] of state.held.entries()) show(state, text, firstHeld + i, '-', io, input);
  show(state, bytes, state.number, ':', io, input);
  return next;
}

function prefix(state: State, number: number, mark: string, input: string): ByteString {
  const cut = state.coloured ? paint('36', mark) : mark;
  const shown = (colour: string, text: string): string => (state.coloured ? paint(colour, text) : text);
  const tab = state.flags.includes('T') ? '\t' : '';
  const parts = [
    state.names ? shown('35', encodeUtf8(displayed(input))) : undefined,
    state.flags.includes('n') ? shown('32', tab === '' ? String(number) : String(number).padStart(4)) : undefined,
    state.flags.includes('b') ? shown('32', String(state.offset)) : undefined,
  ].filter((part) => part !== undefined);
  const joined = parts.map((part) => `${part}${cut}`).join('');
  return parts.length === 0 ? tab && '' : tab === '' ? joined : `${parts.join(cut)}${tab}${cut}`;
}

/** GNU grep's way to colour. */
function paint(colour: string, text: string): string {
  return `\x1b[${colour}m\x1b[K${text}\x1b[m\x1b[K`;
}

/** Does it colour: --color, and with `auto` only for a terminal? busybox's --color is accepted and does nothing. */
function colours(io: StartIo, options: Options): boolean {
  if (io.style.flavour === 'busybox') return false;
  const when = ['color', 'colour'].flatMap((name) => (options.has(name) ? [options.value(name) ?? 'auto'] : [])).at(-1);
  return when === 'always' || (when === 'auto' && io.sys.isatty(1));
}

/** The line with what matches in it coloured. */
function paintMatches(state: State, bytes: ByteString): ByteString {
  const { text, encode } = subjectOf(bytes);
  let out = '';
  let done = 0;
  for (let at = 0; at <= text.length; ) {
    const match = findIn(state, bytes, at);
    if (match === undefined) break;
    if (match.end > match.start) {
      out += encode(text.slice(done, match.start)) + paint('01;31', encode(text.slice(match.start, match.end)));
      done = match.end;
    }
    at = Math.max(match.end, at + 1);
  }
  return out + encode(text.slice(done));
}

function show(state: State, bytes: ByteString, number: number, mark: string, io: Io, input: string): void {
  const shown = state.coloured && mark === ':' && !state.flags.includes('v') ? paintMatches(state, bytes) : bytes;
  io.out(`${prefix(state, number, mark, input)}${shown}${state.flags.includes('z') ? '\0' : '\n'}`);
}

function showParts(state: State, bytes: ByteString, io: Io, input: string): void {
  const { text, encode } = subjectOf(bytes);
  for (let at = 0; at <= text.length; ) {
    const match = findIn(state, bytes, at);
    if (match === undefined) return;
    if (match.end > match.start) show(state, encode(text.slice(match.start, match.end)), state.number, ':', io, input);
    at = Math.max(match.end, at + 1);
  }
}

/** The leftmost match of any of the patterns at or after a place; of several there, the longest. */
function findIn(state: State, bytes: ByteString, from: number): Match | undefined {
  const { text } = subjectOf(bytes);
  let best: Match | undefined;
  for (const pattern of state.patterns) {
    const match = findOne(state, pattern, text, from);
    if (
      match &&
      (best === undefined || match.start < best.start || (match.start === best.start && match.end > best.end))
    )
      best = match;
  }
  return best;
}

function findOne(state: State, pattern: string, text: string, from: number): Match | undefined {
  const ignoreCase = state.flags.includes('i');
  const source = state.kind === 'fixed' ? pattern.replace(/[\\.*^$[\]]/g, '\\$&') : pattern;
  const regex = compileRegex(source, { extended: state.kind === 'extended', ignoreCase });
  if (typeof regex === 'string') return undefined;
  for (let at = from; at <= text.length; ) {
    const match = findMatch(regex, text, at);
    if (match === undefined) return undefined;
    const whole = match.start === 0 && match.end === text.length;
    const word = !isWord(text[match.start - 1] ?? '') && !isWord(text[match.end] ?? '');
    if (state.flags.includes('x') ? whole : !state.flags.includes('w') || word) return match;
    if (state.flags.includes('x') && match.start > 0) return undefined;
    at = match.start + 1;
  }
  return undefined;
}
