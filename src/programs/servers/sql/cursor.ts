import type { Place } from './ast.ts';
import { syntaxError, unknownHere } from './errors.ts';
import type { Token } from './tokens.ts';
import type { Flavour } from './values.ts';

/** Words that real servers understand where this one does not: met where nothing fits, they are named. */
const beyond = new Set(
  `union intersect except with window over lateral using natural full right cross fetch for collate array interval extract
  generated check partition overlaps similar any all some within filter tablesample constraint rollup cube grouping
  conflict duplicate on as select values temporary temp unlogged inherits tablespace match cascade engine charset character
  comment view function procedure trigger sequence schema extension type materialized concurrently using`.split(/\s+/),
);

/** Reads a statement's tokens one by one. */
export class Cursor {
  place = 0;
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly flavour: Flavour;

  constructor(tokens: readonly Token[], text: string, flavour: Flavour) {
    this.tokens = tokens;
    this.text = text;
    this.flavour = flavour;
  }

  get token(): Token {
    return this.ahead(0);
  }
  get ended(): boolean {
    return this.token.kind === 'end';
  }
  ahead(count: number): Token {
    return this.tokens[Math.min(this.place + count, this.tokens.length - 1)] as Token;
  }
  /** Is the next token this word, or this sign? */
  is(...words: readonly string[]): boolean {
    return words.every((word, i) => {
      const { kind, value } = this.ahead(i);
      return (kind === 'word' || kind === 'sign') && value === word;
    });
  }
  /** Takes these words when all are next. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    this.place += words.length;
    return true;
  }
  /** Takes the next token whatever it is. */
  next(): Token {
    const { token } = this;
    this.place += 1;
    return token;
  }
  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.take(word)) throw this.wrong();
  }
  /** A name, as written or quoted. */
  name(): Place & { readonly name: string } {
    const { token } = this;
    const quoted = token.kind === 'name';
    if (!quoted && (token.kind !== 'word' || reserved.has(token.value))) throw this.wrong();
    this.place += 1;
    const plain = this.flavour === 'postgres' ? token.value : token.text;
    return { at: token.at, text: token.text, name: quoted ? token.value : plain };
  }
  /** Names between parentheses. */
  names(): readonly (Place & { readonly name: string })[] {
    this.expect('(');
    const found = [this.name()];
    while (this.take(',')) found.push(this.name());
    this.expect(')');
    return found;
  }
  string(): string {
    if (this.token.kind !== 'string') throw this.wrong();
    return this.next().value;
  }
  /** What to throw at the next token. */
  wrong(): Error {
    const { kind, value, at, text } = this.token;
    const known = kind === 'word' && beyond.has(value);
    const sign = kind === 'sign' && /^(?:\[|->|@|~|!~|&|\||#|\?|<=>)/.test(value);
    if (known || sign) return unknownHere(`${text.toUpperCase()} here`, at);
    return syntaxError(this.flavour, this.text, at, text);
  }
  /** A piece that began at the token number `from` and ends before the next one. */
  since(from: number): Place {
    const at = this.tokens[from]?.at ?? 0;
    const last = this.tokens[Math.max(this.place - 1, from)];
    return { at, text: last ? this.text.slice(at, last.at + last.text.length) : '' };
  }
}

/** Words that cannot be names without quotes. */
export const reserved: ReadonlySet<string> = new Set(
  `select from where group order by having limit offset insert into values update set delete create table drop alter
  primary unique foreign references not null and or in is like ilike between case when then else end as on inner left
  join cross union distinct all asc desc default check constraint returning using with true false for fetch full right
  natural except intersect grant`.split(/\s+/),
);
