import { type At, SyntaxProblem } from './tree.ts';

/** A word, number, text or sign of a C-like language (JavaScript, Go). */
export interface Token {
  readonly k: 'name' | 'number' | 'text' | 'sign' | 'template' | 'regexp' | 'rune' | 'end';
  /** The name, the sign, the number as written, the text's value. */
  readonly v: string;
  readonly at: At;
  readonly from: number;
  readonly to: number;
  /** A line ends before it. */
  readonly newline: boolean;
  /** A template's texts, and where its expressions stand. */
  readonly parts?: readonly (string | { readonly from: number; readonly to: number })[];
  readonly flags?: string;
}

const regexpAfter = new Set('return typeof case in of do else void delete throw new instanceof await yield'.split(' '));
const escapes: { readonly [c: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  0: '\0',
};

/** Where an offset is: line from 1, column from 0. */
export function locate(text: string, offset: number): readonly [number, number] {
  let line = 1;
  let from = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', from)) {
    line++;
    from = at + 1;
  }
  return [line, offset - from];
}

/** Splits a program text from `start` on into tokens. Throws SyntaxProblem. */
export function tokenize(
  text: string,
  lang: 'js' | 'go',
  signs: readonly string[],
  start = 0,
  end = text.length,
): Token[] {
  const tokens: Token[] = [];
  const lineStarts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lineStarts.push(i + 1);
  let line = locate(text, start)[0];
  let i = start;
  let newline = false;
  const place = (from: number, to: number): At => {
    while ((lineStarts[line] ?? Number.POSITIVE_INFINITY) <= from) line++;
    let last = line;
    while ((lineStarts[last] ?? Number.POSITIVE_INFINITY) <= to) last++;
    return [line, from - (lineStarts[line - 1] ?? 0), last, to - (lineStarts[last - 1] ?? 0)];
  };
  const push = (k: Token['k'], v: string, to: number, more: Partial<Token> = {}) => {
    tokens.push({ k, v, at: place(i, to), from: i, to, newline, ...more });
    newline = false;
    i = to;
  };
  const problem = (message: string, at = i, to = at + 1) =>
    new SyntaxProblem(message, place(at, Math.min(to, text.length)));
  while (i < end) {
    const c = text[i] ?? '';
    if (c === '\n') {
      newline = true;
      i++;
    } else if (c === ' ' || c === '\t' || c === '\r' || c === '\ufeff' || c === '\u00a0') i++;
    else if (c === '#' && i === 0 && text[1] === '!') i = eol(text, i);
    else if (text.startsWith('//', i)) i = eol(text, i);
    else if (text.startsWith('/*', i)) {
      const close = text.indexOf('*/', i + 2);
      if (close < 0) throw problem('Invalid or unexpected token');
      if (text.slice(i, close).includes('\n')) newline = true;
      i = close + 2;
    } else if (/[\p{L}_$]/u.test(c) || (c === '#' && lang === 'js')) {
      const word = /^#?[\p{L}\p{N}_$]+/u.exec(text.slice(i, i + 200))?.[0] ?? c;
      push('name', word, i + word.length);
    } else if (/\d/.test(c) || (c === '.' && /\d/.test(text[i + 1] ?? ''))) {
      const number =
        /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.?\d*(?:[eE][+-]?\d+)?)n?/.exec(
          text.slice(i, i + 100),
        )?.[0] ?? c;
      push('number', number, i + number.length);
    } else if (c === '"' || (c === "'" && lang === 'js')) {
      const [value, to] = quoted(text, i, c, problem);
      push('text', value, to);
    } else if (c === "'") {
      const [value, to] = quoted(text, i, c, problem);
      push('rune', value, to);
    } else if (c === '`' && lang === 'go') {
      const close = text.indexOf('`', i + 1);
      if (close < 0) throw problem('string not terminated');
      push('text', text.slice(i + 1, close), close + 1);
    } else if (c === '`') {
      const { parts, to } = template(text, i, problem);
      push('template', '', to, { parts });
    } else if (c === '/' && lang === 'js' && regexpMayFollow(tokens.at(-1))) {
      const found = /^\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/.exec(text.slice(i));
      if (!found) throw problem('Invalid regular expression: missing /');
      push('regexp', found[1] ?? '', i + found[0].length, { flags: found[2] ?? '' });
    } else {
      const sign = signs.find((one) => text.startsWith(one, i));
      if (sign === undefined) throw problem('Invalid or unexpected token');
      push('sign', sign, i + sign.length);
    }
  }
  i = end;
  push('end', '', end);
  return tokens;
}

function eol(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function regexpMayFollow(last: Token | undefined): boolean {
  if (!last) return true;
  if (last.k === 'name') return regexpAfter.has(last.v);
  return last.k === 'sign' && ![')', ']', '}'].includes(last.v);
}

/** The character of an escape sequence at `i` (on the backslash), and where it ends. */
export function escaped(text: string, i: number): readonly [string, number] {
  const c = text[i + 1] ?? '';
  if (c === '\n') return ['', i + 2];
  const code = /^\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|U([\da-fA-F]{8})|([0-3][0-7]{2}))/.exec(
    text.slice(i, i + 12),
  );
  if (code) {
    const digits = code[1] ?? code[2] ?? code[3] ?? code[4];
    const point = digits === undefined ? Number.parseInt(code[5] ?? '0', 8) : Number.parseInt(digits, 16);
    return [String.fromCodePoint(point), i + code[0].length];
  }
  return [escapes[c] ?? c, i + 2];
}

function quoted(
  text: string,
  from: number,
  quote: string,
  problem: (m: string, at?: number, to?: number) => Error,
): [string, number] {
  let value = '';
  let i = from + 1;
  while (text[i] !== quote) {
    if (i >= text.length || text[i] === '\n') throw problem('Invalid or unexpected token', from, i);
    if (text[i] === '\\') {
      const [c, to] = escaped(text, i);
      value += c;
      i = to;
    } else value += text[i++];
  }
  return [value, i + 1];
}

function template(text: string, from: number, problem: (m: string, at?: number) => Error) {
  const parts: (string | { from: number; to: number })[] = [];
  let value = '';
  let i = from + 1;
  while (text[i] !== '`') {
    if (i >= text.length) throw problem('Unterminated template literal', from);
    if (text[i] === '\\') {
      const [c, to] = escaped(text, i);
      value += c;
      i = to;
    } else if (text.startsWith('${', i)) {
      parts.push(value);
      value = '';
      const to = closing(text, i + 2, problem);
      parts.push({ from: i + 2, to });
      i = to + 1;
    } else value += text[i++];
  }
  parts.push(value);
  return { parts, to: i + 1 };
}

/** The place of the brace that closes an expression in a template. */
function closing(text: string, from: number, problem: (m: string, at?: number) => Error): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '{') depth++;
    else if (c === '}' && depth-- === 0) return i;
    else if (c === '"' || c === "'") i = quoted(text, i, c, problem)[1] - 1;
    else if (c === '`') i = template(text, i, problem).to - 1;
  }
  throw problem('Unterminated template literal', from);
}
