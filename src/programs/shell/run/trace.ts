import { reservedWords } from '../syntax/characters.ts';
import { expandPlain } from './prompt.ts';
import { quoteReusable } from './quoting.ts';
import type { Shell } from './shell.ts';
import { print } from './shell.ts';
import { singleQuote, variableValue } from './variables.ts';

/** The line that `set -x` prints for a command: PS4, the assignments, the words. */
export function traceLine(sh: Shell, assigned: readonly string[], args: readonly string[]): string {
  const quote = { ash: quoteIfNeeded, dash: (text: string) => text, bash: quoteForBash }[sh.s.flavour];
  const assignments = assigned.map((text) => {
    const name = text.slice(0, text.indexOf('='));
    const value = text.slice(name.length + 1);
    if (sh.s.flavour === 'bash' && (value === '' || value.startsWith('('))) return text;
    return `${name}=${quote(value)}`;
  });
  if (sh.s.flavour === 'bash') {
    const lines = assignments.map((text) => tracePrefix(sh) + text);
    if (args.length > 0) lines.push(tracePrefix(sh) + args.map(quote).join(' '));
    return `${lines.join('\n')}\n`;
  }
  return `${tracePrefix(sh)}${[...assignments, ...args.map(quote)].join(' ')}\n`;
}

/** PS4; bash repeats its first character for every substitution that the command is in. */
function tracePrefix(sh: Shell): string {
  const prefix = expandPlain(sh, variableValue(sh, 'PS4') ?? '');
  if (sh.s.flavour !== 'bash') return prefix;
  return prefix.slice(0, 1).repeat(sh.s.substitutions ?? 0) + prefix;
}

/** Prints what a compound command of bash is about to do. */
export function traceText(sh: Shell, text: string): void {
  if (sh.s.flavour === 'bash' && sh.s.options.includes('x')) print(sh, 2, `${tracePrefix(sh)}${text}\n`);
}

function quoteForBash(text: string): string {
  return quoteReusable(text, 'words');
}

/** In single quotes if the shell would read it otherwise, as ash's -x prints words. */
function quoteIfNeeded(text: string): string {
  if (text === '' || (/^[\w\]^,./:@%+-]+$/.test(text) && !reservedWords.has(text) && text !== '[[')) return text;
  return singleQuote(text);
}
