import { sqlError, syntaxError, unknownHere } from './errors.ts';
import type { Flavour } from './values.ts';

/** A word is a keyword or a name; `name` is one that was quoted. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign' | 'end';
  /** As written. */
  readonly text: string;
  /** A word in small letters, a name or a string without its quotes. */
  readonly value: string;
  readonly at: number;
}

const signs = /^(?:<=>|<>|!=|<=|>=|\|\||&&|::|->>?|@>|<@|~~?\*?|!~\*?|[-+*/%^=<>().,;[\]:?&|#!@])/;

/** Splits text into tokens. Throws a syntax error at what begins none. */
export function tokenize(text: string, flavour: Flavour): readonly Token[] {
  const tokens: Token[] = [];
  const mysql = flavour !== 'postgres';
  let at = 0;
  const push = (kind: Token['kind'], length: number, value: string) => {
    tokens.push({ kind, text: text.slice(at, at + length), value, at });
    at += length;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest) ?? (mysql ? /^#[^\n]*/.exec(rest) : null);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const first = rest[0] ?? '';
    const word = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.exec(rest);
    const number = /^(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)/.exec(rest);
    if (first === "'" || (mysql && first === '"')) {
      const length = quotedLength(rest, first, mysql);
      if (length === undefined) throw unterminated(text, at, flavour);
      push('string', length, unquote(rest.slice(1, length - 1), first, mysql));
    } else if (first === '"' || (mysql && first === '`')) {
      const length = quotedLength(rest, first, false);
      if (length === undefined) throw unterminated(text, at, flavour);
      push('name', length, unquote(rest.slice(1, length - 1), first, false));
    } else if (/^[eE]'/.test(rest) && !mysql) {
      throw unknownHere('strings with escapes', at);
    } else if (word) push('word', word[0].length, word[0].toLowerCase());
    else if (number) push('number', number[0].length, number[0]);
    else if (/^\$\w*\$/.test(rest)) throw unknownHere('dollar quotes', at);
    else {
      const sign = signs.exec(rest);
      if (!sign) throw syntaxError(flavour, text, at, first);
      push('sign', sign[0].length, sign[0]);
    }
  }
  tokens.push({ kind: 'end', text: '', value: '', at: text.length });
  return tokens;
}

function unterminated(text: string, at: number, flavour: Flavour): Error {
  const what = text[at] === '"' ? 'identifier' : 'string';
  const { message } = syntaxError(flavour, text, at, '');
  return sqlError(
    flavour,
    ['42601', `unterminated quoted ${what} at or near "${text.slice(at)}"`, { at }],
    [1064, '42000', message],
  );
}

/** The length of a quoted piece with its quotes, or undefined when it does not end. */
function quotedLength(text: string, quote: string, escapes: boolean): number | undefined {
  for (let i = 1; i < text.length; i++) {
    if (escapes && text[i] === '\\') i++;
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  return undefined;
}

const escaped: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function unquote(text: string, quote: string, escapes: boolean): string {
  const plain = text.replaceAll(quote + quote, quote);
  return escapes ? plain.replace(/\\([\s\S])/g, (_, letter: string) => escaped[letter] ?? letter) : plain;
}

/** Where the statements of a text end: for clients, which send one after the other. Undefined: it is not complete. */
export function endOfStatement(text: string, flavour: Flavour): number | undefined {
  const mysql = flavour !== 'postgres';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === ';') return i;
    if (char === "'" || char === '"' || (mysql && char === '`')) {
      const length = quotedLength(text.slice(i), char, mysql && char !== '`');
      if (length === undefined) return undefined;
      i += length - 1;
    } else if (text.startsWith('--', i) || (mysql && char === '#')) {
      const end = text.indexOf('\n', i);
      if (end < 0) return undefined;
      i = end;
    } else if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i);
      if (end < 0) return undefined;
      i = end + 1;
    }
  }
  return undefined;
}
