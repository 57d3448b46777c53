import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { TreeNode } from '../../../kernel/fs/node.ts';
import { emptyDir, setKey } from '../../../kernel/fs/tree.ts';
import type { Us } from '../../../kernel/json.ts';
import { type Source, treeSource } from './source.ts';

/** Files that stand in the Dockerfile: `COPY <<EOF /etc/motd`. */
export function inlineSource(files: readonly { readonly path: string; readonly data: string }[], now: Us): Source {
  const entries: { [name: string]: TreeNode } = {};
  for (const { path, data } of files) {
    setKey(entries, path, { t: 'file', mode: 0o644, uid: 0, gid: 0, mtime: now, data: encodeUtf8(data) });
  }
  return treeSource({ ...emptyDir(now), entries });
}
