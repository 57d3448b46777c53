import type { Native, Natives } from '../core/lang.ts';
import { type Entry, store, target } from './natives-array.ts';
import { compare } from './operators.ts';
import { array, deref, entries, list, text, toFloat } from './values.ts';

function sorter(by: 'value' | 'key', keep: boolean, reverse: boolean): Native {
  return (vm, [cell, flags]) => {
    const side = by === 'key' ? 0 : 1;
    const asText = flags === 2;
    const sorted = target(vm, cell, 'sort').toSorted((a, b) => {
      vm.tick(2);
      const c = asText
        ? text(vm, a[side]) < text(vm, b[side])
          ? -1
          : text(vm, a[side]) === text(vm, b[side])
            ? 0
            : 1
        : compare(vm, a[side], b[side]);
      return reverse ? -c : c;
    });
    store(
      vm,
      cell,
      keep
        ? array(vm, sorted)
        : list(
            vm,
            sorted.map(([, v]) => v),
          ),
    );
    return true;
  };
}
function userSorter(side: 0 | 1, keep: boolean): Native {
  return (vm, [cell, fn = null]) => {
    const sorted = [...target(vm, cell, 'usort')];
    // insertion by halves: stable, and the callback may throw in the middle
    const out: Entry[] = [];
    for (const one of sorted) {
      let [low, high] = [0, out.length];
      while (low < high) {
        const mid = (low + high) >> 1;
        const c = toFloat(vm, vm.call(fn, [out[mid]?.[side] ?? null, one[side]]));
        if (c <= 0) low = mid + 1;
        else high = mid;
      }
      out.splice(low, 0, one);
    }
    store(
      vm,
      cell,
      keep
        ? array(vm, out)
        : list(
            vm,
            out.map(([, v]) => v),
          ),
    );
    return true;
  };
}
function pointer(move: (n: number, size: number, now: number) => number): Native {
  return (vm, [cell]) => {
    const all = entries(vm, deref(vm, cell ?? null));
    const id = `pointer ${JSON.stringify(cell ?? null)}`;
    const at = move(Number(vm.globals[id] ?? 0), all.length, 0);
    vm.globals[id] = at;
    return all[at]?.[1] ?? false;
  };
}

/** Sorting, and the pointer that arrays have. */
export const sortNatives: Natives = {
  sort: sorter('value', false, false),
  rsort: sorter('value', false, true),
  asort: sorter('value', true, false),
  arsort: sorter('value', true, true),
  ksort: sorter('key', true, false),
  krsort: sorter('key', true, true),
  usort: userSorter(1, false),
  uasort: userSorter(1, true),
  uksort: userSorter(0, true),
  shuffle: (vm, [cell]) => {
    const all = target(vm, cell, 'shuffle').map(([, v]) => v);
    for (let i = all.length - 1; i > 0; i--) {
      const j = (vm.sys.random() >>> 0) % (i + 1);
      [all[i], all[j]] = [all[j] ?? null, all[i] ?? null];
    }
    store(vm, cell, list(vm, all));
    return true;
  },
  reset: pointer(() => 0),
  end: pointer((_n, size) => Math.max(0, size - 1)),
  next: pointer((n) => n + 1),
  prev: pointer((n) => n - 1),
  current: pointer((n) => n),
  key: (vm, [cell]) =>
    entries(vm, deref(vm, cell ?? null))[Number(vm.globals[`pointer ${JSON.stringify(cell ?? null)}`] ?? 0)]?.[0] ??
    null,
};
