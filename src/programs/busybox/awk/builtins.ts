import type { ByteString } from '../../../kernel/bytes.ts';
import { second } from '../../../kernel/json.ts';
import { slotOf } from './code.ts';
import { formatText } from './format.ts';
import { getField } from './record.ts';
import { matchBytes, splitByRegex, splitFields } from './regex.ts';
import type { Awk } from './state.ts';
import { text, variable } from './state.ts';
import { formatTime, makeTime } from './time.ts';
import { AwkError } from './tree.ts';
import type { Value } from './values.ts';
import { toNumber } from './values.ts';

/** Calls a built-in function that neither waits nor assigns. */
export function callBuiltin(m: Awk, name: string, args: readonly Value[]): Value {
  const string = (at: number) => text(m, args[at] ?? null);
  const number = (at: number) => toNumber(args[at] ?? null);
  const bits = (at: number) => BigInt.asUintN(53, BigInt(Math.trunc(number(at)) || 0));
  switch (name) {
    case 'length':
      return (args.length > 0 ? string(0) : text(m, getField(m, 0))).length;
    case 'substr':
      return (m.mawk ? substring : busyboxSubstring)(string(0), number(1), args.length > 2 ? number(2) : Infinity);
    case 'index':
      return string(1) === '' ? Number(m.mawk) : string(0).indexOf(string(1)) + 1;
    case 'match':
      return match(m, string(0), string(1));
    case 'sprintf':
      return format(m, args);
    case 'tolower':
      return string(0).replace(/[A-Z]+/g, (part) => part.toLowerCase());
    case 'toupper':
      return string(0).replace(/[a-z]+/g, (part) => part.toUpperCase());
    case 'sin':
      return Math.sin(number(0));
    case 'cos':
      return Math.cos(number(0));
    case 'atan2':
      return Math.atan2(number(0), number(1));
    case 'exp':
      return Math.exp(number(0));
    case 'log':
      return Math.log(number(0));
    case 'sqrt':
      return Math.sqrt(number(0));
    case 'int':
      return Math.trunc(number(0)) + 0;
    case 'rand':
      m.v.random = (Math.imul(m.v.random, 1_103_515_245) + 12_345) & 0x7fffffff;
      return m.v.random / 0x80000000;
    case 'srand': {
      const before = m.v.seed;
      m.v.seed = args.length > 0 ? number(0) : Math.floor(m.io.sys.now / second);
      m.v.random = Math.imul(m.v.seed + 1, 747_796_405) & 0x7fffffff;
      return before;
    }
    case 'systime':
      return Math.floor(m.io.sys.now / second);
    case 'strftime':
      return formatTime(args.length > 0 ? string(0) : '%c', args.length > 1 ? number(1) : m.io.sys.now / second);
    case 'mktime':
      return makeTime(string(0));
    case 'and':
      return Number(bits(0) & bits(1));
    case 'or':
      return Number(bits(0) | bits(1));
    case 'xor':
      return Number(bits(0) ^ bits(1));
    case 'lshift':
      return number(0) * 2 ** number(1);
    case 'rshift':
      return Math.floor(number(0) / 2 ** number(1));
    case 'compl':
      return Number(BigInt.asUintN(53, ~bits(0)));
    default:
      throw new AwkError('Call to undefined function');
  }
}

/** printf's text: the first argument is the format. */
export function format(m: Awk, [first = null, ...rest]: readonly Value[]): ByteString {
  const template = text(m, first);
  if (!m.mawk && /%[-+ #0]*(?:\*|\d*\.\*)/.test(template)) throw new AwkError('%*x formats are not supported');
  if (m.mawk) needArguments(template, rest.length);
  return formatText<Value>(template, rest, { number: toNumber, text: (value) => text(m, value) });
}

/** mawk does not print with arguments missing. */
function needArguments(template: ByteString, count: number): void {
  const needed = (template.match(/%[^%a-zA-Z]*[a-zA-Z]|%%|\*/g) ?? []).filter((part) => part !== '%%').length;
  if (needed > count) throw new AwkError(`run time error: not enough arguments passed to printf("${template}")`);
}

/** Characters from `from` on (counted from 1), both ends rounded as POSIX says. */
function substring(bytes: ByteString, from: number, count: number): ByteString {
  const round = (value: number) => {
    const floor = Math.floor(value);
    const rest = value - floor;
    return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  };
  const start = round(from);
  const end = count === Infinity ? count : start + round(count);
  return Number.isNaN(start) || Number.isNaN(end) ? '' : bytes.slice(Math.max(0, start - 1), Math.max(0, end - 1));
}

/** busybox cuts what is before the first character off the start only, and rounds nothing. */
function busyboxSubstring(bytes: ByteString, from: number, count: number): ByteString {
  const start = Math.max(0, Math.trunc(from - 1));
  return bytes.slice(start, count === Infinity ? undefined : start + Math.max(0, Math.trunc(count)));
}

function match(m: Awk, bytes: ByteString, pattern: ByteString): number {
  const found = matchBytes(pattern, bytes);
  m.v.globals[slotOf.RSTART] = found === undefined ? 0 : found.start + 1;
  m.v.globals[slotOf.RLENGTH] = found === undefined ? -1 : found.end - found.start;
  return found === undefined ? 0 : found.start + 1;
}

/** `split`: fills the array and returns how many parts there are. */
export function splitInto(
  m: Awk,
  array: number,
  bytes: ByteString,
  separator: ByteString | null,
  regex: boolean,
): number {
  const by = separator ?? variable(m, 'FS');
  const parts =
    bytes === ''
      ? []
      : regex && by !== ' '
        ? splitByRegex(bytes, by)
        : regex
          ? bytes.split(' ')
          : splitFields(bytes, by);
  m.arrays.set(array, new Map(parts.map((i, at) => [String(at + 1), { i }])));
  m.io.sys.spend(parts.length >> 3);
  return parts.length;
}

/** `sub` and `gsub`: the new text and how many matches were replaced. */
export function substitute(
  m: Awk,
  pattern: ByteString,
  replacement: ByteString,
  target: ByteString,
  all: boolean,
): { readonly made: ByteString; readonly count: number } {
  const pieces = replacement.match(/\\[\\&]|&|[^\\&]+|\\/g) ?? [];
  const replaced = (found: ByteString) =>
    pieces.map((piece) => (piece === '&' ? found : piece === '\\&' ? '&' : piece === '\\\\' ? '\\' : piece)).join('');
  const out: ByteString[] = [];
  let count = 0;
  let copied = 0;
  let last = -1;
  for (let from = 0; from <= target.length && (all || count === 0); ) {
    const found = matchBytes(pattern, target, from);
    if (found === undefined) break;
    const { start, end } = found;
    // an empty match right behind a match is none
    if (start !== end || start !== last) {
      out.push(target.slice(copied, start), replaced(target.slice(start, end)));
      copied = end;
      count++;
    }
    last = end;
    from = end;
    if (start === end) {
      out.push(target.slice(copied, end + 1));
      copied = end + 1;
      from = end + 1;
    }
  }
  m.io.sys.spend(1 + count);
  if (count === 0) return { made: target, count };
  return { made: out.join('') + target.slice(copied), count };
}
