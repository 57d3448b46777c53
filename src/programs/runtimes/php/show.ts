import { isFloat, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { propertiesOf, propertyOf } from './classes.ts';
import { className, count, deref, floatText, text } from './values.ts';

/** A number with a point as var_dump, var_export and json_encode write it. */
export const exactFloat = (v: Value): string => (isFloat(v) ? floatText(Number(v.v), 17) : '');

function members(vm: Vm, v: Value): readonly (readonly [name: string, visibility: string, owner: string, v: Value])[] {
  const o = vm.obj(v);
  return propertiesOf(vm, v).map(([name, value]) => {
    const found = propertyOf(vm, o?.up ?? 0, name);
    return [name, found?.visibility ?? 'public', vm.heap[found?.owner ?? 0]?.s ?? '', deref(vm, value)] as const;
  });
}

/** What var_dump prints. */
export function dump(vm: Vm, v: Value, indent = '', ref = '', seen: readonly number[] = []): string {
  if (v === null) return `${indent}${ref}NULL\n`;
  if (typeof v === 'boolean') return `${indent}${ref}bool(${v})\n`;
  if (isFloat(v)) return `${indent}${ref}float(${exactFloat(v)})\n`;
  if (typeof v === 'string') return `${indent}${ref}string(${v.length}) "${v}"\n`;
  const o = vm.obj(v);
  if (!o) return `${indent}${ref}int(${text(vm, v)})\n`;
  const id = typeof v === 'object' && v !== null && 'r' in v ? v.r : 0;
  if (seen.includes(id)) return `${indent}*RECURSION*\n`;
  const inside = [...seen, id];
  const inner = `${indent}  `;
  vm.tick(4);
  if (o.k === 'array') {
    const rows = Object.values(o.e ?? {}).map(([k, each]) => {
      const name = typeof k === 'number' ? k : `"${String(k)}"`;
      return `${inner}[${name}]=>\n${dump(vm, deref(vm, each), inner, vm.obj(each)?.k === 'cell' ? '*' : '', inside)}`;
    });
    return `${indent}${ref}array(${count(vm, v)}) {\n${rows.join('')}${indent}}\n`;
  }
  const all = members(vm, v);
  const rows = all.map(([name, visibility, owner, each]) => {
    const note = visibility === 'public' ? '' : visibility === 'protected' ? ':protected' : `:"${owner}":private`;
    return `${inner}["${name}"${note}]=>\n${dump(vm, each, inner, '', inside)}`;
  });
  return `${indent}${ref}object(${className(vm, v)})#${o.n ?? 0} (${all.length}) {\n${rows.join('')}${indent}}\n`;
}

/** What print_r prints. */
export function printed(vm: Vm, v: Value, indent = '', seen: readonly number[] = []): string {
  const o = vm.obj(v);
  if (!o) return text(vm, v);
  const id = typeof v === 'object' && v !== null && 'r' in v ? v.r : 0;
  const head = o.k === 'array' ? 'Array' : `${className(vm, v)} Object`;
  if (seen.includes(id)) return `${head}\n *RECURSION*`;
  const inside = [...seen, id];
  vm.tick(4);
  const rows =
    o.k === 'array'
      ? Object.values(o.e ?? {}).map(([k, each]) => [String(k), deref(vm, each)] as const)
      : members(vm, v).map(
          ([name, visibility, owner, each]) =>
            [
              name + (visibility === 'public' ? '' : visibility === 'protected' ? ':protected' : `:${owner}:private`),
              each,
            ] as const,
        );
  const inner = `${indent}        `;
  return `${head}\n${indent}(\n${rows.map(([k, each]) => `${indent}    [${k}] => ${printed(vm, each, inner, inside)}\n`).join('')}${indent})\n`;
}

const quoted = (s: string): string => `'${s.replace(/[\\']/g, '\\$&')}'`;
/** What var_export prints. */
export function exported(vm: Vm, v: Value, indent = ''): string {
  if (v === null) return 'NULL';
  if (typeof v === 'boolean') return String(v);
  if (typeof v === 'string') return quoted(v);
  if (isFloat(v)) return /^-?\d+$/.test(exactFloat(v)) ? `${exactFloat(v)}.0` : exactFloat(v);
  const o = vm.obj(v);
  if (!o) return text(vm, v);
  const rows =
    o.k === 'array'
      ? Object.values(o.e ?? {}).map(
          ([k, each]) => [typeof k === 'number' ? String(k) : quoted(String(k)), deref(vm, each)] as const,
        )
      : members(vm, v).map(([name, , , each]) => [quoted(name), each] as const);
  const std = className(vm, v) === 'stdClass';
  const [open, close] =
    o.k === 'array'
      ? ['array (', ')']
      : std
        ? ['(object) array(', ')']
        : [`\\${className(vm, v)}::__set_state(array(`, '))'];
  const inner = `${indent}  `;
  const pad = o.k === 'array' ? inner : `${inner} `;
  const lines = rows.map(([k, each]) => {
    const nested = vm.obj(each) ? `\n${inner}` : '';
    return `${pad}${k} => ${nested}${exported(vm, each, inner)},\n`;
  });
  return `${open}\n${lines.join('')}${indent}${close}`;
}
