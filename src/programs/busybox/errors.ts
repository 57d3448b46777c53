import type { Errno } from '../../kernel/errno.ts';
import { strerror } from '../../kernel/errno.ts';
import type { Flavour, Io } from '../makers/io.ts';
import { complain } from '../makers/io.ts';

/**
 * Tells about a failed call on a path and returns status 1. The flavour's words stand before the quoted path, or around
 * it where they contain a `%`: `can't open` gives `NAME: can't open 'PATH': reason`; without words it is `NAME: PATH: reason`.
 */
export function complainPath(
  io: Io,
  path: string,
  error: Errno,
  what: { readonly [flavour in Flavour]?: string } = {},
): number {
  const words = what[io.style.flavour];
  if (words === undefined) return complain(io, `${path}: ${strerror(error)}`);
  const place = words.includes('%') ? words.replace('%', () => `'${path}'`) : `${words} '${path}'`;
  return complain(io, `${place}: ${strerror(error)}`);
}
