import type { ByteString } from '../../../kernel/bytes.ts';
import { ExpressionParser } from './expressions.ts';
import { tokenize } from './lexer.ts';
import type { FunctionTree, Pattern, ProgramTree, Redirect, Rule, Stmt } from './tree.ts';

/** Reads a whole program. Throws AwkError. */
export function parseAwk(source: ByteString, mawk: boolean): ProgramTree {
  return new Parser(tokenize(source, mawk), mawk).program();
}

class Parser extends ExpressionParser {
  private loops = 0;
  private inFunction = false;

  program(): ProgramTree {
    const rules: Rule[] = [];
    const functions: FunctionTree[] = [];
    for (this.separators(); this.now.kind !== 'end'; this.separators()) {
      if (this.takeWord('function') || this.takeWord('func')) functions.push(this.functionTree());
      else rules.push(this.rule());
    }
    return { rules, functions };
  }

  private separators(): void {
    while (this.now.kind === 'newline' || this.at(';')) this.index++;
  }

  private functionTree(): FunctionTree {
    const { kind, text: name } = this.now;
    if (kind !== 'name' && kind !== 'call') this.unexpected();
    this.index++;
    this.expect('(');
    const params: string[] = [];
    while (!this.at(')')) {
      params.push(this.name());
      this.newlines();
      if (!this.at(')')) this.expect(',');
      this.newlines();
    }
    this.index++;
    this.newlines();
    this.inFunction = true;
    const body = this.block();
    this.inFunction = false;
    return { name, params, body };
  }

  private rule(): Rule {
    const { line } = this.now;
    const pattern = this.pattern();
    if (this.at('{')) return { pattern, line, body: this.block() };
    if (pattern.t === 'begin' || pattern.t === 'end') this.unexpected();
    if (!(this.now.kind === 'newline' || this.now.kind === 'end' || this.at(';'))) this.unexpected();
    return { pattern, line };
  }

  private pattern(): Pattern {
    if (this.at('{')) return { t: 'always' };
    if (this.takeWord('BEGIN')) return { t: 'begin' };
    if (this.takeWord('END')) return { t: 'end' };
    const e = this.expression();
    if (!this.take(',')) return { t: 'when', e };
    this.newlines();
    return { t: 'range', from: e, to: this.expression() };
  }

  private block(): Stmt {
    this.expect('{');
    const body: Stmt[] = [];
    for (this.separators(); !this.at('}'); this.separators()) body.push(this.statement());
    this.index++;
    return { t: 'block', body };
  }

  /** What stands behind `if (…)`, `else` and the like. */
  private body(): Stmt {
    this.newlines();
    if (this.take(';')) return { t: 'block', body: [] };
    return this.statement();
  }

  private loopBody(): Stmt {
    this.loops++;
    const body = this.body();
    this.loops--;
    return body;
  }

  private statement(): Stmt {
    if (this.at('{')) return this.block();
    if (this.takeWord('if')) return this.ifStatement();
    if (this.takeWord('while')) {
      const c = this.condition();
      return { t: 'while', c, body: this.loopBody() };
    }
    if (this.takeWord('for')) return this.forStatement();
    if (this.takeWord('do')) {
      const body = this.loopBody();
      this.separators();
      if (!this.takeWord('while')) this.unexpected();
      const c = this.condition();
      this.ended();
      return { t: 'do', c, body };
    }
    const { line } = this.now;
    const simple = this.simple();
    this.ended();
    return { ...simple, line };
  }

  /** A simple statement ends at a newline, a semicolon or before a closing brace. */
  private ended(): void {
    if (this.now.kind === 'newline' || this.at(';')) this.index++;
    else if (!this.at('}') && this.now.kind !== 'end') this.unexpected();
  }

  private condition() {
    this.expect('(');
    const c = this.expression();
    this.expect(')');
    return c;
  }

  private ifStatement(): Stmt {
    const c = this.condition();
    const then = this.body();
    const back = this.index;
    this.separators();
    if (this.takeWord('else')) return { t: 'if', c, then, otherwise: this.body() };
    this.index = back;
    return { t: 'if', c, then };
  }

  private forStatement(): Stmt {
    this.expect('(');
    const [a, b, c, d] = this.tokens.slice(this.index, this.index + 4);
    if (a?.kind === 'name' && b?.text === 'in' && b.kind === 'word' && c?.kind === 'name' && d?.text === ')') {
      this.index += 4;
      return { t: 'forin', to: { t: 'var', name: a.text }, name: c.text, body: this.loopBody() };
    }
    const init = this.at(';') ? undefined : this.simple();
    this.expect(';');
    this.newlines();
    const condition = this.at(';') ? undefined : this.expression();
    this.expect(';');
    this.newlines();
    const step = this.at(')') ? undefined : this.simple();
    this.expect(')');
    return {
      t: 'for',
      ...(init && { init }),
      ...(condition && { c: condition }),
      ...(step && { step }),
      body: this.loopBody(),
    };
  }

  private simple(): Stmt {
    const { kind, text } = this.now;
    if (kind !== 'word' || text === 'getline') return { t: 'expr', e: this.expression() };
    this.index++;
    switch (text) {
      case 'print':
      case 'printf':
        return this.output(text);
      case 'delete': {
        const name = this.name();
        if (!this.take('[')) return { t: 'delete', name };
        return { t: 'delete', name, keys: this.subscript() };
      }
      case 'next':
      case 'nextfile':
        return { t: text };
      case 'break':
      case 'continue':
        if (this.loops === 0) this.unexpected();
        return { t: text };
      case 'exit':
      case 'return': {
        if (text === 'return' && !this.inFunction && this.mawk) this.unexpected(this.index - 1);
        const bare = this.now.kind === 'newline' || this.now.kind === 'end' || this.at(';') || this.at('}');
        return bare ? { t: text } : { t: text, e: this.expression() };
      }
      default:
        return this.unexpected(this.index - 1);
    }
  }

  private output(t: 'print' | 'printf'): Stmt {
    const args = this.outputArguments();
    const { text } = this.now;
    if (this.now.kind !== 'op' || (text !== '>' && text !== '>>' && text !== '|')) return { t, args };
    this.index++;
    const redirect: Redirect = { to: text, e: this.concatenation(true) };
    return { t, args, redirect };
  }

  private outputArguments() {
    if (this.outputEnds(this.index)) return [];
    if (this.at('(')) {
      // a list in parentheses, when nothing but a redirection follows
      let depth = 0;
      let end = this.index;
      for (; end < this.tokens.length; end++) {
        const token = this.tokens[end];
        if (token?.kind !== 'op') continue;
        if (token.text === '(') depth++;
        else if (token.text === ')' && --depth === 0) break;
      }
      if (this.outputEnds(end + 1)) {
        this.index++;
        this.newlines();
        const args = this.expressionList(false);
        this.newlines();
        this.expect(')');
        return args;
      }
    }
    return this.expressionList(true);
  }

  private outputEnds(index: number): boolean {
    const token = this.tokens[index];
    if (token === undefined || token.kind === 'newline' || token.kind === 'end') return true;
    return token.kind === 'op' && /^(?:;|\}|>|>>|\|)$/.test(token.text);
  }
}
