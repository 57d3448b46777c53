/** JSON as jq sees it: objects keep their keys in the order in which they came. */
export type Value = null | boolean | number | string | readonly Value[] | ReadonlyMap<string, Value>;

/** What `error` throws in a filter, with any value. */
export class JqError extends Error {
  readonly value: Value;

  constructor(value: Value) {
    super(typeof value === 'string' ? value : `${show(value)} (not a string)`);
    this.value = value;
  }
}

/** The input is not JSON. */
export class BadJson extends Error {}

export function isObject(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function typeOf(value: Value): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isObject(value) ? 'object' : typeof value;
}

const order = ['null', 'false', 'true', 'number', 'string', 'array', 'object'];
const rank = (value: Value): number => order.indexOf(typeof value === 'boolean' ? String(value) : typeOf(value));

/** jq's order of all values: by type, then by value; objects by their sorted keys first. */
export function compare(a: Value, b: Value): number {
  const types = rank(a) - rank(b);
  if (types !== 0) return types;
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string'))
    return a < b ? -1 : a > b ? 1 : 0;
  if (isArray(a) && isArray(b)) {
    for (let at = 0; at < Math.min(a.length, b.length); at++) {
      const item = compare(a[at] ?? null, b[at] ?? null);
      if (item !== 0) return item;
    }
    return a.length - b.length;
  }
  if (isObject(a) && isObject(b)) {
    const [x, y] = [sortedKeys(a), sortedKeys(b)];
    const keys = compare(x, y);
    if (keys !== 0) return keys;
    for (const key of x) {
      const item = compare(a.get(key) ?? null, b.get(key) ?? null);
      if (item !== 0) return item;
    }
  }
  return 0;
}

export function sortedKeys(object: ReadonlyMap<string, Value>): readonly string[] {
  return [...object.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export interface Layout {
  /** Blanks or a tab for each level; empty: all in one line. */
  readonly indent: string;
  readonly sorted: boolean;
  readonly ascii: boolean;
}

/** A value as text; without a layout in one line. */
export function show(value: Value, layout: Layout = { indent: '', sorted: false, ascii: false }, level = 0): string {
  if (typeof value === 'string') return quote(value, layout.ascii);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const entries = isArray(value)
    ? value.map((item) => show(item, layout, level + 1))
    : (layout.sorted ? sortedKeys(value) : [...value.keys()]).map(
        (key) =>
          `${quote(key, layout.ascii)}:${layout.indent === '' ? '' : ' '}${show(value.get(key) ?? null, layout, level + 1)}`,
      );
  const [open, close] = isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  if (layout.indent === '') return open + entries.join(',') + close;
  const inner = layout.indent.repeat(level + 1);
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${layout.indent.repeat(level)}${close}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  const text = String(value);
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function quote(text: string, ascii: boolean): string {
  const quoted = JSON.stringify(text).replace(/\x7f/g, '\\u007f');
  if (!ascii) return quoted;
  return quoted.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** All JSON texts that stand one after the other. Throws BadJson. */
export function readAll(text: string): readonly Value[] {
  const values: Value[] = [];
  const reader = new Reader(text);
  for (;;) {
    reader.blanks();
    if (reader.at >= text.length) return values;
    values.push(reader.value());
  }
}

class Reader {
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  blanks(): void {
    while (/[ \t\r\n\ufeff]/.test(this.text[this.at] ?? '')) this.at++;
  }

  private fail(what: string): BadJson {
    const before = this.text.slice(0, this.at + 1);
    const lines = before.split('\n');
    return new BadJson(`${what} at line ${lines.length}, column ${lines.at(-1)?.length ?? 0}`);
  }

  value(): Value {
    this.blanks();
    const c = this.text[this.at];
    if (c === undefined) throw this.fail('Unfinished JSON term');
    if (c === '{') return this.object();
    if (c === '[') return this.array();
    if (c === '"') return this.string();
    const [word = ''] = /^[^\s,:[\]{}"]+/.exec(this.text.slice(this.at, this.at + 400)) ?? [];
    this.at += Math.max(word.length, 1);
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'nan' || word === 'NaN') return Number.NaN;
    if (!/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(word))
      throw this.fail(word === '' ? `Expected value before '${c}'` : 'Invalid numeric literal');
    return Number(word);
  }

  private string(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    if (this.at >= this.text.length) throw this.fail('Unfinished string');
    this.at++;
    try {
      const raw = this.text.slice(start, this.at).replace(/\n/g, '\\n').replace(/\t/g, '\\t');
      return JSON.parse(raw) as string;
    } catch {
      throw this.fail('Invalid escape');
    }
  }

  private array(): readonly Value[] {
    const items: Value[] = [];
    this.at++;
    this.blanks();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(this.value());
      if (this.next(']')) return items;
    }
  }

  private object(): ReadonlyMap<string, Value> {
    const entries = new Map<string, Value>();
    this.at++;
    this.blanks();
    if (this.text[this.at] === '}') {
      this.at++;
      return entries;
    }
    for (;;) {
      this.blanks();
      if (this.text[this.at] !== '"') throw this.fail('Object keys must be strings');
      const key = this.string();
      this.blanks();
      if (this.text[this.at] !== ':') throw this.fail('Objects must consist of key:value pairs');
      this.at++;
      entries.set(key, this.value());
      if (this.next('}')) return entries;
    }
  }

  /** Past a comma (false) or the end (true). */
  private next(end: string): boolean {
    this.blanks();
    const c = this.text[this.at];
    if (c !== ',' && c !== end)
      throw this.fail(c === undefined ? 'Unfinished JSON term' : 'Expected separator between values');
    this.at++;
    return c === end;
  }
}
