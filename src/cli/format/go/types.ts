/**
 * Values of a Go program as templates see them: plain data with the type that it has there. Without a type, data is what
 * Go's JSON decoder makes of it: map[string]interface {}, []interface {}, string, float64, bool, nil.
 */
export interface Value {
  readonly type: Type;
  readonly data: unknown;
}

export type Type =
  | { readonly kind: 'string' | 'bool' | 'int' | 'float' | 'nil' | 'func'; readonly name?: string }
  /** `numbersAsText`: numbers were read as json.Number, that is as they are written. */
  | { readonly kind: 'any'; readonly name?: string; readonly numbersAsText?: true }
  | { readonly kind: 'slice' | 'array' | 'pointer'; readonly elem: Type; readonly name?: string }
  /** `key`: the name of the keys' type when it is not `string`. */
  | {
      readonly kind: 'map';
      readonly elem: Type;
      readonly name?: string;
      readonly key?: string;
      readonly methods?: Methods;
    }
  | { readonly kind: 'struct'; readonly fields: readonly Field[]; readonly name: string; readonly methods?: Methods };

/** A struct's field. An embedded struct's fields count as the struct's own. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  /** Its name in JSON, where that is another one. */
  readonly json?: string;
  readonly embedded?: true;
}

/** A type's methods that templates may call. */
export interface Methods {
  readonly [name: string]: Method;
}

export const anyValue: Type = { kind: 'any' };
export const string: Type = { kind: 'string' };
export const bool: Type = { kind: 'bool' };
export const int: Type = { kind: 'int' };
export const float: Type = { kind: 'float' };
/** A number as it is written, which is a kind of string. */
export const jsonNumber: Type = { kind: 'string', name: 'json.Number' };
const nilType: Type = { kind: 'nil' };

/** No value at all: a key that a map does not have. */
export const noValue: Value = { type: nilType, data: undefined };

export const textValue = (data: string): Value => ({ type: string, data });
export const boolValue = (data: boolean): Value => ({ type: bool, data });
export const intValue = (data: number): Value => ({ type: int, data });
export const slice = (elem: Type): Type => ({ kind: 'slice', elem });
export const mapOf = (elem: Type): Type => ({ kind: 'map', elem });

/** The value with the type that is really in it: what an interface holds, else the value itself. */
export function concrete(value: Value): Value {
  if (value.type.kind !== 'any') return value;
  const { type, data } = value;
  if (data === undefined || data === null) return noValue;
  if (typeof data === 'string') return { type: string, data };
  if (typeof data === 'boolean') return { type: bool, data };
  if (typeof data === 'number')
    return type.numbersAsText ? { type: jsonNumber, data: String(data) } : { type: float, data };
  return Array.isArray(data) ? { type: slice(type), data } : { type: mapOf(type), data };
}

/** The value behind a pointer, and behind an interface. A nil pointer stays what it is. */
export function indirect(value: Value): Value {
  const inner = concrete(value);
  if (inner.type.kind !== 'pointer' || isNil(inner)) return inner;
  return indirect({ type: inner.type.elem, data: inner.data });
}

/** nil of a type that has one. */
export function isNil(value: Value): boolean {
  const absent = value.data === undefined || value.data === null;
  return absent && ['pointer', 'slice', 'map', 'any', 'nil', 'func'].includes(value.type.kind);
}

/** The type's name in Go. */
export function typeName(type: Type): string {
  if (type.name !== undefined) return type.name;
  switch (type.kind) {
    case 'any':
      return 'interface {}';
    case 'float':
      return 'float64';
    case 'nil':
      return 'nil';
    case 'slice':
      return `[]${typeName(type.elem)}`;
    case 'array':
      return `[2]${typeName(type.elem)}`;
    case 'map':
      return `map[${type.key ?? 'string'}]${typeName(type.elem)}`;
    case 'pointer':
      return `*${typeName(type.elem)}`;
    default:
      return type.kind;
  }
}

/** The items of a slice or array; none of any other value. */
export function items(value: Value): readonly Value[] {
  const { type, data } = value;
  if (type.kind !== 'slice' && type.kind !== 'array') return [];
  return Array.isArray(data) ? data.map((item: unknown) => ({ type: type.elem, data: item })) : [];
}

/** The entries of a map in the order of their keys, as Go goes through it. */
export function entries(value: Value): readonly (readonly [key: string, value: Value])[] {
  const { type, data } = value;
  if (type.kind !== 'map' || typeof data !== 'object' || data === null) return [];
  return Object.entries(data)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, item]) => [key, { type: type.elem, data: item }] as const);
}

/** A struct's field by name, with those of embedded structs. */
export function field(value: Value, name: string): Value | undefined {
  const { type, data } = value;
  if (type.kind !== 'struct') return undefined;
  const record = (typeof data === 'object' && data !== null ? data : {}) as { readonly [key: string]: unknown };
  for (const { name: own, type: fieldType, embedded, json = own } of type.fields) {
    if (own === name) return { type: fieldType, data: embedded ? data : record[json] };
    if (!embedded) continue;
    const found = field(indirect({ type: fieldType, data }), name);
    if (found) return found;
  }
  return undefined;
}

/** The order of Go's strings: by bytes, that is by code points. */
export function compareBytes(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** A method with the types of its parameters. */
export type Method = ((self: Value, args: readonly Value[]) => Value) & { readonly takes?: readonly Type[] };
