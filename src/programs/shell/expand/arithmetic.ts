import type { Expression } from './arithmetic-syntax.ts';
import { ArithmeticError, parseArithmetic, syntaxError } from './arithmetic-syntax.ts';

/** The variables that an expression reads and changes. */
export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const deepestReference = 100;

/** The value of an arithmetic expression: 64-bit integers, as in C. @throws ArithmeticError */
export function evaluateArithmetic(text: string, variables: ArithmeticVariables): bigint {
  return evaluate(parseArithmetic(text), variables, 0);
}

/** A variable's value: a number, or an expression in its turn. */
function variable(name: string, variables: ArithmeticVariables, depth: number): bigint {
  const text = variables.get(name);
  if (text === undefined || text === '') return 0n;
  if (/^-?(?:0|[1-9][0-9]{0,15})$/.test(text)) return BigInt(text);
  if (depth >= deepestReference) throw new ArithmeticError('expression recursion loop detected');
  return evaluate(parseArithmetic(text), variables, depth + 1);
}

function evaluate(x: Expression, variables: ArithmeticVariables, depth: number): bigint {
  switch (x.e) {
    case 'number':
      return x.value;
    case 'variable':
      return variable(x.name, variables, depth);
    case 'unary': {
      const value = evaluate(x.of, variables, depth);
      if (x.op === '-') return wrap(-value);
      if (x.op === '!') return truth(value === 0n);
      return x.op === '~' ? ~value : value;
    }
    case 'assign': {
      const right = evaluate(x.value, variables, depth);
      const value = x.op === '' ? right : binary(x.op, variable(x.name, variables, depth), right);
      variables.set(x.name, String(value));
      return value;
    }
    case 'step': {
      const before = variable(x.name, variables, depth);
      const after = wrap(before + x.by);
      variables.set(x.name, String(after));
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
      if (b === 0n) throw new ArithmeticError('divide by zero');
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
