import { type Container, engineState } from '../../engine/state.ts';
import { hostDisk } from '../../host/disk.ts';
import { engineOf } from '../../host/engine-host.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import type { Filesystem } from '../../kernel/fs/filesystem.ts';
import type { DirNode, Inode } from '../../kernel/fs/node.ts';
import { cleanPath, entry, splitPath } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Text } from '../text.ts';
import type { Seen } from './seen.ts';

/** What checks look at. They change nothing. */
export interface View {
  readonly m: Machine;
  readonly seen: Seen;
  /** What an address of the simulation answers; undefined: nothing does. */
  readonly fetch: (url: string) => Answer | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Is it so? `says` tells what is missing, or (for `not`) what is there though it should not be. */
export interface Verdict {
  readonly ok: boolean;
  readonly says: Text;
  /** What it is about has not happened yet, so that neither it nor its contrary is so. */
  readonly open?: true;
}

const mostLinks = 20;

/** A file of a tree, links followed inside it; hard links are looked up in the file system. */
export function fileIn(fs: Pick<Filesystem, 'root' | 'inodes'>, path: string): Inode | undefined {
  let left = mostLinks;
  const walk = (at: string): Inode | undefined => {
    const names = [...splitPath(at)];
    let node: Inode = fs.root;
    let seen = '';
    for (let i = 0; i < names.length; i++) {
      if (node.t !== 'dir') return undefined;
      const name = names[i] ?? '';
      const raw = entry(node, name);
      const next: Inode | undefined =
        raw === undefined || raw.t === 'whiteout' ? undefined : raw.t === 'hard' ? fs.inodes[raw.inode] : raw;
      if (!next) return undefined;
      if (next.t === 'link') {
        if (--left < 0) return undefined;
        const target = next.target.startsWith('/') ? next.target : `${seen}/${next.target}`;
        return walk(cleanPath(`${target}/${names.slice(i + 1).join('/')}`));
      }
      node = next;
      seen = `${seen}/${name}`;
    }
    return node;
  };
  return walk(path);
}

/** A file of the host. */
export function hostFile(m: Machine, path: string): Inode | undefined {
  const fs = hostDisk(m);
  return fs && fileIn(fs, path);
}

/** A file as a container sees it, running or not: its volumes and bind mounts, then its own layers. */
export function containerFile(m: Machine, container: Container, path: string): Inode | undefined {
  const mounts = [...(container.mounts ?? [])].sort((a, b) => b.destination.length - a.destination.length);
  const mount = mounts.find(({ destination }) => path === destination || path.startsWith(`${destination}/`));
  if (mount && !mount.real) {
    const top = mount.type === 'volume' ? volumeFolder(mount.name ?? '') : mount.source;
    return hostFile(m, top + path.slice(mount.destination.length));
  }
  const fs = m.kernel.filesystems[container.fs] ?? m.kernel.detached?.filesystems[container.fs];
  return fs && fileIn(fs, path);
}

/** Where the host keeps a volume's files. */
export function volumeFolder(name: string): string {
  return `/var/lib/docker/volumes/${name}/_data`;
}

/** The text of a file; of anything else nothing. */
export function textOf(node: Inode | undefined): string {
  return node?.t === 'file' ? decodeUtf8(node.data) : '';
}

/** All containers, the newest last; none where there is no engine. */
export function containersOf(m: Machine): readonly Container[] {
  if (engineOf(m) !== m) return [];
  return Object.values(engineState(m).containers).sort((a, b) => a.created - b.created);
}

/** Every file of a tree, by path. */
export function* filesOf(dir: DirNode, at = ''): Generator<readonly [path: string, text: string]> {
  for (const [name, node] of Object.entries(dir.entries)) {
    if (node.t === 'dir') yield* filesOf(node, `${at}/${name}`);
    else if (node.t === 'file') yield [`${at}/${name}`, node.data];
  }
}
