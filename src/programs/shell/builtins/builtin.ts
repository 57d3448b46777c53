import type { HowToRun } from '../run/command.ts';
import type { Shell } from '../run/shell.ts';
import { ShellError } from '../run/shell.ts';
import { wording } from '../wording/words.ts';
import { usageOf } from './bash/usage.ts';

/**
 * A built-in command: gets the words with its own name first, and answers with its exit status; undefined when it is not
 * over yet (it waits for something, or has begun a level that sets the status).
 * @throws ShellError for what ends the shell (a special built-in) or just the command (any other)
 */
export type Builtin = (sh: Shell, args: readonly string[], how: HowToRun) => number | undefined;

/** Options of a built-in: letters, and a value for those that take one. */
export interface Options {
  readonly letters: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** Takes options off the words. `known`: letters, with `:` behind those that take a value. */
export function takeOptions(args: readonly string[], known: string, sh?: Shell): Options {
  const letters = new Set<string>();
  const values = new Map<string, string>();
  let i = 1;
  for (; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      i++;
      break;
    }
    if (!arg.startsWith('-') || arg === '-') break;
    for (let at = 1; at < arg.length; at++) {
      const letter = arg.charAt(at);
      const index = known.indexOf(letter);
      if (index < 0 || letter === ':') throw usageError(sh, args[0] ?? '', `-${letter}`);
      letters.add(letter);
      if (known[index + 1] !== ':') continue;
      const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++i];
      if (value === undefined)
        throw new ShellError(sh ? wording(sh).missingValue(letter) : `no arg for -${letter} option`);
      values.set(letter, value);
      break;
    }
  }
  return { letters, values, operands: args.slice(i) };
}

/** A wrong option; bash says how the built-in is called. */
export function usageError(sh: Shell | undefined, name: string, option: string): ShellError {
  if (!sh) return new ShellError(`illegal option ${option}`);
  const words = wording(sh).illegalOption(option);
  return new ShellError(sh.s.flavour === 'bash' ? `${words}\n${name}: usage: ${usageOf(name)}` : words);
}

/** A number that must not be negative. */
export function wholeNumber(text: string, sh?: Shell): number {
  if (sh?.s.flavour === 'bash' && /^[-+]?\d+$/.test(text)) return Number(text);
  if (!/^\d+$/.test(text) || Number(text) > 0x7fffffff)
    throw new ShellError(
      sh ? wording(sh).badNumber(text) : `Illegal number: ${text}`,
      sh?.s.flavour === 'bash' ? 1 : 2,
    );
  return Number(text);
}
