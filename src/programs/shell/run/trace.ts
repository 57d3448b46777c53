import { reservedWords } from '../syntax/characters.ts';
import { expandPlain } from './prompt.ts';
import type { Shell } from './shell.ts';
import { singleQuote, variableValue } from './variables.ts';

/** The line that `set -x` prints for a command: PS4, the assignments, the words. */
export function traceLine(sh: Shell, assigned: readonly string[], args: readonly string[]): string {
  const prefix = expandPlain(sh, variableValue(sh, 'PS4') ?? '');
  const assignments = assigned.map((text) => {
    const name = text.slice(0, text.indexOf('='));
    return `${name}=${quoteIfNeeded(text.slice(name.length + 1))}`;
  });
  return `${prefix}${[...assignments, ...args.map(quoteIfNeeded)].join(' ')}\n`;
}

/** In single quotes if the shell would read it otherwise, as ash's -x prints words. */
function quoteIfNeeded(text: string): string {
  if (text === '' || (/^[\w\]^,./:@%+-]+$/.test(text) && !reservedWords.has(text) && text !== '[[')) return text;
  return singleQuote(text);
}
