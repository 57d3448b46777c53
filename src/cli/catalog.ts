import { CliError, notSimulated } from './errors.ts';
import { arityError } from './flags/arity.ts';
import { readFlags } from './flags/command-line.ts';
import { boolFlag } from './flags/parse.ts';
import { type CatalogEntry, canonicalPath, commandCatalog, isUnlisted } from './help/catalog.ts';
import type { HelpWanted } from './resolve.ts';

/** A command by its canonical path, with what follows it; or help is wanted. */
export type Found = HelpWanted | { readonly do: 'command'; readonly path: string; readonly rest: readonly string[] };

/** Finds a command among all that the real client has. Throws CliError as the real client words it. */
export function resolveInCatalog(args: readonly string[]): Found {
  if (args[0] === 'help') return helpTopic(args.slice(1));
  return descend(entryAt(''), args, { help: false, before: [] });
}

interface Asked {
  readonly help: boolean;
  readonly before: readonly string[];
}

function descend(group: CatalogEntry, args: readonly string[], asked: Asked): Found {
  const [word, ...rest] = args;
  if (word === undefined) return helpFor(group, asked.help || isBuildx(group) ? 1 : 2, asked);
  const path = canonicalPath(group.path, word);
  if (path === undefined) return unknownCommand(group, args, asked);
  const entry = entryAt(path);
  if (entry.commands.length > 0 && entry.arity === undefined && !entry.usage[0]?.includes('COMMAND')) {
    return { do: 'command', path, rest };
  }
  return entry.commands.length === 0 ? leaf(entry, rest, asked) : enter(entry, rest, asked);
}

/** A group's own flags come before the name of one of its commands. */
function enter(group: CatalogEntry, args: readonly string[], asked: Asked): Found {
  const path = `docker ${group.path}`;
  const usage = (group.usage[0] ?? path).replace(/ COMMAND$/, '');
  const { flags, args: rest, notices } = readFlags(args, { flags: group.flags, interspersed: false, usage, path });
  return descend(group, rest, {
    help: asked.help || boolFlag(flags, 'help'),
    before: [...asked.before, ...notices],
  });
}

function leaf(entry: CatalogEntry, args: readonly string[], asked: Asked): Found {
  const path = `docker ${entry.path}`;
  const usage = entry.usage.join('\n\t');
  const parsed = readFlags(args, { flags: entry.flags, interspersed: true, usage, path });
  const before = [...asked.before, ...parsed.notices];
  if (asked.help || boolFlag(parsed.flags, 'help')) return helpFor(entry, 1, { ...asked, before });
  const wrong = entry.arity && arityError(entry.arity, parsed.args.length, path, usage);
  if (wrong !== undefined) throw new CliError(wrong);
  return { do: 'command', path: entry.path, rest: args };
}

function unknownCommand(group: CatalogEntry, args: readonly string[], asked: Asked): Found {
  const words = `${`docker ${group.path}`.trim()} ${args[0]}`;
  if (asked.help || args.includes('--help') || args.includes('-h')) return helpFor(group, 1, asked);
  if (group.path === '' && args[0] === 'checkpoint') throw experimental(args);
  if (group.path === '' && isUnlisted(args[0] ?? '')) throw notSimulated(`'docker ${args.slice(0, 2).join(' ')}'`);
  if (group.path === 'compose') {
    return { ...helpFor(group, 1, asked), exit: 1, after: `unknown docker command: "compose ${args[0]}"` };
  }
  if (isBuildx(group)) {
    return { ...helpFor(group, 1, asked), exit: 1, after: `ERROR: unknown command: ${JSON.stringify(args[0])}` };
  }
  const path = `docker ${group.path}`.trim();
  const usage = group.path === '' ? '' : `Usage:  ${path}${usageTails[group.path] ?? ''}\n\n`;
  throw new CliError(`docker: unknown command: ${words}\n\n${usage}Run '${path} --help' for more information`);
}

/** buildx is a program of its own, with its own manners; `docker builder` is another name of it. */
function isBuildx({ path }: CatalogEntry): boolean {
  return /^(?:buildx|builder)\b/.test(path);
}

/** What follows a group's name in its errors; nothing after most. */
const usageTails: { readonly [group: string]: string } = { manifest: ' COMMAND', stack: ' [OPTIONS]' };

/** Checkpoints are an experiment, and the engine here has none switched on. */
function experimental([group = '', verb = '']: readonly string[]): CliError {
  const name = ['create', 'ls', 'rm'].includes(verb) ? `${group} ${verb}` : group;
  return new CliError(`docker ${name} is only supported on a Docker daemon with experimental features enabled`);
}

/** `docker help ps`. */
function helpTopic(args: readonly string[]): Found {
  const own = { flags: [], interspersed: true, usage: 'docker help [command]', path: 'docker help' };
  const { flags, args: topic } = readFlags(args, own);
  let entry = entryAt('');
  let rest = boolFlag(flags, 'help') ? ['help'] : [...topic];
  while (rest[0] !== undefined) {
    const path = canonicalPath(entry.path, rest[0]);
    if (path === undefined) break;
    entry = entryAt(path);
    rest = rest.slice(1);
  }
  if (boolFlag(flags, 'help')) {
    return { do: 'help', path: 'help', fd: 1, exit: 0, before: [] };
  }
  if (rest.length > 0) throw new CliError(`unknown help topic: ${rest.join(' ')}`);
  return helpFor(entry, 1, { help: true, before: [] });
}

function helpFor(entry: CatalogEntry, fd: 1 | 2, asked: Asked): HelpWanted {
  return { do: 'help', path: entry.path, fd, exit: 0, before: asked.before };
}

function entryAt(path: string): CatalogEntry {
  const entry = commandCatalog().get(path);
  if (!entry) throw new Error(`the catalog has no command "${path}"`);
  return entry;
}
