import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isTagged, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';

/** The texts that `ob_start` keeps back, the innermost last; answers to requests are kept back in the same way. */
export function buffers(vm: Vm): readonly string[] {
  const kept = vm.globals['%buffers'] ?? null;
  return isTagged(kept) ? ((vm.obj(kept)?.a ?? []) as string[]) : [];
}
export function setBuffers(vm: Vm, all: readonly string[]): void {
  vm.globals['%buffers'] = all.length === 0 ? null : vm.make({ k: 'buffers', a: [...all] });
}
/** Prints bytes. */
export function output(vm: Vm, bytes: string): void {
  if (bytes === '') return;
  const kept = vm.globals['%buffers'] ?? null;
  if (kept === null) {
    if (vm.globals['%sent'] === undefined) vm.globals['%sent'] = true;
    vm.write(1, decodeUtf8(bytes));
    return;
  }
  const a = vm.own(kept).a ?? [];
  a[a.length - 1] = String(a[a.length - 1] ?? '') + bytes;
  vm.grow(bytes.length);
}
/** Prints what is kept back; `all`: for good. */
export function flushOutput(vm: Vm, all: boolean): void {
  const kept = buffers(vm);
  const web: Value = vm.globals['%web'] ?? null;
  if (web !== null) {
    if (all && kept.length > 1) setBuffers(vm, [kept.join('')]);
    return;
  }
  setBuffers(vm, []);
  output(vm, kept.join(''));
}
