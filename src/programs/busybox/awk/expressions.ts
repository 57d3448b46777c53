import type { Token } from './lexer.ts';
import { builtinArity } from './lexer.ts';
import type { Expr, Target } from './tree.ts';
import { AwkError } from './tree.ts';

/** Expressions, from the loosest binding to the tightest; `print` needs them without a bare `>` (`plain`). */
export class ExpressionParser {
  protected readonly tokens: readonly Token[];
  protected index = 0;

  protected readonly mawk: boolean;

  constructor(tokens: readonly Token[], mawk: boolean) {
    this.tokens = tokens;
    this.mawk = mawk;
  }

  protected get now(): Token {
    return this.tokens[this.index] ?? { kind: 'end', text: '', value: 0, line: 1 };
  }

  protected at(operator: string): boolean {
    return this.now.kind === 'op' && this.now.text === operator;
  }

  protected take(operator: string): boolean {
    if (!this.at(operator)) return false;
    this.index++;
    return true;
  }

  protected takeWord(word: string): boolean {
    if (this.now.kind !== 'word' || this.now.text !== word) return false;
    this.index++;
    return true;
  }

  protected expect(operator: string): void {
    if (!this.take(operator)) this.unexpected();
  }

  protected newlines(): void {
    while (this.now.kind === 'newline') this.index++;
  }

  protected unexpected(index = this.index): never {
    const { kind, line, text } = this.tokens[index] ?? this.now;
    throw new AwkError('Unexpected token', line, kind === 'end' ? 'end of file' : text);
  }

  protected name(): string {
    const { kind, text } = this.now;
    if (kind !== 'name') this.unexpected();
    this.index++;
    return text;
  }

  protected subscript(): Expr[] {
    const keys = this.expressionList(false);
    this.expect(']');
    return keys;
  }

  protected expressionList(plain: boolean): Expr[] {
    const items = [this.expression(plain)];
    while (this.take(',')) {
      this.newlines();
      items.push(this.expression(plain));
    }
    return items;
  }

  protected expression(plain = false): Expr {
    const left = this.ternary(plain);
    const { kind, text } = this.now;
    if (kind !== 'op' || !/^[-+*/%^]?=$/.test(text)) return left;
    if (left.t !== 'var' && left.t !== 'elem' && left.t !== 'field') return this.assignInside(left, plain);
    this.index++;
    this.newlines();
    return { t: 'assign', op: text.slice(0, -1), to: left, e: this.expression(plain) };
  }

  /** `1 + x = 2`, `!x = y` and `$1 == x = 2`: the assignment belongs to what is last. */
  private assignInside(left: Expr, plain: boolean): Expr {
    if (left.t === 'unary') return { ...left, e: this.assignTo(left.e, plain) };
    if (left.t === 'and' || left.t === 'or' || left.t === 'bin' || left.t === 'match')
      return { ...left, b: this.assignTo(left.b, plain) };
    return this.unexpected();
  }

  private assignTo(left: Expr, plain: boolean): Expr {
    if (left.t !== 'var' && left.t !== 'elem' && left.t !== 'field') return this.assignInside(left, plain);
    const { text } = this.now;
    this.index++;
    this.newlines();
    return { t: 'assign', op: text.slice(0, -1), to: left, e: this.expression(plain) };
  }

  private ternary(plain: boolean): Expr {
    const c = this.or(plain);
    if (!this.take('?')) return c;
    this.newlines();
    const a = this.expression(plain);
    this.newlines();
    this.expect(':');
    this.newlines();
    return { t: 'cond', c, a, b: this.expression(plain) };
  }

  private or(plain: boolean): Expr {
    let a = this.and(plain);
    while (this.take('||')) {
      this.newlines();
      a = { t: 'or', a, b: this.and(plain) };
    }
    return a;
  }

  private and(plain: boolean): Expr {
    let a = this.membership(plain);
    while (this.take('&&')) {
      this.newlines();
      a = { t: 'and', a, b: this.membership(plain) };
    }
    return a;
  }

  private membership(plain: boolean): Expr {
    let a = this.matching(plain);
    while (this.takeWord('in')) a = { t: 'in', keys: a.t === 'list' ? a.items : [a], name: this.name() };
    if (a.t === 'list') this.unexpected();
    return a;
  }

  private matching(plain: boolean): Expr {
    let a = this.comparison(plain);
    for (;;) {
      const not = this.at('!~');
      if (!not && !this.at('~')) return a;
      this.index++;
      a = { t: 'match', not, a, b: this.comparison(plain) };
    }
  }

  private comparison(plain: boolean): Expr {
    let a = this.concatenation(plain);
    for (;;) {
      const { kind, text, line } = this.now;
      if (kind !== 'op') return a;
      const next = this.tokens[this.index + 1];
      if (text === '|' && next?.kind === 'word' && next.text === 'getline') {
        this.index += 2;
        const to = this.optionalTarget();
        a = { t: 'getline', from: 'command', source: a, ...(to && { to }) };
      } else if (/^(?:<|<=|==|!=|>=)$/.test(text) || (text === '>' && !plain)) {
        this.index++;
        a = { t: 'bin', op: text, a, b: this.concatenation(plain), line };
      } else return a;
    }
  }

  protected concatenation(plain: boolean): Expr {
    let a = this.additive(plain);
    while (this.beginsOperand()) a = { t: 'bin', op: ' ', a, b: this.additive(plain), line: this.now.line };
    return a;
  }

  /** What may follow a value without an operator between. */
  private beginsOperand(): boolean {
    const { kind, text } = this.now;
    if (kind === 'num' || kind === 'str' || kind === 'name' || kind === 'call' || kind === 'builtin') return true;
    if (kind === 'regex') return true;
    return (
      kind === 'op' &&
      (text === '$' || text === '(' || text === '!' || text === '++' || text === '--' || text === '-' || text === '+')
    );
  }

  private additive(plain: boolean): Expr {
    let a = this.multiplicative(plain);
    for (;;) {
      const { text, line } = this.now;
      if (!this.at('+') && !this.at('-')) return a;
      this.index++;
      a = { t: 'bin', op: text, a, b: this.multiplicative(plain), line };
    }
  }

  private multiplicative(plain: boolean): Expr {
    let a = this.unary(plain);
    for (;;) {
      const { text, line } = this.now;
      if (!this.at('*') && !this.at('/') && !this.at('%')) return a;
      this.index++;
      a = { t: 'bin', op: text, a, b: this.unary(plain), line };
    }
  }

  private unary(plain: boolean): Expr {
    const { text } = this.now;
    if (this.at('!') || this.at('-') || this.at('+')) {
      this.index++;
      return { t: 'unary', op: text, e: this.unary(plain) };
    }
    return this.power(plain);
  }

  private power(plain: boolean): Expr {
    const a = this.postfix();
    const { line } = this.now;
    if (!this.take('^')) return a;
    // right-associative, and the exponent may have a sign
    return { t: 'bin', op: '^', a, b: this.unary(plain), line };
  }

  private postfix(): Expr {
    const e = this.primary();
    if (e.t !== 'var' && e.t !== 'elem' && e.t !== 'field') return e;
    if (this.take('++')) return { t: 'incr', to: e, by: 1, post: true };
    if (this.take('--')) return { t: 'incr', to: e, by: -1, post: true };
    return e;
  }

  private target(): Target {
    const e = this.primary();
    if (e.t !== 'var' && e.t !== 'elem' && e.t !== 'field') this.unexpected();
    return e;
  }

  private optionalTarget(): Target | undefined {
    return this.now.kind === 'name' || this.at('$') ? this.target() : undefined;
  }

  private primary(): Expr {
    const { kind, text, value, line } = this.now;
    this.index++;
    switch (kind) {
      case 'num':
        return { t: 'num', v: value };
      case 'str':
        return { t: 'str', v: text };
      case 'regex':
        return { t: 'regex', v: text };
      case 'name':
        return this.take('[') ? { t: 'elem', name: text, keys: this.subscript() } : { t: 'var', name: text };
      case 'call': {
        this.expect('(');
        return { t: 'call', name: text, args: this.callArguments(), line };
      }
      case 'builtin':
        return this.builtin(text, line);
      case 'word':
        if (text === 'getline') return this.getline();
        return this.unexpected(this.index - 1);
      case 'op':
        return this.primaryOperator(text);
      default:
        return this.unexpected(this.index - 1);
    }
  }

  private primaryOperator(text: string): Expr {
    if (text === '$') {
      if (this.at('++') || this.at('--')) return { t: 'field', e: this.primary() };
      if (this.take('-')) return { t: 'field', e: { t: 'unary', op: '-', e: this.primary() } };
      return { t: 'field', e: this.primary() };
    }
    if (text === '++' || text === '--')
      return { t: 'incr', to: this.target(), by: text === '++' ? 1 : -1, post: false };
    if (text === '-' || text === '+' || text === '!') return { t: 'unary', op: text, e: this.unary(false) };
    if (text !== '(') return this.unexpected(this.index - 1);
    this.newlines();
    const items = this.expressionList(false);
    this.newlines();
    this.expect(')');
    const [first] = items;
    return items.length === 1 && first !== undefined ? { t: 'group', e: first } : { t: 'list', items };
  }

  private callArguments(): Expr[] {
    this.newlines();
    if (this.take(')')) return [];
    const args = this.expressionList(false);
    this.newlines();
    this.expect(')');
    return args;
  }

  private builtin(name: string, line: number): Expr {
    if (!this.take('(')) {
      if (name !== 'length') this.unexpected();
      return { t: 'builtin', name, args: [], line };
    }
    const args = this.callArguments();
    const [least, most] = builtinArity[name] ?? [0, 255];
    if (args.length < least || args.length > most) throw new AwkError('Too few arguments', line, ')');
    return { t: 'builtin', name, args, line };
  }

  private getline(): Expr {
    const to = this.optionalTarget();
    if (!this.take('<')) return { t: 'getline', from: 'main', ...(to && { to }) };
    return { t: 'getline', from: 'file', source: this.postfix(), ...(to && { to }) };
  }
}
