import { encodeUtf8 } from '../kernel/bytes.ts';
import type { StartIo } from './makers/io.ts';
import { complain } from './makers/io.ts';

/** The banner of alpine 3.22's busybox. */
export const busyboxBanner = 'BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.';

/** What a tool accepts on its command line. */
export interface CommandLine {
  /** What follows the tool's name in its usage; a further form begins on a line of its own. */
  readonly usage: string;
  /** Letters as for getopt(3): `n:` takes a value, `i::` may have one attached; a leading `+` stops at the first operand. */
  readonly short: string;
  /** `NAME`, `NAME:` (takes a value) or `NAME::` (may have one), and `=x` when it means the same as the letter x. */
  readonly long?: readonly string[];
  /** The exit status of a wrong command line; 1 unless told. */
  readonly status?: number;
  /** Fewest and most operands. */
  readonly operands?: readonly [least: number, most?: number];
}

/** A command line that was understood. Options without a letter go by their long name. */
export interface Options {
  has(option: string): boolean;
  /** The last value given. */
  value(option: string): string | undefined;
  /** Options in the order given. */
  readonly given: readonly (readonly [option: string, value: string | undefined])[];
  readonly operands: readonly string[];
}

type Arity = '' | ':' | '::';

interface LongOption {
  readonly name: string;
  readonly arity: Arity;
  readonly key: string;
}

/** Reads a command line as getopt_long(3) does, permuting; on a mistake tells it and the usage, and returns the status. */
export function parseOptions(io: StartIo, line: CommandLine): Options | number {
  const { args } = io;
  if (args.length === 1 && args[0] === '--help') return showUsage(io, line, 0);
  const stopEarly = line.short.startsWith('+');
  const letters = letterTable(line.short);
  const longs = (line.long ?? []).map(parseLong);
  const given: (readonly [string, string | undefined])[] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith('--') && longs.length + arg.length > 2) {
      const [name = '', ...rest] = arg.slice(2).split('=');
      const attached = rest.length > 0 ? rest.join('=') : undefined;
      const found = findLong(longs, name);
      if (found === undefined) return mistake(io, line, 'unrecognized', name);
      if (found === 'ambiguous') return mistake(io, line, 'ambiguous', name);
      if (attached !== undefined && found.arity === '') return mistake(io, line, 'no-value', found.name);
      const value = attached ?? (found.arity === ':' ? args[++i] : undefined);
      if (found.arity === ':' && value === undefined) return mistake(io, line, 'missing', found.name);
      given.push([found.key, value]);
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let at = 1; at < arg.length; at++) {
        const letter = arg[at] ?? '';
        const arity = letters.get(letter);
        if (arity === undefined) return mistake(io, line, 'unrecognized', letter);
        if (arity === '') {
          given.push([letter, undefined]);
          continue;
        }
        const attached = arg.slice(at + 1);
        const value = attached !== '' ? attached : arity === ':' ? args[++i] : undefined;
        if (arity === ':' && value === undefined) return mistake(io, line, 'missing', letter);
        given.push([letter, value]);
        break;
      }
    } else if (stopEarly) {
      operands.push(...args.slice(i));
      break;
    } else operands.push(arg);
  }
  const [least, most] = line.operands ?? [0];
  if (operands.length < least || (most !== undefined && operands.length > most)) {
    return io.style.flavour === 'busybox' ? showUsage(io, line) : operandMistake(io, line, operands, least);
  }
  return {
    has: (option) => given.some(([name]) => name === option),
    value: (option) => given.findLast(([name]) => name === option)?.[1],
    given,
    operands,
  };
}

function letterTable(short: string): Map<string, Arity> {
  const table = new Map<string, Arity>();
  for (const [, letter = '', arity = ''] of short.matchAll(/([^:+])(:{0,2})/g)) table.set(letter, arity as Arity);
  return table;
}

function parseLong(text: string): LongOption {
  const [, name = '', arity = '', letter = ''] = /^([^:=]+)(:{0,2})(?:=(.))?$/.exec(text) ?? [];
  return { name, arity: arity as Arity, key: letter === '' ? name : letter };
}

function findLong(longs: readonly LongOption[], name: string): LongOption | 'ambiguous' | undefined {
  const exact = longs.find((option) => option.name === name);
  if (exact !== undefined) return exact;
  const candidates = longs.filter((option) => option.name.startsWith(name));
  const first = candidates[0];
  if (first === undefined) return undefined;
  return candidates.every((option) => option.key === first.key) ? first : 'ambiguous';
}

type Mistake = 'unrecognized' | 'ambiguous' | 'no-value' | 'missing';

/** musl's getopt (alpine) and glibc's (Ubuntu) say the same things in different words. */
function mistake(io: StartIo, line: CommandLine, kind: Mistake, option: string): number {
  const long = option.length > 1;
  if (io.style.flavour === 'busybox') {
    const words = {
      unrecognized: 'unrecognized option',
      ambiguous: 'option is ambiguous',
      'no-value': 'option does not take an argument',
      missing: 'option requires an argument',
    };
    complain(io, `${words[kind]}: ${option}`);
  } else {
    const words = {
      unrecognized: long ? `unrecognized option '--${option}'` : `invalid option -- '${option}'`,
      ambiguous: `option '--${option}' is ambiguous`,
      'no-value': `option '--${option}' doesn't allow an argument`,
      missing: long ? `option '--${option}' requires an argument` : `option requires an argument -- '${option}'`,
    };
    complain(io, words[kind]);
  }
  return showUsage(io, line);
}

/** GNU tools name the operand that is missing or too many. */
function operandMistake(io: StartIo, line: CommandLine, operands: readonly string[], least: number): number {
  const last = operands.at(-1);
  const files = ['cp', 'mv', 'ln', 'touch'].includes(io.style.name);
  if (operands.length >= least) complain(io, `extra operand ‘${operands[line.operands?.[1] ?? 0] ?? ''}’`);
  else if (last === undefined) complain(io, files ? 'missing file operand' : 'missing operand');
  else complain(io, files ? `missing destination file operand after '${last}'` : `missing operand after ‘${last}’`);
  return showUsage(io, line);
}

/** Prints how the tool is used to standard error and returns the status for a wrong command line. */
export function showUsage(io: StartIo, line: CommandLine, status = line.status ?? 1): number {
  const { name, flavour } = io.style;
  if (flavour === 'coreutils' && status !== 0) {
    const first = name === 'grep' ? 'Usage: grep [OPTION]... PATTERNS [FILE]...\n' : '';
    const sayer = name === 'diff' ? 'diff: ' : '';
    io.err(`${first}${sayer}Try '${name} --help' for more information.\n`);
    return status;
  }
  const forms = line.usage.split('\n').map((form) => `${name}${form === '' ? '' : ` ${form}`}`);
  const banner = flavour === 'busybox' ? `${busyboxBanner}\n\n` : '';
  const text = encodeUtf8(`${banner}Usage: ${forms.join(flavour === 'busybox' ? '\nor: ' : '\n  or:  ')}\n`);
  if (flavour === 'busybox') io.err(text);
  else io.out(text);
  return status;
}

const suffixes: { readonly [suffix: string]: number } = {
  '': 1,
  b: 512,
  k: 1024,
  kD: 1000,
  m: 1048576,
  K: 1024,
  M: 1048576,
  G: 1073741824,
};

/** A decimal count with an optional size suffix (`10`, `2k`), or undefined when it is not one. */
export function parseCount(text: string): number | undefined {
  const [, digits, suffix = ''] = /^(\d+)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = suffixes[suffix];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** An option's count, the default when it was not given, or (after telling so) an exit status wrapped in `wrong`. */
export function countOption(
  io: StartIo,
  options: Options,
  option: string,
  otherwise: number,
): number | { readonly wrong: number } {
  const text = options.value(option);
  if (text === undefined) return otherwise;
  const count = parseCount(text);
  return count ?? { wrong: complain(io, `invalid number '${text}'`) };
}
