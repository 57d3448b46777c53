import { buildxCommands } from '../data/buildx.ts';
import { composeCommands } from '../data/compose.ts';
import { engineCommands } from '../data/engine.ts';
import { swarmCommands } from '../data/swarm.ts';
import { type Arity, atLeast, atMost, between, countOf, exactly, noArgs } from '../flags/arity.ts';
import type { FlagSpec } from '../flags/spec.ts';

/** A command of the real client, as its own help describes it. */
export interface CatalogEntry {
  /** After `docker`: `container ls`; empty for `docker` itself. */
  readonly path: string;
  /** The usage lines, whole. */
  readonly usage: readonly string[];
  readonly arity?: Arity;
  /** Everything that it can be called by, as help lists it. */
  readonly aliases: string;
  readonly description: string;
  /** What help ends with. */
  readonly epilogue: string;
  readonly flags: readonly CatalogFlag[];
  readonly commands: readonly CatalogCommand[];
}

export interface CatalogFlag extends FlagSpec {
  readonly description: string;
}

/** A command in its parent's list. */
export interface CatalogCommand {
  readonly name: string;
  /** The heading that it stands under. */
  readonly group: string;
  /** Provided by a plug-in of the client (marked by a star). */
  readonly plugin: boolean;
  readonly summary?: string;
}

/** Is it a command that exists and of which nothing else is known here? */
export function isUnlisted(name: string): boolean {
  return unlisted.includes(name);
}

const unlisted: readonly string[] = ['completion'];

let catalog: ReadonlyMap<string, CatalogEntry> | undefined;

/** All commands by path. Read once, when it is first asked for. */
export function commandCatalog(): ReadonlyMap<string, CatalogEntry> {
  catalog ??= new Map(
    [engineCommands, swarmCommands, composeCommands, buildxCommands].flatMap((text) => readCatalog(text())),
  );
  return catalog;
}

/** The help's summary of a command in its parent's list. */
export function summaryOf(parent: CatalogEntry, command: CatalogCommand): string {
  if (command.summary !== undefined) return command.summary;
  const child = commandCatalog().get(`${parent.path} ${command.name}`.trim());
  return child?.description.split('\n')[0] ?? '';
}

/** The canonical path for what was typed: `container list` is `container ls`. Undefined when nothing has that name. */
export function canonicalPath(parent: string, word: string): string | undefined {
  if (word === '') return undefined;
  const direct = `${parent} ${word}`.trim();
  if (commandCatalog().has(direct)) return direct;
  const alias = `docker ${direct}`;
  const siblings = commandCatalog().get(parent)?.commands ?? [];
  for (const { name } of siblings) {
    const path = `${parent} ${name}`.trim();
    if (commandCatalog().get(path)?.aliases.split(', ').includes(alias)) return path;
  }
  return undefined;
}

// The notation, by the first letter of a line: `=` a command (path, arity, usage, and the path of another command when all
// else is as there), `&` a further usage line, `~` aliases, `:` description, `[` a heading for the commands `+` that
// follow, `-` a flag (name and letter, type, description), `!` epilogue. Fields are separated by tabs.
function readCatalog(text: string): [string, CatalogEntry][] {
  const entries = new Map<string, CatalogEntry>();
  for (const block of text.split(/^=/m).slice(1)) {
    const [head = '', ...lines] = block.replace(/\n$/, '').split('\n');
    const [path = '', arity = '', usage = '', sameAs] = head.split('\t');
    const same = sameAs === undefined ? undefined : entries.get(sameAs);
    const rest = same ?? readBody(lines);
    const known = readArity(arity);
    const further = same ? same.usage.slice(1) : pick(lines, '&');
    entries.set(path, { ...rest, path, usage: [usage, ...further], ...(known ? { arity: known } : {}) });
  }
  return [...entries];
}

function readBody(lines: readonly string[]): Omit<CatalogEntry, 'path' | 'usage'> {
  const commands: CatalogCommand[] = [];
  let group = '';
  for (const line of lines) {
    if (line.startsWith('[')) group = line.slice(1);
    if (!line.startsWith('+')) continue;
    const [name = '', summary] = line.slice(1).split('\t');
    const plugin = name.endsWith('*');
    commands.push({ name: name.replace('*', ''), group, plugin, ...(summary === undefined ? {} : { summary }) });
  }
  return {
    aliases: pick(lines, '~').join(''),
    description: pick(lines, ':').join('\n'),
    epilogue: pick(lines, '!').join('\n'),
    flags: pick(lines, '-').map(readFlag),
    commands,
  };
}

function readFlag(line: string): CatalogFlag {
  const [names = '', type = 'bool', description = ''] = line.split('\t');
  const [name = '', short] = names.split(',');
  return { name, type, description: description.replaceAll('\\n', '\n'), ...(short ? { short } : {}) };
}

function pick(lines: readonly string[], mark: string): string[] {
  return lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(1));
}

/** `0`, `2`, `=1` (in other words), `1+`, `1-2`, `<1` (at most); `*` and nothing: any number. */
function readArity(text: string): Arity | undefined {
  const [, least = '', sign, most = ''] = /^=?(\d)?(?:([+<-])(\d)?)?$/.exec(text) ?? [];
  if (text.startsWith('=')) return countOf(Number(least));
  if (sign === '+') return atLeast(Number(least));
  if (sign === '<') return atMost(Number(most));
  if (sign === '-') return between(Number(least), Number(most));
  if (least === '0') return noArgs;
  return least === '' ? undefined : exactly(Number(least));
}
