import { SyntaxProblem } from './syntax.ts';

/** A word of the source. `text`: what stands between quotes, cut at `#{…}` (whose source is kept). */
export type Token = { readonly line: number; readonly spaced: boolean } & (
  | { readonly kind: 'name' | 'constant' | 'keyword' | 'symbol' | 'label' | 'punct'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly parts: readonly (string | { readonly source: string; readonly line: number })[] }
  | { readonly kind: 'newline' }
  | { readonly kind: 'end' }
);

const keywords = new Set(
  'if elsif else unless end do while until case when then true false nil and or not return next break begin rescue ensure def class module require puts'.split(
    ' ',
  ),
);
/** These are ordinary names here. */
const notKeywords = new Set(['require', 'puts']);

const punctuation =
  /^(?:<=>|===|\*\*|\|\|=|&&=|\.\.\.|&\.|::|==|!=|<=|>=|&&|\|\||\.\.|=>|=~|\+=|-=|\*=|<<|[-+*/%=<>!?:.,;|&(){}[\]])/;

interface Pending {
  readonly tag: string;
  readonly squiggly: boolean;
  readonly dash: boolean;
  readonly raw: boolean;
  readonly at: number;
}

/** Cuts a source into words. Throws SyntaxProblem for what has no end. `first`: the number of its first line. */
export function tokenize(source: string, first = 1): readonly Token[] {
  const tokens: Token[] = [];
  const heredocs: Pending[] = [];
  let i = 0;
  let line = first;
  let spaced = false;
  const add = (token: object) => {
    tokens.push({ ...token, line, spaced } as Token);
    spaced = false;
  };
  while (i < source.length) {
    const rest = source.slice(i);
    const c = source.charAt(i);
    if (c === '\n') {
      add({ kind: 'newline' });
      i += 1;
      line += 1;
      for (const pending of heredocs.splice(0)) [i, line] = readHeredoc(source, i, line, pending, tokens);
      if (source.startsWith('=begin', i)) {
        const end = source.indexOf('\n=end', i);
        const skipped = source.slice(i, end < 0 ? source.length : end + 5);
        line += skipped.split('\n').length - 1;
        i += skipped.length;
      }
      continue;
    }
    const blank = /^(?:[ \t\r]+|\\\r?\n|#[^\n]*)/.exec(rest)?.[0];
    if (blank !== undefined) {
      if (blank.includes('\n')) line += 1;
      i += blank.length;
      spaced = true;
      continue;
    }
    const here = /^<<([-~]?)(?:(['"])([^'"\n]+)\2|([A-Z_][A-Za-z0-9_]*))/.exec(rest);
    if (here && startsValue(tokens, spaced)) {
      const [all, mark = '', quote, quoted, bare = ''] = here;
      add({ kind: 'text', parts: [] });
      const tag = quoted ?? bare;
      heredocs.push({ tag, squiggly: mark === '~', dash: mark !== '', raw: quote === "'", at: tokens.length - 1 });
      i += all.length;
      continue;
    }
    if (c === '"' || c === "'" || c === '`') {
      const { parts, end, lines } = quoted(source, i + 1, c, c === "'", line);
      const label = source[end] === ':' && source[end + 1] !== ':' && parts.length === 1 && c !== '`';
      if (label) add({ kind: 'label', text: typeof parts[0] === 'string' ? parts[0] : '' });
      else add({ kind: 'text', parts });
      line += lines;
      i = label ? end + 1 : end;
      continue;
    }
    const percent = /^%([wWqQi]?)([[({<|!])/.exec(rest);
    if (percent && startsValue(tokens, spaced)) {
      const [all, how = '', open = ''] = percent;
      const close = { '[': ']', '(': ')', '{': '}', '<': '>' }[open] ?? open;
      const end = source.indexOf(close, i + all.length);
      if (end < 0) throw new SyntaxProblem([{ line, words: 'unterminated list meets end of file' }]);
      const inner = source.slice(i + all.length, end);
      if (/[wWi]/.test(how)) {
        add({ kind: 'punct', text: '[' });
        inner
          .split(/\s+/)
          .filter((word) => word !== '')
          .forEach((word, at) => {
            if (at > 0) add({ kind: 'punct', text: ',' });
            add({ kind: 'text', parts: [word] });
          });
        add({ kind: 'punct', text: ']' });
      } else add({ kind: 'text', parts: how === 'q' ? [inner] : cut(inner, line) });
      line += inner.split('\n').length - 1;
      i = end + 1;
      continue;
    }
    const number = /^\d[\d_]*(?:\.\d+)?/.exec(rest)?.[0];
    if (number !== undefined) {
      add({ kind: 'number', value: Number(number.replaceAll('_', '')) });
      i += number.length;
      continue;
    }
    const label = /^([A-Za-z_]\w*[?!]?):(?!:)/.exec(rest);
    const ternary = tokens.some((token) => token.line === line && token.kind === 'punct' && token.text === '?');
    if (label && !(ternary && !/^[A-Za-z_]\w*: /.test(rest))) {
      add({ kind: 'label', text: label[1] ?? '' });
      i += label[0].length;
      continue;
    }
    const symbol = /^:(?:([A-Za-z_]\w*[?!]?)|"([^"\n]*)")/.exec(rest);
    if (symbol && source[i - 1] !== ':') {
      add({ kind: 'symbol', text: symbol[1] ?? symbol[2] ?? '' });
      i += symbol[0].length;
      continue;
    }
    const name = /^[@$]{0,2}[A-Za-z_]\w*[?!]?(?!=[^=~>])|^[@$]{0,2}[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name !== undefined) {
      const afterDot = tokens.at(-1)?.kind === 'punct' && !spaced && /^(?:\.|&\.)$/.test(textOf(tokens.at(-1)));
      const keyword = keywords.has(name) && !notKeywords.has(name) && !afterDot;
      add({ kind: keyword ? 'keyword' : /^[A-Z]/.test(name) ? 'constant' : 'name', text: name });
      i += name.length;
      continue;
    }
    const mark = punctuation.exec(rest)?.[0];
    if (mark === undefined) throw new SyntaxProblem([{ line, words: `Invalid char \`${c}' in expression` }]);
    add({ kind: 'punct', text: mark });
    i += mark.length;
  }
  if (heredocs[0]) {
    throw new SyntaxProblem([{ line, words: `can't find string "${heredocs[0].tag}" anywhere before EOF` }]);
  }
  if (source.endsWith('\n')) line -= 1;
  add({ kind: 'newline' });
  add({ kind: 'end' });
  return tokens;
}

function textOf(token: Token | undefined): string {
  return token && 'text' in token ? token.text : '';
}

/** May a value begin here (so that `<<` and `%` are no operators)? */
function startsValue(tokens: readonly Token[], spaced: boolean): boolean {
  const last = tokens.at(-1);
  if (!last || last.kind === 'newline' || last.kind === 'label') return true;
  if (last.kind === 'punct') return !/^[)\]}]$/.test(last.text);
  if (last.kind === 'keyword') return last.text !== 'end';
  return last.kind === 'name' && spaced;
}

function readHeredoc(source: string, from: number, line: number, pending: Pending, tokens: Token[]): [number, number] {
  const lines: string[] = [];
  let i = from;
  let count = 0;
  for (;;) {
    if (i >= source.length) {
      throw new SyntaxProblem([{ line: line - 1, words: `can't find string "${pending.tag}" anywhere before EOF` }]);
    }
    const end = source.indexOf('\n', i);
    const text = source.slice(i, end < 0 ? source.length : end).replace(/\r$/, '');
    i = end < 0 ? source.length : end + 1;
    count += 1;
    if ((pending.dash ? text.trim() : text) === pending.tag) break;
    lines.push(text);
  }
  const depth = Math.min(
    ...lines.filter((text) => text.trim() !== '').map((text) => /^[ \t]*/.exec(text)?.[0].length ?? 0),
  );
  const body = lines
    .map((text) => `${pending.squiggly ? text.slice(Number.isFinite(depth) ? depth : 0) : text}\n`)
    .join('');
  const old = tokens[pending.at];
  if (old)
    tokens[pending.at] = {
      kind: 'text',
      line: old.line,
      spaced: old.spaced,
      parts: pending.raw ? [body] : cut(body, line),
    };
  return [i, line + count];
}

type Parts = (string | { readonly source: string; readonly line: number })[];

/** What is between quotes, from behind the opening one on. */
function quoted(source: string, from: number, quote: string, raw: boolean, line: number) {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    if (source[i] === '\\') i += 1;
    else if (!raw && source.startsWith('#{', i)) depth += 1;
    else if (depth > 0 && source[i] === '}') depth -= 1;
    else if (depth === 0 && source[i] === quote) {
      const inner = source.slice(from, i);
      const lines = inner.split('\n').length - 1;
      const parts: Parts = raw ? [inner.replace(/\\(['\\])/g, '$1')] : cut(inner, line);
      return { parts, end: i + 1, lines };
    }
  }
  const last = source.replace(/\n$/, '').split('\n').length;
  throw new SyntaxProblem([
    { line: last, words: 'unterminated string meets end of file' },
    { line: last, words: "syntax error, unexpected end-of-input, expecting `end'" },
  ]);
}

/** A text of double quotes, with its escapes resolved, cut at the expressions in it. */
function cut(inner: string, line: number): Parts {
  const parts: Parts = [];
  let text = '';
  let at = line;
  for (let i = 0; i < inner.length; i++) {
    const c = inner.charAt(i);
    if (c === '\n') at += 1;
    if (c === '\\') {
      i += 1;
      text += escapes[inner.charAt(i)] ?? inner.charAt(i);
    } else if (inner.startsWith('#{', i)) {
      let depth = 1;
      let end = i + 2;
      for (; end < inner.length && depth > 0; end++) {
        if (inner[end] === '{') depth += 1;
        else if (inner[end] === '}') depth -= 1;
      }
      if (text !== '') parts.push(text);
      text = '';
      parts.push({ source: inner.slice(i + 2, end - 1), line: at });
      i = end - 1;
    } else text += c;
  }
  return text === '' && parts.length > 0 ? parts : [...parts, text];
}

const escapes: { readonly [letter: string]: string } = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\x1b',
  s: ' ',
  '0': '\0',
  '\n': '',
};
