import { doubleText, floatText, toInt, toLong } from '../constants.ts';
import { type Machine, type Native, wrappers } from './machine.ts';
import { type JValue, Obj } from './objects.ts';
import { compare, str, textOf, unbox } from './text.ts';

type Natives = { [key: string]: Native };
const bool = (b: boolean): number => (b ? 1 : 0);
const n = (v: JValue | undefined): number => Number(v ?? 0);

function parseWhole(
  m: Machine,
  text: JValue | undefined,
  radix: number,
  least: bigint,
  most: bigint,
  frames: readonly string[],
): bigint {
  const fail = (message: string) => m.error('java/lang/NumberFormatException', message, frames);
  if (!(text instanceof Obj))
    throw m.error('java/lang/NumberFormatException', 'Cannot parse null string', frames.slice(1));
  const s = str(m, text);
  const said = `For input string: "${s}"${radix === 10 ? '' : ` under radix ${radix}`}`;
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
  if (!/^[+-]?[0-9a-zA-Z]+$/.test(s)) throw fail(said);
  let v = 0n;
  for (const c of s.replace(/^[+-]/, '').toLowerCase()) {
    const d = digits.indexOf(c);
    if (d < 0) throw fail(said);
    v = v * BigInt(radix) + BigInt(d);
  }
  if (s.startsWith('-')) v = -v;
  if (v < least || v > most) throw fail(said);
  return v;
}
const parseFrames = (cls: string, at: readonly number[]) => [
  `java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)`,
  `java.lang.${cls}(${cls.split('.')[0]}.java:${at[0]})`,
  `java.lang.${cls}(${cls.split('.')[0]}.java:${at[1]})`,
];
function parseFloating(m: Machine, v: JValue | undefined): number {
  const s = str(m, v ?? null).trim();
  if (!/^[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|NaN|Infinity)[dDfF]?$/.test(s))
    throw m.error('java/lang/NumberFormatException', s === '' ? 'empty String' : `For input string: "${s}"`, [
      'jdk.internal.math.FloatingDecimal.readJavaFormatString(FloatingDecimal.java:2054)',
      'jdk.internal.math.FloatingDecimal.parseDouble(FloatingDecimal.java:110)',
      'java.lang.Double.parseDouble(Double.java:651)',
    ]);
  return Number(s.replace(/[dDfF]$/, ''));
}
const int = (m: Machine, v: JValue | undefined, radix = 10) =>
  Number(parseWhole(m, v, radix, -2147483648n, 2147483647n, parseFrames('Integer.parseInt', [668, 786])));
const long = (m: Machine, v: JValue | undefined) =>
  parseWhole(m, v, 10, -(1n << 63n), (1n << 63n) - 1n, parseFrames('Long.parseLong', [721, 836]));

const all: Natives = {
  // the classes of primitive values
  'java/lang/Integer.parseInt': (m, [s, radix]) => int(m, s, radix === undefined ? 10 : n(radix)),
  'java/lang/Integer.valueOf': (m, [v], type) => m.box(type.startsWith('(I') ? (v ?? 0) : int(m, v), 'I'),
  'java/lang/Integer.toString(I)Ljava/lang/String;': (m, [v]) => m.text(String(v)),
  'java/lang/Integer.toString(II)Ljava/lang/String;': (m, [v, r]) => m.text(n(v).toString(n(r))),
  'java/lang/Integer.toHexString': (m, [v]) => m.text((n(v) >>> 0).toString(16)),
  'java/lang/Integer.toBinaryString': (m, [v]) => m.text((n(v) >>> 0).toString(2)),
  'java/lang/Integer.toOctalString': (m, [v]) => m.text((n(v) >>> 0).toString(8)),
  'java/lang/Integer.sum': (_m, [a, b]) => (n(a) + n(b)) | 0,
  'java/lang/Integer.signum': (_m, [a]) => Math.sign(n(a)),
  'java/lang/Integer.bitCount': (_m, [a]) => (n(a) >>> 0).toString(2).replaceAll('0', '').length,
  'java/lang/Long.parseLong': (m, [s]) => long(m, s),
  'java/lang/Long.valueOf': (m, [v], type) => m.box(type.startsWith('(J') ? (v ?? 0n) : long(m, v), 'J'),
  'java/lang/Long.toString(J)Ljava/lang/String;': (m, [v]) => m.text(String(v)),
  'java/lang/Long.sum': (_m, [a, b]) => BigInt.asIntN(64, BigInt(n(a) === 0 ? 0 : (a as bigint)) + (b as bigint)),
  'java/lang/Double.parseDouble': (m, [s]) => parseFloating(m, s),
  'java/lang/Double.valueOf': (m, [v], type) => m.box(type.startsWith('(D') ? (v ?? 0) : parseFloating(m, v), 'D'),
  'java/lang/Double.toString(D)Ljava/lang/String;': (m, [v]) => m.text(doubleText(n(v))),
  'java/lang/Double.isNaN': (_m, [v = null]) => bool(Number.isNaN(unbox(v))),
  'java/lang/Double.sum': (_m, [a, b]) => n(a) + n(b),
  'java/lang/Float.parseFloat': (m, [s]) => Math.fround(parseFloating(m, s)),
  'java/lang/Float.valueOf': (m, [v]) => m.box(v ?? 0, 'F'),
  'java/lang/Float.toString(F)Ljava/lang/String;': (m, [v]) => m.text(floatText(n(v))),
  'java/lang/Short.valueOf': (m, [v]) => m.box(v ?? 0, 'S'),
  'java/lang/Byte.valueOf': (m, [v]) => m.box(v ?? 0, 'B'),
  'java/lang/Character.valueOf': (m, [v]) => m.box(v ?? 0, 'C'),
  'java/lang/Character.toString(C)Ljava/lang/String;': (m, [v]) => m.text(String.fromCharCode(n(v))),
  'java/lang/Boolean.valueOf': (m, [v], type) =>
    m.box(type.startsWith('(Z') ? (v ?? 0) : bool(str(m, v).toLowerCase() === 'true'), 'Z'),
  'java/lang/Boolean.parseBoolean': (_m, [v]) => bool(v instanceof Obj && v.s?.toLowerCase() === 'true'),
  'java/lang/Boolean.TRUE static': (m) => m.box(1, 'Z'),
  'java/lang/Boolean.FALSE static': (m) => m.box(0, 'Z'),
};

for (const [letter, name] of Object.entries(wrappers)) {
  const cls = `java/lang/${name}`;
  const kinds: readonly (readonly [string, string])[] = [
    ['int', 'I'],
    ['long', 'J'],
    ['float', 'F'],
    ['double', 'D'],
    ['byte', 'B'],
    ['short', 'S'],
    ['char', 'C'],
    ['boolean', 'Z'],
  ];
  for (const [kind, to] of kinds)
    all[`${cls}.${kind}Value`] = (_m, [o]) => {
      const v = o instanceof Obj ? (o.x as number | bigint) : 0;
      if (to === 'J') return typeof v === 'bigint' ? v : toLong(v);
      if (to === 'D') return Number(v);
      if (to === 'F') return Math.fround(Number(v));
      return typeof v === 'bigint' ? Number(BigInt.asIntN(32, v)) : to === 'Z' || to === 'C' ? v : toInt(v);
    };
  all[`${cls}.toString`] ??= (m, [o = null]) => m.text(textOf(m, o, letter));
  all[`${cls}.compareTo`] = (m, [a = null, b = null]) => compare(m, a, b);
  all[`${cls}.compare`] = (_m, [a, b]) => ((a ?? 0) < (b ?? 0) ? -1 : (a ?? 0) > (b ?? 0) ? 1 : 0);
  all[`${cls}.max`] = (_m, [a = 0, b = 0]) => ((a ?? 0) > (b ?? 0) ? a : b);
  all[`${cls}.min`] = (_m, [a = 0, b = 0]) => ((a ?? 0) < (b ?? 0) ? a : b);
}
const characters: { readonly [name: string]: (c: string) => boolean } = {
  isDigit: (c) => /\p{Nd}/u.test(c),
  isLetter: (c) => /\p{L}/u.test(c),
  isAlphabetic: (c) => /\p{Alphabetic}/u.test(c),
  isLetterOrDigit: (c) => /[\p{L}\p{Nd}]/u.test(c),
  isUpperCase: (c) => /\p{Lu}/u.test(c),
  isLowerCase: (c) => /\p{Ll}/u.test(c),
  isWhitespace: (c) => /\s/.test(c),
};
for (const [name, test] of Object.entries(characters))
  all[`java/lang/Character.${name}`] = (_m, [c]) => bool(test(String.fromCharCode(n(c))));
all['java/lang/Character.toUpperCase'] = (_m, [c]) => String.fromCharCode(n(c)).toUpperCase().charCodeAt(0);
all['java/lang/Character.toLowerCase'] = (_m, [c]) => String.fromCharCode(n(c)).toLowerCase().charCodeAt(0);
all['java/lang/Character.getNumericValue'] = (_m, [c]) => Number.parseInt(String.fromCharCode(n(c)), 36);
for (const name of [
  'sin',
  'cos',
  'tan',
  'atan',
  'atan2',
  'exp',
  'log',
  'log10',
  'sqrt',
  'cbrt',
  'ceil',
  'floor',
  'pow',
  'hypot',
] as const)
  all[`java/lang/Math.${name}`] = (_m, args) => (Math[name] as (...a: number[]) => number)(...args.map(n));
all['java/lang/Math.abs'] = (_m, [a]) => (typeof a === 'bigint' ? (a < 0n ? -a : a) : Math.abs(n(a)));
all['java/lang/Math.max'] = (_m, [a = 0, b = 0]) => (Number.isNaN(a) ? a : (a ?? 0) > (b ?? 0) ? a : b);
all['java/lang/Math.min'] = (_m, [a = 0, b = 0]) => (Number.isNaN(a) ? a : (a ?? 0) < (b ?? 0) ? a : b);
all['java/lang/Math.round'] = (_m, [a], type) =>
  type.endsWith('J') ? toLong(Math.floor(n(a) + 0.5)) : toInt(Math.floor(n(a) + 0.5));
all['java/lang/Math.random'] = (m) => (m.sys.random() >>> 0) / 4294967296;
all['java/lang/Math.floorMod'] = (_m, [a, b]) => ((n(a) % n(b)) + n(b)) % n(b);
all['java/lang/Math.floorDiv'] = (_m, [a, b]) => Math.floor(n(a) / n(b));
all['java/lang/Math.signum'] = (_m, [a]) => Math.sign(n(a));
all['java/lang/Math.toRadians'] = (_m, [a]) => (n(a) / 180) * Math.PI;
all['java/lang/Math.toDegrees'] = (_m, [a]) => (n(a) * 180) / Math.PI;
const exact = (name: string, op: (a: bigint, b: bigint) => bigint) => {
  all[`java/lang/Math.${name}`] = (m, [a, b], type) => {
    const v = op(BigInt((a as number | bigint) ?? 0), BigInt((b as number | bigint) ?? 0));
    const bits = type.endsWith('J') ? 64 : 32;
    if (BigInt.asIntN(bits, v) !== v)
      throw m.error('java/lang/ArithmeticException', `${bits === 64 ? 'long' : 'integer'} overflow`, [
        `java.lang.Math.${name}(Math.java:${name === 'addExact' ? 883 : 974})`,
      ]);
    return bits === 64 ? v : Number(v);
  };
};
exact('addExact', (a, b) => a + b);
exact('multiplyExact', (a, b) => a * b);
exact('toIntExact', (a) => a);

/** Built-in methods of numbers, characters and Math. */
export const numberNatives: { readonly [key: string]: Native } = all;
