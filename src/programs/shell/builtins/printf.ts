import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { readEscape } from './echo.ts';

/** What printf did: bytes for standard output, messages without the program's name, and the exit status. */
export interface Printed {
  readonly out: ByteString;
  readonly errors: readonly string[];
  readonly status: number;
}

const widest = 1_000_000;

/** printf(1) as busybox has it. `args[0]` is the format. */
export function printf(args: readonly string[], lenient = false): Printed {
  const operands = args[0] === '--' ? args.slice(1) : args;
  const [format] = operands;
  if (format === undefined) return { out: '', errors: ['usage: printf FORMAT [ARGUMENT...]'], status: 2 };
  const work = new Printing(operands.slice(1), lenient);
  do {
    work.used = false;
    if (!work.pass(format)) break;
  } while (work.used && work.rest.length > 0);
  return { out: work.out, errors: work.errors, status: work.status };
}

/** One `%…` of a format. */
const directive = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|-?\d+)?)?([hlLqjzt]*)(.)/;

class Printing {
  out = '';
  readonly errors: string[] = [];
  status = 0;
  used = false;
  rest: readonly string[];

  /** The beginning of an argument that is a number counts, as in bash and dash. */
  private readonly lenient: boolean;

  constructor(rest: readonly string[], lenient: boolean) {
    this.rest = rest;
    this.lenient = lenient;
  }

  private next(): string | undefined {
    const [arg, ...rest] = this.rest;
    if (arg === undefined) return undefined;
    this.used = true;
    this.rest = rest;
    return arg;
  }

  /** Goes through the format once; false: output ends here. */
  pass(format: string): boolean {
    let i = 0;
    while (i < format.length) {
      const c = format.charAt(i);
      if (c === '\\') {
        const found = readEscape(format.slice(i, i + 6), false);
        if (found.stop) return false;
        this.out += found.bytes;
        i += found.length;
      } else if (c === '%') {
        if (format[i + 1] === '%') {
          this.out += '%';
          i += 2;
          continue;
        }
        const length = this.convert(format.slice(i));
        if (length === undefined) return false;
        i += length;
      } else {
        const end = /[\\%]|$/.exec(format.slice(i))?.index ?? 1;
        this.out += encodeUtf8(format.slice(i, i + end));
        i += end;
      }
    }
    return true;
  }

  /** A conversion at the start of `text`; how long it is, or undefined when output ends here. */
  private convert(text: string): number | undefined {
    if (text.startsWith('%b')) return this.escaped(this.next() ?? '') ? 2 : undefined;
    const found = directive.exec(text);
    const conversion = found?.[5] ?? '';
    if (!found || !'diouxXcsfFeEgGaA'.includes(conversion) || conversion === '') {
      const modifiers = found?.[4] ?? '';
      const end = found ? found[0].length - 1 : text.length;
      const shown = text.slice(0, end - modifiers.length) + text.slice(end);
      this.errors.push(`${shown}: invalid format`);
      this.status = 1;
      return undefined;
    }
    let flags = found[1] ?? '';
    let width = this.count(found[2]) ?? 0;
    const dotted = /^%[-+ #0]*(?:\*|\d+)?\./.test(text);
    const precision = found[3] === undefined ? (dotted ? 0 : undefined) : this.count(found[3]);
    if (width < 0) {
      flags += '-';
      width = -width;
    }
    const body = this.body(conversion, flags, precision !== undefined && precision < 0 ? undefined : precision);
    this.out += pad(
      body,
      Math.min(width, widest),
      flags,
      'sc'.includes(conversion),
      precision !== undefined && 'diouxX'.includes(conversion),
    );
    return found[0].length;
  }

  private count(text: string | undefined): number | undefined {
    if (text !== '*') return text === undefined ? undefined : Number(text);
    return Number(this.integer(this.next() ?? ''));
  }

  private body(conversion: string, flags: string, precision: number | undefined): string {
    const arg = this.next();
    if (conversion === 's') return cut(encodeUtf8(arg ?? ''), precision);
    if (conversion === 'c') return encodeUtf8(arg ?? '').slice(0, 1) || '\0';
    if ('diouxX'.includes(conversion)) return integerText(conversion, this.integer(arg ?? ''), flags, precision);
    return floatText(conversion, this.float(arg ?? ''), flags, precision ?? 6);
  }

  private integer(text: string): bigint {
    const quoted = /^['"](.)/su.exec(text);
    if (quoted) return BigInt(quoted[1]?.codePointAt(0) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(text);
    if (!match) {
      if (this.lenient && text === '') return 0n;
      this.errors.push(`invalid number '${text}'`);
      this.status = 1;
      const begun = this.lenient ? /^\s*[-+]?\d+/.exec(text)?.[0] : undefined;
      return begun === undefined ? 0n : BigInt(begun.trim().replace('+', ''));
    }
    const digits = match[2] ?? '0';
    const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return match[1] === '-' ? -value : value;
  }

  private float(text: string): number {
    const value = /^\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+)$/.test(text)
      ? Number(text)
      : Number.NaN;
    if (!Number.isNaN(value)) return value;
    if (/^[-+]?inf(?:inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
    this.errors.push(`invalid number '${text}'`);
    this.status = 1;
    return 0;
  }

  /** %b: the argument with its backslash sequences; false when `\c` ended it. */
  private escaped(text: string): boolean {
    for (let i = 0; i < text.length; ) {
      if (text[i] !== '\\') {
        const end = text.indexOf('\\', i);
        const stop = end < 0 ? text.length : end;
        this.out += encodeUtf8(text.slice(i, stop));
        i = stop;
        continue;
      }
      const found = readEscape(text.slice(i, i + 6), true);
      if (found.stop) return false;
      this.out += found.bytes;
      i += found.length;
    }
    return true;
  }
}

function cut(bytes: ByteString, precision: number | undefined): ByteString {
  return precision === undefined ? bytes : bytes.slice(0, precision);
}

function pad(body: string, width: number, flags: string, text: boolean, precise: boolean): string {
  if (body.length >= width) return body;
  if (flags.includes('-')) return body.padEnd(width);
  if (!flags.includes('0') || text || precise) return body.padStart(width);
  const sign = /^[-+ ]?(?:0[xX])?/.exec(body)?.[0] ?? '';
  return sign + body.slice(sign.length).padStart(width - sign.length, '0');
}

function integerText(conversion: string, value: bigint, flags: string, precision: number | undefined): string {
  if (conversion === 'd' || conversion === 'i') {
    const signed = BigInt.asIntN(64, value);
    const digits = (signed < 0n ? -signed : signed).toString();
    const sign = signed < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    return sign + digits.padStart(Math.min(precision ?? 0, widest), '0');
  }
  const unsigned = BigInt.asUintN(64, value);
  const base = conversion === 'o' ? 8 : conversion === 'u' ? 10 : 16;
  const digits = unsigned.toString(base).padStart(Math.min(precision ?? 0, widest), '0');
  const prefix = !flags.includes('#') || unsigned === 0n ? '' : conversion === 'o' ? '0' : base === 16 ? '0x' : '';
  return conversion === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
}

function floatText(conversion: string, value: number, flags: string, precision: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const size = Math.abs(value);
  const places = Math.min(precision, 100);
  const upper = conversion === conversion.toUpperCase();
  let text: string;
  if (!Number.isFinite(size)) text = 'inf';
  else if (conversion === 'f' || conversion === 'F') text = size.toFixed(places);
  else if (conversion === 'e' || conversion === 'E') text = exponent(size.toExponential(places));
  else text = general(size, places === 0 ? 1 : places, flags.includes('#'));
  return sign + (upper ? text.toUpperCase() : text);
}

/** C writes at least two digits of exponent. */
function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

/** %g: the shorter of %e and %f, without trailing zeros. */
function general(size: number, digits: number, keep: boolean): string {
  const power = size === 0 ? 0 : Number(size.toExponential(digits - 1).split('e')[1]);
  const text =
    power < -4 || power >= digits ? size.toExponential(digits - 1) : size.toFixed(Math.max(0, digits - 1 - power));
  const [mantissa = '', rest] = text.split('e');
  const short = keep || !mantissa.includes('.') ? mantissa : mantissa.replace(/\.?0+$/, '');
  return rest === undefined ? short : exponent(`${short}e${rest}`);
}
