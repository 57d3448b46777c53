/** An expression of bc; an assignment to something that has a name is one, too. */
export type Expression =
  | { readonly k: 'number'; readonly text: string }
  | { readonly k: 'name'; readonly name: string }
  | { readonly k: 'element'; readonly name: string; readonly index: Expression }
  | { readonly k: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly k: 'unary'; readonly op: '-' | '!'; readonly of: Expression }
  | { readonly k: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly k: 'assign'; readonly op: string; readonly to: Expression; readonly value: Expression }
  | { readonly k: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly of: Expression }
  /** In brackets: an assignment inside is printed. */
  | { readonly k: 'group'; readonly of: Expression };

export type Statement =
  | { readonly k: 'expression'; readonly of: Expression }
  | { readonly k: 'string'; readonly text: string }
  | { readonly k: 'print'; readonly items: readonly (Expression | { readonly k: 'text'; readonly text: string })[] }
  | { readonly k: 'block'; readonly body: readonly Statement[] }
  | { readonly k: 'if'; readonly test: Expression; readonly then: Statement; readonly otherwise: Statement | null }
  | { readonly k: 'while'; readonly test: Expression; readonly body: Statement }
  | {
      readonly k: 'for';
      readonly first: Expression | null;
      readonly test: Expression | null;
      readonly next: Expression | null;
      readonly body: Statement;
    }
  | { readonly k: 'break' | 'continue' | 'halt' | 'quit' | 'limits' | 'warranty' }
  | { readonly k: 'return'; readonly value: Expression | null };

/** A function: its parameters and own variables, with `[]` behind the names of arrays. */
export type Definition = {
  readonly k: 'define';
  readonly name: string;
  readonly params: readonly string[];
  readonly autos: readonly string[];
  readonly body: readonly Statement[];
};

/** What is wrong, or that the text ends too early for one to know. */
export class SyntaxProblem extends Error {
  readonly early: boolean;
  readonly found: string;

  constructor(found: string, early: boolean) {
    super('syntax error');
    this.found = found;
    this.early = early;
  }
}

const word =
  /^(?:[ \t]+|\\\n|\/\*[\s\S]*?\*\/|#[^\n]*)*(\n|"[^"]*"|[0-9A-F]*\.?[0-9A-F]+|[0-9A-F]+\.|[a-z][a-z0-9_]*|\+\+|--|&&|\|\||[-+*/%^<>=!]=|[-+*/%^<>=!(){}[\],;.]|$)/;

/** Reads statements one by one out of a text. */
export class Parser {
  at = 0;
  readonly #text: string;
  #word = '';

  constructor(text: string) {
    this.#text = text;
  }

  /** The word that is next, without taking it. An open comment or string, and the end, are empty. */
  peek(): string {
    const rest = this.#text.slice(this.at);
    const match = word.exec(rest);
    if (match === null) {
      const bad = /^(?:[ \t]+|\\\n)*([\s\S])/.exec(rest)?.[1] ?? '';
      throw new SyntaxProblem(bad, bad === '"' || bad === '/' || bad === '\\');
    }
    this.#word = match[0];
    return match[1] ?? '';
  }

  take(): string {
    const next = this.peek();
    this.at += this.#word.length;
    return next;
  }

  accept(wanted: string): boolean {
    if (this.peek() !== wanted) return false;
    this.take();
    return true;
  }

  expect(wanted: string): void {
    const found = this.peek();
    if (found !== wanted) this.wrong();
    this.take();
  }

  wrong(): never {
    const found = this.peek();
    throw new SyntaxProblem(found, found === '');
  }

  lines(): void {
    while (this.accept('\n'));
  }

  statement(): Statement {
    const found = this.peek();
    if (found.startsWith('"')) {
      this.take();
      return { k: 'string', text: found.slice(1, -1) };
    }
    switch (found) {
      case '{':
        return this.block();
      case 'if': {
        this.take();
        this.expect('(');
        const test = this.expression();
        this.expect(')');
        this.lines();
        const then = this.statement();
        const back = this.at;
        while (this.peek() === ';' || this.peek() === '\n') this.take();
        if (this.accept('else')) {
          this.lines();
          return { k: 'if', test, then, otherwise: this.statement() };
        }
        this.at = back;
        return { k: 'if', test, then, otherwise: null };
      }
      case 'while': {
        this.take();
        this.expect('(');
        const test = this.expression();
        this.expect(')');
        this.lines();
        return { k: 'while', test, body: this.statement() };
      }
      case 'for': {
        this.take();
        this.expect('(');
        const first = this.peek() === ';' ? null : this.expression();
        this.expect(';');
        const test = this.peek() === ';' ? null : this.expression();
        this.expect(';');
        const next = this.peek() === ')' ? null : this.expression();
        this.expect(')');
        this.lines();
        return { k: 'for', first, test, next, body: this.statement() };
      }
      case 'break':
      case 'continue':
      case 'halt':
      case 'quit':
      case 'limits':
      case 'warranty':
        this.take();
        return { k: found };
      case 'return': {
        this.take();
        return { k: 'return', value: /^(?:\n|;|\}|)$/.test(this.peek()) ? null : this.expression() };
      }
      case 'print':
        return this.print();
      default:
        return { k: 'expression', of: this.expression() };
    }
  }

  print(): Statement {
    this.take();
    const items: (Expression | { readonly k: 'text'; readonly text: string })[] = [];
    do {
      const next = this.peek();
      if (next.startsWith('"')) {
        this.take();
        items.push({ k: 'text', text: next.slice(1, -1) });
      } else items.push(this.expression());
    } while (this.accept(','));
    return { k: 'print', items };
  }

  block(): Statement & { readonly k: 'block' } {
    this.expect('{');
    const body: Statement[] = [];
    for (;;) {
      while (this.peek() === ';' || this.peek() === '\n') this.take();
      if (this.accept('}')) return { k: 'block', body };
      body.push(this.statement());
      if (!/^(?:;|\n|\})$/.test(this.peek())) this.wrong();
    }
  }

  define(): Definition {
    this.expect('define');
    this.accept('void');
    const name = this.take();
    this.expect('(');
    const params = this.names(')');
    this.expect(')');
    this.lines();
    if (this.peek() !== '{') this.wrong();
    this.take();
    while (this.peek() === ';' || this.peek() === '\n') this.take();
    let autos: string[] = [];
    if (this.accept('auto')) autos = this.names(';');
    const body: Statement[] = [];
    for (;;) {
      while (this.peek() === ';' || this.peek() === '\n') this.take();
      if (this.accept('}')) return { k: 'define', name, params, autos, body };
      body.push(this.statement());
    }
  }

  names(end: string): string[] {
    const names: string[] = [];
    while (this.peek() !== end && this.peek() !== '\n') {
      const name = this.take();
      if (!/^[a-z]/.test(name)) this.wrong();
      if (this.accept('[')) {
        this.expect(']');
        names.push(`${name}[]`);
      } else names.push(name);
      if (!this.accept(',')) break;
    }
    return names;
  }

  expression(): Expression {
    return this.binary(0);
  }

  /** From the loosest to the tightest; `^` and assignments go from the right. */
  binary(level: number): Expression {
    const levels = [
      ['||'],
      ['&&'],
      ['!'],
      ['==', '<=', '>=', '!=', '<', '>'],
      ['='],
      ['+', '-'],
      ['*', '/', '%'],
    ] as const;
    const ops = levels[level];
    if (ops === undefined) return this.unary();
    if (level === 2) return this.accept('!') ? { k: 'unary', op: '!', of: this.binary(2) } : this.binary(3);
    if (level === 4) return this.assignment();
    let left = this.binary(level + 1);
    while ((ops as readonly string[]).includes(this.peek())) {
      const op = this.take();
      left = { k: 'binary', op, left, right: this.binary(level + 1) };
    }
    return left;
  }

  assignment(): Expression {
    const to = this.binary(5);
    const op = this.peek();
    if (!/^[-+*/%^]?=$/.test(op) || (to.k !== 'name' && to.k !== 'element')) return to;
    this.take();
    return { k: 'assign', op: op.slice(0, -1), to, value: this.binary(4) };
  }

  /** A sign binds tighter than `^`, which goes from the right. */
  unary(): Expression {
    const left: Expression = this.accept('-') ? { k: 'unary', op: '-', of: this.signed() } : this.primary();
    return this.accept('^') ? { k: 'binary', op: '^', left, right: this.unary() } : left;
  }

  signed(): Expression {
    return this.accept('-') ? { k: 'unary', op: '-', of: this.signed() } : this.primary();
  }

  primary(): Expression {
    const found = this.peek();
    if (found === '(') {
      this.take();
      const of = this.expression();
      this.expect(')');
      return { k: 'group', of };
    }
    if (found === '++' || found === '--') {
      this.take();
      return { k: 'step', by: found === '++' ? 1 : -1, before: true, of: this.primary() };
    }
    if (/^[0-9A-F.]/.test(found) && found !== '.') {
      this.take();
      return { k: 'number', text: found };
    }
    if (found !== '.' && !/^[a-z]/.test(found)) this.wrong();
    this.take();
    if (found === '.') return { k: 'name', name: 'last' };
    if (this.accept('(')) return this.call(found);
    let target: Expression = { k: 'name', name: found };
    if (this.accept('[')) {
      if (this.accept(']')) return { k: 'name', name: `${found}[]` };
      target = { k: 'element', name: found, index: this.expression() };
      this.expect(']');
    }
    const step = this.peek();
    if (step !== '++' && step !== '--') return target;
    this.take();
    return { k: 'step', by: step === '++' ? 1 : -1, before: false, of: target };
  }

  call(name: string): Expression {
    const args: Expression[] = [];
    while (this.peek() !== ')') {
      args.push(this.expression());
      if (!this.accept(',')) break;
    }
    this.expect(')');
    return { k: 'call', name, args };
  }
}
