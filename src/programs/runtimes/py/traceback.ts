import type { Value } from '../core/values.ts';
import type { Thrown, Vm } from '../core/vm.ts';
import { flushOut } from './natives.ts';
import { isException, repr, str, type TraceLine, truthy } from './values.ts';

/** What Python writes when nothing caught an exception, and the exit status. */
export function uncaughtPy(vm: Vm, thrown: Thrown): number {
  flushOut(vm);
  const o = vm.obj(thrown.value);
  const name = vm.heap[o?.up ?? 0]?.s ?? '';
  if (name === 'SystemExit') {
    const [code = null] = vm.obj(o?.p?.args ?? null)?.a ?? [];
    if (typeof code === 'string') vm.write(2, `${code}\n`);
    return code === null ? 0 : typeof code === 'number' ? code & 255 : truthy(vm, code) ? 1 : 0;
  }
  vm.write(2, traceback(vm, thrown.value));
  return name === 'KeyboardInterrupt' ? 130 : 1;
}

/** A traceback as CPython prints it, with what it came from; `without`: a file of the library that is not shown. */
export function traceback(vm: Vm, v: Value, without?: string, seen = 0): string {
  const o = vm.obj(v);
  if (!o || seen > 10) return '';
  const cause = o.p?.__cause__;
  const before =
    cause !== undefined && cause !== null
      ? `${traceback(vm, cause, without, seen + 1)}\nThe above exception was the direct cause of the following exception:\n\n`
      : o.v !== undefined && o.v !== null && cause === undefined && isException(vm, vm.obj(o.v) ?? { k: '' })
        ? `${traceback(vm, o.v, without, seen + 1)}\nDuring handling of the above exception, another exception occurred:\n\n`
        : '';
  const lines = ((o.x ?? []) as unknown as readonly TraceLine[])
    .filter(({ path }) => path !== without)
    .map((one) => entry(vm, one))
    .join('');
  return `${before}Traceback (most recent call last):\n${lines}${summary(vm, v)}\n`;
}

/** `ValueError: text`. */
export function summary(vm: Vm, v: Value): string {
  const o = vm.obj(v);
  const cls = vm.heap[o?.up ?? 0];
  const module = cls?.p?.__module__;
  const name = `${typeof module === 'string' && module !== '__main__' ? `${module}.` : ''}${cls?.s ?? repr(vm, v)}`;
  const text = str(vm, v);
  return text === '' ? name : `${name}: ${text}`;
}

function entry(vm: Vm, { path, name, at, op, anchor }: TraceLine): string {
  const [line, column, endLine, endColumn] = at;
  const source = vm.sources[path]?.split('\n')[line - 1];
  const head = `  File "${path}", line ${line}, in ${name}\n`;
  if (source === undefined || path.startsWith('<')) return head;
  const shown = source.trim();
  const [, minor = 11] = vm.start.version.split('.').map(Number);
  const first = source.length - source.trimStart().length;
  const end = endLine === line ? endColumn : source.trimEnd().length;
  const width = end - column;
  let marks = '^'.repeat(Math.max(0, width));
  let anchored = false;
  if (anchor !== undefined && endLine === line) {
    if (op === 'binary') {
      const sign = /^[^\s\w([{'"]+/.exec(source.slice(anchor))?.[0].length ?? 1;
      marks = '~'.repeat(anchor - column) + '^'.repeat(sign) + '~'.repeat(Math.max(0, end - anchor - sign));
      anchored = true;
    } else if (op === 'index' || (minor >= 13 && op.startsWith('call'))) {
      marks = '~'.repeat(Math.max(0, anchor - column)) + '^'.repeat(Math.max(0, end - anchor));
      anchored = true;
    }
  }
  const whole = width >= shown.length && !(anchored && (minor >= 13 || op !== 'call'));
  return `${head}    ${shown}\n${whole || width <= 0 ? '' : `    ${' '.repeat(column - first)}${marks}\n`}`;
}
