import { Beyond } from './tree.ts';
import type { Value } from './values.ts';
import type { Vm } from './vm.ts';

/** The longest text that is put together here. */
export const longestText = 16_000_000;
/** The longest list. */
export const longestList = 2_000_000;
/** The longest integer, in bits. */
const longestInteger = 200_000;

/** What looking at a value as a whole costs, in operations: long texts and lists are not free. */
export function sizeOf(vm: Vm, v: Value): number {
  const length = typeof v === 'string' ? v.length : (vm.obj(v)?.a?.length ?? 0);
  return length >> 4;
}

/** Bits of an integer, about. */
function bits(n: bigint): number {
  return n.toString(16).length * 4;
}

/** Refuses integers that would take long to compute. Charges for long ones. */
export function checkInteger(vm: Vm, op: string, a: bigint, b: bigint): void {
  const small = a < 1n << 64n && a > -(1n << 64n) && b < 1n << 64n && b > -(1n << 64n);
  if (small && op !== '**' && op !== '<<') return;
  const [x, y] = [bits(a), bits(b)];
  const power = op === '**' || op === '<<';
  const more = b > 1_000_000n ? 1e9 : Number(b);
  const size = !power
    ? x + y
    : a === 0n || (op === '**' && (a === 1n || a === -1n))
      ? 1
      : op === '**'
        ? x * more
        : x + more;
  if (size > longestInteger) throw new Beyond('a number this large');
  vm.tick(Math.max(0, size) >> 6);
}
