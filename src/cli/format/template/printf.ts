import { quoteGo, quoteRune } from '../../../kernel/go/quote.ts';
import { formatE, formatF, formatG, formatShortest } from '../go/float.ts';
import { printValue } from '../go/print.ts';
import { concrete, items, typeName, type Value } from '../go/types.ts';

/** Go's fmt.Sprint: spaces only between values of which neither is a string. */
export function sprint(values: readonly Value[]): string {
  return values
    .map((value, i) => {
      const before = values[i - 1];
      const space = before && concrete(before).type.kind !== 'string' && concrete(value).type.kind !== 'string';
      return (space ? ' ' : '') + printValue(value);
    })
    .join('');
}

/** Go's fmt.Sprintln. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map((value) => printValue(value)).join(' ')}\n`;
}

interface Spec {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

/** More than this is a mistake in the format. */
const widest = 1_000_000;

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.)?/gsu;

/** Go's fmt.Sprintf. */
export function sprintf(format: string, values: readonly Value[]): string {
  let next = 0;
  const out = format.replace(directive, (_all, flags: string, width?: string, precision?: string, verb?: string) => {
    if (verb === undefined) return '%!(NOVERB)';
    if (verb === '%') return '%';
    const star = (text: string | undefined): number | undefined => {
      if (text !== '*') return text === undefined ? undefined : Number(text || 0);
      const value = values[next++];
      return value?.type.kind === 'int' ? Number(value.data) : undefined;
    };
    const spec = { flags, width: star(width), precision: star(precision), verb };
    if (Math.abs(spec.width ?? 0) > widest) return '%!(BADWIDTH)';
    if ((spec.precision ?? 0) > widest) return '%!(BADPREC)';
    const value = values[next++];
    if (!value) return `%!${verb}(MISSING)`;
    return one(spec, value);
  });
  if (next >= values.length) return out;
  const extra = values.slice(next).map((v) => (concrete(v).type.kind === 'nil' ? '<nil>' : described(v)));
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

function described(value: Value): string {
  return `${typeName(concrete(value).type)}=${printValue(value)}`;
}

function one(spec: Spec, value: Value): string {
  const inner = concrete(value);
  const text = format(spec, inner);
  if (text === undefined) return pad(spec, bad(spec.verb, inner), false);
  return pad(spec, text, inner.type.kind === 'int' || inner.type.kind === 'float');
}

function bad(verb: string, value: Value): string {
  return value.type.kind === 'nil' ? `%!${verb}(<nil>)` : `%!${verb}(${described(value)})`;
}

function format(spec: Spec, value: Value): string | undefined {
  const { verb, flags } = spec;
  if (verb === 'T') return value.type.kind === 'nil' ? '<nil>' : typeName(value.type);
  if (verb === 'v') {
    if (value.type.kind === 'float') return signed(spec, floatText(spec, Number(value.data ?? 0)));
    if (flags.includes('#') && value.type.kind === 'string') return quoteGo(String(value.data ?? ''));
    return value.type.kind === 'int'
      ? integer(spec, value)
      : cut(spec, printValue(value, { plus: flags.includes('+') }));
  }
  switch (value.type.kind) {
    case 'string':
      return text(spec, String(value.data ?? ''));
    case 'bool':
      return verb === 't' ? String(value.data === true) : undefined;
    case 'int':
      return integer(spec, value);
    case 'float':
      return 'eEfFgG'.includes(verb) ? signed(spec, floatText(spec, Number(value.data ?? 0))) : undefined;
    case 'slice':
    case 'array': {
      const parts = items(value).map((item) => one({ ...spec }, item));
      return `[${parts.join(' ')}]`;
    }
    case 'map':
      return verb === 's' || verb === 'q' ? printValue(value, { quoted: verb === 'q' }) : undefined;
    case 'struct':
    case 'pointer':
      return verb === 's' ? printValue(value) : undefined;
    default:
      return undefined;
  }
}

function text(spec: Spec, value: string): string | undefined {
  const bytes = () => new TextEncoder().encode(cut(spec, value));
  switch (spec.verb) {
    case 's':
      return cut(spec, value);
    case 'q':
      return spec.flags.includes('#') && !value.includes('`')
        ? `\`${value}\``
        : quoteGo(cut(spec, value), spec.flags.includes('+'));
    case 'x':
      return [...bytes()].map((b) => b.toString(16).padStart(2, '0')).join('');
    case 'X':
      return [...bytes()].map((b) => b.toString(16).padStart(2, '0').toUpperCase()).join('');
    default:
      return undefined;
  }
}

function cut({ precision }: Spec, value: string): string {
  return precision === undefined ? value : [...value].slice(0, precision).join('');
}

const bases: { readonly [verb: string]: number } = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const prefixes: { readonly [verb: string]: string } = { b: '0b', o: '0', x: '0x', X: '0X' };

function integer(spec: Spec, value: Value): string | undefined {
  const { verb, flags, precision } = spec;
  const number = Number(value.data ?? 0);
  if (verb === 'c') return String.fromCodePoint(number);
  if (verb === 'q') return quoteRune(String.fromCodePoint(number));
  if (verb === 'U') return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
  const base = bases[verb];
  if (base === undefined) return undefined;
  let digits = Math.abs(number).toString(base);
  if (verb === 'X') digits = digits.toUpperCase();
  digits = digits.padStart(precision ?? 0, '0');
  if (flags.includes('#')) digits = (prefixes[verb] ?? '') + digits;
  if (verb === 'O') digits = `0o${digits}`;
  return signed(spec, number < 0 ? `-${digits}` : digits);
}

function floatText({ verb, precision }: Spec, value: number): string {
  switch (verb) {
    case 'f':
    case 'F':
      return formatF(value, precision ?? 6);
    case 'e':
      return formatE(value, precision ?? 6);
    case 'E':
      return formatE(value, precision ?? 6).toUpperCase();
    default:
      return precision === undefined ? formatShortest(value) : formatG(value, Math.max(1, precision));
  }
}

function signed({ flags }: Spec, text: string): string {
  if (text.startsWith('-')) return text;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function pad({ flags, width = 0, precision, verb }: Spec, text: string, numeric: boolean): string {
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  const zeros = flags.includes('0') && !(numeric && precision !== undefined && bases[verb] !== undefined);
  if (!zeros) return ' '.repeat(missing) + text;
  const sign = numeric && /^[+-]/.test(text) ? text.charAt(0) : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}
