import { quoteGo } from '../../../kernel/go/quote.ts';
import { TemplateError } from './error.ts';
import { lex, type Token } from './lexer.ts';

/** Goes through the tokens of a template, one after the other. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private next = 0;
  /** The line on which the present action begins. */
  protected actionLine = 0;

  constructor(source: string) {
    this.tokens = lex(source);
  }

  /** Where the reader stands; `goBack` returns there. */
  protected position(): number {
    return this.next;
  }

  protected goBack(position: number): void {
    this.next = position;
  }

  /** The token that was taken last is to be taken again. */
  protected putBack(): void {
    this.next--;
  }

  protected peek(): Token {
    const token = this.tokens[this.next] ?? this.tokens.at(-1);
    if (!token) throw new Error('a template without tokens');
    return token;
  }

  protected take(): Token {
    const token = this.peek();
    this.next++;
    return token;
  }

  /** The next token that is no space, taken; `peekWord` leaves it there. */
  protected word(): Token {
    while (this.peek().type === 'space') this.next++;
    return this.take();
  }

  protected peekWord(): Token {
    while (this.peek().type === 'space') this.next++;
    return this.peek();
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type === 'error') {
      const elsewhere = this.actionLine !== 0 && this.actionLine !== token.line;
      const verb = token.text.endsWith(' action') ? '' : ' in action';
      throw this.error(token, token.text + (elsewhere ? `${verb} started at :${this.actionLine}` : ''));
    }
    throw this.error(token, `unexpected ${tokenName(token)} in ${context}`);
  }

  protected error(token: Token, message: string): TemplateError {
    if (token.type === 'error' && message !== token.text && !message.startsWith(token.text)) {
      return new TemplateError(`template: :${token.line}: ${token.text}`);
    }
    return new TemplateError(`template: :${token.line}: ${message}`);
  }
}

function tokenName({ type, text }: Token): string {
  if (type === 'eof') return 'EOF';
  if (type === 'keyword' || type === 'dot' || type === 'nil') return `<${text}>`;
  return text.length > 10 ? `${quoteGo(text.slice(0, 10))}...` : quoteGo(text);
}
