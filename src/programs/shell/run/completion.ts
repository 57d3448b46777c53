import { isErrno } from '../../../kernel/errno.ts';
import { builtinNames } from '../builtins/names.ts';
import type { Completions } from '../line-editor.ts';
import type { Shell } from './shell.ts';
import { variableValue } from './variables.ts';

/** What Tab may put in place of the word before the cursor: commands at a command's place, else files. */
export function completions(sh: Shell, line: string, cursor: number): Completions {
  const before = line.slice(0, cursor);
  const from = before.length - (/(?:\\.|[^\s;&|<>()`"'=:])*$/.exec(before)?.[0].length ?? 0);
  const word = before.slice(from);
  const isCommand = /(?:^|[;&|(`{!]|\b(?:then|do|else|if|while|until))\s*$/.test(before.slice(0, from));
  if (word.startsWith('$'))
    return {
      from,
      words: matching(
        Object.keys(sh.s.variables).map((name) => `$${name}`),
        word,
      ),
    };
  if (isCommand && !word.includes('/')) return { from, words: matching(commandNames(sh, word), word) };
  return { from, words: files(sh, word) };
}

function matching(names: Iterable<string>, word: string): string[] {
  return [...new Set(names)].filter((name) => name.startsWith(word)).sort();
}

function commandNames(sh: Shell, word: string): string[] {
  const names = [...builtinNames, ...Object.keys(sh.s.functions), ...Object.keys(sh.s.aliases)];
  for (const directory of (variableValue(sh, 'PATH') ?? '').split(':')) {
    const listed = sh.sys.fs.list(directory || '.');
    if (!isErrno(listed)) for (const name of listed) if (name.startsWith(word)) names.push(name);
  }
  return names;
}

function files(sh: Shell, word: string): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const directory = word.slice(0, slash);
  const start = word.slice(slash).replace(/\\(.)/g, '$1');
  const home = variableValue(sh, 'HOME') ?? '';
  const real = directory.replace(/^~\//, `${home}/`);
  const listed = sh.sys.fs.list(real || '.');
  if (isErrno(listed)) return [];
  return listed
    .filter((name) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
    .map((name) => {
      const stat = sh.sys.fs.stat(real + name);
      const escaped = name.replace(/[\s;&|<>()`"'$\\*?[\]#~!{}]/g, '\\$&');
      return `${directory}${escaped}${!isErrno(stat) && stat.type === 'dir' ? '/' : ''}`;
    });
}
