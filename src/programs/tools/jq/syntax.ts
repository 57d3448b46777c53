import type { Value } from './value.ts';

/** A filter as a tree. */
export type Filter =
  | { readonly f: 'identity' | 'recurse' }
  | { readonly f: 'literal'; readonly value: Value }
  | { readonly f: 'text'; readonly parts: readonly (string | Filter)[]; readonly format: string }
  | { readonly f: 'format'; readonly name: string }
  | { readonly f: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly f: 'slice'; readonly of: Filter; readonly from?: Filter; readonly to?: Filter }
  | { readonly f: 'each' | 'try'; readonly of: Filter }
  | { readonly f: 'catch'; readonly of: Filter; readonly handler: Filter }
  | { readonly f: 'array'; readonly of: Filter | null }
  | { readonly f: 'object'; readonly entries: readonly (readonly [Filter, Filter])[] }
  | { readonly f: 'negate'; readonly of: Filter }
  | { readonly f: 'pipe' | 'comma'; readonly left: Filter; readonly right: Filter }
  | { readonly f: 'binary'; readonly op: string; readonly left: Filter; readonly right: Filter }
  | { readonly f: 'if'; readonly test: Filter; readonly yes: Filter; readonly no: Filter }
  | { readonly f: 'as'; readonly source: Filter; readonly name: string; readonly body: Filter }
  | {
      readonly f: 'reduce';
      readonly source: Filter;
      readonly name: string;
      readonly start: Filter;
      readonly update: Filter;
    }
  | {
      readonly f: 'def';
      readonly name: string;
      readonly params: readonly string[];
      readonly is: Filter;
      readonly rest: Filter;
    }
  | { readonly f: 'variable'; readonly name: string }
  | { readonly f: 'call'; readonly name: string; readonly args: readonly Filter[] };

/** The filter is not understood. */
export class BadFilter extends Error {}

type Token = {
  readonly kind: 'name' | 'field' | 'number' | 'string' | 'format' | 'variable' | 'op' | 'end';
  readonly text: string;
};

const operator = /^(?:\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[|,.[\](){}:;=<>+\-*/%?])/;

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const blank = /^(?:\s+|#[^\n]*)/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const take = (kind: Token['kind'], pattern: RegExp, group = 0): boolean => {
      const match = pattern.exec(rest);
      if (!match) return false;
      found.push({ kind, text: match[group] ?? '' });
      at += match[0].length;
      return true;
    };
    if (rest.startsWith('"')) {
      const end = stringEnd(text, at);
      found.push({ kind: 'string', text: text.slice(at + 1, end) });
      at = end + 1;
    } else if (
      !take('field', /^\.([A-Za-z_]\w*)/, 1) &&
      !take('number', /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/) &&
      !take('variable', /^\$([A-Za-z_]\w*)/, 1) &&
      !take('format', /^@\w+/) &&
      !take('name', /^[A-Za-z_]\w*/) &&
      !take('op', operator)
    )
      throw new BadFilter('syntax error, unexpected INVALID_CHARACTER');
  }
  return [...found, { kind: 'end', text: '' }];
}

/** Where a string that begins at `at` ends, past interpolations with strings in them. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '"') return i;
    if (text[i] !== '\\') continue;
    i++;
    if (text[i] === '(') i = parenEnd(text, i);
  }
  throw new BadFilter('syntax error, unexpected QQSTRING_START');
}

function parenEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '"') i = stringEnd(text, i);
    else if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  throw new BadFilter('syntax error, unexpected $end');
}

/** Parses a filter. Throws BadFilter. */
export function parseFilter(text: string): Filter {
  const parser = new Parser(tokens(text));
  if (parser.ends()) return { f: 'identity' };
  const filter = parser.pipe();
  if (!parser.ends()) throw parser.unexpected();
  return filter;
}

const levels: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

class Parser {
  private at = 0;
  private readonly list: readonly Token[];

  constructor(list: readonly Token[]) {
    this.list = list;
  }

  private get token(): Token {
    return this.list[this.at] ?? { kind: 'end', text: '' };
  }
  ends(): boolean {
    return this.token.kind === 'end';
  }
  unexpected(): BadFilter {
    const { kind, text } = this.token;
    if (kind === 'end') return new BadFilter('syntax error, unexpected $end');
    return new BadFilter(
      `syntax error, unexpected ${kind === 'name' ? 'IDENT' : kind === 'field' ? 'FIELD' : kind === 'number' ? 'LITERAL' : kind === 'string' ? 'QQSTRING_START' : `'${text}'`}`,
    );
  }
  private is(...texts: readonly string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'op' || kind === 'name') && texts.includes(text);
  }
  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }
  private take(kind: Token['kind']): string {
    if (this.token.kind !== kind) throw this.unexpected();
    return this.list[this.at++]?.text ?? '';
  }

  pipe(): Filter {
    if (this.accept('def')) return this.definition();
    const left = this.comma();
    if (this.accept('as')) {
      const name = this.take('variable');
      this.expect('|');
      return { f: 'as', source: left, name, body: this.pipe() };
    }
    return this.accept('|') ? { f: 'pipe', left, right: this.pipe() } : left;
  }

  private definition(): Filter {
    const name = this.take('name');
    const params: string[] = [];
    if (this.accept('(')) {
      do params.push(this.token.kind === 'variable' ? `$${this.take('variable')}` : this.take('name'));
      while (this.accept(';'));
      this.expect(')');
    }
    this.expect(':');
    const is = this.pipe();
    this.expect(';');
    return { f: 'def', name, params, is, rest: this.ends() ? { f: 'identity' } : this.pipe() };
  }

  private comma(): Filter {
    let left = this.binary(0);
    while (this.accept(',')) left = { f: 'comma', left, right: this.binary(0) };
    return left;
  }

  private binary(level: number): Filter {
    const ops = levels[level];
    if (!ops) return this.postfix();
    let left = this.binary(level + 1);
    while (this.is(...ops)) {
      const op = this.token.text;
      this.at++;
      // `//` goes to the right
      left = { f: 'binary', op, left, right: this.binary(op === '//' ? level : level + 1) };
    }
    return left;
  }

  private postfix(): Filter {
    let of = this.term();
    for (;;) {
      if (this.token.kind === 'field') of = { f: 'index', of, key: { f: 'literal', value: this.take('field') } };
      else if (this.accept('?')) of = { f: 'try', of };
      else if (this.is('[')) of = this.bracket(of);
      else if (this.is('.') && ['[', '"'].includes(this.following())) {
        this.at++;
        if (this.token.kind === 'string') of = { f: 'index', of, key: text(this.take('string'), '') };
      } else if (this.accept('as')) {
        const name = this.take('variable');
        this.expect('|');
        return { f: 'as', source: of, name, body: this.pipe() };
      } else return of;
    }
  }

  private following(): string {
    const next = this.list[this.at + 1];
    return next?.kind === 'string' ? '"' : (next?.text ?? '');
  }

  private bracket(of: Filter): Filter {
    this.expect('[');
    if (this.accept(']')) return { f: 'each', of };
    if (this.accept(':')) {
      const to = this.pipe();
      this.expect(']');
      return { f: 'slice', of, to };
    }
    const key = this.pipe();
    if (this.accept(':')) {
      const to = this.is(']') ? {} : { to: this.pipe() };
      this.expect(']');
      return { f: 'slice', of, from: key, ...to };
    }
    this.expect(']');
    return { f: 'index', of, key };
  }

  private term(): Filter {
    const { kind, text: word } = this.token;
    switch (kind) {
      case 'number':
        this.at++;
        return { f: 'literal', value: Number(word) };
      case 'string':
        this.at++;
        return text(word, '');
      case 'format':
        this.at++;
        return this.token.kind === 'string' ? text(this.take('string'), word) : { f: 'format', name: word };
      case 'field':
        this.at++;
        return { f: 'index', of: { f: 'identity' }, key: { f: 'literal', value: word } };
      case 'variable':
        this.at++;
        return { f: 'variable', name: word };
      case 'name':
        return this.named();
      default:
        return this.symbol();
    }
  }

  private symbol(): Filter {
    if (this.accept('..')) return { f: 'recurse' };
    if (this.accept('.')) {
      if (this.token.kind === 'string')
        return { f: 'index', of: { f: 'identity' }, key: text(this.take('string'), '') };
      return { f: 'identity' };
    }
    if (this.accept('-')) return { f: 'negate', of: this.postfix() };
    if (this.accept('(')) {
      const inner = this.pipe();
      this.expect(')');
      return inner;
    }
    if (this.accept('[')) {
      if (this.accept(']')) return { f: 'array', of: null };
      const of = this.pipe();
      this.expect(']');
      return { f: 'array', of };
    }
    if (this.accept('{')) return this.object();
    throw this.unexpected();
  }

  private named(): Filter {
    if (this.accept('if')) return this.condition();
    if (this.accept('try')) {
      const of = this.postfix();
      return this.accept('catch') ? { f: 'catch', of, handler: this.postfix() } : { f: 'try', of };
    }
    if (this.accept('reduce')) {
      const source = this.term();
      const of = this.is('[') ? this.bracketAll(source) : source;
      this.expect('as');
      const name = this.take('variable');
      this.expect('(');
      const start = this.pipe();
      this.expect(';');
      const update = this.pipe();
      this.expect(')');
      return { f: 'reduce', source: of, name, start, update };
    }
    const name = this.take('name');
    if (name === 'null') return { f: 'literal', value: null };
    if (name === 'true' || name === 'false') return { f: 'literal', value: name === 'true' };
    const args: Filter[] = [];
    if (this.accept('(')) {
      do args.push(this.pipe());
      while (this.accept(';'));
      this.expect(')');
    }
    return { f: 'call', name, args };
  }

  private bracketAll(source: Filter): Filter {
    let of = source;
    while (this.is('[') || this.token.kind === 'field')
      of = this.is('[') ? this.bracket(of) : { f: 'index', of, key: { f: 'literal', value: this.take('field') } };
    return of;
  }

  private condition(): Filter {
    const test = this.pipe();
    this.expect('then');
    const yes = this.pipe();
    if (this.accept('elif')) return { f: 'if', test, yes, no: this.condition() };
    const no: Filter = this.accept('else') ? this.pipe() : { f: 'identity' };
    this.expect('end');
    return { f: 'if', test, yes, no };
  }

  private object(): Filter {
    const entries: (readonly [Filter, Filter])[] = [];
    while (!this.accept('}')) {
      const { kind, text: word } = this.token;
      let key: Filter;
      let usual: Filter | undefined;
      if (kind === 'variable') {
        this.at++;
        key = { f: 'literal', value: word };
        usual = { f: 'variable', name: word };
      } else if (kind === 'name') {
        this.at++;
        key = { f: 'literal', value: word };
      } else if (kind === 'string') {
        this.at++;
        key = text(word, '');
      } else if (this.accept('(')) {
        key = this.pipe();
        this.expect(')');
      } else throw this.unexpected();
      usual ??= { f: 'index', of: { f: 'identity' }, key };
      entries.push([key, this.accept(':') ? this.entryValue() : usual]);
      if (!this.accept(',') && !this.is('}')) throw this.unexpected();
    }
    return { f: 'object', entries };
  }

  private entryValue(): Filter {
    let left = this.binary(0);
    while (this.accept('|')) left = { f: 'pipe', left, right: this.binary(0) };
    return left;
  }
}

const escapes: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** A string with its escapes read and its interpolations parsed. */
function text(raw: string, format: string): Filter {
  const parts: (string | Filter)[] = [];
  let plain = '';
  for (let at = 0; at < raw.length; at++) {
    const c = raw[at] ?? '';
    if (c !== '\\') {
      plain += c;
      continue;
    }
    const next = raw[++at] ?? '';
    if (next === '(') {
      const end = parenEnd(raw, at);
      parts.push(plain, parseFilter(raw.slice(at + 1, end)));
      plain = '';
      at = end;
    } else if (next === 'u') {
      plain += String.fromCharCode(Number.parseInt(raw.slice(at + 1, at + 5), 16));
      at += 4;
    } else plain += escapes[next] ?? next;
  }
  if (parts.length === 0) return { f: 'literal', value: plain };
  return { f: 'text', parts: [...parts, plain], format };
}
