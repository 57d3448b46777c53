import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { float, integer, isFloat, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { isInstance, methodOf, propertiesOf, propertyOf } from './classes.ts';
import { exactFloat } from './show.ts';
import { array, deref, list, put, text } from './values.ts';

/** A value as JSON. `flags` are those of json_encode. */
export function encode(vm: Vm, v: Value, flags: number, indent = ''): string {
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'string') return quote(v, flags);
  if (isFloat(v)) {
    const n = exactFloat(v).replace('E', 'e');
    return (flags & 1024) !== 0 && /^-?\d+$/.test(n) ? `${n}.0` : n;
  }
  const o = vm.obj(v);
  if (!o) return text(vm, v);
  vm.tick(4);
  if (o.k === 'inst' && isInstance(vm, v, 'JsonSerializable')) {
    const m = methodOf(vm, v, 'jsonSerialize');
    return encode(vm, m === undefined ? null : vm.call(m, []), flags, indent);
  }
  const pretty = (flags & 128) !== 0;
  const inner = `${indent}    `;
  const join = (open: string, close: string, rows: readonly string[]): string =>
    rows.length === 0
      ? open + close
      : pretty
        ? `${open}\n${rows.map((r) => inner + r).join(',\n')}\n${indent}${close}`
        : open + rows.join(',') + close;
  if (o.k === 'array') {
    const all = Object.values(o.e ?? {});
    if (all.every(([k], i) => k === i) && (flags & 16) === 0)
      return join(
        '[',
        ']',
        all.map(([, each]) => encode(vm, deref(vm, each), flags, inner)),
      );
    return join(
      '{',
      '}',
      all.map(
        ([k, each]) => `${quote(String(k), flags)}:${pretty ? ' ' : ''}${encode(vm, deref(vm, each), flags, inner)}`,
      ),
    );
  }
  const rows = propertiesOf(vm, v).filter(
    ([name]) => (propertyOf(vm, o.up ?? 0, name)?.visibility ?? 'public') === 'public',
  );
  return join(
    '{',
    '}',
    rows.map(
      ([name, each]) => `${quote(name, flags)}:${pretty ? ' ' : ''}${encode(vm, deref(vm, each), flags, inner)}`,
    ),
  );
}

function quote(bytes: string, flags: number): string {
  let out = JSON.stringify(decodeUtf8(bytes));
  if ((flags & 64) === 0) out = out.replaceAll('/', '\\/');
  if ((flags & 256) !== 0) return encodeUtf8(out);
  return out.replace(/[\x7f-\uffff]/g, (c) =>
    c === '\x7f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The value that a JSON text stands for; undefined when it is none. Objects are arrays, or of stdClass. */
export function decode(vm: Vm, source: string, arrays: boolean): Value | undefined {
  const s = decodeUtf8(source);
  let i = 0;
  const space = (): void => {
    while (/[ \t\n\r]/.test(s[i] ?? '')) i++;
  };
  const value = (depth: number): Value | undefined => {
    vm.tick(1);
    if (depth > 500) return undefined;
    space();
    const rest = s.slice(i, i + 40);
    const word = /^(?:true|false|null)/.exec(rest)?.[0];
    if (word !== undefined) {
      i += word.length;
      return word === 'null' ? null : word === 'true';
    }
    if (s[i] === '"') return string();
    const number = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(rest);
    if (number) {
      i += number[0].length;
      if (number[1] === undefined && number[2] === undefined && number[0].length < 19)
        return number[0] === '-0' ? float(-0) : integer(BigInt(number[0]));
      return float(Number(number[0]));
    }
    if (s[i] === '[') {
      i++;
      const all: Value[] = [];
      space();
      if (s[i] === ']') {
        i++;
        return list(vm, []);
      }
      for (;;) {
        const one = value(depth + 1);
        if (one === undefined) return undefined;
        all.push(one);
        space();
        const c = s[i++];
        if (c === ']') return list(vm, all);
        if (c !== ',') return undefined;
      }
    }
    if (s[i] !== '{') return undefined;
    i++;
    const made = array(vm, []);
    const p: { [name: string]: Value } = {};
    space();
    if (s[i] === '}') i++;
    else
      for (;;) {
        space();
        const key = s[i] === '"' ? string() : undefined;
        space();
        if (typeof key !== 'string' || s[i++] !== ':') return undefined;
        const one = value(depth + 1);
        if (one === undefined) return undefined;
        if (arrays) put(vm, made, /^(?:0|-?[1-9]\d{0,15})$/.test(key) ? Number(key) : key, one);
        else p[key] = one;
        space();
        const c = s[i++];
        if (c === '}') break;
        if (c !== ',') return undefined;
      }
    return arrays ? made : (vm.native('%object')(vm, [vm.make({ k: 'props', p })], null, {}) as Value);
  };
  const string = (): Value | undefined => {
    const found = /^"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/.exec(s.slice(i));
    if (!found) return undefined;
    i += found[0].length;
    return encodeUtf8(JSON.parse(found[0]) as string);
  };
  const out = value(0);
  space();
  return i < s.length ? undefined : out;
}
