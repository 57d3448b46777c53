import type { Status } from './docker.ts';

/** Is the command worth a closer look? Most are not, and looking closer takes the whole tree of commands. */
export function mayBeMistake(argv: readonly string[], status: Status): boolean {
  if (status !== 0) return true;
  const tagged = argv.some((word) => /^(?:-[a-zA-Z]*t|--tag)/.test(word));
  return argv.includes('build') ? !tagged : argv.some((word) => /^-[a-zA-Z]*p|^--publish/.test(word));
}
