/** What a command line says, read as getopt_long(3) does: options anywhere unless `posix`, `--` ends them. */
export interface Parsed {
  /** Each option that was given, in order: its letter (or long name), and its value. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly rest: readonly string[];
}

/** An option that does not exist, or lacks its value; as getopt names it (`z` or `--zap`). */
export interface BadOption {
  readonly bad: string;
  readonly why: 'unknown' | 'no-value';
}

export interface OptionTable {
  /** Letters; a following `:` means that it takes a value. */
  readonly short: string;
  /** Long names to the letter or name to report; `NAME=` takes a value. */
  readonly long?: { readonly [name: string]: string };
  /** Stop at the first argument that is no option. */
  readonly posix?: boolean;
}

/** Reads a command line by the table. */
export function getopt(args: readonly string[], table: OptionTable): Parsed | BadOption {
  const options: [string, string][] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') return { options, rest: [...rest, ...args.slice(i + 1)] };
    if (arg === '-' || !arg.startsWith('-')) {
      if (table.posix) return { options, rest: args.slice(i) };
      rest.push(arg);
    } else if (arg.startsWith('--')) {
      const found = longOption(arg.slice(2), table.long ?? {});
      if (found === undefined) return { bad: arg, why: 'unknown' };
      const value = found.value ?? (found.takes ? args[++i] : '');
      if (value === undefined) return { bad: arg, why: 'no-value' };
      options.push([found.name, value]);
    } else {
      for (let j = 1; j < arg.length; j++) {
        const letter = arg.charAt(j);
        const at = letter === ':' ? -1 : table.short.indexOf(letter);
        if (at < 0) return { bad: letter, why: 'unknown' };
        if (table.short.charAt(at + 1) !== ':') {
          options.push([letter, '']);
          continue;
        }
        const value = j + 1 < arg.length ? arg.slice(j + 1) : args[++i];
        if (value === undefined) return { bad: letter, why: 'no-value' };
        options.push([letter, value]);
        break;
      }
    }
  }
  return { options, rest };
}

function longOption(
  text: string,
  long: NonNullable<OptionTable['long']>,
): { name: string; takes: boolean; value?: string } | undefined {
  const [given = '', ...after] = text.split('=');
  const value = after.length > 0 ? after.join('=') : undefined;
  const keys = Object.keys(long);
  const exact = keys.filter((key) => key.replace('=', '') === given);
  const candidates = exact.length > 0 ? exact : keys.filter((key) => key.startsWith(given));
  const [key] = candidates;
  if (key === undefined || candidates.length > 1) return undefined;
  const takes = key.endsWith('=');
  if (!takes && value !== undefined) return undefined;
  return { name: long[key] ?? key, takes, ...(value === undefined ? {} : { value }) };
}
