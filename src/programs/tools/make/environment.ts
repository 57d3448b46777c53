import type { Rec } from '../../../kernel/json.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { flagsOf, type MakeLine, readMakeLine, wordsOfFlags } from './command-line.ts';
import { BeyondMake, expand, type Scope, split, type Variable } from './expand.ts';
import type { Makefile } from './makefile.ts';

/** How deep in makes that run makes this one is: 0 for the first. */
export const level = (exec: Exec): number => Number(exec.env.MAKELEVEL ?? 0) || 0;

/** The command line, with the options that the makefile itself puts into MAKEFLAGS. */
export function withOwnFlags(scope: Scope, line: MakeLine): MakeLine {
  const own = scope.variables.get('MAKEFLAGS');
  if (own?.from !== 'makefile') return line;
  const read = readMakeLine(wordsOfFlags(expand(scope, own.text)));
  if (typeof read === 'string') throw new BeyondMake(`make: MAKEFLAGS ${own.text}`);
  return {
    ...line,
    silent: line.silent || read.silent,
    dry: line.dry || read.dry,
    always: line.always || read.always,
    ignore: line.ignore || read.ignore,
    quietFolder: line.quietFolder || read.quietFolder,
  };
}

/** The variables before anything is read: make's own, those of the environment and of the command line. */
export function variablesOf(sys: Sys, exec: Exec, line: MakeLine, file: string): Map<string, Variable> {
  const variables = new Map<string, Variable>();
  const put = (name: string, text: string, from: Variable['from'], simple = true) =>
    variables.set(name, { text, simple, from });
  for (const [name, text] of Object.entries({
    CC: 'cc',
    CXX: 'g++',
    AR: 'ar',
    RM: 'rm -f',
    SHELL: '/bin/sh',
    '.SHELLFLAGS': '-c',
  }))
    put(name, text, 'automatic');
  for (const [name, text] of Object.entries(exec.env)) if (name !== 'SHELL') put(name, text, 'environment');
  put('MAKE', 'make', 'automatic');
  put('MAKELEVEL', String(level(exec)), 'automatic');
  put('CURDIR', sys.cwd(), 'automatic');
  put('MAKEFILE_LIST', ` ${file}`, 'automatic');
  put('MAKEFLAGS', flagsOf(line), 'automatic');
  put('MAKECMDGOALS', line.goals.join(' '), 'automatic');
  for (const [name, text] of line.variables) put(name, text, 'command line', false);
  return variables;
}

/** The words in front of a recipe's line: SHELL and .SHELLFLAGS. */
export function shellOf(scope: Scope): readonly string[] {
  const text = (name: string) => expand(scope, scope.variables.get(name)?.text ?? '');
  return [text('SHELL'), ...split(text('.SHELLFLAGS'))];
}

/** What recipes find in their environment: that of make, what is exported, and what the command line sets. */
export function environmentOf(exec: Exec, line: MakeLine, scope: Scope, { exported }: Makefile): Rec<string> {
  const env: { [name: string]: string } = { ...exec.env };
  const given = new Set(line.variables.map(([name]) => name));
  for (const [name, { from }] of scope.variables) {
    if (from === 'automatic' || !/^\w+$/.test(name)) continue;
    const goes = exported === 'all' || exported.has(name) || given.has(name) || Object.hasOwn(exec.env, name);
    if (goes)
      env[name] = expand(
        scope,
        scope.variables.get(name)?.simple ? `$(${name})` : (scope.variables.get(name)?.text ?? ''),
      );
  }
  return { ...env, MAKEFLAGS: flagsOf(line) };
}
