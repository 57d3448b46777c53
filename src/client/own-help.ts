import { messages } from '../explain/messages/messages.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';

/** What drydock adds to docker: its own commands, options and variables; shown after docker's help, on stderr. */
export function sayOwnHelp(options: Options): void {
  const { help } = messages(options.lang);
  const section = (title: string, rows: { readonly [name: string]: string }): string[] => {
    const width = Math.max(...Object.keys(rows).map((name) => name.length));
    return ['', `${title}:`, ...Object.entries(rows).map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)];
  };
  say([
    '',
    `drydock: ${help.about}`,
    ...section(help.ownCommands, help.verbs),
    ...section(help.ownOptions, help.flags),
    ...section(help.environment, help.variables),
  ]);
}
