import { CompileError } from './problem.ts';

export type TokenKind = 'name' | 'word' | 'int' | 'long' | 'float' | 'double' | 'char' | 'string' | 'op' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The name, keyword or operator; a number's digits; a text's value. */
  readonly text: string;
  readonly pos: number;
  readonly end: number;
}

const keywords = new Set(
  (
    'abstract assert boolean break byte case catch char class const continue default do double else enum extends final ' +
    'finally float for goto if implements import instanceof int interface long native new package private protected ' +
    'public return short static strictfp super switch synchronized this throw throws transient try void volatile while ' +
    'true false null'
  ).split(' '),
);

const operators = (
  '>>>= <<= >>= >>> ... -> :: ++ -- && || == != <= >= += -= *= /= &= |= ^= %= << >> ' +
  '( ) { } [ ] ; , . @ = > < ! ~ ? : + - * / & | ^ %'
).split(' ');

const escapes: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  s: ' ',
  '0': '\0',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** Splits a source file into tokens (JLS 3). Throws CompileError in javac's words. */
export function lex(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: TokenKind, text: string, pos: number): void => void tokens.push({ kind, text, pos, end: at });
  while (at < source.length) {
    const pos = at;
    const c = source.charAt(at);
    if (/\s/.test(c)) at++;
    else if (source.startsWith('//', at)) {
      const end = source.indexOf('\n', at);
      at = end < 0 ? source.length : end;
    } else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      if (end < 0) throw new CompileError('unclosed comment', pos);
      at = end + 2;
    } else if (/[\p{L}_$]/u.test(c)) {
      while (at < source.length && /[\p{L}\p{N}_$]/u.test(source.charAt(at))) at++;
      const text = source.slice(pos, at);
      push(keywords.has(text) ? 'word' : 'name', text, pos);
    } else if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(source.charAt(at + 1)))) {
      const found = number(source, at);
      at += found.length;
      push(found.kind, found.text, pos);
    } else if (source.startsWith('"""', at)) {
      const found = textBlock(source, at);
      at = found.end;
      push('string', found.text, pos);
    } else if (c === '"') {
      at++;
      let text = '';
      for (;;) {
        const d = source.charAt(at);
        if (d === '' || d === '\n') throw new CompileError('unclosed string literal', pos);
        if (d === '"') break;
        const [value, length] = character(source, at);
        text += value;
        at += length;
      }
      at++;
      push('string', text, pos);
    } else if (c === "'") {
      if (source.charAt(at + 1) === "'") throw new CompileError('empty character literal', pos);
      const [value, length] = character(source, at + 1);
      at += 1 + length;
      if (source.charAt(at) !== "'") throw new CompileError('unclosed character literal', pos);
      at++;
      push('char', value, pos);
    } else {
      const op = operators.find((one) => source.startsWith(one, at));
      if (op === undefined) throw new CompileError(`illegal character: '${c}'`, pos);
      at += op.length;
      push('op', op, pos);
    }
  }
  tokens.push({ kind: 'end', text: '', pos: source.length, end: source.length });
  return tokens;
}

function character(source: string, at: number): readonly [string, number] {
  const c = source.charAt(at);
  if (c !== '\\') {
    const whole = String.fromCodePoint(source.codePointAt(at) ?? 0);
    return [whole, whole.length];
  }
  const octal = /^[0-3]?[0-7]{1,2}/.exec(source.slice(at + 1))?.[0];
  if (octal !== undefined) return [String.fromCharCode(Number.parseInt(octal, 8)), 1 + octal.length];
  const hex = /^u+([0-9a-fA-F]{4})/.exec(source.slice(at + 1));
  if (hex) return [String.fromCharCode(Number.parseInt(hex[1] ?? '', 16)), 1 + hex[0].length];
  const value = escapes[source.charAt(at + 1)];
  if (value === undefined) throw new CompileError('illegal escape character', at + 1);
  return [value, 2];
}

function number(source: string, at: number): { kind: TokenKind; text: string; length: number } {
  const rest = source.slice(at, at + 80);
  const whole = /^(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+)([lL]?)/.exec(rest);
  if (whole) {
    const text = whole[0].replace(/[_lL]/g, '');
    return { kind: whole[1] ? 'long' : 'int', text, length: whole[0].length };
  }
  const found = /^(?:[0-9][0-9_]*)?(\.[0-9_]*)?([eE][+-]?[0-9]+)?([fFdDlL]?)/.exec(rest);
  const [all = '', point, exponent, suffix = ''] = found ?? [];
  const text = all.replace(/[_lLfFdD]/g, '');
  if (/[fF]/.test(suffix)) return { kind: 'float', text, length: all.length };
  if (/[dD]/.test(suffix) || point !== undefined || exponent !== undefined)
    return { kind: 'double', text, length: all.length };
  return { kind: suffix === '' ? 'int' : 'long', text, length: all.length };
}

/** A text block (JLS 3.10.6): common indentation is taken away, and blanks at line ends. */
function textBlock(source: string, at: number): { text: string; end: number } {
  const start = source.indexOf('\n', at) + 1;
  let end = start;
  while (!source.startsWith('"""', end)) {
    if (end >= source.length) throw new CompileError('unclosed text block', at);
    end += source.charAt(end) === '\\' ? 2 : 1;
  }
  const lines = source.slice(start, end).split('\n');
  const counted = lines.filter((line, i) => line.trim() !== '' || i === lines.length - 1);
  const indent = Math.min(...counted.map((line) => line.length - line.trimStart().length));
  const stripped = lines.map((line) => line.slice(indent).trimEnd()).join('\n');
  let text = '';
  for (let i = 0; i < stripped.length; ) {
    if (stripped.startsWith('\\\n', i)) {
      i += 2;
      continue;
    }
    const [value, length] = character(stripped, i);
    text += value;
    i += length;
  }
  return { text, end: end + 3 };
}
