import { Cursor } from './cursor.ts';
import { type Token, tokenize } from './lexer.ts';
import type { Block, Node, TextPart, When } from './syntax.ts';

/** Reads a source. Throws SyntaxProblem. */
export function parseRuby(source: string, firstLine = 1): readonly Node[] {
  const parser = new Parser(tokenize(source, firstLine));
  const body = parser.statements(['end of file']);
  parser.atEnd();
  return body;
}

const binding: { readonly [op: string]: number } = {
  or: 1,
  and: 1,
  '||': 3,
  '&&': 4,
  '<=>': 5,
  '==': 5,
  '!=': 5,
  '=~': 5,
  '===': 5,
  '<': 6,
  '>': 6,
  '<=': 6,
  '>=': 6,
  '<<': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};

class Parser extends Cursor {
  /** How many lists of arguments without parentheses this place is in. */
  private bare = 0;

  /** Statements up to one of these words, which is not taken. */
  statements(until: readonly string[]): readonly Node[] {
    const body: Node[] = [];
    for (;;) {
      this.newlines();
      if (this.over) {
        if (until.includes('end of file')) return body;
        this.unexpected(until.includes('}') ? '}' : 'end');
      }
      if (this.is(...until)) return body;
      body.push(this.statement());
      if (!this.is(...until) && this.token.kind !== 'newline' && !this.over && !this.is(';')) {
        this.unexpected();
      }
    }
  }

  private statement(): Node {
    let node = this.expression();
    while (this.is('if', 'unless')) {
      const { line } = this.token;
      const negated = this.take('unless');
      if (!negated) this.i += 1;
      const test = this.expression();
      node = { kind: 'if', line, test: negated ? { kind: 'not', line, value: test } : test, yes: [node], no: [] };
    }
    return node;
  }

  private expression(): Node {
    const { line } = this.token;
    if (this.take('not')) return { kind: 'not', line, value: this.expression() };
    const left = this.binary(0);
    const to = left.kind === 'call' || left.kind === 'index' || left.kind === 'name';
    for (const op of ['=', '||=', '+='] as const) {
      if (to && this.take(op)) {
        this.skipBreaks();
        let value = this.expression();
        if (this.is(',') && op === '=') {
          const items = [value];
          while (this.take(',')) items.push(this.binary(2));
          value = { kind: 'list', line, items };
        }
        return { kind: 'assign', line, to: left, op, value };
      }
    }
    return left;
  }

  private binary(least: number): Node {
    let left = this.range();
    for (;;) {
      const { token } = this;
      const op = token.kind === 'punct' || token.kind === 'keyword' ? token.text : '';
      const power = binding[op];
      if (op === '?' && least <= 2) {
        left = this.ternary(left);
        continue;
      }
      if (power === undefined || power < least) return left;
      this.i += 1;
      this.skipBreaks();
      left = { kind: 'binary', line: token.line, op, left, right: this.binary(power + 1) };
    }
  }

  private ternary(test: Node): Node {
    const { line } = this.token;
    this.expect('?');
    const yes = this.binary(2);
    if (!this.take(':')) this.unexpected(':');
    return { kind: 'if', line, test, yes: [yes], no: [this.binary(2)] };
  }

  private range(): Node {
    const from = this.unary();
    const { line } = this.token;
    if (!this.is('..', '...')) return from;
    const open = this.take('...');
    if (!open) this.i += 1;
    return { kind: 'range', line, from, to: this.unary(), open };
  }

  private unary(): Node {
    const { line } = this.token;
    if (this.take('!')) return { kind: 'not', line, value: this.unary() };
    if (this.take('-')) {
      return { kind: 'binary', op: '-', line, left: { kind: 'number', line, value: 0 }, right: this.unary() };
    }
    return this.postfix(this.primary());
  }

  /** `.name`, `[key]` and blocks that follow a value. */
  private postfix(start: Node): Node {
    let node = start;
    for (;;) {
      const { line } = this.token;
      // a chain may go on in the next line
      if (this.token.kind === 'newline') {
        let next = this.i;
        while (this.tokens[next]?.kind === 'newline') next += 1;
        const after = this.tokens[next];
        if (after?.kind !== 'punct' || (after.text !== '.' && after.text !== '&.')) return node;
        this.i = next;
      }
      if (this.is('.', '&.', '::')) {
        const safe = this.is('&.');
        this.i += 1;
        this.skipBreaks();
        const { token } = this;
        if (!('text' in token) || token.kind === 'punct') this.unexpected();
        this.i += 1;
        node = { kind: 'call', line, on: node, name: token.text, ...this.callRest(), ...(safe ? { safe } : {}) };
      } else if (this.is('[') && !this.token.spaced) {
        this.i += 1;
        const key = this.expression();
        this.skipBreaks();
        this.expect(']');
        node = { kind: 'index', line, on: node, key };
      } else return node;
    }
  }

  /** The arguments of a call, with or without parentheses, and its block. */
  private callRest(): { readonly args: readonly Node[]; readonly block?: Block } {
    let args: readonly Node[] = [];
    if (this.is('(') && !this.token.spaced) {
      this.i += 1;
      args = this.args(')');
      this.expect(')');
    } else if (this.beginsArgument()) args = this.args(undefined);
    const block = this.block();
    return { args, ...(block ? { block } : {}) };
  }

  private beginsArgument(): boolean {
    const { token } = this;
    if (!token.spaced) return false;
    switch (token.kind) {
      case 'text':
      case 'number':
      case 'symbol':
      case 'label':
      case 'name':
      case 'constant':
        return true;
      case 'keyword':
        return /^(?:true|false|nil|not)$/.test(token.text);
      case 'punct': {
        const next = this.tokens[this.i + 1];
        if (token.text === '[' || token.text === '!' || token.text === '(') return true;
        return token.text === '-' && next?.spaced === false;
      }
      default:
        return false;
    }
  }

  private args(close: ')' | ']' | undefined): readonly Node[] {
    const outer = this.bare;
    this.bare = close ? 0 : outer + 1;
    const args: Node[] = [];
    const pairs: (readonly [Node, Node])[] = [];
    const { line } = this.token;
    if (close) this.skipBreaks();
    while (close === undefined || !this.is(close)) {
      const { token } = this;
      if (token.kind === 'label') {
        this.i += 1;
        this.skipBreaks();
        pairs.push([{ kind: 'symbol', line: token.line, name: token.text }, this.argument()]);
      } else {
        const value = this.argument();
        if (this.take('=>')) {
          this.skipBreaks();
          pairs.push([value, this.argument()]);
        } else args.push(value);
      }
      if (close) this.skipBreaks();
      if (!this.take(',')) break;
      this.skipBreaks();
    }
    this.bare = outer;
    return pairs.length > 0 ? [...args, { kind: 'hash', line, pairs }] : args;
  }

  private argument(): Node {
    const left = this.binary(2);
    return left.kind === 'name' && this.is('=') ? this.unexpected() : left;
  }

  private block(): Block | undefined {
    // `do` belongs to the first command of the line, not to a word among its arguments
    const close = this.bare > 0 && this.is('do') ? undefined : this.is('do') ? 'end' : this.is('{') ? '}' : undefined;
    if (close === undefined) return undefined;
    this.i += 1;
    const params: string[] = [];
    if (this.take('|')) {
      while (!this.is('|')) {
        const { token } = this;
        if (token.kind === 'name') params.push(token.text);
        else if (!this.is(',', '(', ')', '*', '&')) this.unexpected();
        this.i += 1;
      }
      this.expect('|');
    } else if (this.take('||')) {
      // no parameters
    }
    const outer = this.bare;
    this.bare = 0;
    const body = this.statements([close]);
    this.bare = outer;
    this.expect(close);
    return { params, body };
  }

  private primary(): Node {
    const { token } = this;
    const { line } = token;
    this.i += 1;
    switch (token.kind) {
      case 'text':
        return this.adjacent({ kind: 'text', line, parts: partsOf(token.parts) });
      case 'number':
        return { kind: 'number', line, value: token.value };
      case 'symbol':
        return { kind: 'symbol', line, name: token.text };
      case 'name':
        return this.named(token.text, line);
      case 'constant':
        return this.is('(') && !this.token.spaced
          ? { kind: 'call', line, name: token.text, ...this.callRest() }
          : { kind: 'name', line, name: token.text };
      case 'keyword':
        return this.keyword(token.text, line);
      case 'punct':
        return this.bracketed(token.text, line);
      default:
        this.i -= 1;
        return this.unexpected();
    }
  }

  /** Texts side by side are one. */
  private adjacent(node: Node & { readonly kind: 'text' }): Node {
    const { token } = this;
    if (token.kind !== 'text') return node;
    this.i += 1;
    return this.adjacent({ ...node, parts: [...node.parts, ...partsOf(token.parts)] });
  }

  private named(name: string, line: number): Node {
    const rest = this.callRest();
    return rest.args.length === 0 && !rest.block ? { kind: 'name', line, name } : { kind: 'call', line, name, ...rest };
  }

  private keyword(word: string, line: number): Node {
    if (word === 'true' || word === 'false') return { kind: 'literal', line, value: word === 'true' };
    if (word === 'nil') return { kind: 'literal', line, value: null };
    if (word === 'if' || word === 'unless') return this.condition(word, line);
    if (word === 'case') return this.cases(line);
    this.i -= 1;
    return this.unexpected();
  }

  private condition(word: string, line: number): Node {
    const test = this.expression();
    this.take('then');
    const yes = this.statements(['elsif', 'else', 'end']);
    let no: readonly Node[] = [];
    const { line: at } = this.token;
    if (this.take('elsif')) no = [this.condition('if', at)];
    else {
      if (this.take('else')) no = this.statements(['end']);
      this.expect('end');
    }
    return { kind: 'if', line, test: word === 'unless' ? { kind: 'not', line, value: test } : test, yes, no };
  }

  private cases(line: number): Node {
    const value = this.expression();
    this.newlines();
    const whens: When[] = [];
    while (this.take('when')) {
      const values = [this.binary(2)];
      while (this.take(',')) values.push(this.binary(2));
      this.take('then');
      whens.push({ values, body: this.statements(['when', 'else', 'end']) });
    }
    const other = this.take('else') ? this.statements(['end']) : [];
    this.expect('end');
    return { kind: 'case', line, value, whens, other };
  }

  private bracketed(mark: string, line: number): Node {
    if (mark === '(') {
      this.skipBreaks();
      const inner = this.statement();
      this.skipBreaks();
      this.expect(')');
      return inner;
    }
    if (mark === '[') {
      const items = this.args(']');
      this.expect(']');
      return { kind: 'list', line, items };
    }
    if (mark === '{') return this.hash(line);
    this.i -= 1;
    return this.unexpected();
  }

  private hash(line: number): Node {
    const pairs: (readonly [Node, Node])[] = [];
    this.skipBreaks();
    while (!this.is('}')) {
      const { token } = this;
      if (token.kind === 'label') {
        this.i += 1;
        this.skipBreaks();
        pairs.push([{ kind: 'symbol', line: token.line, name: token.text }, this.argument()]);
      } else {
        const key = this.argument();
        this.expect('=>');
        this.skipBreaks();
        pairs.push([key, this.argument()]);
      }
      this.skipBreaks();
      if (!this.take(',')) break;
      this.skipBreaks();
    }
    this.expect('}');
    return { kind: 'hash', line, pairs };
  }
}

function partsOf(parts: (Token & { readonly kind: 'text' })['parts']): readonly TextPart[] {
  return parts.flatMap((part): readonly TextPart[] =>
    typeof part === 'string' ? [part] : parseRuby(part.source, part.line).slice(-1),
  );
}
