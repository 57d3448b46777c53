import { undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { inspect } from './inspect.ts';
import { text, toNumber } from './semantics.ts';

/** What console.log makes of its arguments (util.format). */
export function formatAll(vm: Vm, args: readonly Value[]): string {
  const [first, ...rest] = args;
  let left = rest;
  let out: string[] = [];
  if (typeof first === 'string' && first.includes('%') && rest.length > 0) {
    const line = first.replace(/%[sdifjoOc%]/g, (directive) => {
      if (directive === '%%') return '%';
      const [v] = left;
      if (v === undefined) return directive;
      left = left.slice(1);
      if (directive === '%s') return typeof v === 'string' ? v : vm.obj(v) ? inspect(vm, v, 0) : inspect(vm, v);
      if (directive === '%d') return String(toNumber(vm, v));
      if (directive === '%i') return String(Math.trunc(toNumber(vm, v)));
      if (directive === '%f') return String(toNumber(vm, v));
      if (directive === '%j') return text(vm, vm.native('JSON.stringify')(vm, [v], undef, {}) as Value);
      return directive === '%c' ? '' : inspect(vm, v, 4);
    });
    out = [line];
  } else if (first !== undefined) out = [typeof first === 'string' ? first : inspect(vm, first)];
  return [...out, ...left.map((v) => (typeof v === 'string' ? v : inspect(vm, v)))].join(' ');
}

export function print(fd: number) {
  return (vm: Vm, args: readonly Value[]): Value => {
    const pad = '  '.repeat(Number(vm.globals['%group'] ?? 0));
    vm.write(fd, `${formatAll(vm, args).replace(/^/gm, pad)}\n`);
    return undef;
  };
}
