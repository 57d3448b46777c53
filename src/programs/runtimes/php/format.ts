import { bigintOf, type Value } from '../core/values.ts';
import type { Vm } from '../core/vm.ts';
import { raise } from './errors.ts';
import { text, toFloat, toInt } from './values.ts';

/** A number with that many digits after the point, halves away from zero, as PHP rounds. */
export function fixed(n: number, digits: number): string {
  if (!Number.isFinite(n)) return Number.isNaN(n) ? 'nan' : n < 0 ? '-inf' : 'inf';
  return roundHalf(n, digits).toFixed(Math.min(digits, 100));
}
export function roundHalf(n: number, digits: number): number {
  if (!Number.isFinite(n) || n === 0) return n;
  const sign = n < 0 ? -1 : 1;
  const shifted = Number(`${Number(Math.abs(n)).toPrecision(15)}`);
  const [m = '0', e = '0'] = String(shifted).split('e');
  const up = Math.round(Number(`${m}e${Number(e) + digits}`));
  const [m2 = '0', e2 = '0'] = String(up).split('e');
  return sign * Number(`${m2}e${Number(e2) - digits}`);
}

/** What printf makes of a format and its arguments. Throws ArgumentCountError, ValueError. */
export function sprintf(vm: Vm, format: string, args: readonly Value[], extra = 1): string {
  let at = 0;
  const wanted = [...format.matchAll(/%(?:%|(\d+\$)?)/g)].length;
  return format.replace(
    /%(?:%|(?:(\d+)\$)?([-+ 0]|'.)*(\d+)?(?:\.(\d+))?([bcdeEfFgGosuxX]))|%(.?)/g,
    (
      whole,
      position: string | undefined,
      _flag: string,
      width: string | undefined,
      precision: string | undefined,
      kind: string | undefined,
      unknown: string | undefined,
    ) => {
      if (whole === '%%') return '%';
      if (kind === undefined) {
        if (unknown === '' || unknown === undefined)
          return raise(vm, 'ValueError', 'Missing format specifier at end of string');
        return raise(vm, 'ValueError', `Unknown format specifier "${unknown}"`);
      }
      const i = position === undefined ? at++ : Number(position) - 1;
      const v = args[i];
      if (v === undefined) {
        const places = [...format.matchAll(/%(?!%)(?:(\d+)\$)?/g)].length - 0;
        return raise(
          vm,
          'ArgumentCountError',
          `${Math.max(places, wanted > places ? places : places) + extra} arguments are required, ${args.length + extra} given`,
        );
      }
      const flags = /^%(?:\d+\$)?((?:[-+ 0]|'.)*)/.exec(whole)?.[1] ?? '';
      const left = flags.includes('-');
      const fill = /'(.)/.exec(flags)?.[1] ?? (/(?:^|[^'])0/.test(flags) ? '0' : ' ');
      const plus = flags.includes('+');
      const digits = precision === undefined ? 6 : Number(precision);
      let out: string;
      const n = () => toFloat(vm, v);
      const whole64 = () => bigintOf(toInt(vm, v)) ?? 0n;
      switch (kind) {
        case 'd': {
          const big = whole64();
          out = (plus && big >= 0n ? '+' : '') + String(big);
          break;
        }
        case 'u':
          out = String(BigInt.asUintN(64, whole64()));
          break;
        case 'b':
          out = BigInt.asUintN(64, whole64()).toString(2);
          break;
        case 'o':
          out = BigInt.asUintN(64, whole64()).toString(8);
          break;
        case 'x':
          out = BigInt.asUintN(64, whole64()).toString(16);
          break;
        case 'X':
          out = BigInt.asUintN(64, whole64()).toString(16).toUpperCase();
          break;
        case 'c':
          return String.fromCharCode(Number(whole64()) & 255);
        case 'f':
        case 'F':
          out = (plus && n() >= 0 ? '+' : '') + fixed(n(), digits);
          break;
        case 'e':
        case 'E': {
          const e = n().toExponential(digits);
          out = (plus && n() >= 0 ? '+' : '') + (kind === 'E' ? e.toUpperCase() : e);
          break;
        }
        case 'g':
        case 'G':
          out = String(Number(n().toPrecision(digits || 1)));
          break;
        default:
          out = precision === undefined ? text(vm, v) : text(vm, v).slice(0, Number(precision));
      }
      const size = Math.min(Number(width ?? 0), 100_000);
      if (out.length >= size) return out;
      if (left) return out.padEnd(size, fill === '0' && kind !== 's' ? '0' : fill);
      if (fill === '0' && /^[+-]/.test(out) && kind !== 's') return out[0] + out.slice(1).padStart(size - 1, '0');
      return out.padStart(size, fill);
    },
  );
}

/** number_format. */
export function numberFormat(n: number, digits: number, point: string, thousands: string): string {
  const all = fixed(Math.abs(n), Math.max(0, digits));
  const [whole = '0', rest] = all.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, thousands === '$' ? '$$' : thousands);
  const minus = n < 0 && /[1-9]/.test(all) ? '-' : '';
  return `${minus}${grouped}${rest === undefined ? '' : point + rest}`;
}
