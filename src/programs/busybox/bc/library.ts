import { add, compare, type Decimal, divide, multiply, negate, one, rescale, subtract, zero } from './number.ts';

// The functions of `bc -l`, computed with some more digits than are asked for and then cut off.

const guard = 12;
const small = (n: number): Decimal => ({ digits: BigInt(n), scale: 0 });

/** e to the power of x. */
function exponential(x: Decimal, scale: number): Decimal {
  if (x.digits < 0n) return divide(one, exponential(negate(x), scale + guard), scale + guard);
  let halvings = 0;
  let reduced = x;
  const wide = scale + guard + Math.ceil(Number(rescale(x, 0).digits) * 0.45);
  for (; compare(reduced, one) > 0; halvings++) reduced = divide(reduced, small(2), wide + guard);
  let sum = one;
  let term = one;
  for (let n = 1; term.digits !== 0n; n++) {
    term = divide(multiply(term, reduced, wide + guard), small(n), wide + guard);
    sum = add(sum, term);
  }
  for (; halvings > 0; halvings--) sum = multiply(sum, sum, wide + guard);
  return sum;
}

function naturalLog(x: Decimal, scale: number): Decimal {
  if (x.digits <= 0n) return { digits: 1n - 10n ** BigInt(scale), scale: 0 };
  const wide = scale + guard;
  // nearer to 1 by square roots would lose digits; halving and doubling count times ln 2
  let reduced = rescale(x, wide + x.scale);
  let twos = 0;
  for (; compare(reduced, small(2)) >= 0; twos++) reduced = divide(reduced, small(2), wide + 8);
  for (; compare(reduced, one) < 0; twos--) reduced = multiply(reduced, small(2), wide + 8);
  const series = (value: Decimal) => {
    const ratio = divide(subtract(value, one), add(value, one), wide);
    const square = multiply(ratio, ratio, wide);
    let sum = zero;
    let factor = ratio;
    for (let n = 1; factor.digits !== 0n; n += 2) {
      sum = add(sum, divide(factor, small(n), wide));
      factor = rescale(multiply(factor, square, wide), wide);
    }
    return multiply(sum, small(2), wide);
  };
  const own = series(reduced);
  return twos === 0 ? own : add(own, multiply(series(small(2)), small(twos), wide));
}

function arcTangent(x: Decimal, scale: number): Decimal {
  if (x.digits < 0n) return negate(arcTangent(negate(x), scale));
  const wide = scale + guard;
  const fifth = { digits: 2n, scale: 1 };
  let value = rescale(x, Math.max(wide, x.scale));
  let folds = 0;
  // atan x = atan 0.2 + atan ((x - 0.2) / (1 + 0.2 x))
  for (; compare(value, fifth) > 0; folds++)
    value = divide(subtract(value, fifth), add(one, multiply(value, fifth, wide)), wide);
  const series = (of: Decimal) => {
    const square = rescale(multiply(of, of, wide), wide);
    let sum = zero;
    let factor = rescale(of, wide);
    for (let n = 1; factor.digits !== 0n; n += 2) {
      const part = divide(factor, small(n), wide);
      sum = n % 4 === 1 ? add(sum, part) : subtract(sum, part);
      factor = rescale(multiply(factor, square, wide), wide);
    }
    return sum;
  };
  return folds === 0 ? series(value) : add(series(value), multiply(series(fifth), small(folds), wide));
}

function sine(x: Decimal, scale: number): Decimal {
  const wide = scale + guard + String(rescale(x, 0).digits).length;
  const pi = multiply(arcTangent(one, wide), small(4), wide);
  const turn = multiply(pi, small(2), wide);
  const turns = rescale(divide(x, turn, 0), 0);
  const reduced = rescale(subtract(x, multiply(turns, turn, wide)), wide);
  const square = rescale(multiply(reduced, reduced, wide), wide);
  let sum = zero;
  let term = reduced;
  for (let n = 1; term.digits !== 0n; n += 2) {
    sum = add(sum, term);
    term = negate(divide(rescale(multiply(term, square, wide), wide), small((n + 1) * (n + 2)), wide));
  }
  return sum;
}

function cosine(x: Decimal, scale: number): Decimal {
  const quarter = multiply(arcTangent(one, scale + guard), small(2), scale + guard);
  return sine(add(x, quarter), scale);
}

/** Bessel's function of an integer order. */
function bessel(order: Decimal, x: Decimal, scale: number): Decimal {
  const n = Math.abs(Number(rescale(order, 0).digits));
  const wide = scale + guard + Math.ceil(Math.abs(Number(rescale(x, 0).digits)) * 1.4);
  const half = divide(x, small(2), wide);
  let term: Decimal = one;
  for (let i = 1; i <= n; i++) term = divide(rescale(multiply(term, half, wide), wide), small(i), wide);
  const square = rescale(multiply(half, half, wide), wide);
  let sum = zero;
  for (let k = 1; term.digits !== 0n; k++) {
    sum = add(sum, term);
    term = negate(divide(rescale(multiply(term, square, wide), wide), small(k * (k + n)), wide));
  }
  return order.digits < 0n && n % 2 === 1 ? negate(sum) : sum;
}

/** A function of the library by its letter, cut off after `scale` decimals; undefined when there is none. */
export function libraryFunction(name: string, args: readonly Decimal[], scale: number): Decimal | undefined {
  const [first = zero, second = zero] = args;
  switch (name) {
    case 'e':
      return rescale(exponential(first, scale), scale);
    case 'l':
      return rescale(naturalLog(first, scale), first.digits <= 0n ? 0 : scale);
    case 'a':
      return rescale(arcTangent(first, scale), scale);
    case 's':
      return rescale(sine(first, scale), scale);
    case 'c':
      return rescale(cosine(first, scale), scale);
    case 'j':
      return rescale(bessel(first, second, scale), scale);
    default:
      return undefined;
  }
}
