import { addDecimals, compareDecimals, type Decimal, decimal, isDecimal, showDecimal } from './decimal.ts';

/** What a column can hold: plain data. Dates and timestamps are text as they are shown, whose order is that of time. */
export type Value = null | boolean | number | string | Decimal;

export type TypeName =
  | 'int2'
  | 'int4'
  | 'int8'
  | 'numeric'
  | 'float8'
  | 'text'
  | 'varchar'
  | 'char'
  | 'bool'
  | 'timestamp'
  | 'timestamptz'
  | 'date'
  | 'unknown';

export type SqlType = {
  readonly name: TypeName;
  /** Characters of varchar and char, digits of numeric. */
  readonly size?: number;
  /** Digits of numeric after the point. */
  readonly scale?: number;
};

/** Whose words, types and rules: the two forks of MySQL differ in small ways. */
export type Flavour = 'postgres' | 'mysql' | 'mariadb';

const wholeNumbers: ReadonlySet<TypeName> = new Set(['int2', 'int4', 'int8']);

export function isWhole({ name }: SqlType): boolean {
  return wholeNumbers.has(name);
}

export function isNumber(type: SqlType): boolean {
  return isWhole(type) || type.name === 'numeric' || type.name === 'float8';
}

export function isText({ name }: SqlType): boolean {
  return name === 'text' || name === 'varchar' || name === 'char' || name === 'unknown';
}

/** Any number as a decimal one; undefined when the value is none. */
export function asDecimal(value: Value): Decimal | undefined {
  if (typeof value === 'boolean') return decimal(value ? '1' : '0');
  if (typeof value === 'number') return Number.isFinite(value) ? decimal(plainNumber(value)) : undefined;
  if (typeof value === 'string')
    return /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value) ? decimal(value.trim()) : undefined;
  return value === null ? undefined : value;
}

function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}

/** Order of two values that are not null; text by the rules of the flavour's usual collation. */
export function compareValues(a: Value, b: Value, flavour: Flavour): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b, flavour);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = asDecimal(a);
  const right = asDecimal(b);
  if (left && right) return compareDecimals(left, right);
  return compareText(String(showPlain(a)), String(showPlain(b)), flavour);
}

function showPlain(value: Value): string {
  return isDecimal(value) ? showDecimal(value) : String(value);
}

/** en_US.utf8 (the images' locale) puts case after the letters, small ones first; MySQL's usual collations ignore it. */
function compareText(a: string, b: string, flavour: Flavour): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  if (flavour !== 'postgres' || a === b) return 0;
  return a > b ? -1 : 1;
}

/** Equal as PostgreSQL's = has it (exact) or MySQL's (ignoring case). */
export function equalValues(a: Value, b: Value, flavour: Flavour): boolean {
  return compareValues(a, b, flavour) === 0;
}

export function sum(values: readonly Value[]): Value {
  if (values.every((value) => typeof value === 'number'))
    return values.reduce((total: number, value) => total + value, 0);
  return values.reduce<Decimal>((total, value) => addDecimals(total, asDecimal(value) ?? decimal('0')), decimal('0'));
}

/** A value as text: what the server sends to its client. */
export function showValue(value: Value, type: SqlType, flavour: Flavour): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return flavour === 'postgres' ? (value ? 't' : 'f') : value ? '1' : '0';
  if (isDecimal(value)) return showDecimal(value);
  if (typeof value === 'number') return type.name === 'float8' ? showFloat(value) : String(value);
  return type.name === 'char' && type.size !== undefined && flavour === 'postgres' ? value.padEnd(type.size) : value;
}

function showFloat(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e15)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
