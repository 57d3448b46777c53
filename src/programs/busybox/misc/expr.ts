import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { showUsage } from '../../options.ts';
import { compileRegex } from '../regex/compile.ts';
import { findMatch } from '../regex/match.ts';

class ExprError extends Error {}

/** `expr`: one expression, each word an argument. Status 0: neither empty nor 0. */
export const expr: Applet = (style) =>
  instant(style, (io) => {
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args;
    if (args.length === 0) {
      if (style.flavour === 'busybox') return complain(io, 'too few arguments', 2);
      complain(io, 'missing operand');
      return showUsage(io, { usage: 'EXPRESSION', short: '' }, 2);
    }
    try {
      const parser = new ExprParser(args, style.flavour === 'busybox');
      const value = parser.either();
      if (!parser.done())
        throw new ExprError(
          style.flavour === 'busybox' ? 'syntax error' : `syntax error: unexpected argument ‘${parser.next()}’`,
        );
      printLine(io, value);
      return isNull(value) ? 1 : 0;
    } catch (error) {
      if (!(error instanceof ExprError)) throw error;
      return complain(io, error.message, 2);
    }
  });

function isNull(value: string): boolean {
  return value === '' || /^-?0+$/.test(value);
}

class ExprParser {
  private at = 0;
  private readonly args: readonly string[];
  private readonly busybox: boolean;

  constructor(args: readonly string[], busybox: boolean) {
    this.args = args;
    this.busybox = busybox;
  }

  done(): boolean {
    return this.at >= this.args.length;
  }

  next(): string {
    return this.args[this.at] ?? '';
  }

  either(): string {
    let left = this.both();
    while (this.take('|')) {
      const right = this.both();
      if (isNull(left)) left = isNull(right) ? '0' : right;
    }
    return left;
  }

  private both(): string {
    let left = this.comparison();
    while (this.take('&')) {
      const right = this.comparison();
      if (isNull(left) || isNull(right)) left = '0';
    }
    return left;
  }

  private comparison(): string {
    let left = this.sum();
    for (
      let operator = this.takeAny(['<', '<=', '=', '==', '!=', '>=', '>']);
      operator !== undefined;
      operator = this.takeAny(['<', '<=', '=', '==', '!=', '>=', '>'])
    ) {
      const right = this.sum();
      const [a, b] = [integer(left), integer(right)];
      const order =
        a !== undefined && b !== undefined ? (a < b ? -1 : a > b ? 1 : 0) : left < right ? -1 : left > right ? 1 : 0;
      const truth = {
        '<': order < 0,
        '<=': order <= 0,
        '=': order === 0,
        '==': order === 0,
        '!=': order !== 0,
        '>=': order >= 0,
        '>': order > 0,
      }[operator];
      left = truth ? '1' : '0';
    }
    return left;
  }

  private sum(): string {
    let left = this.product();
    for (let operator = this.takeAny(['+', '-']); operator !== undefined; operator = this.takeAny(['+', '-'])) {
      const [a, b] = [this.number(left), this.number(this.product())];
      left = String(BigInt.asIntN(64, operator === '+' ? a + b : a - b));
    }
    return left;
  }

  private product(): string {
    let left = this.match();
    for (
      let operator = this.takeAny(['*', '/', '%']);
      operator !== undefined;
      operator = this.takeAny(['*', '/', '%'])
    ) {
      const [a, b] = [this.number(left), this.number(this.match())];
      if (operator !== '*' && b === 0n) throw new ExprError('division by zero');
      left = String(BigInt.asIntN(64, operator === '*' ? a * b : operator === '/' ? a / b : a % b));
    }
    return left;
  }

  private match(): string {
    let left = this.primary();
    while (this.take(':')) left = matchStart(left, this.primary());
    return left;
  }

  private primary(): string {
    const word = this.args[this.at++];
    if (word === undefined)
      throw new ExprError(
        this.busybox ? 'syntax error' : `syntax error: missing argument after ‘${this.args.at(-1) ?? ''}’`,
      );
    if (word === '(') {
      const value = this.either();
      if (!this.take(')'))
        throw new ExprError(
          this.busybox ? 'syntax error' : `syntax error: expecting ')' after ‘${this.args[this.at - 1] ?? ''}’`,
        );
      return value;
    }
    if (this.at < this.args.length) {
      if (word === 'length') return String([...this.primary()].length);
      if (word === 'match') return matchStart(this.primary(), this.primary());
      if (word === 'quote' || (word === '+' && !this.busybox)) return this.args[this.at++] ?? '';
      if (word === 'index') {
        const text = this.primary();
        const set = this.primary();
        return String([...text].findIndex((char) => set.includes(char)) + 1);
      }
      if (word === 'substr') {
        const [text, from, length] = [this.primary(), integer(this.primary()), integer(this.primary())];
        if (from === undefined || length === undefined || from <= 0n || length <= 0n) return '';
        return [...text].slice(Number(from) - 1, Number(from) - 1 + Number(length)).join('');
      }
    }
    if (word === ')') throw new ExprError(this.busybox ? 'syntax error' : "syntax error: unexpected ')'");
    return word;
  }

  private number(text: string): bigint {
    const value = integer(text);
    if (value === undefined) throw new ExprError(this.busybox ? 'non-numeric argument' : 'non-integer argument');
    return value;
  }

  private take(word: string): boolean {
    if (this.args[this.at] !== word) return false;
    this.at++;
    return true;
  }

  private takeAny(words: readonly string[]): string | undefined {
    const word = this.args[this.at];
    if (word === undefined || !words.includes(word)) return undefined;
    this.at++;
    return word;
  }
}

function integer(text: string): bigint | undefined {
  return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
}

/** `STRING : REGEX`: the first group's text, or how many characters matched; only a match at the start counts. */
function matchStart(text: string, pattern: string): string {
  const regex = compileRegex(pattern, {});
  if (typeof regex === 'string') throw new ExprError(`bad regex '${pattern}': ${regex}`);
  const anchored = compileRegex(`^\\(${pattern}\\)`, {});
  const match =
    regex.backReferences || typeof anchored === 'string' ? findMatch(regex, text, 0) : findMatch(anchored, text, 0);
  const found = match?.start === 0 ? match : undefined;
  const group = regex.backReferences ? 1 : 2;
  if (regex.groups > 0) {
    const part = found?.groups[group];
    return part ? text.slice(part[0], part[1]) : '';
  }
  return found ? String([...text.slice(0, found.end)].length) : '0';
}
