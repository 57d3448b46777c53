import type { HowToRun } from '../run/command.ts';
import type { Shell } from '../run/shell.ts';
import { ShellError } from '../run/shell.ts';

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
export function takeOptions(args: readonly string[], known: string): Options {
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
      if (index < 0 || letter === ':') throw new ShellError(`illegal option -${letter}`);
      letters.add(letter);
      if (known[index + 1] !== ':') continue;
      const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++i];
      if (value === undefined) throw new ShellError(`no arg for -${letter} option`);
      values.set(letter, value);
      break;
    }
  }
  return { letters, values, operands: args.slice(i) };
}

/** A number that must not be negative. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 0x7fffffff) throw new ShellError(`Illegal number: ${text}`);
  return Number(text);
}
