import { quoteGo } from '../../../kernel/go/quote.ts';
import { goMoment } from '../timestamp.ts';
import { formatShortest } from './float.ts';
import { concrete, entries, isNil, items, type Value } from './types.ts';

/** A value as Go's fmt prints it with %v, inside of other values too. `plus`: %+v, with the names of fields. */
export function printValue(value: Value, options: PrintOptions = {}): string {
  const { plus = false, quoted = false, depth = 0 } = options;
  const inner = concrete(value);
  const { type, data } = inner;
  const deeper = { plus, quoted, depth: depth + 1 };
  switch (type.kind) {
    case 'nil':
      return '<nil>';
    case 'string':
      if (type.name === 'time.Time') return goMoment(String(data ?? ''));
      return quoted ? quoteGo(String(data ?? '')) : String(data ?? '');
    case 'bool':
      return data === true ? 'true' : 'false';
    case 'int':
      return String(data ?? 0);
    case 'float':
      return formatShortest(Number(data ?? 0));
    case 'slice':
    case 'array':
      return `[${items(inner)
        .map((item) => printValue(item, deeper))
        .join(' ')}]`;
    case 'map':
      return `map[${entries(inner)
        .map(([key, item]) => `${quoted ? quoteGo(key) : key}:${printValue(item, deeper)}`)
        .join(' ')}]`;
    case 'pointer':
      if (isNil(inner)) return '<nil>';
      // Go prints where it is in memory; only at the top it shows what is there
      return depth > 0 ? address(data) : `&${printValue({ type: type.elem, data }, { ...deeper, depth: depth + 1 })}`;
    case 'struct': {
      const record = (typeof data === 'object' && data !== null ? data : {}) as { readonly [key: string]: unknown };
      const parts = type.fields.map((f) => {
        const text = printValue({ type: f.type, data: f.embedded ? data : record[f.json ?? f.name] }, deeper);
        return plus ? `${f.name}:${text}` : text;
      });
      return `{${parts.join(' ')}}`;
    }
    default:
      return address(data);
  }
}

export interface PrintOptions {
  readonly plus?: boolean;
  /** Strings in quotes (%q). */
  readonly quoted?: boolean;
  readonly depth?: number;
}

/** An address in the memory of a Go program: it means nothing, so it is made of the value itself. */
function address(data: unknown): string {
  let hash = 7;
  for (const char of JSON.stringify(data) ?? '') hash = (hash * 31 + char.charCodeAt(0)) % 0xffff_ffff;
  return `0xc000${(hash & 0xffffff0).toString(16).padStart(6, '0')}`;
}
