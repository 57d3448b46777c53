import { bigintOf, isFloat, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { floatText, raise, typeName } from './values.ts';

/** JSON as Python's json writes it: `, ` and `: `, all but ASCII escaped. */
export function dumps(
  vm: Vm,
  v: Value,
  indent: number | undefined,
  ascii = true,
  sort = false,
  level = 0,
  [comma, colon]: readonly [string, string] = indent === undefined ? [', ', ': '] : [',', ': '],
  otherwise?: (v: Value) => Value,
): string {
  vm.tick();
  if (v === null) return 'null';
  if (typeof v === 'boolean') return String(v);
  if (typeof v === 'string') {
    const text = JSON.stringify(v);
    return ascii
      ? text.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : text;
  }
  if (bigintOf(v) !== undefined) return String(bigintOf(v));
  if (isFloat(v)) return floatText(Number(v.v)).replace('inf', 'Infinity').replace('nan', 'NaN');
  const o = vm.obj(v);
  const open = indent === undefined ? '' : `\n${' '.repeat(indent * (level + 1))}`;
  const close = indent === undefined ? '' : `\n${' '.repeat(indent * level)}`;
  const inner = (x: Value) => dumps(vm, x, indent, ascii, sort, level + 1, [comma, colon], otherwise);
  const joined = (parts: readonly string[]) => parts.join(indent === undefined ? comma : `${comma.trimEnd()}${open}`);
  if (o?.k === 'list' || o?.k === 'tuple')
    return (o.a ?? []).length === 0 ? '[]' : `[${open}${joined((o.a ?? []).map(inner))}${close}]`;
  if (o?.k === 'dict') {
    const pairs = Object.values(o.e ?? {}).map(
      ([k, x]) => [typeof k === 'string' ? k : dumps(vm, k, undefined), x] as const,
    );
    if (sort) pairs.sort(([a], [b]) => (a < b ? -1 : 1));
    return pairs.length === 0
      ? '{}'
      : `{${open}${joined(pairs.map(([k, x]) => `${dumps(vm, k, undefined, ascii)}${colon}${inner(x)}`))}${close}}`;
  }
  if (otherwise) return dumps(vm, otherwise(v), indent, ascii, sort, level, [comma, colon], otherwise);
  return raise(vm, 'TypeError', `Object of type ${typeName(vm, v)} is not JSON serializable`);
}
