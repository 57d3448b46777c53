import type { Flavour } from '../flavour.ts';
import { bashBuiltinNames } from './bash/usage.ts';

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

const onlyAsh: ReadonlySet<string> = new Set(['[[', 'chdir', 'help', 'history', 'let', 'source']);

/** The names of a flavour's built-ins. */
export function namesOf(flavour: Flavour): readonly string[] {
  if (flavour === 'bash') return [...bashBuiltinNames(), ':', '[', 'true', 'false'];
  return flavour === 'dash' ? builtinNames.filter((name) => !onlyAsh.has(name) || name === 'chdir') : builtinNames;
}

const names: ReadonlySet<string> = new Set([...builtinNames, ...bashBuiltinNames()]);

/** Is it a built-in, of the flavour or of any? */
export function isBuiltin(name: string, flavour?: Flavour): boolean {
  return flavour === undefined ? names.has(name) : namesOf(flavour).includes(name);
}
