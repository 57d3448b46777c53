import { compareBytes, concrete, entries, isNil, items, type Value } from './types.ts';

/** A value as Go's encoding/json writes it: in one line, maps in the order of their keys, structs in that of their fields. */
export function toJson(value: Value): string {
  const inner = concrete(value);
  const { type, data } = inner;
  if (isNil(inner)) return 'null';
  switch (type.kind) {
    case 'string':
      return type.name === 'json.Number' ? String(data) : quoteJson(String(data ?? ''));
    case 'bool':
      return data === true ? 'true' : 'false';
    case 'int':
    case 'float':
      return numberJson(Number(data ?? 0));
    case 'slice':
    case 'array':
      return `[${items(inner).map(toJson).join(',')}]`;
    case 'map':
      return `{${entries(inner)
        .map(([key, item]) => `${quoteJson(key)}:${toJson(item)}`)
        .join(',')}}`;
    case 'pointer':
      return toJson({ type: type.elem, data });
    case 'struct':
      if (type.methods?.MarshalJSON) return String(type.methods.MarshalJSON(inner, []).data);
      // a struct was read from JSON: what is left out there is left out here
      return rawJson(data ?? {});
    default:
      return 'null';
  }
}

/** JSON data as it came, in one line and in its own order. */
export function rawJson(data: unknown): string {
  if (typeof data === 'string') return quoteJson(data);
  if (typeof data === 'number') return numberJson(data);
  if (Array.isArray(data)) return `[${data.map(rawJson).join(',')}]`;
  if (typeof data === 'object' && data !== null) {
    const parts = Object.entries(data).filter(([, item]) => item !== undefined);
    return `{${parts.map(([key, item]) => `${quoteJson(key)}:${rawJson(item)}`).join(',')}}`;
  }
  return data === true ? 'true' : data === false ? 'false' : 'null';
}

/** JSON data as it came, with so many spaces for each level. */
export function indentJson(data: unknown, step: string, indent = ''): string {
  const inner = indent + step;
  const block = (open: string, parts: readonly string[], close: string) =>
    parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  if (Array.isArray(data))
    return block(
      '[',
      data.map((item) => indentJson(item, step, inner)),
      ']',
    );
  if (typeof data !== 'object' || data === null) return rawJson(data);
  const parts = Object.entries(data)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${quoteJson(key)}: ${indentJson(item, step, inner)}`);
  return block('{', parts, '}');
}

/** A map as json.Marshal writes it, which also escapes `<`, `>` and `&`; `null` for nothing. */
export function marshalMap(map: { readonly [key: string]: string | null }): string {
  const parts = Object.keys(map)
    .sort(compareBytes)
    .map((key) => `${quoteJson(key)}:${map[key] === null ? 'null' : quoteJson(map[key] ?? '')}`);
  return escapeHtml(`{${parts.join(',')}}`);
}

/** JSON text with `<`, `>` and `&` as json.Marshal writes them. */
export function escapeHtml(json: string): string {
  return json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

/** A string in JSON, as Go escapes it. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

function numberJson(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, (_all, sign, digit) => `e${sign}0${digit}`);
}
