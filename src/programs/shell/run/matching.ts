import type { Matching } from '../pattern.ts';
import type { Shell } from './shell.ts';

/** Is this option of `shopt` on? */
export function hasShopt(sh: Shell, name: string): boolean {
  return sh.s.shopt?.includes(name) ?? false;
}

/** How patterns match: by the options of `shopt`. In `[[ ]]` extended patterns are always on. */
export function matching(sh: Shell, extended = false): Matching | undefined {
  if (sh.s.flavour !== 'bash') return undefined;
  return { extglob: extended || hasShopt(sh, 'extglob'), nocase: hasShopt(sh, 'nocasematch') };
}
