import type { Command } from '../command.ts';
import { DockerfileError } from '../errors.ts';
import { chompHereDocument, documentStart } from '../here-documents.ts';
import type { AddInstruction, CopyInstruction, InlineFile, SourcesAndDestination, Written } from '../types.ts';
import type { Features } from './features.ts';
import { type FlagKind, type Flags, readFlags } from './flags.ts';

const common: { readonly [name: string]: FlagKind } = {
  chown: 'value',
  chmod: 'value',
  link: 'boolean',
  exclude: 'values',
};

/** COPY. Throws DockerfileError. */
export function readCopy(command: Command, written: Written, features: Features): CopyInstruction {
  needTwo('COPY', command);
  const parents: { readonly [name: string]: FlagKind } = features.parents ? { parents: 'boolean' } : {};
  const flags = readFlags(command.flags, { ...parents, ...common, from: 'value' });
  return {
    kind: 'copy',
    ...written,
    ...sourcesAndDestination('COPY', command),
    ...copyFlags(flags),
    ...given('from', flags),
    parents: flags.boolean('parents') === true,
  };
}

/** ADD. Throws DockerfileError. */
export function readAdd(command: Command, written: Written): AddInstruction {
  needTwo('ADD', command);
  const flags = readFlags(command.flags, {
    ...common,
    'keep-git-dir': 'boolean',
    checksum: 'value',
    unpack: 'boolean',
  });
  const keepGitDir = flags.boolean('keep-git-dir');
  const unpack = flags.boolean('unpack');
  return {
    kind: 'add',
    ...written,
    ...sourcesAndDestination('ADD', command),
    ...copyFlags(flags),
    ...given('checksum', flags),
    ...(keepGitDir === undefined ? {} : { keepGitDir }),
    ...(unpack === undefined ? {} : { unpack }),
  };
}

function needTwo(name: string, { args }: Command): void {
  if (args.length >= 2) return;
  const problem = 'requires at least two arguments, but only one was provided. Destination could not be determined';
  throw new DockerfileError('arguments', `${name} ${problem}`);
}

/** An empty value is as good as none. */
function given<Name extends string>(name: Name, flags: Flags): { readonly [key in Name]?: string } {
  const value = flags.value(name);
  const found: { [key in Name]?: string } = {};
  if (value) found[name] = value;
  return found;
}

function copyFlags(flags: Flags) {
  return {
    ...given('chown', flags),
    ...given('chmod', flags),
    link: flags.boolean('link') === true,
    exclude: flags.values('exclude'),
  };
}

function sourcesAndDestination(name: string, { args, documents }: Command): SourcesAndDestination {
  const destination = args.at(-1) ?? '';
  if (documentStart(destination)) {
    throw new DockerfileError('here-document', `${name} cannot accept a heredoc as a destination`);
  }
  const sources: string[] = [];
  const inline: InlineFile[] = [];
  for (const source of args.slice(0, -1)) {
    const start = documentStart(source);
    if (!start) {
      sources.push(source);
      continue;
    }
    // where two have one end word, both are the last
    const content = documents.findLast((document) => document.name === start.name)?.content ?? '';
    inline.push({
      path: start.name,
      data: start.chomp ? chompHereDocument(content) : content,
      expand: start.expand,
    });
  }
  return { sources, inline, destination };
}
