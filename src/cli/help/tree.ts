import { Command, Option } from 'commander';
import { type CatalogEntry, commandCatalog, summaryOf } from './catalog.ts';
import { helpLayout } from './layout.ts';

/** The tree of docker's commands as commander holds it; `options` is about what help depends on. */
export function dockerTree(options: HelpOptions): Command {
  const root = commandCatalog().get('');
  if (!root) throw new Error('the catalog has no root');
  return makeCommand(root, 'docker', options);
}

export interface HelpOptions {
  /** Columns that help may use. */
  readonly width: number;
  /** The folder with the client's configuration. */
  readonly configFolder: string;
}

/** The help of a command: `path` is what follows `docker`. */
export function helpText(path: string, options: HelpOptions): string {
  let command = dockerTree(options);
  for (const word of path.split(' ').filter(Boolean)) {
    const child = command.commands.find((c) => c.name() === word) ?? groupOf(path, word, options);
    if (!child) throw new Error(`no command ${path}`);
    command = child;
  }
  return command.helpInformation();
}

/** A group that the help of `docker` does not list: those about a swarm. */
function groupOf(path: string, word: string, options: HelpOptions): Command | undefined {
  const entry = path.split(' ')[0] === word ? commandCatalog().get(word) : undefined;
  return entry && makeCommand(entry, word, options);
}

function makeCommand(entry: CatalogEntry, name: string, options: HelpOptions): Command {
  const command = new Command(name)
    .usage(entry.usage.join('\n\t'))
    .description(entry.description)
    .helpOption(false)
    .helpCommand(false)
    .configureOutput({ getOutHelpWidth: () => options.width })
    .configureHelp(helpLayout({ aliases: entry.aliases, epilogue: entry.epilogue }));
  for (const flag of entry.flags) {
    const names = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
    const description = flag.description.replaceAll('{config}', options.configFolder);
    command.addOption(new Option(flag.type === 'bool' ? names : `${names} <${flag.type}>`, description));
  }
  for (const item of entry.commands) {
    const path = `${entry.path} ${item.name}`.trim();
    const child = commandCatalog().get(path);
    if (!child) continue;
    const made = makeCommand(child, item.name, options).helpGroup(item.group).summary(summaryOf(entry, item));
    command.addCommand(item.plugin ? made.alias(`${item.name}*`) : made);
  }
  return command;
}
