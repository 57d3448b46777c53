import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { quoteGo, quoteRune } from '../../../kernel/go/quote.ts';
import type { Natives } from '../core/lang.ts';
import { bigintOf, isTagged, numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { resolve } from './lang.ts';
import { shapeOf, under } from './types.ts';
import {
  box,
  bytesList,
  bytesOf,
  deref,
  failure,
  items,
  mapEntries,
  num,
  shapes,
  str,
  structure,
  tuple,
} from './values.ts';

interface Spec {
  readonly verb: string;
  readonly flags: string;
  readonly width?: number;
  readonly precision?: number;
}
const plain: Spec = { verb: 'v', flags: '' };

/** A floating-point number as %v prints it: the shortest digits, with an exponent where strconv's 'g' has one. */
export function floatText(v: number, from = 6): string {
  if (Number.isNaN(v)) return 'NaN';
  if (!Number.isFinite(v)) return v > 0 ? '+Inf' : '-Inf';
  if (v === 0) return Object.is(v, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = v.toExponential().split('e');
  const e = Number(exponent);
  if (e < -4 || e >= from) return `${digits}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
  return e >= 21 || e < -6 ? v.toFixed(Math.max(0, digits.replace(/[-.]/g, '').length - 1 - e)) : String(v);
}

/** A value's Error or String method, called. */
function said(vm: Vm, type: string, v: Value): string | undefined {
  const boxed = box(vm, type, v);
  for (const name of ['Error', 'String']) {
    const found = resolve(vm, boxed, name);
    if (!found) continue;
    if (type.startsWith('*') && v === null) return '<nil>';
    return str(vm.call(found.fn, [found.receiver]));
  }
  return undefined;
}

/** A value of the type as fmt prints it. Bytes. */
export function show(vm: Vm, type: string, v: Value, spec: Spec, depth = 0): string {
  const s = shapes(vm);
  const shape = shapeOf(s, type);
  const { verb, flags } = spec;
  if (shape?.k === 'interface' || type === 'error') {
    const o = vm.obj(v);
    if (!o) return flags.includes('#') ? 'interface {}(nil)' : '<nil>';
    return show(vm, o.s ?? '', o.v ?? null, spec, depth);
  }
  if (type === '*errors.errorString' && !flags.includes('#')) return str(vm.obj(v)?.p?.s);
  if ((verb === 'v' && !flags.includes('#')) || verb === 's' || verb === 'q') {
    const text = said(vm, type, v);
    if (text !== undefined) return verb === 'q' ? encodeUtf8(quoteGo(decodeUtf8(text))) : text;
  }
  const goSyntax = flags.includes('#') && verb === 'v';
  if (shape?.k === 'struct') {
    const p = vm.obj(v)?.p ?? {};
    const parts = shape.fields.map((f) => {
      const text = show(vm, f.type, p[f.name] ?? null, spec, depth + 1);
      return flags.includes('+') || goSyntax ? `${f.name}:${text}` : text;
    });
    return goSyntax ? `${type}{${parts.join(', ')}}` : `{${parts.join(' ')}}`;
  }
  if (shape?.k === 'pointer') {
    if (v === null) return '<nil>';
    const of = shapeOf(s, shape.of);
    if (depth === 0 && of && ['struct', 'slice', 'array', 'map'].includes(of.k) && verb !== 'p')
      return `&${show(vm, shape.of, vm.obj(v)?.k === 'ptr' ? deref(vm, v) : v, spec, depth + 1)}`;
    return `0xc${(0x10000 + (isTagged(v) && v.t === 'ref' ? v.r : 0) * 8).toString(16).padStart(9, '0')}`;
  }
  if (shape?.k === 'map') {
    const entries = mapEntries(vm, v).toSorted(([a], [b]) => order(a, b));
    const parts = entries.map(
      ([k, one]) => `${show(vm, shape.key, k, spec, depth + 1)}:${show(vm, shape.of, one, spec, depth + 1)}`,
    );
    return goSyntax ? `${type}{${parts.join(', ')}}` : `map[${parts.join(' ')}]`;
  }
  if (shape?.k === 'slice' || shape?.k === 'array') {
    if (under(s, shape.of) === 'uint8' && ['s', 'q', 'x', 'X'].includes(verb))
      return show(vm, 'string', bytesOf(vm, v), spec, depth);
    if (goSyntax && v === null) return `${type}(nil)`;
    const parts = items(vm, v).map((one) => show(vm, shape.of, one, spec, depth + 1));
    return goSyntax ? `${type}{${parts.join(', ')}}` : `[${parts.join(' ')}]`;
  }
  if (shape?.k === 'func' || shape?.k === 'chan') return v === null ? '<nil>' : '0x47b4a0';
  return basic(under(s, type), type, v, verb === 'v' ? { ...spec, flags: flags.replace('+', '') } : spec);
}
function order(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return (numeric(a) ?? 0) - (numeric(b) ?? 0);
}

function basic(u: string, type: string, v: Value, { verb, flags, precision }: Spec): string {
  const bad = () => `%!${verb}(${type}=${basic(u, type, v, plain)})`;
  const sign = (n: number, text: string) =>
    flags.includes('+') && n >= 0 ? `+${text}` : flags.includes(' ') && n >= 0 ? ` ${text}` : text;
  if (u === 'string') {
    const s = str(v);
    if (verb === 'v' && flags.includes('#')) return encodeUtf8(quoteGo(decodeUtf8(s)));
    if (verb === 'v' || verb === 's')
      return precision === undefined ? s : encodeUtf8([...decodeUtf8(s)].slice(0, precision).join(''));
    if (verb === 'q') return encodeUtf8(quoteGo(decodeUtf8(s)));
    if (verb === 'x' || verb === 'X') {
      const hex = [...s].map((ch) => ch.charCodeAt(0).toString(16).padStart(2, '0')).join('');
      return verb === 'x' ? hex : hex.toUpperCase();
    }
    return bad();
  }
  if (u === 'bool') return verb === 'v' || verb === 't' ? String(v) : bad();
  if (u.includes('float')) {
    const n = num(v);
    switch (verb) {
      case 'v':
        return sign(
          n,
          u === 'float32'
            ? floatText(Number(n.toPrecision(8)) === n ? n : Number(Math.fround(n).toPrecision(7)))
            : floatText(n),
        );
      case 'g':
        return sign(
          n,
          precision === undefined
            ? floatText(n)
            : floatText(Number(n.toPrecision(Math.max(1, precision))), Math.max(1, precision)),
        );
      case 'f':
      case 'F':
        return Number.isFinite(n) ? sign(n, n.toFixed(precision ?? 6)) : floatText(n);
      case 'e':
        return sign(n, n.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2'));
      default:
        return bad();
    }
  }
  const big = bigintOf(v) ?? 0n;
  const number = (radix: number) => {
    const text = (big < 0n ? -big : big).toString(radix);
    return sign(Number(big), `${big < 0n ? '-' : ''}${text}`);
  };
  switch (verb) {
    case 'v':
    case 'd':
      return number(10);
    case 'x':
      return `${flags.includes('#') ? '0x' : ''}${number(16)}`;
    case 'X':
      return `${flags.includes('#') ? '0X' : ''}${number(16).toUpperCase()}`;
    case 'o':
      return `${flags.includes('#') ? '0' : ''}${number(8)}`;
    case 'b':
      return number(2);
    case 'c':
      return encodeUtf8(String.fromCodePoint(Number(big)));
    case 'q':
      return encodeUtf8(quoteRune(String.fromCodePoint(Number(big))));
    case 'U':
      return `U+${big.toString(16).toUpperCase().padStart(4, '0')}`;
    default:
      return bad();
  }
}

function pad(text: string, { flags, width, verb }: Spec, numeric_: boolean): string {
  const length = [...decodeUtf8(text)].length;
  if (width === undefined || length >= width) return text;
  const gap = width - length;
  if (flags.includes('-')) return text + ' '.repeat(gap);
  if (flags.includes('0') && (numeric_ || verb === 's'))
    return /^[+-]/.test(text) ? `${text[0]}${'0'.repeat(gap)}${text.slice(1)}` : '0'.repeat(gap) + text;
  return ' '.repeat(gap) + text;
}

const typeOfBox = (vm: Vm, v: Value): string => vm.obj(v)?.s ?? '<nil>';
const showBox = (vm: Vm, v: Value, spec: Spec): string =>
  v === null
    ? spec.verb === 'v'
      ? '<nil>'
      : `%!${spec.verb}(<nil>)`
    : show(vm, typeOfBox(vm, v), vm.obj(v)?.v ?? null, spec);

/** Printf's text. Bytes in, bytes out. */
export function sprintf(vm: Vm, format: string, args: readonly Value[]): string {
  let next = 0;
  const out = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(.)?|%$/gs,
    (whole, flags: string, w?: string, p?: string, verb?: string) => {
      if (verb === '%') return '%';
      if (verb === undefined) return '%!(NOVERB)';
      const star = () => num(vm.obj(args[next++] ?? null)?.v ?? 0);
      let width = w === '*' ? star() : w === undefined ? undefined : Number(w);
      let own = flags;
      if (width !== undefined && width < 0) {
        width = -width;
        own += '-';
      }
      const precision = p === '*' ? star() : p === undefined ? (whole.includes('.') ? 0 : undefined) : Number(p);
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const arg = args[next++] ?? null;
      const spec: Spec = {
        verb: verb === 'w' ? 'v' : verb,
        flags: own,
        ...(width === undefined ? {} : { width }),
        ...(precision === undefined ? {} : { precision }),
      };
      const text = verb === 'T' ? typeOfBox(vm, arg) : showBox(vm, arg, spec);
      const held = vm.obj(arg)?.v ?? null;
      const shape = shapeOf(shapes(vm), typeOfBox(vm, arg));
      if (shape?.k === 'slice' && width !== undefined && verb !== 's' && verb !== 'T')
        return `[${items(vm, held)
          .map((one) => pad(show(vm, shape.of, one, spec, 1), spec, true))
          .join(' ')}]`;
      return pad(text, spec, typeof held === 'number' || isTagged(held));
    },
  );
  if (next >= args.length) return out;
  return `${out}%!(EXTRA ${args
    .slice(next)
    .map((a) => (a === null ? '<nil>' : `${typeOfBox(vm, a)}=${showBox(vm, a, plain)}`))
    .join(', ')})`;
}
export function sprintln(vm: Vm, args: readonly Value[]): string {
  return `${args.map((a) => showBox(vm, a, plain)).join(' ')}\n`;
}
export function sprint(vm: Vm, args: readonly Value[]): string {
  return args
    .map((a, i) => {
      const before = args[i - 1];
      const gap = i > 0 && typeOfBox(vm, a) !== 'string' && before !== undefined && typeOfBox(vm, before) !== 'string';
      return `${gap ? ' ' : ''}${showBox(vm, a, plain)}`;
    })
    .join('');
}

/** What a panic prints of its value. */
export function textOfPanic(vm: Vm, v: Value): string {
  const o = vm.obj(v);
  if (!o) return 'nil';
  if (o.s === 'runtime.Error') return decodeUtf8(str(o.v));
  const type = o.s ?? '';
  const text = said(vm, type, o.v ?? null);
  if (text !== undefined || type === '*errors.errorString')
    return decodeUtf8(text ?? show(vm, type, o.v ?? null, plain));
  const shown = decodeUtf8(show(vm, type, o.v ?? null, plain));
  if (type === 'string') return shown;
  if (under(shapes(vm), type) === type && !type.includes('['))
    return type === 'int' || type === 'bool'
      ? `${type === 'int' || type === 'bool' ? shown : ''}`
      : `${type}(${shown})`;
  return under(shapes(vm), type) === 'string' ? `${type}(${quoteGo(shown)})` : `${type}(${shown})`;
}

const args = (vm: Vm, v: Value | undefined): readonly Value[] => items(vm, v ?? null);
const wrote = (vm: Vm, text: string): Value => tuple(vm, text.length, null);
function print(vm: Vm, fd: number, text: string): Value {
  vm.write(fd, decodeUtf8(text));
  return wrote(vm, text);
}
/** Writes to an io.Writer. */
export function writeTo(vm: Vm, w: Value, text: string): Value {
  const o = vm.obj(w);
  if (o?.s === '*os.File') return print(vm, num(vm.obj(o.v ?? null)?.p?.fd), text);
  const found = resolve(vm, w, 'Write');
  return found ? vm.call(found.fn, [found.receiver, bytesList(vm, text)]) : wrote(vm, text);
}

export const formatNatives: Natives = {
  'fmt.Print': (vm, [a]) => print(vm, 1, sprint(vm, args(vm, a))),
  'fmt.Println': (vm, [a]) => print(vm, 1, sprintln(vm, args(vm, a))),
  'fmt.Printf': (vm, [f, a]) => print(vm, 1, sprintf(vm, str(f), args(vm, a))),
  'fmt.Sprint': (vm, [a]) => sprint(vm, args(vm, a)),
  'fmt.Sprintln': (vm, [a]) => sprintln(vm, args(vm, a)),
  'fmt.Sprintf': (vm, [f, a]) => sprintf(vm, str(f), args(vm, a)),
  'fmt.Fprint': (vm, [w = null, a]) => writeTo(vm, w, sprint(vm, args(vm, a))),
  'fmt.Fprintln': (vm, [w = null, a]) => writeTo(vm, w, sprintln(vm, args(vm, a))),
  'fmt.Fprintf': (vm, [w = null, f, a]) => writeTo(vm, w, sprintf(vm, str(f), args(vm, a))),
  'fmt.Errorf': (vm, [f, a]) => {
    const text = sprintf(vm, str(f), args(vm, a));
    const at = [...str(f).matchAll(/%[-+# 0-9.]*([a-zA-Z])/g)].findIndex(([, verb]) => verb === 'w');
    return box(
      vm,
      '*errors.errorString',
      structure(vm, { s: text, ...(at < 0 ? {} : { err: args(vm, a)[at] ?? null }) }),
    );
  },
  'errors.New': (vm, [s]) => box(vm, '*errors.errorString', structure(vm, { s: str(s) })),
  'errors.errorString.Error': (vm, [e = null]) => vm.obj(e)?.p?.s ?? '',
  'runtime.Error.Error': (_vm, [e = null]) => e,
  'errors.Unwrap': (vm, [e = null]) => vm.obj(vm.obj(e)?.v ?? null)?.p?.err ?? null,
  'errors.Is': (vm, [e = null, target = null]) => {
    for (let at: Value = e; at !== null; at = vm.obj(vm.obj(at)?.v ?? null)?.p?.err ?? null)
      if (vm.lang.binary(vm, '== interface', at, target) === true) return true;
    return e === target;
  },
  println: (vm, list_) => print(vm, 2, `${list_.map((a) => showBox(vm, a, plain)).join(' ')}\n`),
  print: (vm, list_) => print(vm, 2, list_.map((a) => showBox(vm, a, plain)).join('')),
};
export { failure };
