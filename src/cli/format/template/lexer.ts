export type TokenType =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'dot'
  | 'nil'
  | 'bool'
  | 'number'
  | 'char-constant'
  | 'string'
  | 'raw-string'
  | 'pipe'
  | 'declare'
  | 'assign'
  | 'left-paren'
  | 'right-paren'
  | 'char'
  | 'comment'
  | 'error'
  | 'eof';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly at: number;
  readonly line: number;
}

export const keywords: readonly string[] = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
];

/** The letters of most templates are ASCII; the other pattern, which takes long to compile, is made for the rest. */
const isAlphanumeric = (char: string): boolean => (char < '\x80' ? /^\w/.test(char) : /^[\p{L}\p{Nd}_]/u.test(char));

/** The word at the beginning of `text`, with the `$` or `.` before it. */
function wordAt(text: string): string {
  const word = /^[$.]?\w*/.exec(text)?.[0] ?? '';
  return (text[word.length] ?? '') < '\x80' ? word : (/^[$.]?[\p{L}\p{Nd}_]*/u.exec(text)?.[0] ?? '');
}

const spaces = ' \t\r\n';

/** Cuts a template into tokens; what is wrong with it is the last one, of type `error`. */
export function lex(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (type: TokenType, text: string, from = at) => {
    tokens.push({ type, text, at: from, line: 1 + count(source, '\n', from) });
  };
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const end = open < 0 ? source.length : open;
    const trimBefore = open >= 0 && source[open + 2] === '-' && spaces.includes(source[open + 3] ?? 'x');
    let text = source.slice(at, end);
    let from = at;
    if (trimNext) {
      from += text.length - text.trimStart().length;
      text = text.replace(/^[ \t\r\n]+/, '');
    }
    if (trimBefore) text = text.replace(/[ \t\r\n]+$/, '');
    if (text !== '') add('text', text, from);
    at = end;
    if (open < 0) break;
    const start = open + (trimBefore ? 4 : 2);
    if (source.startsWith('/*', start)) {
      const close = source.indexOf('*/', start + 2);
      if (close < 0) return withError(tokens, 'unclosed comment', start, source);
      const after = close + 2;
      const trims = /^[ \t\r\n]-\}\}/.test(source.slice(after));
      if (!trims && !source.startsWith('}}', after)) {
        return withError(tokens, 'comment ends before closing delimiter', start, source);
      }
      trimNext = trims;
      at = after + (trims ? 4 : 2);
      continue;
    }
    add('open', '{{', open);
    const action = lexAction(source, start);
    tokens.push(...action.tokens);
    if (action.tokens.at(-1)?.type === 'error') return tokens;
    trimNext = action.trims;
    at = action.end;
  }
  add('eof', '', source.length);
  return tokens;
}

interface Action {
  readonly tokens: readonly Token[];
  readonly end: number;
  readonly trims: boolean;
}

/** What stands between `{{` and `}}`, with the latter. */
function lexAction(source: string, start: number): Action {
  const tokens: Token[] = [];
  let at = start;
  let depth = 0;
  const line = () => 1 + count(source, '\n', at);
  const add = (type: TokenType, length: number) => {
    tokens.push({ type, text: source.slice(at, at + length), at, line: line() });
    at += length;
  };
  const bad = (text: string) => {
    tokens.push({ type: 'error', text, at, line: line() });
    return { tokens, end: source.length, trims: false };
  };
  for (;;) {
    const rest = source.slice(at);
    const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    const close = /^(?:[ \t\r\n]-)?\}\}/.exec(rest)?.[0];
    if (close !== undefined) {
      if (depth > 0) return bad('unclosed left paren');
      at += close.length - 2;
      add('close', 2);
      return { tokens, end: at, trims: close.length > 2 };
    }
    if (rest === '') return bad('unclosed action');
    if (spaces.includes(char)) add('space', /^[ \t\r\n]+?(?=[^ \t\r\n]|$|[ \t\r\n]-\}\})/.exec(rest)?.[0].length ?? 1);
    else if (rest.startsWith(':=')) add('declare', 2);
    else if (char === ':') return bad('expected :=');
    else if (char === '=') add('assign', 1);
    else if (char === '|') add('pipe', 1);
    else if (char === '"' || char === "'") {
      const text = (char === '"' ? /^"(?:[^"\\\n]|\\[^\n])*"/ : /^'(?:[^'\\\n]|\\[^\n])*'/).exec(rest)?.[0];
      if (text === undefined)
        return bad(char === '"' ? 'unterminated quoted string' : 'unterminated character constant');
      add(char === '"' ? 'string' : 'char-constant', text.length);
    } else if (char === '`') {
      const end = rest.indexOf('`', 1);
      if (end < 0) return bad('unterminated raw quoted string');
      add('raw-string', end + 1);
    } else if (char === '(') {
      depth++;
      add('left-paren', 1);
    } else if (char === ')') {
      depth--;
      if (depth < 0) return bad('unexpected right paren');
      add('right-paren', 1);
    } else if (/^(?:[+-]?[0-9]|\.[0-9]|[+-])/.test(rest)) {
      const number = numberPattern.exec(rest)?.[0] ?? '';
      const next = String.fromCodePoint(rest.codePointAt(number.length) ?? 0);
      if (isAlphanumeric(next)) return bad(`bad number syntax: "${number}${next}"`);
      add('number', number.length);
    } else if (char === '$' || isAlphanumeric(char) || char === '.') {
      const name = wordAt(rest);
      const next = String.fromCodePoint(rest.codePointAt(name.length) ?? 0);
      if (name !== '.' && !endsWord(rest.slice(name.length))) return bad(`bad character ${unicodeName(next)}`);
      add(wordType(name), name.length);
    } else if (char > ' ' && char <= '~') add('char', 1);
    else return bad(`unrecognized character in action: ${unicodeName(char)}`);
  }
}

function wordType(word: string): TokenType {
  if (word === '.') return 'dot';
  if (word.startsWith('.')) return 'field';
  if (word.startsWith('$')) return 'variable';
  if (keywords.includes(word)) return 'keyword';
  if (word === 'true' || word === 'false') return 'bool';
  return word === 'nil' ? 'nil' : 'identifier';
}

/** May a word end here? */
function endsWord(rest: string): boolean {
  return rest === '' || /^[ \t\r\n.,|:()=]/.test(rest) || rest.startsWith('}}');
}

const numberPattern =
  /^[+-]?(?:0[xX][0-9a-fA-F_]*|0[oO][0-7_]*|0[bB][01_]*|[0-9_]*)(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?/;

/** `U+0040 '@'`. */
function unicodeName(char: string): string {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(char) ? `U+${code} '${char}'` : `U+${code}`;
}

function withError(tokens: Token[], text: string, at: number, source: string): readonly Token[] {
  return [...tokens, { type: 'error', text, at, line: 1 + count(source, '\n', at) }];
}

function count(text: string, char: string, end: number): number {
  let n = 0;
  for (let i = text.indexOf(char); i >= 0 && i < end; i = text.indexOf(char, i + 1)) n++;
  return n;
}
