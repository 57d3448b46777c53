import { described } from './evaluate.ts';
import { compare, isArray, isObject, JqError, type Value } from './value.ts';

const words: { readonly [op: string]: string } = {
  '+': 'added',
  '-': 'subtracted',
  '*': 'multiplied',
  '/': 'divided',
  '%': 'divided',
};

/** `+ - * / %` of two values, which need not be numbers. */
export function arithmetic(op: string, x: Value, y: Value): Value {
  const wrong = () => new JqError(`${described(x)} and ${described(y)} cannot be ${words[op]}`);
  if (op === '+') {
    if (x === null) return y;
    if (y === null) return x;
    if (typeof x === 'string' && typeof y === 'string') return x + y;
    if (isArray(x) && isArray(y)) return [...x, ...y];
    if (isObject(x) && isObject(y)) return new Map([...x, ...y]);
  }
  if (op === '-' && isArray(x) && isArray(y)) return x.filter((item) => !y.some((other) => compare(item, other) === 0));
  if (op === '*' && isObject(x) && isObject(y)) return merged(x, y);
  if (op === '*' && typeof x === 'string' && typeof y === 'number')
    return y > 0 ? x.repeat(Math.min(Math.ceil(y), 100_000)) : null;
  if (op === '/' && typeof x === 'string' && typeof y === 'string') return x === '' ? [] : x.split(y);
  if (typeof x !== 'number' || typeof y !== 'number') throw wrong();
  switch (op) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    default:
      if ((op === '/' ? y : Math.trunc(y)) === 0)
        throw new JqError(`${described(x)} and ${described(y)} cannot be divided because the divisor is zero`);
      return op === '/' ? x / y : Math.trunc(x) % Math.abs(Math.trunc(y));
  }
}

function merged(x: ReadonlyMap<string, Value>, y: ReadonlyMap<string, Value>): Value {
  const both = new Map(x);
  for (const [key, value] of y) {
    const old = both.get(key);
    both.set(key, old !== undefined && isObject(old) && isObject(value) ? merged(old, value) : value);
  }
  return both;
}
