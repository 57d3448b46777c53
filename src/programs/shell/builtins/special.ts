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

/** Is it a special built-in? */
export function isSpecial(name: string): boolean {
  return special.has(name);
}
