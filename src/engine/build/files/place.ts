import type { ModeChange } from '../../../builder/graph/chmod.ts';
import { Draft, type Mutable } from '../../../kernel/draft.ts';
import type { DirNode, Inode, Meta, TreeNode } from '../../../kernel/fs/node.ts';
import { baseName, dirName, entry, insert, joinPath, share } from '../../../kernel/fs/tree.ts';
import type { Us } from '../../../kernel/json.ts';
import { EngineError } from '../../errors.ts';
import { follow, type Source } from './source.ts';

/** How files are put in place: owner and mode, if they are not to keep theirs, and the time for folders that are made. */
export interface Placing {
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly mode?: ModeChange;
  readonly now: Us;
  readonly skip: (path: string) => boolean;
}

/** A tree that is being changed. The tree that it began as stays as it is. */
export class Target {
  private readonly draft = new Draft();
  private readonly root: Mutable<DirNode>;

  constructor(tree: DirNode) {
    this.root = this.draft.copy(tree);
  }

  /** The tree as it is now; it must not be changed any more. */
  finish(): DirNode {
    share(this.draft, this.root);
    return this.root;
  }

  /** What is at a path, links followed. */
  at(path: string): TreeNode | undefined {
    return follow(this.root, path)?.node;
  }

  /** Makes a folder and those on the way to it, where they are missing. Returns its real path. Throws EngineError. */
  makeFolder(path: string, { owner = { uid: 0, gid: 0 }, now }: Pick<Placing, 'owner' | 'now'>, mode = 0o755): string {
    const found = follow(this.root, path);
    if (found) {
      if (found.node.t !== 'dir') throw notFolder(path);
      return found.path;
    }
    if (path === '/') return '/';
    const parent = this.makeFolder(dirName(path), { owner, now });
    const at = joinPath(parent, baseName(path));
    this.put(at, { t: 'dir', mode, ...owner, mtime: now, entries: {} });
    return at;
  }

  /** Puts a node at a real path whose folder is there. */
  put(path: string, node: TreeNode): void {
    insert(this.draft, this.root, path, node);
  }

  /** Copies a file or link to a path, or a folder's contents into one. Throws EngineError. */
  copy(source: Source, from: string, node: TreeNode, to: string, placing: Placing): void {
    if (node.t !== 'dir') {
      const parent = this.makeFolder(dirName(to), placing);
      this.put(joinPath(parent, baseName(to)), this.settled(source, from, node, placing));
      return;
    }
    const there = follow(this.root, to);
    if (there && there.node.t !== 'dir') throw cannotCopy(to);
    const real =
      there?.path ?? this.makeFolder(to, placing, placing.mode?.({ mode: node.mode, isFolder: true }) ?? node.mode);
    this.merge(source, from, node, real, placing);
  }

  private merge(source: Source, from: string, dir: DirNode, to: string, placing: Placing): void {
    for (const name of Object.keys(dir.entries)) {
      const child = entry(dir, name);
      const path = joinPath(from, name);
      if (!child || placing.skip(path)) continue;
      const at = joinPath(to, name);
      const old = follow(this.root, at, false)?.node;
      if (child.t !== 'dir') {
        if (old?.t === 'dir') throw cannotCopy(at);
        this.put(at, this.settled(source, path, child, placing));
        continue;
      }
      const meta = this.metaOf(child, placing);
      if (old && old.t !== 'dir') throw cannotCopy(at);
      this.put(at, { t: 'dir', ...meta, entries: old?.entries ?? {} });
      this.merge(source, path, child, at, placing);
    }
  }

  private metaOf(node: Inode, { owner, mode }: Placing): Meta {
    return {
      mode: mode?.({ mode: node.mode, isFolder: node.t === 'dir' }) ?? node.mode,
      uid: owner?.uid ?? node.uid,
      gid: owner?.gid ?? node.gid,
      mtime: node.mtime,
    };
  }

  private settled(source: Source, path: string, node: TreeNode, placing: Placing): TreeNode {
    if (node.t === 'hard' || node.t === 'whiteout' || node.t === 'dir') return node;
    const loaded = node.t === 'file' ? source.load(node, path) : node;
    const meta = this.metaOf(loaded, node.t === 'link' ? withoutMode(placing) : placing);
    return { ...loaded, ...meta };
  }
}

function withoutMode({ mode: _, ...rest }: Placing): Placing {
  return rest;
}

function notFolder(path: string): EngineError {
  return new EngineError('bad-parameter', 400, `mkdir ${path}: not a directory`);
}

function cannotCopy(path: string): EngineError {
  return new EngineError('bad-parameter', 400, `cannot copy to non-directory: ${path}`);
}
