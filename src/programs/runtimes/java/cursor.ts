import type { TypeNode } from './ast.ts';
import type { Token } from './lexer.ts';
import { CompileError } from './problem.ts';

export const primitiveWords = new Set(['boolean', 'byte', 'short', 'char', 'int', 'long', 'float', 'double', 'void']);

/** Where the parser is. Throws CompileError in javac's words. */
export class Cursor {
  readonly tokens: readonly Token[];
  at = 0;
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get token(): Token {
    return this.peek(0);
  }
  peek(n: number): Token {
    return this.tokens[Math.min(this.at + n, this.tokens.length - 1)] ?? { kind: 'end', text: '', pos: 0, end: 0 };
  }
  get pos(): number {
    return this.token.pos;
  }
  /** Where the token before this one ended. */
  get before(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }
  next(): Token {
    const token = this.token;
    this.at++;
    return token;
  }
  is(text: string): boolean {
    const { kind, text: own } = this.token;
    return own === text && (kind === 'op' || kind === 'word');
  }
  isName(text: string): boolean {
    return this.token.kind === 'name' && this.token.text === text;
  }
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }
  /** The token that must come now. */
  expect(text: string): Token {
    if (this.is(text)) return this.next();
    throw this.wrong(`'${text}' expected`, this.before);
  }
  name(): Token {
    if (this.token.kind === 'name') return this.next();
    throw this.wrong('<identifier> expected', this.token.kind === 'word' ? this.pos : this.before);
  }
  wrong(message: string, pos: number): CompileError {
    if (this.token.kind === 'end') return new CompileError('reached end of file while parsing', this.before);
    return new CompileError(message, pos);
  }
  /** Splits `>>` and `>>>` where they end type arguments. */
  closeAngle(): void {
    const { text, pos, end } = this.token;
    if (this.is('>')) {
      this.at++;
      return;
    }
    if (this.token.kind !== 'op' || !text.startsWith('>')) throw this.wrong("'>' expected", this.before);
    (this.tokens as Token[])[this.at] = { kind: 'op', text: text.slice(1), pos: pos + 1, end };
  }
}

/** A type; undefined (and the cursor where it was) when there is none. */
export function tryType(c: Cursor): TypeNode | undefined {
  const { at } = c;
  const saved = [...c.tokens.slice(at, at + 40)];
  try {
    return parseType(c);
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    c.at = at;
    (c.tokens as Token[]).splice(at, saved.length, ...saved);
    return undefined;
  }
}

/** A type with its arguments and dimensions. */
export function parseType(c: Cursor, dims = true): TypeNode {
  while (c.is('@')) {
    c.next();
    c.name();
  }
  const { pos } = c;
  if (c.take('?')) {
    if (c.take('extends')) return { ...parseType(c), pos, wild: 'extends' };
    if (c.take('super')) return { ...parseType(c), pos, wild: 'super' };
    return { pos, name: 'Object', dims: 0, wild: 'any' };
  }
  let name: string;
  let args: TypeNode[] | undefined;
  let diamond = false;
  if (c.token.kind === 'word' && primitiveWords.has(c.token.text)) name = c.next().text;
  else {
    name = c.name().text;
    for (;;) {
      if (c.is('<') && args === undefined && !diamond) {
        c.next();
        if (c.is('>')) {
          c.next();
          diamond = true;
        } else {
          args = [];
          do args.push(parseType(c));
          while (c.take(','));
          c.closeAngle();
        }
      }
      if (!c.is('.') || c.peek(1).kind !== 'name') break;
      c.next();
      name += `.${c.name().text}`;
    }
  }
  let count = 0;
  while (dims && c.is('[') && c.peek(1).text === ']' && c.peek(1).kind === 'op') {
    c.at += 2;
    count++;
  }
  return { pos, name, ...(args ? { args } : {}), ...(diamond ? { diamond } : {}), dims: count };
}
