import { hostDisk } from '../host/disk.ts';
import { learner } from '../host/linux.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Mutable } from '../kernel/draft.ts';
import type { DirNode, TreeNode } from '../kernel/fs/node.ts';
import { dirName, insert, lookup, remove, splitPath } from '../kernel/fs/tree.ts';
import type { Machine } from '../kernel/machine.ts';
import { executableStub } from '../kernel/stub.ts';
import { homeFiles } from './home.ts';
import { wordFolder, wordProgram, words } from './word.ts';

/** bash has a `help` of its own, and `vm shell` needs the terminal: here the words are meant. */
const bashrc = `alias help=${wordFolder}/help\nalias vm='drydock vm'\n`;

/**
 * Makes a host a classroom: its words are commands there, and (the first time) there are files to practise with in the
 * home folder. Changes nothing where this was done before.
 */
export function furnish(m: Machine): void {
  const root = hostDisk(m)?.root;
  if (!root) return;
  const missing = words.filter((word) => !lookup(root, `${wordFolder}/${word}`));
  if (missing.length === 0) return;
  const owned = ownRoot(m);
  const home = homeIn(root);
  if (missing.length === words.length && home) {
    for (const [path, text] of Object.entries(homeFiles)) {
      const file = { t: 'file', mode: /^#!/.test(text) ? 0o755 : 0o644, data: encodeUtf8(text) } as const;
      place(m, owned, `${home.path}/${path}`, { ...file, ...home.owner, mtime: m.world.now });
    }
  }
  for (const word of missing) place(m, owned, `${wordFolder}/${word}`, system(m, executableStub(wordProgram), 0o755));
  if (!lookup(root, '/etc/bash.bashrc')) place(m, owned, '/etc/bash.bashrc', system(m, bashrc, 0o644));
}

/** Puts a tree into the learner's home in place of what has that name there. Returns its path. */
export function placeInHome(m: Machine, name: string, tree: DirNode): string {
  const owned = ownRoot(m);
  const path = `${homeIn(owned)?.path ?? learner.home}/${name}`;
  remove(m.draft, owned, path);
  place(m, owned, path, m.draft.adopt(tree));
  return path;
}

/** Where the learner's home folder is, on a Mac too, and whose files are in it. */
function homeIn(root: DirNode) {
  for (const path of [learner.home, '/Users/learner']) {
    const folder = lookup(root, path);
    if (folder?.t === 'dir') return { path, owner: { uid: folder.uid, gid: folder.gid } };
  }
  return undefined;
}

function system(m: Machine, data: string, mode: number): TreeNode {
  return { t: 'file', mode, uid: 0, gid: 0, mtime: m.world.now, data };
}

/** Folders are made one by one, so that those in the home are the learner's. */
function place(m: Machine, root: Mutable<DirNode>, path: string, node: TreeNode): void {
  const home = homeIn(root);
  const names = splitPath(dirName(path));
  for (let i = 1; i <= names.length; i++) {
    const folder = `/${names.slice(0, i).join('/')}`;
    const meta = {
      ...(home && folder.startsWith(`${home.path}/`) ? home.owner : { uid: 0, gid: 0 }),
      mtime: m.world.now,
    };
    if (!lookup(root, folder)) insert(m.draft, root, folder, { t: 'dir', mode: 0o755, ...meta, entries: {} });
  }
  insert(m.draft, root, path, node);
}

function ownRoot(m: Machine): Mutable<DirNode> {
  const owned = m.draft.own(m.draft.own(m.kernel, 'filesystems'), hostDisk(m)?.id ?? '');
  return m.draft.own(owned, 'root') as Mutable<DirNode>;
}
