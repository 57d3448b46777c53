import type { Natives } from '../core/lang.ts';
import { longestText } from '../core/limits.ts';
import { Beyond } from '../core/tree.ts';
import { isTagged, isUndefined, jsNumber, numeric, undef, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { throwError } from './objects.ts';
import { regexpNatives } from './regexp.ts';
import { getProperty, text, toNumber } from './semantics.ts';

const str = (vm: Vm, v: Value | undefined): string => (v === undefined ? 'undefined' : text(vm, v));
const num = (vm: Vm, v: Value | undefined, otherwise = Number.NaN): number =>
  v === undefined || isUndefined(v) ? otherwise : toNumber(vm, v);

/** How long a padded text is to be. */
function padded(vm: Vm, v: Value | undefined): number {
  const n = num(vm, v, 0);
  if (n > 536_870_888) throwError(vm, 'RangeError', 'Invalid string length');
  if (n > longestText) throw new Beyond('a text this long');
  vm.tick(n > 0 ? n >> 4 : 0);
  return n;
}

function between(vm: Vm, n: number, least: number, most: number, message: string): number {
  return n >= least && n <= most ? n : throwError(vm, 'RangeError', message);
}

function sameNumber(f: (...n: number[]) => number) {
  return (vm: Vm, args: readonly Value[]): Value => jsNumber(f(...args.map((v) => toNumber(vm, v))));
}
const math = Object.fromEntries(
  (
    [
      'abs',
      'ceil',
      'floor',
      'round',
      'trunc',
      'sign',
      'sqrt',
      'cbrt',
      'pow',
      'min',
      'max',
      'log',
      'log2',
      'log10',
      'exp',
      'sin',
      'cos',
      'tan',
      'atan',
      'atan2',
      'asin',
      'acos',
      'hypot',
    ] as const
  ).map((name) => [`Math.${name}`, sameNumber(Math[name] as (...n: number[]) => number)]),
);

/** 12345.6 as `12,345.6`. */
export function grouped(n: number, least = 0, most = 3): string {
  const [whole = '', part = ''] = Math.abs(n).toFixed(most).split('.');
  const kept = part.replace(/0+$/, '').padEnd(least, '0');
  return `${n < 0 ? '-' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${kept === '' ? '' : `.${kept}`}`;
}

/** Strings, numbers, regular expressions, Math. */
export const textNatives: Natives = {
  ...math,
  '=Math.PI': () => Math.PI,
  '=Math.E': () => Math.E,
  'Math.random': (vm) => (vm.sys.random() >>> 0) / 4294967296,
  '=Number.MAX_SAFE_INTEGER': () => Number.MAX_SAFE_INTEGER,
  '=Number.MIN_SAFE_INTEGER': () => Number.MIN_SAFE_INTEGER,
  '=Number.MAX_VALUE': () => Number.MAX_VALUE,
  '=Number.EPSILON': () => Number.EPSILON,
  'Number.isInteger': (_vm, [v = undef]) => typeof v === 'number' && Number.isInteger(v),
  'Number.isSafeInteger': (_vm, [v = undef]) => typeof v === 'number' && Number.isSafeInteger(v),
  'Number.isFinite': (_vm, [v = undef]) => typeof v === 'number',
  'Number.isNaN': (_vm, [v = undef]) => isTagged(v) && v.t === 'f' && v.v === 'NaN',
  isNaN: (vm, [v = undef]) => Number.isNaN(toNumber(vm, v)),
  isFinite: (vm, [v = undef]) => Number.isFinite(toNumber(vm, v)),
  parseInt: (vm, [v, radix]) => jsNumber(Number.parseInt(str(vm, v), num(vm, radix, 10) || 10)),
  parseFloat: (vm, [v]) => jsNumber(Number.parseFloat(str(vm, v))),
  'Number.parseInt': (vm, [v, radix]) => jsNumber(Number.parseInt(str(vm, v), num(vm, radix, 10) || 10)),
  'Number.parseFloat': (vm, [v]) => jsNumber(Number.parseFloat(str(vm, v))),
  'N.toFixed': (vm, [d], self) =>
    toNumber(vm, self).toFixed(
      between(vm, num(vm, d, 0), 0, 100, 'toFixed() digits argument must be between 0 and 100'),
    ),
  'N.toPrecision': (vm, [d], self) =>
    toNumber(vm, self).toPrecision(
      between(vm, num(vm, d, 6), 1, 100, 'toPrecision() argument must be between 1 and 100'),
    ),
  'N.toString': (vm, [radix], self) =>
    numeric(self) === undefined || typeof self === 'boolean' || radix === undefined
      ? text(vm, self)
      : toNumber(vm, self).toString(
          between(vm, num(vm, radix, 10), 2, 36, 'toString() radix must be between 2 and 36'),
        ),
  'N.valueOf': (_vm, _a, self) => self,
  'N.toLocaleString': (vm, [, options], self) => {
    const p = options === undefined ? {} : (vm.obj(options)?.p ?? {});
    if (p.style !== undefined) throw new Beyond('toLocaleString with a style');
    const least = num(vm, p.minimumFractionDigits, 0);
    return grouped(toNumber(vm, self), least, num(vm, p.maximumFractionDigits, Math.max(3, least)));
  },
  'S.toUpperCase': (_vm, _a, self) => String(self).toUpperCase(),
  'S.toLowerCase': (_vm, _a, self) => String(self).toLowerCase(),
  'S.trim': (_vm, _a, self) => String(self).trim(),
  'S.trimStart': (_vm, _a, self) => String(self).trimStart(),
  'S.trimEnd': (_vm, _a, self) => String(self).trimEnd(),
  'S.toString': (_vm, _a, self) => self,
  'S.valueOf': (_vm, _a, self) => self,
  'S.charAt': (vm, [i], self) => String(self).charAt(num(vm, i, 0)),
  'S.charCodeAt': (vm, [i], self) => jsNumber(String(self).charCodeAt(num(vm, i, 0))),
  'S.codePointAt': (vm, [i], self) => String(self).codePointAt(num(vm, i, 0)) ?? undef,
  'S.at': (vm, [i], self) => String(self).at(num(vm, i, 0)) ?? undef,
  'S.indexOf': (vm, [s, from], self) => String(self).indexOf(str(vm, s), num(vm, from, 0)),
  'S.lastIndexOf': (vm, [s], self) => String(self).lastIndexOf(str(vm, s)),
  'S.includes': (vm, [s], self) => String(self).includes(str(vm, s)),
  'S.startsWith': (vm, [s, at], self) => String(self).startsWith(str(vm, s), num(vm, at, 0)),
  'S.endsWith': (vm, [s], self) => String(self).endsWith(str(vm, s)),
  'S.slice': (vm, [a, b], self) =>
    String(self).slice(num(vm, a, 0), b === undefined || isUndefined(b) ? undefined : num(vm, b)),
  'S.substring': (vm, [a, b], self) =>
    String(self).substring(num(vm, a, 0), b === undefined || isUndefined(b) ? undefined : num(vm, b)),
  'S.substr': (vm, [a, n], self) => {
    const s = String(self);
    const from = num(vm, a, 0) < 0 ? Math.max(0, s.length + num(vm, a, 0)) : num(vm, a, 0);
    return s.slice(from, n === undefined ? undefined : from + num(vm, n));
  },
  'S.repeat': (vm, [n], self) => {
    const times = num(vm, n, 0);
    if (times < 0 || times === Infinity) throwError(vm, 'RangeError', `Invalid count value: ${times}`);
    if (times * String(self).length > 536_870_888) throwError(vm, 'RangeError', `Invalid string length`);
    if (times * String(self).length > longestText) throw new Beyond('a text this long');
    vm.tick((times * String(self).length) >> 4);
    return String(self).repeat(times);
  },
  'S.padStart': (vm, [n, s], self) => String(self).padStart(padded(vm, n), s === undefined ? ' ' : text(vm, s)),
  'S.padEnd': (vm, [n, s], self) => String(self).padEnd(padded(vm, n), s === undefined ? ' ' : text(vm, s)),
  'S.concat': (vm, args, self) => String(self) + args.map((v) => text(vm, v)).join(''),
  'S.localeCompare': (vm, [s], self) => String(self).localeCompare(str(vm, s)),
  'S.normalize': (_vm, _a, self) => String(self).normalize(),
  'String.fromCharCode': (vm, args) => args.map((v) => String.fromCharCode(toNumber(vm, v))).join(''),
  'String.fromCodePoint': (vm, args) =>
    args
      .map((v) => {
        const n = toNumber(vm, v);
        return n >= 0 && n < 0x110000 && Number.isInteger(n)
          ? String.fromCodePoint(n)
          : throwError(vm, 'RangeError', `Invalid code point ${text(vm, v)}`);
      })
      .join(''),
  'String.raw': (vm, [strings = undef, ...values]) => {
    const parts = vm.obj(getProperty(vm, strings, 'raw'))?.a ?? [];
    return parts
      .map((one, i) => text(vm, one) + (i < parts.length - 1 && i < values.length ? str(vm, values[i]) : ''))
      .join('');
  },
  encodeURIComponent: (vm, [s]) => encodeURIComponent(str(vm, s)),
  decodeURIComponent: (vm, [s]) => {
    try {
      return decodeURIComponent(str(vm, s));
    } catch {
      return throwError(vm, 'URIError', 'URI malformed');
    }
  },
  encodeURI: (vm, [s]) => encodeURI(str(vm, s)),
  ...regexpNatives,
  ...dates(),
};

function dates(): Natives {
  const at = (vm: Vm, v: Value) => new Date(vm.obj(v)?.n ?? Number.NaN);
  const getters = [
    'getFullYear',
    'getMonth',
    'getDate',
    'getDay',
    'getHours',
    'getMinutes',
    'getSeconds',
    'getMilliseconds',
    'getTime',
  ] as const;
  const natives: { [name: string]: Natives[string] } = {
    'new Date': (vm, args) => {
      const [v, ...rest] = args;
      if (v === undefined) return vm.make({ k: 'date', n: Math.floor(vm.sys.now / 1000) });
      if (rest.length > 0) {
        const [y = 0, m = 0, d = 1, h = 0, mi = 0, s = 0, ms = 0] = args.map((one) => toNumber(vm, one));
        return vm.make({ k: 'date', n: Date.UTC(y, m, d, h, mi, s, ms) });
      }
      const o = vm.obj(v);
      const given = typeof v === 'string' && !/Z|[+-]\d\d:?\d\d$|GMT/.test(v) && /T/.test(v) ? `${v}Z` : v;
      return vm.make({
        k: 'date',
        n: o?.k === 'date' ? (o.n ?? 0) : typeof given === 'string' ? new Date(given).getTime() : toNumber(vm, v),
      });
    },
    'Date.now': (vm) => Math.floor(vm.sys.now / 1000),
    'Date.UTC': (vm, args) => {
      const [y = 0, ...rest] = args.map((one) => toNumber(vm, one));
      return Date.UTC(y, ...(rest as [number]));
    },
    'D.toISOString': (vm, _a, self) => {
      const date = at(vm, self);
      return Number.isNaN(date.getTime()) ? throwError(vm, 'RangeError', 'Invalid time value') : date.toISOString();
    },
    'D.toJSON': (vm, _a, self) => at(vm, self).toISOString(),
    'D.valueOf': (vm, _a, self) => jsNumber(at(vm, self).getTime()),
    'D.getTimezoneOffset': () => 0,
    'D.toUTCString': (vm, _a, self) => at(vm, self).toUTCString(),
    'D.toString': (vm, _a, self) =>
      at(vm, self)
        .toUTCString()
        .replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $4 $5 GMT+0000 (Coordinated Universal Time)'),
    'D.toLocaleTimeString': (vm, _a, self) => {
      const d = at(vm, self);
      const two = (n: number) => String(n).padStart(2, '0');
      return `${d.getUTCHours() % 12 || 12}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${d.getUTCHours() < 12 ? 'AM' : 'PM'}`;
    },
    'D.toLocaleDateString': (vm, _a, self) => {
      const d = at(vm, self);
      return `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()}`;
    },
    'D.toLocaleString': (vm, a, self) =>
      `${String(vm.native('D.toLocaleDateString')(vm, a, self, {}))}, ${String(vm.native('D.toLocaleTimeString')(vm, a, self, {}))}`,
  };
  for (const name of getters) {
    const utc = (name === 'getTime' ? name : `getUTC${name.slice(3)}`) as 'getTime';
    natives[`D.${name}`] = (vm, _a, self) => jsNumber(at(vm, self)[utc]());
    natives[`D.${utc}`] = natives[`D.${name}`];
  }
  return natives;
}
