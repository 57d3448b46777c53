import type { Command, HelpConfiguration, Option } from 'commander';
import { wrapText } from './wrap.ts';

/** Parts of a command's help that commander has no place for. */
export interface HelpParts {
  /** All names of the command, in one line. */
  readonly aliases: string;
  readonly epilogue: string;
}

/** Least width of the column of command names. */
const nameWidth = 11;

/** Makes commander's help look like the docker client's. */
export function helpLayout(parts: HelpParts): HelpConfiguration {
  return {
    optionTerm: (option) => optionTerm(option),
    subcommandTerm: (command) => command.alias() ?? command.name(),
    formatHelp(command, helper) {
      const sections = [`Usage:  ${command.usage()}`, command.description()];
      if (parts.aliases !== '') sections.push(`Aliases:\n  ${parts.aliases}`);
      const options = optionLines(command, helper.helpWidth ?? 80);
      const groups = commandGroups(command, helper.subcommandTerm);
      const isRoot = command.parent === null;
      if (options !== '' && !isRoot) sections.push(`Options:\n${options}`);
      sections.push(...groups);
      if (options !== '' && isRoot) sections.push(`Global Options:\n${options}`);
      if (groups.length > 0) {
        sections.push(`Run '${pathOf(command)} COMMAND --help' for more information on a command.`);
      }
      if (parts.epilogue !== '') sections.push(parts.epilogue);
      return `${sections.join('\n\n')}\n`;
    },
  };
}

function optionTerm(option: Option): string {
  const value = / <(.+)>$/.exec(option.flags)?.[1];
  const names = option.short ? `  ${option.short}, ${option.long}` : `      ${option.long}`;
  return value === undefined ? names : `${names} ${value}`;
}

function optionLines(command: Command, width: number): string {
  const terms = command.options.map(optionTerm);
  const widest = Math.max(0, ...terms.map((term) => term.length));
  return command.options
    .map((option, i) => {
      const text = wrapText(option.description, widest + 3, width - 1);
      return `${(terms[i] ?? '').padEnd(widest)}   ${text}`;
    })
    .join('\n');
}

function commandGroups(command: Command, term: (command: Command) => string): string[] {
  const width = Math.max(nameWidth, ...command.commands.map((child) => child.name().length));
  const headings = [...new Set(command.commands.map((child) => child.helpGroup()))];
  return headings.map((heading) => {
    const lines = command.commands
      .filter((child) => child.helpGroup() === heading)
      .map((child) => `  ${term(child).padEnd(width)} ${child.summary()}`);
    return `${heading}:\n${lines.join('\n')}`;
  });
}

function pathOf(command: Command): string {
  return /^[a-z -]*[a-z]/.exec(command.usage())?.[0] ?? command.name();
}
