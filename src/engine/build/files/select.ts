import type { DirNode, TreeNode } from '../../../kernel/fs/node.ts';
import { compareNames, dirName, entry, joinPath } from '../../../kernel/fs/tree.ts';
import { globMatches } from '../../images/glob.ts';
import { follow, type Source } from './source.ts';

/** A file or folder that a source path of COPY leads to. */
export interface Selected {
  /** Its real path: links were followed. */
  readonly path: string;
  /** The name that it was asked for by. */
  readonly name: string;
  /** Of a path with wildcards: the one that fits. */
  readonly asked?: string;
  readonly node: TreeNode;
}

/** A source path that leads nowhere. */
export interface Missing {
  readonly missing: string;
  /** Its links lead in a circle. */
  readonly loop?: true;
}

/** What a source path selects: itself, or what fits its wildcards, in order (none is no error). */
export function select(source: Source, path: string): readonly Selected[] | Missing {
  if (!/[*?[]/.test(path)) {
    const found = follow(source.root, path);
    if (!found) return { missing: path, ...(endsNowhere(source.root, path) ? { loop: true } : {}) };
    return [{ ...found, name: path.slice(path.replace(/\/+$/, '').lastIndexOf('/') + 1).replace(/\/+$/, '') }];
  }
  const parts = path.split('/').filter((part) => part !== '');
  let paths = ['/'];
  for (const part of parts) {
    paths = paths.flatMap((at) => {
      const dir = follow(source.root, at);
      if (dir?.node.t !== 'dir') return [];
      const names = /[*?[\\]/.test(part)
        ? Object.keys(dir.node.entries)
            .sort(compareNames)
            .filter((name) => globMatches(part, name))
        : [part].filter((name) => dir.node.t === 'dir' && entry(dir.node, name) !== undefined);
      return names.map((name) => `${dir.path === '/' ? '' : dir.path}/${name}`);
    });
  }
  return paths.flatMap((each) => {
    const found = follow(source.root, each);
    return found ? [{ ...found, name: each.slice(each.lastIndexOf('/') + 1), asked: each }] : [];
  });
}

/** Do the links of a path lead in a circle? */
function endsNowhere(root: DirNode, path: string): boolean {
  const seen = new Set<string>();
  for (let at = path; ; ) {
    const found = follow(root, at, false);
    if (found?.node.t !== 'link') return false;
    if (seen.has(found.path)) return true;
    seen.add(found.path);
    at = found.node.target.startsWith('/') ? found.node.target : joinPath(dirName(found.path), found.node.target);
  }
}
