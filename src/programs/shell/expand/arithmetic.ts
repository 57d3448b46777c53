import type { Expression } from './arithmetic-syntax.ts';
import { ArithmeticError, parseArithmetic, syntaxError } from './arithmetic-syntax.ts';

/** The variables that an expression reads and changes. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** bash's arrays. */
  readonly bash?: boolean;
  getElement?(name: string, sub: string): string | undefined;
  setElement?(name: string, sub: string, value: string): void;
  /** Is it an associative array, whose subscripts are texts? */
  byText?(name: string): boolean;
}

const deepestReference = 100;

/** The value of an arithmetic expression: 64-bit integers, as in C. @throws ArithmeticError */
export function evaluateArithmetic(text: string, variables: ArithmeticVariables): bigint {
  return evaluate(parseArithmetic(text, variables.bash), variables, 0);
}

/** A variable's value: a number, or an expression in its turn. */
function variable(name: string, sub: string | undefined, variables: ArithmeticVariables, depth: number): bigint {
  const text = sub === undefined ? variables.get(name) : variables.getElement?.(name, sub);
  if (text === undefined || text === '') return 0n;
  if (/^-?(?:0|[1-9][0-9]{0,15})$/.test(text)) return BigInt(text);
  if (depth >= deepestReference) throw new ArithmeticError('expression recursion loop detected');
  try {
    return evaluate(parseArithmetic(text, variables.bash), variables, depth + 1);
  } catch (error) {
    if (error instanceof ArithmeticError) error.text ??= text;
    throw error;
  }
}

/** A subscript, evaluated once: side effects in it happen once. */
function index(
  name: string,
  sub: string | undefined,
  variables: ArithmeticVariables,
  depth: number,
): string | undefined {
  if (sub === undefined || variables.byText?.(name) || /^\d+$/.test(sub)) return sub;
  if (depth >= deepestReference) throw new ArithmeticError('expression recursion loop detected');
  return String(evaluate(parseArithmetic(sub, variables.bash), variables, depth + 1));
}

function put(name: string, sub: string | undefined, value: bigint, variables: ArithmeticVariables): void {
  if (sub === undefined) variables.set(name, String(value));
  else variables.setElement?.(name, sub, String(value));
}

function evaluate(x: Expression, variables: ArithmeticVariables, depth: number): bigint {
  switch (x.e) {
    case 'number':
      return x.value;
    case 'variable':
      return variable(x.name, index(x.name, x.sub, variables, depth), variables, depth);
    case 'unary': {
      const value = evaluate(x.of, variables, depth);
      if (x.op === '-') return wrap(-value);
      if (x.op === '!') return truth(value === 0n);
      return x.op === '~' ? ~value : value;
    }
    case 'assign': {
      const sub = index(x.name, x.sub, variables, depth);
      const right = evaluate(x.value, variables, depth);
      const value = x.op === '' ? right : binary(x.op, variable(x.name, sub, variables, depth), right);
      put(x.name, sub, value, variables);
      return value;
    }
    case 'step': {
      const sub = index(x.name, x.sub, variables, depth);
      const before = variable(x.name, sub, variables, depth);
      const after = wrap(before + x.by);
      put(x.name, sub, after, variables);
      return x.prefix ? after : before;
    }
    case 'choice':
      return evaluate(x.test, variables, depth) !== 0n
        ? evaluate(x.yes, variables, depth)
        : evaluate(x.no, variables, depth);
    case 'binary': {
      const left = evaluate(x.left, variables, depth);
      if (x.op === '&&') return left === 0n ? 0n : truth(evaluate(x.right, variables, depth) !== 0n);
      if (x.op === '||') return left !== 0n ? 1n : truth(evaluate(x.right, variables, depth) !== 0n);
      return binary(x.op, left, evaluate(x.right, variables, depth));
    }
  }
}

function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

function truth(value: boolean): bigint {
  return value ? 1n : 0n;
}

function binary(op: string, a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return wrap(a + b);
    case '-':
      return wrap(a - b);
    case '*':
      return wrap(a * b);
    case '/':
    case '%':
      if (b === 0n) throw new ArithmeticError('divide by zero', '0');
      return wrap(op === '/' ? a / b : a % b);
    case '**':
      if (b < 0n) throw new ArithmeticError('exponent less than 0');
      return power(a, b);
    case '<<':
      return wrap(a << (b & 63n));
    case '>>':
      return a >> (b & 63n);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '==':
      return truth(a === b);
    case '!=':
      return truth(a !== b);
    case '<':
      return truth(a < b);
    case '<=':
      return truth(a <= b);
    case '>':
      return truth(a > b);
    case '>=':
      return truth(a >= b);
    case ',':
      return b;
    default:
      throw new ArithmeticError(syntaxError);
  }
}

/** a to the b, modulo 2^64, in steps as many as b has bits. */
function power(a: bigint, b: bigint): bigint {
  let result = 1n;
  let base = a;
  for (let rest = b; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = wrap(result * base);
    base = wrap(base * base);
  }
  return result;
}
