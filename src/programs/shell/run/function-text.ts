import type { Shell } from './shell.ts';

/** A function as bash prints it: its text as it was written. */
export function functionText(sh: Shell, name: string): string {
  const text = sh.s.functionTexts?.[name];
  return text === undefined ? `${name} ()\n` : `${name} () \n${text}\n`;
}
