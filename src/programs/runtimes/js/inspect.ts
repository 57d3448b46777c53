import { isTagged, numeric, type Obj, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { stackOf } from './objects.ts';
import { symbolName } from './symbols.ts';

/** The name of the class that made an object; undefined for plain objects, null without a prototype. */
export function className(vm: Vm, o: Obj): string | undefined {
  for (let up = o.up; up !== undefined; up = vm.heap[up]?.up) {
    const made = vm.obj(ownConstructor(vm, up));
    if (made) return made.s;
  }
  return undefined;
}

/** The class that a prototype belongs to. */
export function ownConstructor(vm: Vm, proto: number): Value {
  const p = vm.heap[proto]?.p;
  return p && Object.hasOwn(p, 'constructor') ? (p.constructor as unknown as Value) : null;
}

/** A number as JavaScript prints it. */
export function numberText(v: Value): string {
  return String(numeric(v));
}

function quoted(text: string): string {
  const quote = !text.includes("'")
    ? "'"
    : !text.includes('"')
      ? '"'
      : !text.includes('`') && !text.includes('${')
        ? '`'
        : "'";
  const escaped = text.replace(/[\\\n\t\r\b\f\v\x00-\x1f\x7f]/g, (c) => {
    const known: { [c: string]: string } = {
      '\\': '\\\\',
      '\n': '\\n',
      '\t': '\\t',
      '\r': '\\r',
      '\b': '\\b',
      '\f': '\\f',
      '\v': '\\v',
    };
    return known[c] ?? `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

interface Look {
  readonly vm: Vm;
  readonly depth: number;
  readonly most: number;
  readonly seen: readonly number[];
  readonly indent: number;
  circular: number[];
  /** The depth of the object that was looked at last. */
  state: { deepest: number };
}

/** What `util.inspect` shows of a value (node's rules for lines, depth and grouping). `most`: how deep objects are shown. */
export function inspect(vm: Vm, v: Value, most = 2): string {
  return show({ vm, depth: 0, most, seen: [], indent: 0, circular: [], state: { deepest: 0 } }, v);
}

function show(l: Look, v: Value): string {
  if (typeof v === 'string') return quoted(v);
  if (v === null || typeof v !== 'object') return String(v);
  if (v.t === 'u') return 'undefined';
  if (v.t === 'hole') return '<empty item>';
  if (v.t === 'f') return String(v.v);
  if (v.t === 'big') return `${v.v}n`;
  if (v.t === 'bytes') return bufferText(v.v);
  if (v.t === 'b') return builtinText(v.n);
  if (l.seen.includes(v.r)) {
    if (!l.circular.includes(v.r)) l.circular.push(v.r);
    return `[Circular *${l.circular.indexOf(v.r) + 1}]`;
  }
  const text = object(l, v.r, l.vm.at(v.r));
  return l.circular.includes(v.r) ? `<ref *${l.circular.indexOf(v.r) + 1}> ${text}` : text;
}

function bufferText(bytes: string): string {
  const hex = [...bytes.slice(0, 50)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
  return `<Buffer${hex === '' ? '' : ` ${hex}`}${bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : ''}>`;
}

function builtinText(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (name === 'Math' || name === 'JSON') return `Object [${name}] {...}`;
  return `[Function: ${last}]`;
}

function object(l: Look, id: number, o: Obj): string {
  const { vm } = l;
  const inner: Look = { ...l, depth: l.depth + 1, seen: [...l.seen, id], indent: l.indent + 2 };
  const empty =
    (o.a ?? []).length === 0 &&
    Object.keys(o.e ?? {}).length === 0 &&
    !Object.keys(o.p ?? {}).some((key) => !/^[#%]/.test(key) || symbolName(key) !== undefined);
  const tooDeep = l.depth > l.most && !empty;
  if (!tooDeep && !empty) l.state.deepest = l.depth;
  const name = className(vm, o);
  switch (o.k) {
    case 'list': {
      if (tooDeep) return '[Array]';
      const items = (o.a ?? []).slice(0, 100).map((item) => show(inner, item));
      const merged = holes(o.a ?? [], items);
      if ((o.a?.length ?? 0) > 100)
        merged.push(`... ${(o.a?.length ?? 0) - 100} more item${(o.a?.length ?? 0) > 101 ? 's' : ''}`);
      const sub = name === undefined || name === 'Array' ? '' : `${name}(${o.a?.length ?? 0}) `;
      return reduce(l, merged.concat(ownProperties(inner, o)), sub, '[', ']', o);
    }
    case 'fn':
    case 'bound':
    case 'class':
      return functionText(l, inner, id, o);
    case 'map':
    case 'setof': {
      const kind = o.k === 'map' ? 'Map' : 'Set';
      const entries = Object.values(o.e ?? {});
      if (tooDeep) return `[${kind}]`;
      const items = entries.map(([k, v]) =>
        o.k === 'map' ? `${show(inner, k)} => ${show(inner, v)}` : show(inner, k),
      );
      const sub =
        name === undefined || name === kind ? `${kind}(${entries.length})` : `${name}(${entries.length}) [${kind}]`;
      return reduce(l, [...items, ...ownProperties(inner, o)], `${sub} `, '{', '}');
    }
    case 'date':
      return Number.isNaN(o.n) || o.n === undefined ? 'Invalid Date' : new Date(o.n).toISOString();
    case 'regexp':
      return `/${o.s ?? ''}/${String(o.x ?? '')}`;
    case 'promise': {
      const state =
        o.s === 'pending'
          ? '<pending>'
          : o.s === 'rejected'
            ? `<rejected> ${show(inner, o.v ?? null)}`
            : show(inner, o.v ?? null);
      return reduce(l, [state], 'Promise ', '{', '}');
    }
    case 'gen':
      return 'Object [Generator] {}';
    case 'iter':
      return iteratorText(l, inner, o);
    case 'agen':
      return 'Object [AsyncGenerator] {}';
    case 'symbol':
      return `Symbol(${o.s ?? ''})`;
  }
  if (isError(vm, o)) return errorText(l, inner, id);
  const tag = findTag(vm, o);
  const prefix =
    tag !== undefined && tag !== name
      ? `${name ?? 'Object'} [${tag}] `
      : name === undefined
        ? o.x === 'null'
          ? '[Object: null prototype] '
          : ''
        : name === 'Object'
          ? ''
          : `${name} `;
  if (tooDeep) return `[${prefix.trim() === '' ? 'Object' : prefix.trim()}]`;
  return reduce(l, ownProperties(inner, o), prefix, '{', '}');
}

/** Iterators of maps and sets show what is left; others only their kind. */
function iteratorText(l: Look, inner: Look, o: Obj): string {
  const kind = typeof o.x === 'string' ? o.x : 'Array Iterator';
  if (!/^(?:Map|Set) /.test(kind)) return `Object [${kind}] {}`;
  const left = (o.a ?? []).slice(o.n ?? 0).map((item) => show(inner, item));
  return reduce(l, left, `[${kind}] `, '{', '}');
}

function ownProperties(inner: Look, o: Obj): string[] {
  const all = Object.entries(o.p ?? {});
  const symbols = all.filter(([key]) => symbolName(key) !== undefined);
  return [...all.filter(([key]) => !key.startsWith('#') && !key.startsWith('%')), ...symbols].map(([name, v]) => {
    const symbol = symbolName(name);
    const key = symbol !== undefined ? `[${symbol}]` : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
    const accessor = inner.vm.obj(v);
    if (accessor?.k !== 'accessor') return `${key}: ${show(inner, v)}`;
    const [get = null, set = null] = accessor.a ?? [];
    return `${key}: [${[get === null ? '' : 'Getter', set === null ? '' : 'Setter'].filter((one) => one !== '').join('/')}]`;
  });
}

/** What Symbol.toStringTag says of an object. */
function findTag(vm: Vm, o: Obj): string | undefined {
  for (let at: Obj | undefined = o; at; at = at.up === undefined ? undefined : vm.heap[at.up]) {
    const found = at.p?.['%Symbol.toStringTag'];
    if (found === undefined) continue;
    const accessor = vm.obj(found);
    const v = accessor?.k === 'accessor' ? vm.call(accessor.a?.[0] ?? null, [], undefined, null) : found;
    return typeof v === 'string' && v !== '' ? v : undefined;
  }
  return undefined;
}

/** Is it an instance of Error? */
export function isError(vm: Vm, o: Obj): boolean {
  for (let up = o.up; up !== undefined; up = vm.heap[up]?.up) if (vm.heap[up]?.x === 'Error') return true;
  return false;
}

/** What an error has that is no part of what is listed of it. */
const aside = ['cause', 'errors'];

function errorText(l: Look, inner: Look, id: number): string {
  const stack = stackOf(l.vm, { t: 'ref', r: id });
  const o = l.vm.at(id);
  const text = typeof stack === 'string' ? stack : `Error: ${String(o.p?.message ?? '')}`;
  const shown = !text.includes('\n    at') ? `[${text}]` : text;
  const lines = l.indent > 0 ? shown.replaceAll('\n', `\n${' '.repeat(l.indent)}`) : shown;
  const more = ownProperties(inner, {
    ...o,
    p: Object.fromEntries(
      Object.entries(o.p ?? {}).filter(
        ([k, v]) => !['message', 'stack', ...aside].includes(k) && !(k === 'name' && text.includes(String(v))),
      ),
    ),
  });
  for (const key of aside) {
    const v = o.p?.[key];
    if (v !== undefined) more.push(`[${key}]: ${show(inner, v)}`);
  }
  return more.length === 0
    ? lines
    : `${lines} {\n${more.map((one) => `${' '.repeat(l.indent + 2)}${one}`).join(',\n')}\n${' '.repeat(l.indent)}}`;
}

function functionText(l: Look, inner: Look, id: number, o: Obj): string {
  const { vm } = l;
  const props = ownProperties(inner, {
    ...o,
    p: Object.fromEntries(Object.entries(o.p ?? {}).filter(([k]) => k !== 'prototype')),
  });
  let base: string;
  if (o.k === 'class') {
    const by = o.p?.['%base'] ?? null;
    const native = isTagged(by) && by.t === 'b' ? by.n : undefined;
    const parent = o.up === undefined ? native : vm.heap[o.up]?.s;
    base = `[class ${o.s === '' || o.s === undefined ? '(anonymous)' : o.s}${parent === undefined ? '' : ` extends ${parent}`}]`;
  } else {
    const kind = vm.lang.natives['%kind']?.(vm, [], { t: 'ref', r: id }, {});
    const what = typeof kind === 'string' ? kind : 'Function';
    base = `[${what}${o.s === '' || o.s === undefined ? ' (anonymous)' : `: ${o.s}`}]`;
  }
  return props.length === 0 ? base : reduce(l, props, `${base} `, '{', '}');
}

function holes(values: readonly Value[], items: readonly string[]): string[] {
  const merged: string[] = [];
  let run = 0;
  values.slice(0, 100).forEach((v, i) => {
    if (isTagged(v) && v.t === 'hole') run++;
    else {
      if (run > 0) merged.push(`<${run} empty item${run > 1 ? 's' : ''}>`);
      run = 0;
      merged.push(items[i] ?? '');
    }
  });
  if (run > 0) merged.push(`<${run} empty item${run > 1 ? 's' : ''}>`);
  return merged;
}

/** node's reduceToSingleString: one line where it fits and not too many levels are in it, else one entry a line. */
function reduce(l: Look, items: readonly string[], prefix: string, open: string, close: string, list?: Obj): string {
  if (items.length === 0) return `${prefix}${open}${close}`;
  const grouped = list && items.length > 6 ? group(l, items, list) : items;
  if (l.state.deepest - l.depth < 3 && grouped.length === items.length) {
    const start = items.length + l.indent + open.length + prefix.length + 10;
    const total = items.reduce((sum, one) => sum + one.length, items.length + start);
    const line = items.join(', ');
    if (total <= 80 && !line.includes('\n')) return `${prefix}${open} ${line} ${close}`;
  }
  const pad = ' '.repeat(l.indent);
  return `${prefix}${open}\n${pad}  ${grouped.join(`,\n${pad}  `)}\n${pad}${close}`;
}

/** Many short items of an array in columns (node's groupArrayElements). */
function group(l: Look, items: readonly string[], list: Obj): readonly string[] {
  const extra = (list.a?.length ?? 0) > 100 ? 1 : 0;
  const counted = items.length - extra;
  const lengths = items.slice(0, counted).map((one) => one.length);
  const longest = Math.max(...lengths);
  const total = lengths.reduce((sum, one) => sum + one + 2, 0);
  const most = longest + 2;
  if (most * 3 + l.indent >= 80 || (total / most <= 5 && longest > 6)) return items;
  const biased = Math.max(most - 3 - Math.sqrt(most - total / items.length), 1);
  const byShape = Math.round(Math.sqrt(2.5 * biased * counted) / biased);
  const columns = Math.min(byShape, Math.floor((80 - l.indent) / most), 12, 15);
  if (columns <= 1) return items;
  const widths: number[] = [];
  for (let i = 0; i < columns; i++) {
    let width = 0;
    for (let j = i; j < counted; j += columns) width = Math.max(width, lengths[j] ?? 0);
    widths.push(width + 2);
  }
  const numbers = (list.a ?? []).every((v) => typeof v === 'number' || (isTagged(v) && (v.t === 'f' || v.t === 'big')));
  const rows: string[] = [];
  for (let i = 0; i < counted; i += columns) {
    const end = Math.min(i + columns, counted);
    let row = '';
    for (let j = i; j < end - 1; j++) {
      const cell = `${items[j] ?? ''}, `;
      const width = widths[j - i] ?? 0;
      row += numbers ? cell.padStart(width) : cell.padEnd(width);
    }
    const last = items[end - 1] ?? '';
    rows.push(row + (numbers ? last.padStart((widths[end - 1 - i] ?? 0) - 2) : last));
  }
  if (extra > 0) rows.push(items[counted] ?? '');
  return rows;
}
