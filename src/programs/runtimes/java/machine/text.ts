import { doubleText, floatText } from '../constants.ts';
import { textHash } from '../text-hash.ts';
import type { Machine } from './machine.ts';
import { type JValue, Obj } from './objects.ts';

/** A value as text, by the descriptor that it has. */
export function textOf(m: Machine, v: JValue, type: string): string {
  if (v === null) return 'null';
  if (v instanceof Obj) return objectText(m, v);
  if (type === 'Z') return v === 0 ? 'false' : 'true';
  if (type === 'C') return String.fromCharCode(Number(v));
  if (type === 'F') return floatText(Number(v));
  if (type === 'D') return doubleText(Number(v));
  return String(v);
}
const letters: { readonly [name: string]: string } = {
  'java/lang/Boolean': 'Z',
  'java/lang/Character': 'C',
  'java/lang/Float': 'F',
  'java/lang/Double': 'D',
  'java/lang/Integer': 'I',
  'java/lang/Long': 'J',
  'java/lang/Short': 'S',
  'java/lang/Byte': 'B',
};
/** toString of an object. */
export function objectText(m: Machine, o: Obj): string {
  if (o.s !== undefined) return o.s;
  const letter = letters[o.c];
  if (letter) return textOf(m, o.x as JValue, letter);
  const got = m.callMethod(
    o.c === '$lambda' ? m.text(`${m.current?.frames.at(-1)?.cls ?? ''}$$Lambda@${hashOf(m, o).toString(16)}`) : o,
    'toString',
    '()Ljava/lang/String;',
    [],
  );
  return got instanceof Obj ? (got.s ?? '') : 'null';
}
/** The text of a String, or what an exception tells of null. */
export function str(m: Machine, v: JValue | undefined): string {
  if (v instanceof Obj) return v.s ?? objectText(m, v);
  throw m.error('java/lang/NullPointerException');
}
/** What System.identityHashCode gives: a number of its own. */
export function identity(m: Machine, o: Obj): number {
  const bag = m.boxes.get('identity') ?? new Obj('identity');
  m.boxes.set('identity', bag);
  bag.a ??= [];
  const i = bag.a.indexOf(o);
  const n = i >= 0 ? i : bag.a.push(o) - 1;
  return (Math.imul(n + 7, 0x2c1b3c6d) >>> 3) | 0;
}
/** hashCode of an object. */
export function hashOf(m: Machine, v: JValue): number {
  if (v === null) return 0;
  if (!(v instanceof Obj)) return Number(v) | 0;
  if (v.s !== undefined) return textHash(v.s);
  switch (letters[v.c]) {
    case 'Z':
      return v.x === 0 ? 1237 : 1231;
    case 'J': {
      const n = v.x as bigint;
      return Number(BigInt.asIntN(32, n ^ (BigInt.asUintN(64, n) >> 32n)));
    }
    case 'D':
    case 'F': {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, v.x as number);
      return view.getInt32(0) ^ view.getInt32(4);
    }
    case undefined:
      break;
    default:
      return Number(v.x) | 0;
  }
  const found = m.method(v.c, 'hashCode', '()I');
  if (found?.info.code) return Number(unbox(m.callMethod(v, 'hashCode', '()I', [])));
  if (v.a && !v.c.startsWith('[')) return v.a.reduce<number>((h, one) => (Math.imul(31, h) + hashOf(m, one)) | 0, 1);
  return identity(m, v);
}
export function unbox(v: JValue): JValue {
  return v instanceof Obj && letters[v.c] ? (v.x as JValue) : v;
}
/** a.equals(b). */
export function same(m: Machine, a: JValue, b: JValue): boolean {
  if (a === b) return true;
  if (!(a instanceof Obj) || !(b instanceof Obj)) return false;
  if (a.s !== undefined) return a.s === b.s;
  if (letters[a.c]) return a.c === b.c && a.x === b.x;
  const found = m.method(a.c, 'equals', '(Ljava/lang/Object;)Z');
  if (found?.info.code) return unbox(m.callMethod(a, 'equals', '(Ljava/lang/Object;)Z', [b])) !== 0;
  if (a.a && b.a && !a.c.startsWith('['))
    return a.a.length === b.a.length && a.a.every((one, i) => same(m, one, b.a?.[i] ?? null));
  return false;
}
/** Orders two values as compareTo does, or as a comparator says. */
export function compare(m: Machine, a: JValue, b: JValue, by: JValue = null): number {
  if (by instanceof Obj)
    return Number(unbox(m.callMethod(by, 'compare', '(Ljava/lang/Object;Ljava/lang/Object;)I', [a, b])));
  if (a instanceof Obj && b instanceof Obj) {
    if (a.s !== undefined && b.s !== undefined) return textOrder(a.s, b.s);
    if (letters[a.c] && a.c === b.c) {
      const [x, y] = [a.x as number, b.x as number];
      return x < y ? -1 : x > y ? 1 : 0;
    }
    if (!m.instance(a, 'java/lang/Comparable'))
      throw m.error(
        'java/lang/ClassCastException',
        `class ${a.c.replaceAll('/', '.')} cannot be cast to class java.lang.Comparable (${a.c.replaceAll('/', '.')} is in unnamed module of loader 'app'; java.lang.Comparable is in module java.base of loader 'bootstrap')`,
      );
    return Number(unbox(m.callMethod(a, 'compareTo', '(Ljava/lang/Object;)I', [b])));
  }
  if (a === null || b === null) throw m.error('java/lang/NullPointerException');
  return a < b ? -1 : a > b ? 1 : 0;
}
export function textOrder(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.charCodeAt(i) - b.charCodeAt(i);
  return a.length - b.length;
}

/** String.format (java.util.Formatter). */
export function format(m: Machine, pattern: string, args: readonly JValue[]): string {
  let next = 0;
  return pattern.replace(
    /%(\d+\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (
      all,
      index: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      kind: string,
    ) => {
      if (kind === 'n') return '\n';
      if (kind === '%') return pad('%', flags, width);
      const at = index ? Number(index.slice(0, -1)) - 1 : next++;
      if (at >= args.length) throw m.error('java/util/MissingFormatArgumentException', `Format specifier '${all}'`);
      const v = args[at] ?? null;
      const raw = unbox(v);
      const bad = () =>
        m.error(
          'java/util/IllegalFormatConversionException',
          `${kind} != ${v instanceof Obj ? v.c.replaceAll('/', '.') : 'null'}`,
        );
      switch (kind) {
        case 'd': {
          if (v === null) return pad('null', flags, width);
          if (
            typeof raw !== 'bigint' &&
            (typeof raw !== 'number' || (v instanceof Obj && /Double|Float|Character|Boolean/.test(v.c)))
          )
            throw bad();
          return number(String(raw), flags, width);
        }
        case 'x':
        case 'X':
        case 'o': {
          if (typeof raw !== 'number' && typeof raw !== 'bigint') throw bad();
          const radix = kind === 'o' ? 8 : 16;
          const text = (typeof raw === 'bigint' ? BigInt.asUintN(64, raw) : raw >>> 0).toString(radix);
          return number(kind === 'X' ? text.toUpperCase() : text, flags, width);
        }
        case 'f':
        case 'e': {
          if (v === null) return pad('null', flags, width);
          if (typeof raw !== 'number' || !(v instanceof Obj) || !/Double|Float/.test(v.c)) throw bad();
          const digits = precision === undefined ? 6 : Number(precision);
          if (!Number.isFinite(raw)) return pad(doubleText(raw), flags, width);
          const text = kind === 'f' ? fixed(raw, digits) : raw.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
          return number(text, flags, width);
        }
        case 's':
        case 'S': {
          const text = textOf(m, v, 'L');
          const cut = precision === undefined ? text : text.slice(0, Number(precision));
          return pad(kind === 'S' ? cut.toUpperCase() : cut, flags, width);
        }
        case 'c':
          return pad(v === null ? 'null' : String.fromCharCode(Number(raw)), flags, width);
        case 'b':
          return pad(
            v === null ? 'false' : v instanceof Obj && v.c === 'java/lang/Boolean' ? textOf(m, v, 'L') : 'true',
            flags,
            width,
          );
        default:
          throw m.error('java/util/UnknownFormatConversionException', `Conversion = '${kind}'`);
      }
    },
  );
}
/** Rounds half up by the decimal digits, as Formatter does. */
function fixed(n: number, digits: number): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plainDecimal(n)) ?? [];
  if (fraction.length <= digits) return `${sign}${whole}${digits > 0 ? `.${fraction.padEnd(digits, '0')}` : ''}`;
  let all = BigInt(whole + fraction.slice(0, digits));
  if (Number(fraction.charAt(digits)) >= 5) all += 1n;
  const text = String(all).padStart(digits + 1, '0');
  return `${sign}${digits > 0 ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text}`;
}
function plainDecimal(n: number): string {
  const text = String(n);
  if (!text.includes('e')) return text;
  return Math.abs(n) < 1 ? n.toFixed(30).replace(/0+$/, '') : BigInt(n).toString();
}
function pad(text: string, flags: string, width: string | undefined): string {
  const n = Number(width ?? 0);
  return flags.includes('-') ? text.padEnd(n) : text.padStart(n);
}
function number(digits: string, flags: string, width: string | undefined): string {
  const negative = digits.startsWith('-');
  let text = negative ? digits.slice(1) : digits;
  if (flags.includes(',')) text = text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (flags.includes('0')) text = text.padStart(Number(width ?? 0) - sign.length, '0');
  return pad(sign + text, flags, width);
}
