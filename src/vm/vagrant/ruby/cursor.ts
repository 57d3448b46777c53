import type { Token } from './lexer.ts';
import { SyntaxProblem } from './syntax.ts';

/** A place in a list of words, and what the parser asks about it. */
export class Cursor {
  protected i = 0;
  protected readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.i] ?? { kind: 'end', line: 0, spaced: false };
  }

  protected get over(): boolean {
    return this.token.kind === 'end';
  }

  protected is(...texts: readonly string[]): boolean {
    const { token } = this;
    return (token.kind === 'punct' || token.kind === 'keyword') && texts.includes(token.text);
  }

  protected take(text: string): boolean {
    if (!this.is(text)) return false;
    this.i += 1;
    return true;
  }

  protected expect(text: string): void {
    if (!this.take(text)) this.unexpected(text);
  }

  protected unexpected(wanted?: string): never {
    const { token } = this;
    const last = this.tokens.at(-2)?.line ?? 1;
    const expecting = wanted === undefined ? '' : `, expecting \`${wanted}'`;
    const what = describe(token);
    throw new SyntaxProblem([
      { line: token.kind === 'end' ? last : token.line, words: `syntax error, unexpected ${what}${expecting}` },
    ]);
  }

  protected newlines(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.i += 1;
  }

  atEnd(): void {
    if (this.token.kind !== 'end') this.unexpected();
  }

  protected skipBreaks(): void {
    while (this.token.kind === 'newline') this.i += 1;
  }
}

/** How Ruby calls a word that it did not expect. */
function describe(token: Token): string {
  switch (token.kind) {
    case 'text':
      return 'string literal';
    case 'number':
      return 'integer literal';
    case 'newline':
      return "'\\n'";
    case 'name':
      return 'local variable or method';
    case 'constant':
      return 'constant';
    case 'label':
      return 'label';
    case 'symbol':
      return 'symbol literal';
    default:
      return 'text' in token ? (token.kind === 'keyword' ? `\`${token.text}'` : `'${token.text}'`) : 'end-of-input';
  }
}
