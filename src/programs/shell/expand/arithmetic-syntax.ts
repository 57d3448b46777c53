/** An arithmetic expression as a tree. */
export type Expression =
  | { readonly e: 'number'; readonly value: bigint }
  /** `sub`: the text of the subscript of an array's element. */
  | { readonly e: 'variable'; readonly name: string; readonly sub?: string }
  | { readonly e: 'unary'; readonly op: '+' | '-' | '!' | '~'; readonly of: Expression }
  | { readonly e: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly e: 'assign';
      readonly name: string;
      readonly sub?: string;
      readonly op: string;
      readonly value: Expression;
    }
  | {
      readonly e: 'step';
      readonly name: string;
      readonly sub?: string;
      readonly by: 1n | -1n;
      readonly prefix: boolean;
    }
  | { readonly e: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression };

/** What is wrong with an expression, in ash's words; `token`: where, as bash tells it. */
export class ArithmeticError extends Error {
  readonly token: string;
  /** An operand is missing. */
  readonly operand: boolean;
  /** The text of the expression, when it is a variable's value. */
  text: string | undefined;

  constructor(message: string, token = '', operand = false) {
    super(message);
    this.token = token;
    this.operand = operand;
  }
}

export const syntaxError = 'arithmetic syntax error';
const longest = 100_000;
const deepest = 200;

const operators = [
  '<<=',
  '>>=',
  '**',
  '++',
  '--',
  '<<',
  '>>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '<',
  '>',
  '=',
  '!',
  '~',
  '&',
  '|',
  '^',
  '?',
  ':',
  ',',
  '(',
  ')',
];

const precedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};

type Token =
  | { readonly t: 'op'; readonly s: string; readonly at: number }
  | { readonly t: 'name'; readonly s: string; readonly sub?: string; readonly at: number }
  | { readonly t: 'number'; readonly value: bigint; readonly at: number };

const cache = new Map<string, Expression>();

/** Parses an expression; the empty one is 0. @throws ArithmeticError */
export function parseArithmetic(text: string, bash = false): Expression {
  const key = bash ? `b${text}` : text;
  const known = cache.get(key);
  if (known) return known;
  if (text.length > longest) throw new ArithmeticError(syntaxError);
  const parser = new Parser(tokens(text, bash), text);
  const expression = parser.whole();
  if (cache.size >= 1000) cache.clear();
  if (text.length < 1000) cache.set(key, expression);
  return expression;
}

function tokens(text: string, bash: boolean): Token[] {
  const found: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (/\s/.test(c)) {
      i++;
      continue;
    }
    if (/[0-9]/.test(c)) {
      const digits = /^[0-9]\w*(?:#[\w@]+)?/.exec(text.slice(i, i + 200))?.[0] ?? c;
      found.push({ t: 'number', value: parseNumber(digits, bash), at: i });
      i += digits.length;
    } else if (/[A-Za-z_]/.test(c)) {
      let end = i + 1;
      while (/\w/.test(text.charAt(end))) end++;
      const name = text.slice(i, end);
      const close = bash && text[end] === '[' ? closing(text, end) : undefined;
      if (close === undefined) found.push({ t: 'name', s: name, at: i });
      else found.push({ t: 'name', s: name, sub: text.slice(end + 1, close), at: i });
      i = close === undefined ? end : close + 1;
    } else {
      const op = operators.find((candidate) => text.startsWith(candidate, i));
      if (op === undefined) throw new ArithmeticError(syntaxError, text.slice(i));
      found.push({ t: 'op', s: op, at: i });
      i += op.length;
    }
  }
  return found;
}

/** Where the bracket at `start` is closed. */
function closing(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']' && --depth === 0) return i;
  }
  return undefined;
}

/** A number as in C, or `BASE#DIGITS` with a base of 2 to 64. */
function parseNumber(text: string, bash: boolean): bigint {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return clamp(BigInt(text));
  if (/^0[0-7]*$/.test(text)) return clamp(BigInt(text.length > 1 ? `0o${text.slice(1)}` : 0));
  if (/^[1-9][0-9]*$/.test(text)) return clamp(BigInt(text));
  const based = /^([0-9]+)#([\w@]+)$/.exec(text);
  const base = Number(based?.[1]);
  if (bash && !based && /^0\d*$/.test(text)) throw new ArithmeticError('value too great for base', text);
  if (!based || base < 2 || base > 64) throw new ArithmeticError(syntaxError, text);
  let value = 0n;
  for (const c of based[2] ?? '') {
    const digit = digitValue(c, base);
    if (digit >= base) throw new ArithmeticError(bash ? 'value too great for base' : syntaxError, text);
    value = value * BigInt(base) + BigInt(digit);
  }
  return clamp(value);
}

function digitValue(c: string, base: number): number {
  if (/[0-9]/.test(c)) return Number(c);
  if (/[a-z]/.test(c)) return c.charCodeAt(0) - 87;
  if (/[A-Z]/.test(c)) return c.charCodeAt(0) - (base <= 36 ? 55 : 29);
  return c === '@' ? 62 : 63;
}

/** A number that does not fit in 64 bits is 0; else it is taken as signed. */
function clamp(value: bigint): bigint {
  const most = 0xffffffffffffffffn;
  return value > most ? 0n : BigInt.asIntN(64, value);
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly list: readonly Token[];
  private readonly text: string;

  constructor(list: readonly Token[], text: string) {
    this.list = list;
    this.text = text;
  }

  /** The text from the token at hand on. */
  private rest(at = this.at): string {
    const token = this.list[at];
    return token === undefined ? '' : this.text.slice(token.at);
  }

  whole(): Expression {
    if (this.list.length === 0) return { e: 'number', value: 0n };
    const expression = this.comma();
    if (this.at < this.list.length)
      throw new ArithmeticError(this.operator() === ':' ? 'malformed ?: operator' : syntaxError, this.rest());
    return expression;
  }

  private operator(): string | undefined {
    const token = this.list[this.at];
    return token?.t === 'op' ? token.s : undefined;
  }

  private comma(): Expression {
    let left = this.assignment();
    while (this.operator() === ',') {
      this.at++;
      left = { e: 'binary', op: ',', left, right: this.assignment() };
    }
    return left;
  }

  private assignment(): Expression {
    if (++this.depth > deepest) throw new ArithmeticError(syntaxError);
    const token = this.list[this.at];
    const next = this.list[this.at + 1];
    let result: Expression;
    if (token?.t === 'name' && next?.t === 'op' && next.s.endsWith('=') && !/^(?:[=!<>]=)$/.test(next.s)) {
      this.at += 2;
      const { sub } = token;
      result = {
        e: 'assign',
        name: token.s,
        ...(sub === undefined ? {} : { sub }),
        op: next.s.slice(0, -1),
        value: this.assignment(),
      };
    } else result = this.choice();
    this.depth--;
    return result;
  }

  private choice(): Expression {
    const test = this.binary(1);
    if (this.operator() !== '?') return test;
    this.at++;
    const yes = this.comma();
    if (this.operator() !== ':') throw new ArithmeticError('malformed ?: operator');
    this.at++;
    return { e: 'choice', test, yes, no: this.assignment() };
  }

  private binary(level: number): Expression {
    let left = this.unary();
    for (;;) {
      const op = this.operator();
      const strength = op === undefined ? 0 : (precedence[op] ?? 0);
      if (op === undefined || strength < level) return left;
      this.at++;
      left = { e: 'binary', op, left, right: op === '**' ? this.binary(strength) : this.binary(strength + 1) };
    }
  }

  private unary(): Expression {
    if (++this.depth > deepest) throw new ArithmeticError(syntaxError);
    const result = this.unaryInner();
    this.depth--;
    return result;
  }

  private unaryInner(): Expression {
    const token = this.list[this.at++];
    if (token === undefined) throw new ArithmeticError(syntaxError, operandMissing(this.list, this.text), true);
    if (token.t === 'number') return { e: 'number', value: token.value };
    if (token.t === 'name') {
      const op = this.operator();
      const target = { name: token.s, ...(token.sub === undefined ? {} : { sub: token.sub }) };
      if (op !== '++' && op !== '--') return { e: 'variable', ...target };
      this.at++;
      return { e: 'step', ...target, by: op === '++' ? 1n : -1n, prefix: false };
    }
    if (token.s === '(') {
      const inner = this.comma();
      if (this.operator() !== ')') throw new ArithmeticError(syntaxError);
      this.at++;
      return inner;
    }
    if (token.s === '++' || token.s === '--') {
      const next = this.list[this.at];
      if (next?.t === 'name') {
        this.at++;
        const sub = next.sub === undefined ? {} : { sub: next.sub };
        return { e: 'step', name: next.s, ...sub, by: token.s === '++' ? 1n : -1n, prefix: true };
      }
      const sign = token.s === '++' ? '+' : '-';
      return { e: 'unary', op: sign, of: { e: 'unary', op: sign, of: this.unary() } };
    }
    if (token.s === '+' || token.s === '-' || token.s === '!' || token.s === '~')
      return { e: 'unary', op: token.s, of: this.unary() };
    throw new ArithmeticError(syntaxError, this.rest(this.at - 1), true);
  }
}

/** Where bash sees that an operand is missing at the end: the last operator. */
function operandMissing(list: readonly Token[], text: string): string {
  const last = list.at(-1);
  return last === undefined ? '' : `${text.slice(last.at)}`;
}
