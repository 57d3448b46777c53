import type { ByteString } from '../../../kernel/bytes.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { DirNode, FileNode, TreeNode } from '../../../kernel/fs/node.ts';
import { compareNames, entry, fileSize, setKey, splitPath } from '../../../kernel/fs/tree.ts';
import type { Rec } from '../../../kernel/json.ts';
import { digestOf } from '../../../oci/digest.ts';
import { type Scanned, unpackEntry } from '../context/scan.ts';

/** Files that a step takes from: those of another step, or a context whose contents are read only when they are copied. */
export interface Source {
  readonly root: DirNode;
  /** The digest of a file's content. */
  digest(file: FileNode, path: string): string;
  /** The file with its content. Throws EngineError when it cannot be read any more. */
  load(file: FileNode, path: string): FileNode;
}

const digests = new WeakMap<FileNode, string>();

function digestOfFile(file: FileNode): string {
  let digest = digests.get(file);
  if (digest === undefined) {
    digest = digestOf(file.size === undefined ? file.data : `${file.data}\0${file.size}`);
    digests.set(file, digest);
  }
  return digest;
}

/** The files of an image or of another step. */
export function treeSource(root: DirNode): Source {
  return { root, digest: digestOfFile, load: (file) => file };
}

/** A context that was scanned; `read` gets a file's bytes. */
export function scannedSource(files: Rec<string>, read: (path: string, entry: Scanned) => ByteString): Source {
  return {
    root: scannedTree(files),
    digest: (_file, path) => {
      const name = path.slice(1);
      const text = Object.hasOwn(files, name) ? (files[name] ?? '') : '';
      return text.startsWith('f ') ? text.slice(text.lastIndexOf(' ') + 1) : '';
    },
    load: (file, path) => {
      const found = scannedAt(files, path);
      const { size: _, ...rest } = file;
      return found ? { ...rest, data: read(path.slice(1), found) } : file;
    },
  };
}

function scannedAt(files: Rec<string>, path: string): Scanned | undefined {
  const name = path.slice(1);
  const text = Object.hasOwn(files, name) ? files[name] : undefined;
  return text === undefined ? undefined : unpackEntry(text);
}

const trees = new WeakMap<Rec<string>, DirNode>();

/** The folders and files of a scan as a tree; its files have their size, and no content. */
function scannedTree(files: Rec<string>): DirNode {
  const known = trees.get(files);
  if (known) return known;
  const root: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };
  const dirs = new Map<string, { [name: string]: TreeNode }>([['', root.entries as { [name: string]: TreeNode }]]);
  for (const path of Object.keys(files)) {
    const cut = path.lastIndexOf('/');
    const parent = dirs.get(path.slice(0, Math.max(cut, 0)));
    const found = unpackEntry(files[path] ?? '');
    if (!parent) continue;
    const meta = { mode: found.mode, uid: 0, gid: 0, mtime: found.mtime };
    const name = path.slice(cut + 1);
    if (found.type === 'dir') {
      const entries = {};
      dirs.set(path, entries);
      setKey<TreeNode>(parent, name, { t: 'dir', ...meta, entries });
    } else if (found.type === 'link') setKey<TreeNode>(parent, name, { t: 'link', ...meta, target: found.target });
    else setKey<TreeNode>(parent, name, { t: 'file', ...meta, data: '', size: found.size });
  }
  trees.set(files, root);
  return root;
}

/** A digest of all that counts of a node: mode, owner, content and names below, but no times (BuildKit's contenthash). */
export function nodeDigest(source: Source, node: TreeNode, path: string, skip: (path: string) => boolean): string {
  switch (node.t) {
    case 'file':
      // the content has a digest already; hashing it again would only cost time
      return `f ${node.mode} ${node.uid} ${node.gid} ${source.digest(node, path)}`;
    case 'dir': {
      const parts = [`d ${node.mode} ${node.uid} ${node.gid}`];
      for (const name of Object.keys(node.entries).sort(compareNames)) {
        const child = entry(node, name);
        const at = `${path === '/' ? '' : path}/${name}`;
        if (child && !skip(at)) parts.push(`${name} ${nodeDigest(source, child, at, skip)}`);
      }
      return digestOf(encodeUtf8(parts.join('\n')));
    }
    case 'link':
      return digestOf(encodeUtf8(`l ${node.target}`));
    case 'hard':
    case 'whiteout':
      return '';
    default:
      return digestOf(`${node.t} ${node.mode} ${node.uid} ${node.gid}`);
  }
}

/** What a path leads to, links followed inside the tree; undefined: nothing. Returns the real path with it. */
export function follow(
  root: DirNode,
  path: string,
  last = true,
): { readonly path: string; readonly node: TreeNode } | undefined {
  let links = 0;
  let names = [...splitPath(path)];
  let at: string[] = [];
  const nodes: TreeNode[] = [root];
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    if (name === '.') continue;
    if (name === '..') {
      if (at.length > 0) {
        at.pop();
        nodes.pop();
      }
      continue;
    }
    const dir = nodes.at(-1);
    const node = dir?.t === 'dir' ? entry(dir, name) : undefined;
    if (!node) return undefined;
    if (node.t === 'link' && (last || names.length > 0)) {
      links += 1;
      if (links > 255) return undefined;
      names = [...splitPath(node.target), ...names];
      if (node.target.startsWith('/')) {
        at = [];
        nodes.length = 1;
      }
      continue;
    }
    at.push(name);
    nodes.push(node);
  }
  const node = nodes.at(-1);
  return node && { path: `/${at.join('/')}`, node };
}

/** Bytes of the files in it. */
export function sizeOf(node: TreeNode): number {
  if (node.t === 'file') return fileSize(node);
  if (node.t !== 'dir') return 0;
  return Object.values(node.entries).reduce((sum, child) => sum + sizeOf(child), 0);
}
