import { bigintOf, isFloat, numeric, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { classAttribute, floatText, isInt, raise, repr, str, typeName } from './values.ts';

const commas = (digits: string, mark: string): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);

/** format(v, spec): the mini-language of format strings. */
export function formatSpec(vm: Vm, v: Value, spec: string): string {
  const o = vm.obj(v);
  const own = o?.k === 'inst' ? classAttribute(vm, o.up ?? 0, '__format__') : undefined;
  if (own !== undefined) return str(vm, vm.call(own, [v, spec]));
  if (spec === '') return str(vm, v);
  const parts = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su.exec(spec);
  if (!parts)
    return raise(vm, 'ValueError', `Invalid format specifier '${spec}' for object of type '${typeName(vm, v)}'`);
  const [, fillGiven, alignGiven, sign = '-', alternate, zero, width = '0', mark, precision, type] = parts;
  if (Number(width) > 1_000_000 || Number(precision ?? 0) > 400)
    return raise(vm, 'ValueError', 'Too many decimal digits in format string');
  const n = numeric(v);
  const number = n !== undefined && typeof v !== 'boolean';
  if (type !== undefined && type !== 's' && n === undefined)
    raise(vm, 'ValueError', `Unknown format code '${type}' for object of type '${typeName(vm, v)}'`);
  let body: string;
  let negative = false;
  if (number || (typeof v === 'boolean' && type !== undefined)) {
    const digits = numberText(vm, v, n ?? 0, type, precision, alternate !== undefined);
    negative = digits.startsWith('-');
    body = negative ? digits.slice(1) : digits;
    if (mark !== undefined) body = body.replace(/^\d+/, (whole) => commas(whole, mark));
  } else {
    body = str(vm, v);
    if (precision !== undefined) body = [...body].slice(0, Number(precision)).join('');
  }
  const base = alternate !== undefined ? (/^0[xXbo]/.exec(body)?.[0] ?? '') : '';
  body = body.slice(base.length);
  const prefix = (negative ? '-' : number && sign !== '-' ? sign : '') + base;
  const align = alignGiven ?? (zero && number ? '=' : number ? '>' : '<');
  const fill = fillGiven ?? (zero ? '0' : ' ');
  const missing = Math.max(0, Number(width) - [...body].length - prefix.length);
  if (align === '=') return prefix + fill.repeat(missing) + body;
  const text = prefix + body;
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
}

function numberText(
  vm: Vm,
  v: Value,
  n: number,
  type: string | undefined,
  precision: string | undefined,
  alternate: boolean,
): string {
  const places = precision === undefined ? 6 : Number(precision);
  const big = bigintOf(v);
  switch (type) {
    case 'f':
    case 'F':
      return fixed(n, places);
    case '%':
      return `${fixed(n * 100, places)}%`;
    case 'e':
    case 'E': {
      const text = n.toExponential(Math.min(places, 100)).replace(/e([+-])(\d)$/, 'e$10$2');
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
      return general(n, places);
    case 'd':
    case 'n':
      if (isFloat(v)) return raise(vm, 'ValueError', `Unknown format code 'd' for object of type 'float'`);
      return String(big);
    case 'x':
      return `${alternate ? '0x' : ''}${(big ?? 0n).toString(16)}`;
    case 'X':
      return `${alternate ? '0X' : ''}${(big ?? 0n).toString(16).toUpperCase()}`;
    case 'b':
      return `${alternate ? '0b' : ''}${(big ?? 0n).toString(2)}`;
    case 'o':
      return `${alternate ? '0o' : ''}${(big ?? 0n).toString(8)}`;
    case 'c':
      return String.fromCodePoint(n);
  }
  if (isFloat(v)) return precision === undefined ? floatText(n) : general(n, places);
  return String(big);
}

/**
 * Digits after the point, rounded as C's printf does: the exact value of the double, ties to even. (toFixed takes the
 * larger of two neighbours, and gives an exponent from 1e21 on.)
 */
export function fixed(n: number, places: number): string {
  if (!Number.isFinite(n)) return floatText(n);
  if (n < 0 || Object.is(n, -0)) return `-${fixed(-n, places)}`;
  // n = whole × 2^-shift with a whole number: the quotient and rest are exact
  let shift = 0;
  let whole = n;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift++;
  }
  const scaled = BigInt(whole) * 10n ** BigInt(places);
  const unit = 1n << BigInt(shift);
  const rest = scaled % unit;
  let digits = scaled / unit;
  if (rest * 2n > unit || (rest * 2n === unit && digits % 2n === 1n)) digits++;
  const text = String(digits).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
function general(n: number, precision: number): string {
  const p = Math.max(1, precision);
  const exponent = n === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(n.toPrecision(Math.min(p, 100))))));
  if (exponent < -4 || exponent >= p)
    return n
      .toExponential(Math.min(p, 100) - 1)
      .replace(/\.?0+e/, 'e')
      .replace(/e([+-])(\d)$/, 'e$10$2');
  const text = fixed(n, Math.max(0, p - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** 'text %s %d' % values. */
export function percentFormat(vm: Vm, text: string, given: Value): string {
  const o = vm.obj(given);
  const values = o?.k === 'tuple' ? [...(o.a ?? [])] : [given];
  const named = o?.k === 'dict' ? o.e : undefined;
  const out = text.replace(
    /%(?:\((\w+)\))?([-+ 0#]*)(\d+|\*)?(?:\.(\d+))?([%a-zA-Z])/g,
    (
      _all,
      name: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      type: string,
    ) => {
      if (type === '%') return '%';
      const v = name === undefined ? values.shift() : named?.[`s:${name}`]?.[1];
      if (v === undefined) return raise(vm, 'TypeError', 'not enough arguments for format string');
      const body = type === 's' ? str(vm, v) : type === 'r' ? repr(vm, v) : undefined;
      if (body === undefined && !(isInt(v) || isFloat(v)))
        return raise(vm, 'TypeError', `%${type} format: a real number is required, not ${typeName(vm, v)}`);
      const shown =
        body !== undefined ? (precision === undefined ? body : body.slice(0, Number(precision))) : undefined;
      const kind = type === 'i' || type === 'u' ? 'd' : type;
      const value: Value = kind === 'd' && isFloat(v) ? Math.trunc(Number(v.v)) : v;
      const spec = `${flags.includes('-') ? '<' : '>'}${flags.includes('+') ? '+' : ''}${width ?? ''}`;
      if (shown !== undefined) return formatSpec(vm, shown, spec === '>' ? '' : spec);
      const zero = flags.includes('0') && !flags.includes('-');
      return formatSpec(
        vm,
        value,
        `${zero ? '' : flags.includes('-') ? '<' : '>'}${flags.includes('+') ? '+' : ''}${zero ? '0' : ''}${width ?? ''}${precision === undefined ? '' : `.${precision}`}${kind}`,
      );
    },
  );
  if (!named && values.length > 0 && o?.k === 'tuple')
    raise(vm, 'TypeError', 'not all arguments converted during string formatting');
  return out;
}
