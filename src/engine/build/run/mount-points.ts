import type { DirNode, TreeNode } from '../../../kernel/fs/node.ts';
import { dirName, lookup } from '../../../kernel/fs/tree.ts';
import type { Us } from '../../../kernel/json.ts';
import { Target } from '../files/place.ts';
import { follow } from '../files/source.ts';

/** A place where something is mounted. */
export interface Point {
  readonly path: string;
  readonly file: boolean;
}

/** Trees that a step has left, with its places for mounts in them: the next step need not copy `/` to make them anew. */
const pointed = new WeakMap<DirNode, DirNode>();

/** Remembers that `whole` is `tree` with places for mounts. */
export function keepPointed(tree: DirNode, whole: DirNode): void {
  pointed.set(tree, whole);
}

/**
 * The tree with places for mounts that it has not got. They are part of what the step begins with, so they are in no layer
 * (as BuildKit takes its mount points away afterwards).
 */
export function withPoints(tree: DirNode, points: readonly Point[], now: Us): DirNode {
  const missing = missingIn(tree, points);
  if (missing.length === 0) return tree;
  const known = pointed.get(tree);
  if (known && missingIn(known, points).length === 0) return known;
  const target = new Target(tree);
  for (const { path, file } of missing) {
    if (target.at(path)) continue;
    if (!file) {
      target.makeFolder(path, { now });
      continue;
    }
    const folder = target.makeFolder(dirName(path), { now });
    const node: TreeNode = { t: 'file', mode: 0o755, uid: 0, gid: 0, mtime: now, data: '' };
    target.put(`${folder === '/' ? '' : folder}${path.slice(path.lastIndexOf('/'))}`, node);
  }
  return target.finish();
}

function missingIn(tree: DirNode, points: readonly Point[]): readonly Point[] {
  return points.filter(({ path }) => {
    const node = lookup(tree, path); // mostly there are no links to follow
    return (node === undefined || node.t === 'link') && !follow(tree, path);
  });
}
