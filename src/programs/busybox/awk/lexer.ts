import type { ByteString } from '../../../kernel/bytes.ts';
import { AwkError } from './tree.ts';

export interface Token {
  readonly kind: 'num' | 'str' | 'regex' | 'name' | 'call' | 'builtin' | 'word' | 'op' | 'newline' | 'end';
  readonly text: string;
  readonly value: number;
  readonly line: number;
}

const words = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);

/** Built-in functions: fewest and most arguments. */
export const builtinArity: { readonly [name: string]: readonly [least: number, most: number] } = {
  length: [0, 1],
  substr: [2, 3],
  index: [2, 2],
  split: [2, 3],
  sub: [2, 3],
  gsub: [2, 3],
  match: [2, 2],
  sprintf: [1, 255],
  sin: [1, 1],
  cos: [1, 1],
  atan2: [2, 2],
  exp: [1, 1],
  log: [1, 1],
  sqrt: [1, 1],
  int: [1, 1],
  rand: [0, 0],
  srand: [0, 1],
  tolower: [1, 1],
  toupper: [1, 1],
  system: [1, 1],
  close: [1, 1],
  fflush: [0, 1],
  systime: [0, 0],
  strftime: [0, 2],
  mktime: [1, 1],
  and: [2, 2],
  or: [2, 2],
  xor: [2, 2],
  lshift: [2, 2],
  rshift: [2, 2],
  compl: [1, 1],
};

const operators = /\*\*=|&&|\|\||\+\+|--|\*\*|[-+*/%^]=|[<>=!]=|!~|>>|[-+*/%^<>!~?:=,;(){}[\]$|]/y;

/** Cuts a program into tokens. Throws AwkError for what is none. `mawk`: unknown escapes keep their backslash. */
export function tokenize(source: ByteString, mawk: boolean): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  const push = (kind: Token['kind'], text: string, value = 0) => tokens.push({ kind, text, value, line });
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < source.length) {
    if (take(/[ \t\r]+|#[^\n]*/y) !== undefined) continue;
    const c = source.charAt(at);
    if (source.startsWith('\\\n', at)) {
      at += 2;
      line++;
    } else if (c === '\n') {
      push('newline', '\n');
      at++;
      line++;
    } else if (c === '"') {
      at++;
      const read = readString(source, at, mawk, line);
      push('str', read.text);
      line += read.lines;
      at = read.end;
    } else if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(source.charAt(at + 1)))) {
      const hex = take(/0[xX][0-9a-fA-F]+/y);
      const octal = mawk ? undefined : take(/0[0-7]+(?![.\deE])/y);
      const text = hex ?? octal ?? take(/(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y) ?? '';
      push('num', text, octal === undefined ? Number(text) : Number.parseInt(octal, 8));
    } else if (/[A-Za-z_]/.test(c)) {
      const name = take(/\w+/y) ?? '';
      if (words.has(name)) push('word', name);
      else if (Object.hasOwn(builtinArity, name)) push('builtin', name);
      else push(source.charAt(at) === '(' ? 'call' : 'name', name);
    } else if (c === '/' && regexMayFollow(tokens.at(-1))) {
      const read = readRegex(source, at + 1, line);
      push('regex', read.text);
      at = read.end;
    } else {
      const operator = take(operators);
      if (operator === undefined) throw new AwkError('Unexpected token', line, c);
      push('op', operator === '**' ? '^' : operator === '**=' ? '^=' : operator);
    }
  }
  push('end', '');
  return tokens;
}

/** After something that has a value, a slash divides. */
function regexMayFollow(last: Token | undefined): boolean {
  if (last === undefined) return true;
  if (last.kind === 'op') return !/^(?:\)|\]|\$|\+\+|--)$/.test(last.text);
  if (last.kind === 'builtin') return false;
  return last.kind === 'newline' || (last.kind === 'word' && last.text !== 'getline');
}

const escapes: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
};

function readString(source: string, from: number, mawk: boolean, line: number) {
  let text = '';
  let lines = 0;
  for (let at = from; at < source.length; at++) {
    const c = source.charAt(at);
    if (c === '"') return { text, end: at + 1, lines };
    if (c === '\n') break;
    if (c !== '\\') {
      text += c;
      continue;
    }
    const next = source.charAt(++at);
    const octal = /^[0-7]{1,3}/.exec(source.slice(at, at + 3))?.[0];
    if (octal !== undefined) {
      text += String.fromCharCode(Number.parseInt(octal, 8) & 255);
      at += octal.length - 1;
    } else if (next === '\n') lines++;
    else text += escapes[next] ?? (mawk ? `\\${next}` : next);
  }
  throw new AwkError('Unexpected end of string', line, `"${source.slice(from, from + 10)}`);
}

function readRegex(source: string, from: number, line: number) {
  let text = '';
  for (let at = from; at < source.length; at++) {
    const c = source.charAt(at);
    if (c === '/') return { text, end: at + 1 };
    if (c === '\n') break;
    if (c !== '\\') {
      text += c;
      continue;
    }
    const next = source.charAt(++at);
    const plain = 'ntrafv'.includes(next) && next !== '' ? escapes[next] : undefined;
    text += next === '/' ? '/' : (plain ?? (next === '"' ? '"' : `\\${next}`));
  }
  throw new AwkError('Unexpected end of string', line, `/${source.slice(from, from + 10)}`);
}

/** The escapes of a string literal in a value given on the command line (-v, NAME=VALUE). */
export function readEscapes(text: ByteString): ByteString {
  return text.replace(/\\([0-7]{1,3}|[\s\S])/g, (all, what: string) =>
    /^[0-7]/.test(what) ? String.fromCharCode(Number.parseInt(what, 8) & 255) : (escapes[what] ?? all),
  );
}
