import type { ByteString } from '../bytes.ts';
import type { Errno } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { cgroupNode } from './cgroupfs.ts';
import { devptsNode } from './devices.ts';
import type { Filesystem } from './filesystem.ts';
import type { DeviceNode, Inode, LinkNode, Meta } from './node.ts';
import { procNode } from './proc.ts';
import { sysNode } from './sysfs.ts';
import { lookup } from './tree.ts';

/** A directory whose names are worked out when it is looked at. */
export interface GeneratedDir extends Meta {
  readonly t: 'gdir';
  names(): readonly string[];
  mkdir?(name: string): Errno | undefined;
  rmdir?(name: string): Errno | undefined;
}

/** A file of a kernel's own file system: text made at open, a handler for what is written. */
export interface GeneratedFile extends Meta {
  readonly t: 'gfile';
  read?(): ByteString | Errno;
  write?(text: string): Errno | undefined;
}

/** A "magic" link: it shows a text, but leads to a place (or an open file) that the text need not name. */
export interface GeneratedLink extends Meta {
  readonly t: 'glink';
  readonly text: string;
  readonly to?: { readonly file: Id } | { readonly ns: Id; readonly at: string } | { readonly namespace: Id };
  /** The looker may neither read nor follow it (another user's process): EACCES. */
  readonly denied?: true;
}

/** What following a link to an open file ends at. */
export interface OpenedNode extends Meta {
  readonly t: 'opened';
  readonly file: Id;
}

/** A file that stands for a namespace: what the links of /proc/PID/ns lead to. */
export interface NamespaceNode extends Meta {
  readonly t: 'namespace';
  readonly id: Id;
}

export type GeneratedNode = GeneratedDir | GeneratedFile | GeneratedLink | NamespaceNode | LinkNode | DeviceNode;

/** Whatever path look-up can end at. */
export type View = Inode | GeneratedNode | OpenedNode;

/** Is it a file system whose nodes are made when they are looked at? */
export function isGenerated(fs: Filesystem): boolean {
  return (
    fs.type === 'proc' || fs.type === 'sysfs' || fs.type === 'cgroup2' || fs.type === 'devpts' || fs.type === 'nsfs'
  );
}

/** The node at a path of a file system, as the process `viewer` (host pid) sees it; hard links are followed. */
export function viewAt(m: Machine, viewer: number, fs: Filesystem, path: string): View | undefined {
  switch (fs.type) {
    case 'proc':
      return procNode(m, fs, viewer, path);
    case 'sysfs':
      return sysNode(m, fs, viewer, path);
    case 'cgroup2':
      return cgroupNode(m, fs, viewer, path);
    case 'devpts':
      return devptsNode(m, fs, path);
    case 'nsfs':
      return namespaceNode(m, fs.ns ?? '');
    default: {
      const node = lookup(fs.root, path);
      if (node?.t === 'hard') return fs.inodes[node.inode];
      return node?.t === 'whiteout' ? undefined : node;
    }
  }
}

/** The file of a namespace. */
export function namespaceNode(m: Machine, id: Id): NamespaceNode {
  return { t: 'namespace', id, mode: 0o444, uid: 0, gid: 0, mtime: m.kernel.booted };
}

/** Is it a directory of either sort? */
export function isDir(node: View | undefined): boolean {
  return node?.t === 'dir' || node?.t === 'gdir';
}
