import type { Flavour } from '../flavour.ts';

/** A name of a variable or function. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(text);
}

/** The name before `=` when the text begins like an assignment. */
export function assignmentName(text: string): string | undefined {
  return /^([A-Za-z_][A-Za-z_0-9]*)=/.exec(text)?.[1];
}

/** Parameters with one-character names: `$?`, `$#`, … */
export function isSpecialParameter(char: string): boolean {
  return char !== '' && '@*#?-$!'.includes(char);
}

const words = [
  '!',
  'case',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'then',
  'until',
  'while',
  '{',
  '}',
];

/** ash's reserved words. */
export const reservedWords: ReadonlySet<string> = new Set(words);
const dashWords: ReadonlySet<string> = new Set(words.filter((word) => word !== 'function'));
const bashWords: ReadonlySet<string> = new Set([...words, '[[', ']]', 'coproc', 'select', 'time']);

/** The reserved words of a flavour. */
export function reservedIn(flavour: Flavour): ReadonlySet<string> {
  return flavour === 'bash' ? bashWords : flavour === 'dash' ? dashWords : reservedWords;
}
