import { Again, type Machine, type Native } from './machine.ts';
import { items, list } from './natives-list.ts';
import { type JValue, Obj } from './objects.ts';
import { format, hashOf, same, str, textOf, textOrder, unbox } from './text.ts';

const bool = (b: boolean): number => (b ? 1 : 0);
const n = (v: JValue | undefined): number => Number(v ?? 0);
const outside = (m: Machine, message: string, frames: readonly string[]) =>
  m.error('java/lang/StringIndexOutOfBoundsException', message, frames);

type On = (m: Machine, s: string, args: JValue[], type: string) => JValue | string | boolean;
const methods: { [name: string]: On } = {
  length: (_m, s) => s.length,
  isEmpty: (_m, s) => s === '',
  isBlank: (_m, s) => s.trim() === '',
  charAt: (m, s, [i]) => {
    if (n(i) < 0 || n(i) >= s.length)
      throw outside(m, `String index out of range: ${n(i)}`, [
        'java.lang.StringLatin1.charAt(StringLatin1.java:48)',
        'java.lang.String.charAt(String.java:1517)',
      ]);
    return s.charCodeAt(n(i));
  },
  equalsIgnoreCase: (_m, s, [o]) => o instanceof Obj && s.toLowerCase() === o.s?.toLowerCase(),
  compareTo: (m, s, [o]) => textOrder(s, str(m, o)),
  compareToIgnoreCase: (m, s, [o]) => textOrder(s.toLowerCase(), str(m, o).toLowerCase()),
  startsWith: (m, s, [o, from]) => s.startsWith(str(m, o), n(from)),
  endsWith: (m, s, [o]) => s.endsWith(str(m, o)),
  contains: (m, s, [o]) => s.includes(str(m, o)),
  indexOf: (m, s, [o, from]) => s.indexOf(o instanceof Obj ? str(m, o) : String.fromCodePoint(n(o)), n(from)),
  lastIndexOf: (m, s, [o]) => s.lastIndexOf(o instanceof Obj ? str(m, o) : String.fromCodePoint(n(o))),
  substring: (m, s, [a, b]) => {
    const end = b === undefined ? s.length : n(b);
    if (n(a) < 0 || n(a) > end || end > s.length) {
      const at =
        b === undefined
          ? ['java.lang.String.substring(String.java:2709)', 'java.lang.String.substring(String.java:2682)']
          : ['java.lang.String.substring(String.java:2709)'];
      throw outside(m, `begin ${n(a)}, end ${end}, length ${s.length}`, [
        'java.lang.String.checkBoundsBeginEnd(String.java:4606)',
        ...at,
      ]);
    }
    return s.slice(n(a), end);
  },
  concat: (m, s, [o]) => s + str(m, o),
  replace: (m, s, [a, b]) =>
    a instanceof Obj
      ? s.replaceAll(str(m, a), () => str(m, b))
      : s.replaceAll(String.fromCharCode(n(a)), String.fromCharCode(n(b))),
  replaceAll: (m, s, [a, b]) => s.replace(regex(m, str(m, a), 'g'), str(m, b)),
  replaceFirst: (m, s, [a, b]) => s.replace(regex(m, str(m, a), ''), str(m, b)),
  matches: (m, s, [a]) => regex(m, `^(?:${str(m, a)})$`, 's').test(s),
  split: (m, s, [by, limit]) => {
    const parts = str(m, by) === '' ? [...s] : s === '' ? [''] : s.split(regex(m, str(m, by), ''));
    const most = n(limit);
    if (most > 0 && parts.length > most) {
      let rest = s;
      const first: string[] = [];
      while (first.length < most - 1) {
        const found = regex(m, str(m, by), '').exec(rest);
        if (!found) break;
        first.push(rest.slice(0, found.index));
        rest = rest.slice(found.index + found[0].length);
      }
      return m.array(
        '[Ljava/lang/String;',
        [...first, rest].map((one) => m.text(one)),
      );
    }
    if (most === 0) while (parts.length > 1 && parts.at(-1) === '') parts.pop();
    return m.array(
      '[Ljava/lang/String;',
      parts.map((one) => m.text(one)),
    );
  },
  toLowerCase: (_m, s) => s.toLowerCase(),
  toUpperCase: (_m, s) => s.toUpperCase(),
  trim: (_m, s) => s.trim(),
  strip: (_m, s) => s.trim(),
  repeat: (m, s, [count]) => {
    if (n(count) < 0) throw m.error('java/lang/IllegalArgumentException', `count is negative: ${n(count)}`);
    if (s.length * n(count) > 16_000_000) throw m.error('java/lang/OutOfMemoryError', 'Java heap space');
    return s.repeat(n(count));
  },
  intern: (m, s) => m.literal(s),
  toCharArray: (m, s) =>
    m.array(
      '[C',
      Array.from({ length: s.length }, (_, i) => s.charCodeAt(i)),
    ),
  getBytes: (m, s) =>
    m.array(
      '[B',
      [...percentBytes(encodeURIComponent(s))].map((c) => (c.charCodeAt(0) << 24) >> 24),
    ),
  formatted: (m, s, [args]) => format(m, s, items(args)),
  chars: (m, s) =>
    list(
      m,
      Array.from({ length: s.length }, (_, i) => m.box(s.charCodeAt(i), 'I')),
      'java/util/stream/IntStream',
    ),
  lines: (m, s) =>
    list(
      m,
      s
        .replace(/\n$/, '')
        .split('\n')
        .map((one) => m.text(one)),
      'java/util/stream/Stream',
    ),
  hashCode: (m, s) => hashOf(m, m.text(s)),
};
Object.assign(methods, { toString: ((_m, s) => s) satisfies On });
function percentBytes(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
function regex(m: Machine, pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern.replace(/\\p\{Punct\}/g, '[!-/:-@[-`{-~]').replace(/([*+?}])\+/g, '$1'), `${flags}u`);
  } catch {
    throw m.error('java/util/regex/PatternSyntaxException', `Illegal pattern near index 0\n${pattern}`);
  }
}

const all: { [key: string]: Native } = {
  'java/lang/String.valueOf': (m, [v = null], type) =>
    type.startsWith('([C')
      ? m.text(
          items(v)
            .map((c) => String.fromCharCode(n(c)))
            .join(''),
        )
      : m.text(textOf(m, v, type.slice(1, 2))),
  'java/lang/String.format': (m, [pattern = null, args]) => m.text(format(m, str(m, pattern), items(args))),
  'java/lang/String.join': (m, [by = null, parts]) =>
    m.text(
      items(parts)
        .map((one) => textOf(m, one, 'L'))
        .join(str(m, by)),
    ),
  'java/lang/String.<init>': (_m, [o, from]) => {
    if (o instanceof Obj)
      o.s = from instanceof Obj ? (from.s ?? (from.a ?? []).map((c) => String.fromCharCode(n(c))).join('')) : '';
    return null;
  },
  'java/util/StringJoiner.<init>': (m, [o, by = null, before, after]) => {
    if (o instanceof Obj) {
      o.f = { by, before: before ?? m.text(''), after: after ?? m.text('') };
      o.a = [];
    }
    return null;
  },
  'java/util/StringJoiner.add': (_m, [o, s = null]) => {
    if (o instanceof Obj) o.a?.push(s);
    return o ?? null;
  },
  'java/util/StringJoiner.toString': (m, [o]) =>
    o instanceof Obj
      ? m.text(
          str(m, o.f?.before ?? null) +
            (o.a ?? []).map((s) => textOf(m, s, 'L')).join(str(m, o.f?.by ?? null)) +
            str(m, o.f?.after ?? null),
        )
      : null,
  'java/util/Objects.equals': (m, [a = null, b = null]) => bool(same(m, a, b)),
  'java/util/Objects.hash': (m, [all_]) =>
    items(all_).reduce<number>((h, one) => (Math.imul(31, h) + hashOf(m, one)) | 0, 1),
  'java/util/Objects.hashCode': (m, [o = null]) => hashOf(m, o),
  'java/util/Objects.toString': (m, [o = null, other]) =>
    o === null && other !== undefined ? other : m.text(textOf(m, o, 'L')),
  'java/util/Objects.isNull': (_m, [o]) => bool(o === null),
  'java/util/Objects.nonNull': (_m, [o]) => bool(o !== null),
  'java/util/Objects.requireNonNull': (m, [o = null, message]) => {
    if (o === null)
      throw m.error('java/lang/NullPointerException', message instanceof Obj ? message.s : undefined, [
        `java.util.Objects.requireNonNull(Objects.java:${message ? 235 : 208})`,
      ]);
    return o;
  },
  // reading what is typed
  'java/util/Scanner.<init>': (_m, [o, from = null]) => {
    if (o instanceof Obj) {
      o.f = { from: from instanceof Obj && from.s !== undefined ? null : from };
      o.s = from instanceof Obj ? (from.s ?? '') : '';
    }
    return null;
  },
  'java/util/Scanner.close': () => null,
  'java/util/Scanner.hasNextLine': (m, [o]) => bool(o instanceof Obj && (fill(m, o, /\n/) || (o.s ?? '') !== '')),
  'java/util/Scanner.nextLine': (m, [o]) => {
    if (!(o instanceof Obj)) return null;
    if (!fill(m, o, /\n/) && (o.s ?? '') === '')
      throw m.error('java/util/NoSuchElementException', 'No line found', [
        'java.util.Scanner.nextLine(Scanner.java:1656)',
      ]);
    const text = o.s ?? '';
    const end = text.indexOf('\n');
    o.s = end < 0 ? '' : text.slice(end + 1);
    return m.text(end < 0 ? text : text.slice(0, end));
  },
  'java/util/Scanner.hasNext': (m, [o]) => bool(o instanceof Obj && (fill(m, o, /\S\s/) || /\S/.test(o.s ?? ''))),
  'java/util/Scanner.hasNextInt': (m, [o]) =>
    bool(o instanceof Obj && (fill(m, o, /\S\s/) || true) && /^\s*[+-]?\d+(?:\s|$)/.test(o.s ?? '')),
  'java/util/Scanner.next': (m, [o]) => m.text(token(m, o)),
  'java/util/Scanner.nextInt': (m, [o]) => {
    const text = token(m, o, true);
    if (!/^[+-]?\d+$/.test(text))
      throw m.error('java/util/InputMismatchException', `For input string: "${text}"`, [
        'java.util.Scanner.throwFor(Scanner.java:939)',
        'java.util.Scanner.next(Scanner.java:1594)',
        'java.util.Scanner.nextInt(Scanner.java:2258)',
        'java.util.Scanner.nextInt(Scanner.java:2212)',
      ]);
    return Number(text) | 0;
  },
  'java/util/Scanner.nextLong': (m, [o]) => BigInt(token(m, o, true)),
  'java/util/Scanner.nextDouble': (m, [o]) => Number(token(m, o, true)),
  'java/io/InputStreamReader.<init>': () => null,
  'java/io/BufferedReader.<init>': (m, [o]) => {
    if (o instanceof Obj) {
      o.f = { from: m.boxes.get('stream 0') ?? null };
      o.s = '';
    }
    return null;
  },
  'java/io/BufferedReader.close': () => null,
  'java/io/BufferedReader.readLine': (m, [o], type) =>
    o instanceof Obj && !fill(m, o, /\n/) && (o.s ?? '') === ''
      ? null
      : (all['java/util/Scanner.nextLine']?.(m, [o ?? null], type) ?? null),
};
for (const [name, act] of Object.entries(methods))
  all[`java/lang/String.${name}`] = (m, [self, ...args], type) => {
    const got = act(m, self instanceof Obj ? (self.s ?? '') : '', args, type);
    return typeof got === 'string' ? m.text(got) : typeof got === 'boolean' ? bool(got) : got;
  };
for (const name of ['length', 'charAt', 'substring', 'indexOf', 'isEmpty'] as const)
  all[`java/lang/StringBuilder.${name}`] = all[`java/lang/String.${name}`] as Native;

/** Reads on until what is there has the pattern; false at the end of input. */
function fill(m: Machine, o: Obj, pattern: RegExp): boolean {
  while (!pattern.test(o.s ?? '')) {
    if (!(o.f?.from instanceof Obj) || m.inputEnded) return false;
    const got = m.sys.read(0, 65536);
    if (got === 'again') {
      if (m.current) m.current.input = true;
      throw new Again();
    }
    if (typeof got === 'object' && 'bytes' in got) o.s = (o.s ?? '') + decode(got.bytes);
    else m.inputEnded = true;
  }
  return true;
}
function decode(bytes: string): string {
  try {
    return decodeURIComponent([...bytes].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return bytes;
  }
}
function token(m: Machine, o: JValue | undefined, number = false): string {
  if (!(o instanceof Obj)) return '';
  fill(m, o, /\S\s/);
  const found = /^\s*(\S+)/.exec(o.s ?? '');
  if (!found)
    throw m.error('java/util/NoSuchElementException', undefined, [
      'java.util.Scanner.throwFor(Scanner.java:937)',
      'java.util.Scanner.next(Scanner.java:1594)',
      ...(number
        ? ['java.util.Scanner.nextInt(Scanner.java:2258)', 'java.util.Scanner.nextInt(Scanner.java:2212)']
        : []),
    ]);
  o.s = (o.s ?? '').slice(found[0].length);
  return found[1] ?? '';
}

/** Built-in methods of String, Scanner and the like. */
export const textNatives: { readonly [key: string]: Native } = all;
export { unbox };
