import type { ByteString } from '../kernel/bytes.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import { lookup, splitPath } from '../kernel/fs/tree.ts';
import { scanTar } from './tar.ts';

/**
 * How an archive is put together again from the files that were unpacked from it: bytes as they were (headers, padding),
 * and the paths of files whose contents come between them. The engine keeps the same of every layer (tar-split), so that
 * a layer that is saved again has the digest that it had.
 */
export type Recipe = readonly (ByteString | { readonly file: string })[];

/** The recipe of an archive. Throws TarError. */
export function recipeOf(archive: ByteString): Recipe {
  const parts: (ByteString | { readonly file: string })[] = [];
  let done = 0;
  for (const { entry, at, size } of scanTar(archive)) {
    if (entry.type !== 'file' || size === 0) continue;
    parts.push(archive.slice(done, at), {
      file: splitPath(entry.path)
        .filter((name) => name !== '.')
        .join('/'),
    });
    done = at + size;
  }
  parts.push(archive.slice(done));
  return parts;
}

/** The archive again, in pieces, out of the tree that its files are in; undefined when one of them is not there. */
export function cook(recipe: Recipe, tree: DirNode): readonly ByteString[] | undefined {
  const out: ByteString[] = [];
  for (const part of recipe) {
    if (typeof part === 'string') {
      out.push(part);
      continue;
    }
    const node = lookup(tree, part.file);
    if (node?.t !== 'file') return undefined;
    out.push(node.data);
  }
  return out;
}
