import type { DirNode } from '../../kernel/fs/node.ts';
import type { Us } from '../../kernel/json.ts';
import { buildTree } from '../../oci/rootfs.ts';

/** The disk of a Windows computer, as far as it is known here: nobody works on it but in its WSL. */
export function windowsRoot(now: Us): DirNode {
  return buildTree({ '/dev': { dir: true }, '/Windows/System32': { dir: true }, '/Users/learner': { dir: true } }, now);
}
