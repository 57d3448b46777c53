import { type CliError, flagError, notSimulated } from '../errors.ts';
import { commandCatalog } from '../help/catalog.ts';
import { FlagSyntaxError, type Grammar, type Parsed, parseFlags } from './parse.ts';
import type { FlagSpec } from './spec.ts';

/** Every command understands --help, and -h where that letter is free. */
const help: FlagSpec = { name: 'help', short: 'h', type: 'bool' };
const longHelp: FlagSpec = { name: 'help', type: 'bool' };

/** How a command's flags are read, and what is said about its use when they cannot be. */
export interface CommandGrammar extends Grammar {
  readonly usage: string;
  readonly path: string;
}

/** Reads the flags of a command. Throws CliError with how the command is used. */
export function readFlags(argv: readonly string[], grammar: CommandGrammar): Parsed {
  const { flags, usage, path } = grammar;
  const own = flags.filter((flag) => flag.name !== 'help');
  const all = [...own, own.some((flag) => flag.short === 'h') ? longHelp : help];
  try {
    return parseFlags(argv, { ...grammar, flags: all });
  } catch (error) {
    if (!(error instanceof FlagSyntaxError)) throw error;
    throw flagError(error.message, usage, path);
  }
}

/** Flags that the real client understands and does not list. */
const hidden: { readonly [command: string]: readonly string[] } = {
  run: ['net-alias', 'dns-opt', 'cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'],
  create: ['net-alias', 'dns-opt', 'cpu-count', 'cpu-percent', 'io-maxbandwidth', 'io-maxiops'],
};

/** A flag (by name or letter) of the real command, for one that we do not have. */
export function realFlag(command: string, flag: string): FlagSpec | undefined {
  const known = commandCatalog().get(command)?.flags ?? [];
  const found = known.find((spec) => (flag.length === 1 ? spec.short === flag : spec.name === flag));
  const isHidden = hidden[command.replace('container ', '')]?.includes(flag) ?? false;
  return found ?? (isHidden ? { name: flag, type: 'string' } : undefined);
}

/** Refuses a flag by its name. */
export function refuseFlag(command: string, flag: FlagSpec): CliError {
  return notSimulated(`the flag --${flag.name} of docker ${command}`, 125);
}
