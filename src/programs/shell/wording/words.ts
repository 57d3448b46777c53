import type { Flavour } from '../flavour.ts';
import type { Shell } from '../run/shell.ts';
import { ashWording } from './ash.ts';
import { bashWording } from './bash.ts';
import { dashWording } from './dash.ts';
import type { Wording } from './wording.ts';

const wordings: { readonly [flavour in Flavour]: Wording } = {
  ash: ashWording,
  dash: dashWording,
  bash: bashWording,
};

/** How this shell words its messages. */
export function wording(sh: Shell): Wording {
  return wordings[sh.s.flavour];
}
