import type { Flavour } from '../flavour.ts';

/** POSIX's special built-ins, and ash's `local`: an error in one ends the shell, assignments in front of one stay. */
const special: ReadonlySet<string> = new Set([
  '.',
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'local',
  'readonly',
  'return',
  'set',
  'shift',
  'source',
  'times',
  'trap',
  'unset',
]);

/** Is it a special built-in? bash makes no difference, unless it is told to follow POSIX. */
export function isSpecial(name: string, flavour: Flavour = 'ash'): boolean {
  return flavour !== 'bash' && special.has(name) && !(flavour === 'dash' && name === 'source');
}
