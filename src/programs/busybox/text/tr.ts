import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8, fromUint8Array } from '../../../kernel/bytes.ts';
import { filter } from '../../makers/filter.ts';
import type { Applet } from '../../makers/io.ts';
import { complain } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';

const line = {
  usage: '[-cds] STRING1 [STRING2]',
  short: '+cCdst',
  long: ['complement=c', 'delete=d', 'squeeze-repeats=s', 'truncate-set1=t'],
  operands: [1, 2] as const,
};

type State = {
  /** For each byte what it becomes; absent: deleted. */
  readonly map: readonly (string | null)[];
  /** Bytes of which repetitions are squeezed. */
  readonly squeeze: ByteString;
  readonly last: string;
};

/** `tr`: bytes translated, deleted or squeezed. */
export const tr: Applet = (style) =>
  filter<State>(style, {
    begin(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return options;
      const [text1 = '', text2] = options.operands;
      const deleting = options.has('d');
      const squeezing = options.has('s');
      if (text2 === undefined && !deleting && !squeezing && style.flavour === 'coreutils') {
        complain(io, `missing operand after ‘${text1}’`);
        io.err('Two strings must be given when translating.\n');
        io.err(`Try '${style.name} --help' for more information.\n`);
        return 1;
      }
      const given = expandSet(encodeUtf8(text1));
      const set1 = options.has('c') || options.has('C') ? complement(given) : given;
      const full =
        style.flavour === 'coreutils' ? repeated(encodeUtf8(text2 ?? ''), set1.length) : encodeUtf8(text2 ?? '');
      const set2 = expandSet(full);
      if (text2 === '' && !deleting && !squeezing) return complain(io, 'STRING2 cannot be empty');
      const map: (string | null)[] = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
      [...set1].forEach((char, i) => {
        const code = char.charCodeAt(0);
        if (deleting) map[code] = null;
        else if (options.has('t') && i >= set2.length) return;
        else if (set2 !== '') map[code] = set2[Math.min(i, set2.length - 1)] ?? char;
      });
      const squeeze = !squeezing ? '' : text2 === undefined ? set1 : set2;
      return { state: { map, squeeze, last: '' }, inputs: [] };
    },
    chunk(state, bytes, io) {
      if (state.squeeze === '') {
        io.out(mapped(state.map, bytes));
        return state;
      }
      let out = '';
      let { last } = state;
      for (let i = 0; i < bytes.length; i++) {
        const char = state.map[bytes.charCodeAt(i)] ?? '';
        if (char === '' || (char === last && state.squeeze.includes(char))) continue;
        out += char;
        last = char;
      }
      io.out(out);
      return { ...state, last };
    },
  });

/** `[x*]` and `[x*N]` of GNU tr: so many x, or as many as the first set asks for. */
function repeated(text: ByteString, wanted: number): ByteString {
  return text.replace(/\[(.)\*(\d*)\]/gs, (all: string, char: string, count: string) => {
    const times =
      count === '' || Number(count) === 0 ? Math.max(0, wanted - (text.length - all.length)) : Number(count);
    return char.repeat(Math.min(times, 65_536));
  });
}

/** Every byte replaced or left out. */
function mapped(map: State['map'], bytes: ByteString): ByteString {
  const out = new Uint8Array(bytes.length);
  const codes = map.map((char) => (char === null ? -1 : char.charCodeAt(0)));
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const code = codes[bytes.charCodeAt(at)] ?? -1;
    if (code >= 0) out[length++] = code;
  }
  return fromUint8Array(out.subarray(0, length));
}

function complement(set: ByteString): ByteString {
  let out = '';
  for (let code = 0; code < 256; code++) if (!set.includes(String.fromCharCode(code))) out += String.fromCharCode(code);
  return out;
}

const classes: { readonly [name: string]: RegExp } = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  lower: /[a-z]/,
  upper: /[A-Z]/,
  blank: /[ \t]/,
  space: /[\t-\r ]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  cntrl: /[\0-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};

const escapes: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** What a set of tr(1) stands for: ranges, `[:class:]`, `[=c=]`, backslash escapes. */
function expandSet(text: ByteString): ByteString {
  let out = '';
  let at = 0;
  const next = (): string => {
    const octal = /^\\([0-7]{1,3})/.exec(text.slice(at, at + 4));
    if (octal) {
      at += octal[0].length;
      return String.fromCharCode(Number.parseInt(octal[1] ?? '', 8) & 0xff);
    }
    if (text[at] === '\\' && at + 1 < text.length) {
      const letter = text[at + 1] ?? '';
      at += 2;
      return escapes[letter] ?? letter;
    }
    return text[at++] ?? '';
  };
  while (at < text.length) {
    const bracket = /^\[(?::(\w+):|=(.)=)\]/s.exec(text.slice(at, at + 16));
    const members = bracket?.[1] === undefined ? bracket?.[2] : membersOf(bracket[1]);
    if (bracket && members !== undefined) {
      out += members;
      at += bracket[0].length;
      continue;
    }
    const from = next();
    if (text[at] === '-' && at + 1 < text.length) {
      at++;
      const to = next();
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) out += String.fromCharCode(code);
    } else out += from;
  }
  return out;
}

function membersOf(name: string): string | undefined {
  const pattern = classes[name];
  if (pattern === undefined) return undefined;
  let out = '';
  for (let code = 0; code < 128; code++) if (pattern.test(String.fromCharCode(code))) out += String.fromCharCode(code);
  return out;
}
