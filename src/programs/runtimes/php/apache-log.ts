import type { Vm } from '../core/vm.ts';

/** `[Sun Nov 22 22:23:06.875123 2026] [MODULE:LEVEL] [pid 1:tid 1] TEXT`. */
export function log(vm: Vm, module: string, text: string, level = 'notice'): void {
  const date = new Date(vm.sys.now / 1000);
  const [, day = '', number = '', month = '', year = ''] = /^(\w+), (\d+) (\w+) (\d+)/.exec(date.toUTCString()) ?? [];
  const time = `${date.toISOString().slice(11, 19)}.${String(vm.sys.now % 1_000_000).padStart(6, '0')}`;
  const { pid } = vm.sys;
  vm.write(2, `[${day} ${month} ${number} ${time} ${year}] [${module}:${level}] [pid ${pid}:tid ${pid}] ${text}\n`);
}
