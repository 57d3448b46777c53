import { isErrno } from '../../../kernel/errno.ts';
import type { Shell } from './shell.ts';
import { variableValue } from './variables.ts';

/** Where a command of this name may be: itself if it has a slash, else in each directory of PATH. */
export function commandPaths(sh: Shell, name: string, path = variableValue(sh, 'PATH') ?? defaultPath): string[] {
  if (name.includes('/')) return [name];
  return path.split(':').map((directory) => (directory === '' ? name : `${directory.replace(/\/$/, '')}/${name}`));
}

/** PATH when it is not set. */
export const defaultPath = '/sbin:/usr/sbin:/bin:/usr/bin';

/** The file that a command's name stands for, if there is an executable one. */
export function findCommand(sh: Shell, name: string, path?: string): string | undefined {
  if (name === '') return undefined;
  return commandPaths(sh, name, path).find((candidate) => {
    const stat = sh.sys.fs.stat(candidate);
    return !isErrno(stat) && stat.type === 'file' && sh.sys.fs.access(candidate, 1) === undefined;
  });
}
