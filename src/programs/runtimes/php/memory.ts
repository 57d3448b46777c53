import type { Natives } from '../core/lang.ts';
import { reachable } from '../core/reachable.ts';
import type { Obj, Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { truthy } from './values.ts';

/** What PHP 8.2 has taken before the first line of a program. */
const atStart = 390_936;
/** Memory is asked of the kernel in chunks of this size. */
const chunk = 2_097_152;

/** Bytes of the values that a program can reach, by the sizes of Zend's structures (64 bit). */
function usage(vm: Vm): number {
  let sum = atStart;
  for (const id of reachable(vm)) {
    const o = vm.heap[id];
    if (o) sum += sizeOf(o);
  }
  return sum;
}

function sizeOf(o: Obj): number {
  if (o.k === 'array') {
    const all = Object.values(o.e ?? {});
    const room = 2 ** Math.ceil(Math.log2(Math.max(8, all.length)));
    const packed = all.every(([key], i) => key === i);
    return 56 + room * (packed ? 16 : 36) + textSizes(all.map(([, v]) => v));
  }
  const properties = Object.values(o.p ?? {});
  return o.k === 'inst' || o.k === 'scope' ? 40 + 16 * properties.length + textSizes(properties) : 0;
}

function textSizes(all: readonly (Value | undefined)[]): number {
  return all.reduce<number>((sum, v) => sum + (typeof v === 'string' ? 8 * Math.ceil((v.length + 25) / 8) : 0), 0);
}

export const memoryNatives: Natives = {
  memory_get_usage: (vm, [real = false]) => {
    const bytes = usage(vm);
    vm.tick(Object.keys(vm.heap).length >> 2);
    return truthy(vm, real) ? Math.ceil(bytes / chunk) * chunk : bytes;
  },
};
