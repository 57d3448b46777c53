import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { wholeInput } from '../../makers/whole-input.ts';
import type { Options } from '../../options.ts';
import { parseOptions } from '../../options.ts';
import type { Key } from './sort-keys.ts';
import { compareKeys, keyText, parseKey } from './sort-keys.ts';

const line = {
  usage: '[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
  short: 'nghMVrucszbdfimS:T:o:k:t:',
  long: [
    'numeric-sort=n',
    'reverse=r',
    'unique=u',
    'key:=k',
    'field-separator:=t',
    'output:=o',
    'stable=s',
    'zero-terminated=z',
    'ignore-case=f',
    'human-numeric-sort=h',
    'version-sort=V',
    'check::',
    'general-numeric-sort=g',
    'month-sort=M',
  ],
  status: 2,
};

const gnuLine = {
  ...line,
  short: `${line.short}RC`,
  long: [
    ...line.long,
    'random-sort=R',
    'parallel:',
    'buffer-size:=S',
    'temporary-directory:=T',
    'ignore-leading-blanks=b',
    'dictionary-order=d',
    'ignore-nonprinting=i',
  ],
};

type State = {
  readonly flags: string;
  readonly keys: readonly Key[];
  readonly separator: string | null;
  readonly output: string | null;
  readonly bytes: ByteString;
  readonly input: string;
};

/** `sort`: all lines of all inputs in order. */
export const sort: Applet = (style) =>
  wholeInput<State>(style, {
    begin(io) {
      const options = parseOptions(io, style.flavour === 'busybox' ? line : gnuLine);
      if (typeof options === 'number') return options;
      const keys = readKeys(options);
      if (keys === undefined) return complain(io, 'bad field specification', 2);
      const separator = options.value('t');
      if (separator !== undefined && encodeUtf8(separator).length !== 1 && separator !== '\\0')
        return complain(io, 'bad -t parameter', 2);
      const flags = options.given
        .map(([name, value]) => (name === 'check' ? (/^(?:quiet|silent)$/.test(value ?? '') ? 'C' : 'c') : name))
        .filter((name) => name.length === 1 && !'ktoST'.includes(name))
        .join('');
      const state: State = {
        flags,
        keys,
        separator: separator === undefined ? null : encodeUtf8(separator === '\\0' ? '\0' : separator),
        output: options.value('o') ?? null,
        bytes: '',
        input: options.operands[0] ?? '-',
      };
      return { state, inputs: options.operands };
    },
    file(state, bytes) {
      const end = state.flags.includes('z') ? '\0' : '\n';
      return { ...state, bytes: state.bytes + bytes + (bytes === '' || bytes.endsWith(end) ? '' : end) };
    },
    failed(state, input, error, when, io) {
      if (style.flavour === 'busybox' && when === 'read') return state;
      const place =
        style.flavour === 'busybox' ? input : when === 'open' ? `cannot read: ${input}` : `read failed: ${input}`;
      io.finish(complain(io, `${place}: ${strerror(error)}`, 2));
      return state;
    },
    end: (state, io) => finish(state, io),
  });

function readKeys(options: Options): Key[] | undefined {
  const keys: Key[] = [];
  for (const [name, value = ''] of options.given) {
    if (name !== 'k') continue;
    const key = parseKey(value);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return keys;
}

function finish(state: State, io: Io): number {
  const end = state.flags.includes('z') ? '\0' : '\n';
  const lines = state.bytes.split(end);
  lines.pop();
  const unique = state.flags.includes('u');
  const compare = comparison(state);
  if (/[cC]/.test(state.flags)) return check(state, lines, unique, compare, io);
  io.sys.spend(lines.length * 2);
  const sorted = state.flags.includes('R') ? shuffled(lines, io) : lines.sort(compare);
  const kept = unique ? sorted.filter((text, i) => i === 0 || compare(sorted[i - 1] ?? '', text) !== 0) : sorted;
  const bytes = kept.map((text) => text + end).join('');
  if (state.output === null) {
    io.out(bytes);
    return 0;
  }
  const failed = io.sys.fs.writeFile(state.output, bytes);
  return isErrno(failed) ? complain(io, `${state.output}: ${strerror(failed)}`, 2) : 0;
}

/** -R: in an order by chance, equal lines together. */
function shuffled(lines: readonly ByteString[], io: Io): ByteString[] {
  const places = new Map<ByteString, number>();
  for (const text of lines) if (!places.has(text)) places.set(text, io.sys.random());
  return [...lines].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

function check(
  state: State,
  lines: readonly ByteString[],
  unique: boolean,
  compare: (a: ByteString, b: ByteString) => number,
  io: Io,
): number {
  const wrong = lines.findIndex((text, i) => i > 0 && compare(lines[i - 1] ?? '', text) > (unique ? -1 : 0));
  if (wrong < 0) return 0;
  if (state.flags.includes('C')) return 1;
  if (io.style.flavour === 'coreutils') return complain(io, `${state.input}:${wrong + 1}: disorder: ${lines[wrong]}`);
  io.err(`Check line ${wrong}\n`);
  return 1;
}

/** Keys first, each with its own options or the general ones; then whole lines, unless -s or -u. */
function comparison(state: State): (a: ByteString, b: ByteString) => number {
  const general = state.flags.replace(/[uszcCm]/g, '');
  const whole: Key = { from: 1, fromChar: 1, to: 0, toChar: 0, flags: '' };
  const keys = (state.keys.length > 0 ? state.keys : general.replace('r', '') === '' ? [] : [whole]).map((key) =>
    key.flags === '' ? { ...key, flags: general } : key,
  );
  const separator = state.separator ?? undefined;
  const tieBreak = !/[us]/.test(state.flags) || keys.length === 0;
  return (a, b) => {
    for (const key of keys) {
      const [x, y] =
        key.from === 1 && key.fromChar === 1 && key.to === 0
          ? [a, b]
          : [keyText(a, key, separator), keyText(b, key, separator)];
      const order = compareKeys(x, y, key.flags);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    const order = !tieBreak || a === b ? 0 : a < b ? -1 : 1;
    return state.flags.includes('r') ? -order : order;
  };
}
