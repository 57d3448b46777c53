import type { Rec } from '../kernel/json.ts';
import { resolveInCatalog } from './catalog.ts';
import { type Asked, configFolder, endpoint } from './endpoint.ts';
import { CliError, notSimulated } from './errors.ts';
import { arityError } from './flags/arity.ts';
import { readFlags, realFlag, refuseFlag } from './flags/command-line.ts';
import { boolFlag, type Flags, textFlag } from './flags/parse.ts';
import { type FlagSpec, flagSpecs } from './flags/spec.ts';
import type { Verb } from './verb.ts';
import { findVerb, ownName } from './verbs.ts';

/** What a command line asks for. */
export type Resolved = { readonly do: 'version' } | HelpWanted | VerbWanted;

export interface HelpWanted {
  readonly do: 'help';
  /** What follows `docker`. */
  readonly path: string;
  readonly fd: 1 | 2;
  readonly exit: number;
  /** Notices before it, on standard output; and what comes after it, on standard error. */
  readonly before: readonly string[];
  readonly after?: string;
}

export interface VerbWanted {
  readonly do: 'verb';
  readonly verb: Verb;
  readonly name: string;
  readonly flags: Flags;
  readonly args: readonly string[];
  readonly notices: readonly string[];
  readonly endpoint: Asked;
}

const globalFlags = flagSpecs(`config:string context,c:string debug,D host,H:list log-level,l:string tls
  tlscacert:string tlscert:string tlskey:string tlsverify version,v`);
const notSimulatedGlobals = ['tls', 'tlscacert', 'tlscert', 'tlskey', 'tlsverify'];
const logLevels = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];
const rootUsage = 'docker [OPTIONS] COMMAND [ARG...]';

/** What a command line asks for, and the folder with the client's configuration. Throws CliError. */
export function resolve(argv: readonly string[], env: Rec<string>): Resolved & { readonly folder: string } {
  const global = readFlags(argv, { flags: globalFlags, interspersed: false, usage: rootUsage, path: 'docker' });
  const { flags, args, notices } = global;
  const level = textFlag(flags, 'log-level');
  if (level !== undefined && !logLevels.includes(level.toLowerCase())) {
    throw new CliError(`Unable to parse logging level: ${level}`);
  }
  for (const name of notSimulatedGlobals) if (flags.has(name)) throw notSimulated(`the flag --${name} of docker`, 125);
  const folder = configFolder(flags, env);
  if (boolFlag(flags, 'help')) {
    const after = notices[0] === undefined ? {} : { after: notices[0] };
    return { do: 'help', path: '', fd: 1, exit: 0, before: [], ...after, folder };
  }
  if (args.length === 0) {
    if (boolFlag(flags, 'version')) return { do: 'version', folder };
    return { do: 'help', path: '', fd: 2, exit: 0, before: [], folder };
  }
  return { ...command(args, endpoint(flags, env)), folder };
}

function command(args: readonly string[], where: Asked): HelpWanted | VerbWanted {
  const [first = '', second = ''] = args;
  for (const [name, words] of [
    [first, 1],
    [`${first} ${second}`, 2],
  ] as const) {
    const verb = findVerb(name);
    if (verb) return resolveVerb(verb, name, args.slice(words), where);
  }
  const found = resolveInCatalog(args);
  if (found.do === 'help') return found;
  const verb = findVerb(found.path);
  if (!verb) throw notSimulated(`'docker ${found.path}'`);
  return resolveVerb(verb, found.path, found.rest, where);
}

const read = new WeakMap<Verb, readonly FlagSpec[]>();

/** A verb's flags, made out once. */
function flagsOf(verb: Verb): readonly FlagSpec[] {
  const flags = read.get(verb) ?? flagSpecs(verb.flags);
  read.set(verb, flags);
  return flags;
}

function resolveVerb(verb: Verb, called: string, rest: readonly string[], where: Asked): HelpWanted | VerbWanted {
  const name = ownName(verb, called);
  const path = `docker ${verb.path ?? name}`;
  const usage = `${path} ${verb.usage}`;
  const grammar = { flags: flagsOf(verb), interspersed: verb.argumentsEndFlags !== true, usage, path };
  const { flags, args, notices } = readFlags(rest, {
    ...grammar,
    notSimulated: (flag) => realFlag(name, flag),
    refuse: (flag) => refuseFlag(name, flag),
  });
  if (boolFlag(flags, 'help')) return { do: 'help', path: name, fd: 1, exit: 0, before: notices };
  const wrong = arityError(verb.arity, args.length, path, usage);
  if (wrong !== undefined) throw new CliError(`${verb.errors ?? ''}${wrong}`);
  return { do: 'verb', verb, name, flags, args, notices, endpoint: where };
}
