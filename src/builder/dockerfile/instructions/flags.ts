import { DockerfileError } from '../errors.ts';
import { suggest } from '../suggest.ts';

/** What an instruction's flags take: `true` or nothing, one value, or a value each time. */
export type FlagKind = 'boolean' | 'value' | 'values';

/** The flags of an instruction as they were given. */
export interface Flags {
  /** The last value of `name`; undefined when it was not given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  /** Undefined when it was not given. */
  boolean(name: string): boolean | undefined;
  readonly used: readonly string[];
}

/** Reads `--name=value`s for the flags that an instruction has. Throws DockerfileError. */
export function readFlags(words: readonly string[], kinds: { readonly [name: string]: FlagKind }): Flags {
  const given = new Map<string, string[]>();
  for (const word of words) {
    if (word === '--') break;
    if (!word.startsWith('--')) throw new DockerfileError('flag', `arg should start with -- : ${word}`);
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    const name = flag.slice(2);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      throw new DockerfileError('unknown-flag', `unknown flag: ${flag}`, [], suggest(name, Object.keys(kinds)));
    }
    const before = given.get(name) ?? [];
    if (before.length > 0 && kind !== 'values') {
      throw new DockerfileError('flag', `duplicate flag specified: ${flag}`);
    }
    given.set(name, [...before, flagValue(flag, kind, equals < 0 ? undefined : word.slice(equals + 1))]);
  }
  return {
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
    boolean: (name) => (given.has(name) ? given.get(name)?.at(-1) === 'true' : undefined),
    used: [...given.keys()],
  };
}

function flagValue(flag: string, kind: FlagKind, value: string | undefined): string {
  if (kind !== 'boolean') {
    if (value === undefined) throw new DockerfileError('flag', `missing a value on flag: ${flag}`);
    return value;
  }
  if (value === '') throw new DockerfileError('flag', `missing a value on flag: ${flag}`);
  const word = (value ?? 'true').toLowerCase();
  if (word === 'true' || word === 'false') return word;
  throw new DockerfileError('flag', `expecting boolean value for flag ${flag}, not: ${value}`);
}
