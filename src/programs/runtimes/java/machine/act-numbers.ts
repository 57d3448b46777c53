import { toInt, toLong } from '../constants.ts';
import { type Act, num, pop2, push2 } from './act.ts';

const long = (n: bigint): bigint => BigInt.asIntN(64, n);

/** The instructions that compute. */
export function arithmetic(table: { [name: string]: Act }): void {
  const ints: { readonly [op: string]: (a: number, b: number) => number } = {
    add: (a, b) => (a + b) | 0,
    sub: (a, b) => (a - b) | 0,
    mul: Math.imul,
    and: (a, b) => a & b,
    or: (a, b) => a | b,
    xor: (a, b) => a ^ b,
    shl: (a, b) => a << b,
    shr: (a, b) => a >> b,
    ushr: (a, b) => (a >>> b) | 0,
  };
  for (const [name, op] of Object.entries(ints))
    table[`i${name}`] = (_m, f) => {
      const b = num(f);
      f.stack.push(op(num(f), b));
    };
  const longs: { readonly [op: string]: (a: bigint, b: bigint) => bigint } = {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    and: (a, b) => a & b,
    or: (a, b) => a | b,
    xor: (a, b) => a ^ b,
  };
  for (const [name, op] of Object.entries(longs))
    table[`l${name}`] = (_m, f) => {
      const b = pop2(f) as bigint;
      push2(f, long(op(pop2(f) as bigint, b)));
    };
  for (const name of ['shl', 'shr', 'ushr'])
    table[`l${name}`] = (_m, f) => {
      const by = BigInt(num(f) & 63);
      const a = pop2(f) as bigint;
      push2(f, long(name === 'shl' ? a << by : name === 'shr' ? a >> by : BigInt.asUintN(64, a) >> by));
    };
  const floats: { readonly [op: string]: (a: number, b: number) => number } = {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    div: (a, b) => a / b,
    rem: (a, b) => a % b,
  };
  for (const [name, op] of Object.entries(floats)) {
    table[`f${name}`] = (_m, f) => {
      const b = num(f);
      f.stack.push(Math.fround(op(num(f), b)));
    };
    table[`d${name}`] = (_m, f) => {
      const b = pop2(f) as number;
      push2(f, op(pop2(f) as number, b));
    };
  }
  table.ineg = (_m, f) => void f.stack.push(-num(f) | 0);
  table.lneg = (_m, f) => push2(f, long(-(pop2(f) as bigint)));
  table.fneg = (_m, f) => void f.stack.push(-num(f));
  table.dneg = (_m, f) => push2(f, -(pop2(f) as number));
  const compare = (a: number | bigint, b: number | bigint, nan: number) => (a < b ? -1 : a > b ? 1 : a === b ? 0 : nan);
  table.lcmp = (_m, f) => {
    const b = pop2(f) as bigint;
    f.stack.push(compare(pop2(f) as bigint, b, 0));
  };
  for (const [suffix, nan] of [
    ['l', -1],
    ['g', 1],
  ] as const) {
    table[`fcmp${suffix}`] = (_m, f) => {
      const b = num(f);
      f.stack.push(compare(num(f), b, nan));
    };
    table[`dcmp${suffix}`] = (_m, f) => {
      const b = pop2(f) as number;
      f.stack.push(compare(pop2(f) as number, b, nan));
    };
  }
}

/** Those that convert numbers. */
export function conversions(table: { [name: string]: Act }): void {
  table.i2l = (_m, f) => push2(f, BigInt(num(f)));
  table.i2f = (_m, f) => void f.stack.push(Math.fround(num(f)));
  table.i2d = (_m, f) => push2(f, num(f));
  table.l2i = (_m, f) => void f.stack.push(Number(BigInt.asIntN(32, pop2(f) as bigint)));
  table.l2f = (_m, f) => void f.stack.push(Math.fround(Number(pop2(f))));
  table.l2d = (_m, f) => push2(f, Number(pop2(f)));
  table.f2i = (_m, f) => void f.stack.push(toInt(num(f)));
  table.f2l = (_m, f) => push2(f, toLong(num(f)));
  table.f2d = (_m, f) => push2(f, num(f));
  table.d2i = (_m, f) => void f.stack.push(toInt(pop2(f) as number));
  table.d2l = (_m, f) => push2(f, toLong(pop2(f) as number));
  table.d2f = (_m, f) => void f.stack.push(Math.fround(pop2(f) as number));
  table.i2b = (_m, f) => void f.stack.push((num(f) << 24) >> 24);
  table.i2c = (_m, f) => void f.stack.push(num(f) & 0xffff);
  table.i2s = (_m, f) => void f.stack.push((num(f) << 16) >> 16);
}
