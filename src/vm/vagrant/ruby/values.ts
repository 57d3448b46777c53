/** What an expression of a Vagrantfile is worth. A symbol is its name. */
export type Value = string | number | boolean | null | readonly Value[] | Range | HashValue | RubyObject | Lambda;

/** `1..3` */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** `{ key: value }`, in order. */
export interface HashValue {
  readonly pairs: ReadonlyMap<string, Value>;
}

/** A block or lambda. */
export interface Lambda {
  readonly run: (args: readonly Value[]) => Value;
}

/** Something that answers to methods: the settings of Vagrant. */
export interface RubyObject {
  /** Calls a method (`name=` for an assignment); undefined when there is none of this name. */
  readonly call: (name: string, args: readonly Value[], block: Lambda | undefined) => Value | undefined;
}

/** Ruby ends with an error: its class, its own words and the line. */
export class RubyError extends Error {
  readonly kind: 'NameError' | 'NoMethodError' | 'not-simulated' | 'other';
  readonly line: number;

  constructor(kind: RubyError['kind'], message: string, line: number) {
    super(message);
    this.kind = kind;
    this.line = line;
  }
}

export function isRange(value: Value): value is Range {
  return typeof value === 'object' && value !== null && 'from' in value;
}

export function isHash(value: Value): value is HashValue {
  return typeof value === 'object' && value !== null && 'pairs' in value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is RubyObject {
  return typeof value === 'object' && value !== null && 'call' in value;
}

/** As `to_s` has it. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (isList(value)) return `[${value.map(inspect).join(', ')}]`;
  if (isRange(value)) return `${value.from}..${value.to}`;
  if (isHash(value)) return `{${[...value.pairs].map(([key, each]) => `:${key}=>${inspect(each)}`).join(', ')}}`;
  return typeof value === 'object' ? '#<Object>' : String(value);
}

function inspect(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : value === null ? 'nil' : textOf(value);
}

/** Everything but nil and false counts as true. */
export function isTrue(value: Value): boolean {
  return value !== null && value !== false;
}

/** The numbers of a range, the items of a list, the pairs of a hash; undefined for what has no items. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (isList(value)) return value;
  if (isRange(value)) {
    const count = Math.max(0, Math.min(10_000, value.to - value.from + 1));
    return Array.from({ length: count }, (_, i) => value.from + i);
  }
  return isHash(value) ? [...value.pairs].map(([key, each]) => [key, each]) : undefined;
}
