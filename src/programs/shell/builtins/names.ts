/** The built-in commands, in the order in which `help` lists them. */
export const builtinNames: readonly string[] = [
  '.',
  ':',
  '[',
  '[[',
  'alias',
  'bg',
  'break',
  'cd',
  'chdir',
  'command',
  'continue',
  'echo',
  'eval',
  'exec',
  'exit',
  'export',
  'false',
  'fg',
  'getopts',
  'hash',
  'help',
  'history',
  'jobs',
  'kill',
  'let',
  'local',
  'printf',
  'pwd',
  'read',
  'readonly',
  'return',
  'set',
  'shift',
  'source',
  'test',
  'times',
  'trap',
  'true',
  'type',
  'ulimit',
  'umask',
  'unalias',
  'unset',
  'wait',
];

const names: ReadonlySet<string> = new Set(builtinNames);

/** Is it a built-in? */
export function isBuiltin(name: string): boolean {
  return names.has(name);
}
