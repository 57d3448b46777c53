/**
 * Which shell it is: busybox's ash (alpine, busybox), dash (`/bin/sh` of debian and ubuntu) or bash. It decides which syntax
 * is read (syntax/), which built-ins there are (builtins/) and how messages are worded (wording/).
 */
export type Flavour = 'ash' | 'dash' | 'bash';

/** What of the language depends on the flavour and on options, when a line is parsed. */
export interface Dialect {
  /** bash's extensions: `[[ ]]`, arrays, `(( ))`, braces, … */
  readonly bash: boolean;
  readonly flavour: Flavour;
  /** Extended patterns, `@(a|b)`. */
  readonly extglob: boolean;
}

/** The dialect of a flavour, without options. */
export function dialectOf(flavour: Flavour): Dialect {
  return { bash: flavour === 'bash', flavour, extglob: false };
}
