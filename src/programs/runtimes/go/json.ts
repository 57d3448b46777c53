import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { shapeOf, under } from './types.ts';
import { bytesOf, deref, items, mapEntries, shapes, str } from './values.ts';

/** An interface value as encoding/json writes it. Bytes. */
export function json(vm: Vm, v: Value, prefix = '', indent?: string): string {
  return encodeUtf8(write(vm, 'interface {}', v, indent === undefined ? null : { prefix, indent }, 0));
}
type Style = { readonly prefix: string; readonly indent: string } | null;

function quoted(s: string): string {
  return JSON.stringify(s).replace(
    /[<>&\u2028\u2029]/g,
    (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
function write(vm: Vm, t: string, v: Value, style: Style, depth: number): string {
  const s = shapes(vm);
  const shape = shapeOf(s, t);
  const group = (open: string, close: string, parts: readonly string[]) => {
    if (parts.length === 0) return `${open}${close}`;
    if (!style) return `${open}${parts.join(',')}${close}`;
    const line = (n: number) => `\n${style.prefix}${style.indent.repeat(n)}`;
    return `${open}${line(depth + 1)}${parts.join(`,${line(depth + 1)}`)}${line(depth)}${close}`;
  };
  const colon = style ? ': ' : ':';
  switch (shape?.k) {
    case 'interface': {
      const o = vm.obj(v);
      return o ? write(vm, o.s ?? '', o.v ?? null, style, depth) : 'null';
    }
    case 'pointer':
      return v === null ? 'null' : write(vm, shape.of, vm.obj(v)?.k === 'ptr' ? deref(vm, v) : v, style, depth);
    case 'struct': {
      const p = vm.obj(v)?.p ?? {};
      return group(
        '{',
        '}',
        shape.fields.flatMap((f) => {
          const [name = '', ...options] = (/json:"([^"]*)"/.exec(f.tag)?.[1] ?? '').split(',');
          if (!/^\p{Lu}/u.test(f.name) || name === '-') return [];
          const one = p[f.name] ?? null;
          const empty =
            one === null ||
            one === '' ||
            one === 0 ||
            one === false ||
            (shapeOf(s, f.type)?.k === 'slice' && items(vm, one).length === 0);
          if (options.includes('omitempty') && empty) return [];
          return [`${quoted(name || f.name)}${colon}${write(vm, f.type, one, style, depth + 1)}`];
        }),
      );
    }
    case 'map': {
      if (v === null) return 'null';
      const entries = mapEntries(vm, v)
        .map(([k, one]) => [String(k), one] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
      return group(
        '{',
        '}',
        entries.map(([k, one]) => `${quoted(decodeUtf8(k))}${colon}${write(vm, shape.of, one, style, depth + 1)}`),
      );
    }
    case 'slice':
    case 'array':
      if (v === null) return 'null';
      if (under(s, shape.of) === 'uint8') return quoted(btoa(bytesOf(vm, v)));
      return group(
        '[',
        ']',
        items(vm, v).map((one) => write(vm, shape.of, one, style, depth + 1)),
      );
  }
  if (typeof v === 'string') return quoted(decodeUtf8(str(v)));
  return typeof v === 'boolean' ? String(v) : String(numeric(v) ?? 0);
}
