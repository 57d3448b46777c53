/** How values of a flag are written: pflag's names for them, as `--help` shows them. */
export type FlagType = string;

/** A flag of a command. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  readonly type: FlagType;
  /** The flag to use instead. */
  readonly deprecated?: string;
}

/**
 * Flags from their short notation: words of the form `name[,letter][:type][>replacement]`; without a type a flag is a
 * switch. Example: `all,a last,n:int time:int>timeout`.
 */
export function flagSpecs(notation: string): readonly FlagSpec[] {
  return notation.split(/\s+/).filter(Boolean).map(oneSpec);
}

function oneSpec(word: string): FlagSpec {
  const [definition = '', deprecated] = word.split('>');
  const [names = '', type = 'bool'] = definition.split(':');
  const [name = '', short] = names.split(',');
  return { name, type, ...(short ? { short } : {}), ...(deprecated ? { deprecated } : {}) };
}

/** As error messages name a flag: `-m, --memory`, or `--cpus`. */
export function flagTitle(flag: FlagSpec): string {
  // the letter of --help is not to be used any more
  return flag.short && flag.name !== 'help' ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
}
