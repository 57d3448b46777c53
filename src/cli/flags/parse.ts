import { CliError } from '../errors.ts';
import { ValueError } from './numbers.ts';
import { type FlagSpec, flagTitle } from './spec.ts';
import type { FlagValue } from './values.ts';
import { readValue } from './values.ts';

/** What a command line says after its flags were taken out. */
export interface Parsed {
  readonly flags: Flags;
  readonly args: readonly string[];
  /** Notices about deprecated flags; the real client prints them on stdout. */
  readonly notices: readonly string[];
}

/** Values of the flags that were given, by long name; a list has all of its values in order. */
export type Flags = ReadonlyMap<string, readonly FlagValue[]>;

export interface Grammar {
  readonly flags: readonly FlagSpec[];
  /** False: flags end at the first argument that is none. */
  readonly interspersed: boolean;
  /** A flag (by name or letter) that the real client has and ours has not: it is read, and then refused. */
  readonly notSimulated?: (name: string) => FlagSpec | undefined;
  readonly refuse?: (flag: FlagSpec) => CliError;
}

/** What pflag could not understand; the caller adds how the command is used. */
export class FlagSyntaxError extends CliError {}

/** Reads a command line by pflag's grammar. Throws FlagSyntaxError with pflag's words. */
export function parseFlags(argv: readonly string[], grammar: Grammar): Parsed {
  const reader = { rest: [...argv], values: new Map<string, FlagValue[]>(), notices: [] as string[], grammar };
  const args: string[] = [];
  for (let word = reader.rest.shift(); word !== undefined; word = reader.rest.shift()) {
    if (word === '--') {
      args.push(...reader.rest);
      break;
    }
    if (word.startsWith('--')) longFlag(reader, word.slice(2));
    else if (word.startsWith('-') && word.length > 1) cluster(reader, word.slice(1));
    else if (grammar.interspersed) args.push(word);
    else {
      args.push(word, ...reader.rest);
      break;
    }
  }
  return { flags: reader.values, args, notices: reader.notices };
}

interface Reader {
  readonly rest: string[];
  readonly values: Map<string, FlagValue[]>;
  readonly notices: string[];
  readonly grammar: Grammar;
}

function longFlag(reader: Reader, text: string): void {
  if (text.startsWith('-') || text.startsWith('=')) throw new FlagSyntaxError(`bad flag syntax: --${text}`);
  const cut = text.indexOf('=');
  const name = cut < 0 ? text : text.slice(0, cut);
  const { grammar } = reader;
  const flag = grammar.flags.find((f) => f.name === name) ?? grammar.notSimulated?.(name);
  if (!flag) throw new FlagSyntaxError(`unknown flag: --${name}`);
  const value = cut < 0 ? nextValue(reader, flag, `--${name}`) : text.slice(cut + 1);
  put(reader, flag, value);
}

/** `-dit`, `-p8080:80`, `-n=3`: switches one after the other, and at the end perhaps a flag with its value. */
function cluster(reader: Reader, text: string): void {
  let rest = text;
  while (rest !== '') {
    const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    const { grammar } = reader;
    const flag = grammar.flags.find((f) => f.short === letter) ?? grammar.notSimulated?.(letter);
    if (!flag) throw new FlagSyntaxError(`unknown shorthand flag: '${letter}' in -${rest}`);
    if (flag.name === 'help') reader.notices.push('Flag shorthand -h has been deprecated, use --help');
    rest = rest.slice(letter.length);
    const assigned = rest.length > 1 && rest.startsWith('=');
    if (flag.type === 'bool' && !assigned) {
      put(reader, flag, 'true');
      continue;
    }
    if (assigned) put(reader, flag, rest.slice(1));
    else put(reader, flag, rest === '' ? nextValue(reader, flag, `'${letter}' in -${letter}`) : rest);
    return;
  }
}

/** The value of a flag that has none of its own: a switch is on, another one takes the next word. */
function nextValue(reader: Reader, flag: FlagSpec, called: string): string {
  if (flag.type === 'bool') return 'true';
  const value = reader.rest.shift();
  if (value === undefined) throw new FlagSyntaxError(`flag needs an argument: ${called}`);
  return value;
}

function put(reader: Reader, flag: FlagSpec, text: string): void {
  try {
    const values = reader.values.get(flag.name) ?? [];
    values.push(readValue(flag, text));
    reader.values.set(flag.name, values);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new FlagSyntaxError(
      `invalid argument ${JSON.stringify(text)} for "${flagTitle(flag)}" flag: ${error.message}`,
    );
  }
  const { flags, refuse } = reader.grammar;
  if (refuse && !flags.includes(flag)) throw refuse(flag);
  if (flag.deprecated) {
    reader.notices.push(`Flag --${flag.name} has been deprecated, use --${flag.deprecated} instead`);
  }
}

/** The last value given for a switch, or `otherwise`. */
export function boolFlag(flags: Flags, name: string, otherwise = false): boolean {
  const value = flags.get(name)?.at(-1);
  return typeof value === 'boolean' ? value : otherwise;
}

/** The last value given for a flag that takes text. */
export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags.get(name)?.at(-1);
  return typeof value === 'string' ? value : undefined;
}

/** The last value given for a flag that takes a number. */
export function numberFlag(flags: Flags, name: string): number | undefined {
  const value = flags.get(name)?.at(-1);
  return typeof value === 'number' ? value : undefined;
}

/** All values given for a flag that may be repeated. */
export function listFlag(flags: Flags, name: string): readonly string[] {
  return (flags.get(name) ?? []).filter((value) => typeof value === 'string');
}
