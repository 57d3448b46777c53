import { commands, isKnownOption } from './help.ts';

/** The words of a command, read by what it takes. */
export interface Arguments {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  /** What stands behind `--`. */
  readonly after: readonly string[] | undefined;
}

const short: { readonly [flag: string]: string } = {
  '-f': '--force',
  '-m': '--minimal',
  '-g': '--graceful',
  '-c': '--command',
  '-p': '--ignore-provider',
};
/** Options that every command takes and that change nothing here. */
const everywhere = new Set(['--color', '--no-color', '--no-tty', '--timestamp']);

/** Reads the words of the command; undefined when one of them is no option of it. */
export function readArguments(
  name: string,
  given: readonly string[],
): Arguments | 'help' | { readonly refused: string } | undefined {
  const known = commands[name];
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (let i = 0; i < given.length; i++) {
    const word = given[i] ?? '';
    if (word === '-h' || word === '--help') return 'help';
    if (word === '--') return { words, flags, values, after: given.slice(i + 1) };
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [option = '', attached] = word.startsWith('--')
      ? word.split(/=(.*)/s)
      : [word.slice(0, 2), word.slice(2) || undefined];
    if (known?.values.includes(option)) {
      const value = attached ?? given[++i];
      if (value === undefined) return undefined;
      values.set(short[option] ?? option, value);
    } else if (known?.flags.includes(option)) flags.add(short[option] ?? option);
    else if (isKnownOption(name, option)) return { refused: option };
    else if (!everywhere.has(option)) return undefined;
  }
  return { words, flags, values, after: undefined };
}
