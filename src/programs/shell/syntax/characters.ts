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

export const reservedWords: ReadonlySet<string> = new Set([
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
]);
