import { quoteGo } from '../../../kernel/go/quote.ts';
import { TemplateError } from './error.ts';
import type { Token } from './lexer.ts';
import { type Command, type Node, type Operand, type Pipe, sourceOf, type Template } from './nodes.ts';
import { TokenReader } from './tokens.ts';
import { unquote } from './unquote.ts';

/** Reads a template; `functions` are the names that it may call. Throws TemplateError in Go's words. */
export function parseTemplate(source: string, functions: (name: string) => boolean): Template {
  const parser = new Parser(source, functions);
  const nodes = parser.list(['eof'], 'input').nodes;
  return { source, nodes, named: parser.named };
}

type End = 'eof' | 'end' | 'else' | 'else if' | 'else with';

const deepest = 500;

class Parser extends TokenReader {
  readonly named = new Map<string, readonly Node[]>();
  private variables = ['$'];
  private loops = 0;
  private depth = 0;
  private readonly isFunction: (name: string) => boolean;

  constructor(source: string, isFunction: (name: string) => boolean) {
    super(source);
    this.isFunction = isFunction;
  }

  /** Nodes up to one of the ends. */
  list(ends: readonly End[], context: string): { nodes: Node[]; end: End } {
    const nodes: Node[] = [];
    this.enter();
    for (;;) {
      const token = this.take();
      if (token.type === 'eof') {
        if (ends.includes('eof')) return { nodes, end: 'eof' };
        throw this.error(token, 'unexpected EOF');
      }
      if (token.type === 'text') nodes.push({ is: 'text', text: token.text, at: token.at });
      else if (token.type === 'open') {
        this.actionLine = token.line;
        const word = this.peekWord();
        if (word.type === 'keyword' && (word.text === 'end' || word.text === 'else')) {
          const end = this.ending(word);
          if (!ends.includes(end)) {
            const found = `{{${end === 'end' ? 'end' : 'else'}}}`;
            const inElse = ends.length === 1 && ends[0] === 'end' && context !== 'define clause';
            throw this.error(word, inElse ? `expected end; found ${found}` : `unexpected ${found}`);
          }
          this.depth--;
          return { nodes, end };
        }
        const node = this.action();
        if (node) nodes.push(node);
      } else this.unexpected(token, 'input');
    }
  }

  /** Templates within templates go only so deep. */
  private enter(): void {
    if (this.depth++ > deepest) throw this.error(this.peek(), 'max expression depth exceeded');
  }

  private ending(word: Token): End {
    this.word();
    if (word.text === 'end') {
      this.expectClose('end');
      return 'end';
    }
    const after = this.peekWord();
    // `{{else if` is an if inside of the else, which ends with the same end
    if (after.type === 'keyword' && after.text === 'if') return 'else if';
    if (after.type === 'keyword' && after.text === 'with') return 'else with';
    this.expectClose('else');
    return 'else';
  }

  private action(): Node | undefined {
    const first = this.peekWord();
    if (first.type !== 'keyword') {
      const pipe = this.pipe('command', 'close');
      return { is: 'action', pipe, at: first.at };
    }
    this.word();
    switch (first.text) {
      case 'if':
      case 'with':
      case 'range':
        return this.control(first.text, first.at);
      case 'define':
        this.define();
        return undefined;
      case 'block':
        return this.block(first.at);
      case 'template': {
        const { at } = this.peekWord();
        const name = this.templateName('template clause');
        const more = this.peekWord();
        const pipe = more.type === 'close' ? undefined : this.pipe('template clause', 'close');
        if (!pipe) this.expectClose('template clause');
        return { is: 'template', name, pipe, at };
      }
      case 'break':
      case 'continue': {
        const after = this.word();
        if (after.type !== 'close') this.unexpected(after, `{{${first.text}}}`);
        if (this.loops === 0) throw this.error(first, `{{${first.text}}} outside {{range}}`);
        return { is: first.text, at: first.at };
      }
      default:
        throw this.error(first, `unexpected {{${first.text}}}`);
    }
  }

  private control(is: 'if' | 'with' | 'range', at: number): Node {
    const known = this.variables.length;
    const pipe = this.pipe(is, 'close');
    if (is === 'range') this.loops++;
    const chained = is === 'range' ? [] : ([`else ${is}`] as End[]);
    const { nodes: body, end } = this.list(['end', 'else', ...chained], is);
    if (is === 'range') this.loops--;
    let otherwise: readonly Node[] = [];
    if (end === 'else') otherwise = this.list(['end'], is).nodes;
    else if (end !== 'end') {
      const word = this.word();
      otherwise = [this.control(is, word.at)];
    }
    this.variables.length = known;
    return { is, pipe, body, otherwise, at };
  }

  private define(): void {
    const name = this.templateName('define clause');
    this.expectClose('define clause');
    this.addTemplate(name);
  }

  private block(at: number): Node {
    const name = this.templateName('block clause');
    const pipe = this.pipe('block clause', 'close');
    this.addTemplate(name);
    return { is: 'template', name, pipe, at };
  }

  private addTemplate(name: string): void {
    const { line } = this.peek();
    const outer = { variables: this.variables, loops: this.loops };
    this.variables = ['$'];
    this.loops = 0;
    const { nodes } = this.list(['end'], 'define clause');
    if (this.named.has(name)) {
      throw new TemplateError(`template: :${line}: template: multiple definition of template ${quoteGo(name)}`);
    }
    this.named.set(name, nodes);
    this.variables = outer.variables;
    this.loops = outer.loops;
  }

  private templateName(context: string): string {
    const token = this.word();
    if (token.type !== 'string' && token.type !== 'raw-string') this.unexpected(token, context);
    return this.unquoted(token);
  }

  private pipe(context: string, end: 'close' | 'right-paren'): Pipe {
    this.enter();
    const at = this.peekWord().at;
    const { variables, assigns } = this.declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.word();
      if (token.type === end) {
        this.checkPipeline(token, commands, context);
        for (const name of assigns ? [] : variables) this.variables.push(name);
        this.depth--;
        return { is: 'pipe', variables, assigns, commands, at };
      }
      const starts = ['bool', 'char-constant', 'dot', 'field', 'identifier', 'number', 'nil', 'raw-string', 'string'];
      if (!starts.includes(token.type) && token.type !== 'variable' && token.type !== 'left-paren') {
        this.unexpected(token, context);
      }
      this.putBack();
      commands.push(this.command());
    }
  }

  /** `$x :=`, `$i, $x :=` (in a range) or `$x =` before a pipeline. */
  private declarations(context: string): { variables: readonly string[]; assigns: boolean } {
    const start = this.position();
    const names: string[] = [];
    while (this.peekWord().type === 'variable') {
      const variable = this.word();
      const after = this.peekWord();
      if (after.type === 'declare' || after.type === 'assign') {
        this.word();
        names.push(variable.text);
        return { variables: names, assigns: after.type === 'assign' };
      }
      if (after.text !== ',' || context !== 'range' || names.length > 0) {
        if (after.text === ',') throw this.error(after, `too many declarations in ${context}`);
        break;
      }
      this.word();
      names.push(variable.text);
    }
    if (names.length > 0 && this.peekWord().type !== 'variable') {
      throw this.error(this.peekWord(), 'range can only initialize variables');
    }
    this.goBack(start);
    return { variables: [], assigns: false };
  }

  private checkPipeline(token: Token, commands: readonly Command[], context: string): void {
    if (commands.length === 0) throw this.error(token, `missing value for ${context}`);
    for (const [i, command] of commands.entries()) {
      const first = command.args[0];
      if (i > 0 && first && ['bool', 'dot', 'nil', 'number', 'string'].includes(first.is)) {
        throw this.error(token, `non executable command in pipeline stage ${i + 1}`);
      }
    }
  }

  private command(): Command {
    const at = this.peekWord().at;
    const args: Operand[] = [];
    for (;;) {
      this.peekWord();
      const operand = this.operand();
      if (operand) args.push(operand);
      const token = this.take();
      if (token.type === 'space') continue;
      if (token.type === 'close' || token.type === 'right-paren') this.putBack();
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (args.length === 0) throw this.error(this.peekWord(), 'empty command');
    return { is: 'command', args, at };
  }

  /** A term, and the fields that are taken of it. */
  private operand(): Operand | undefined {
    const term = this.term();
    if (!term || this.peek().type !== 'field') return term;
    const at = this.peek().at;
    const names: string[] = [];
    while (this.peek().type === 'field') names.push(this.take().text.slice(1));
    if (term.is === 'field' || term.is === 'variable') return { ...term, names: [...term.names, ...names], at };
    if (['bool', 'string', 'number', 'nil', 'dot'].includes(term.is)) {
      throw this.error(this.peek(), `unexpected . after term ${quoteGo(sourceOf(term))}`);
    }
    return { is: 'chain', of: term, names, at };
  }

  private term(): Operand | undefined {
    const token = this.word();
    const { at, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.isFunction(text)) throw this.error(token, `function ${quoteGo(text)} not defined`);
        return { is: 'function', name: text, at };
      case 'dot':
      case 'nil':
        return { is: token.type, at };
      case 'variable':
        this.checkVariables([text], token);
        return { is: 'variable', names: [text], at };
      case 'field':
        return { is: 'field', names: [text.slice(1)], at };
      case 'bool':
        return { is: 'bool', value: text === 'true', at };
      case 'char-constant':
        return this.character(token);
      case 'number':
        return this.number(token);
      case 'string':
      case 'raw-string':
        return { is: 'string', text, value: this.unquoted(token), at };
      case 'left-paren':
        return this.pipe('parenthesized pipeline', 'right-paren');
      default:
        this.putBack();
        return undefined;
    }
  }

  private character(token: Token): Operand {
    const { text, at } = token;
    const [char, ...more] = [...this.unquoted(token)];
    if (char === undefined || more.length > 0) throw this.error(token, `malformed character constant: ${text}`);
    return { is: 'number', text, value: char.codePointAt(0) ?? 0, whole: true, at };
  }

  private number(token: Token): Operand {
    if (/_$|__|_\.|\._|_e|e_/i.test(token.text)) {
      throw this.error(token, `illegal number syntax: ${quoteGo(token.text)}`);
    }
    let digits = token.text.replaceAll('_', '').replace(/^\+/, '');
    if (/^-?0[0-7]+$/.test(digits)) digits = digits.replace('0', '0o');
    const prefixed = /^-?0[xob]/i.test(digits);
    const value = prefixed ? Number(digits.replace('-', '')) * (digits.startsWith('-') ? -1 : 1) : Number(digits);
    if (Number.isNaN(value)) throw this.error(token, `illegal number syntax: ${quoteGo(token.text)}`);
    return { is: 'number', text: token.text, value, whole: prefixed || /^-?\d+$/.test(digits), at: token.at };
  }

  private unquoted(token: Token): string {
    const text = unquote(token.text);
    if (text === undefined) throw this.error(token, 'invalid syntax');
    return text;
  }

  private checkVariables(names: readonly string[], token: Token): void {
    for (const name of names) {
      if (!this.variables.includes(name)) throw this.error(token, `undefined variable ${quoteGo(name)}`);
    }
  }

  private expectClose(context: string): void {
    const token = this.word();
    if (token.type !== 'close') this.unexpected(token, context);
  }
}
