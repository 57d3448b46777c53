import type { Mutable } from '../draft.ts';
import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import type { Mount } from './filesystem.ts';
import { isDir, namespaceNode, type View, viewAt } from './generated.ts';
import { mountsOf, topMounts } from './mounts.ts';
import { filesystem } from './overlay.ts';
import { settleStacks } from './overlay-stack.ts';
import { mayExecute, permits } from './permission.ts';
import { dirName, entry, isUnder, joinPath } from './tree.ts';

/** Where a path leads. */
export interface Place {
  /** The mount namespace, and the path from its root with every link followed. */
  readonly ns: Id;
  readonly at: string;
  readonly mount: Mount;
  /** The path inside the file system `mount.fs`. */
  readonly path: string;
  /** Undefined: only the last name is missing. */
  readonly node: View | undefined;
  /** What the last component was: mkdir and its like act on names only. */
  readonly last: 'name' | 'dot' | 'dotdot' | 'root';
  /** The path ended with a slash: only a directory will do. */
  readonly slash: boolean;
}

/** A place that exists. */
export interface Found extends Place {
  readonly node: View;
}

export interface ResolveOptions {
  /** Follow a link in the last place (default). */
  readonly follow?: boolean;
  /** The path is of a name to make or remove: its last component is not followed even before a slash, which the caller judges. */
  readonly name?: boolean;
}

/** MAXSYMLINKS of Linux. */
const maxLinks = 40;
const maxPath = 4096;
const maxName = 255;

interface Spot {
  readonly ns: Id;
  readonly at: string;
  readonly index: number;
  readonly mount: Mount;
  readonly path: string;
  readonly node: View | undefined;
}

/**
 * Resolves a path as the process `pid` (host pid) sees it: its mount namespace, root directory and working directory.
 * `follow: false` does not follow a link in the last place. Errors: ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG.
 */
export function resolve(m: Machine, pid: number, path: string, options: ResolveOptions = {}): Place | Errno {
  const process = m.kernel.processes[pid];
  if (!process) return fail('ESRCH');
  if (path === '') return fail('ENOENT');
  if (path.length >= maxPath) return fail('ENAMETOOLONG');
  if (m.kernel.stacks) settleStacks(m);
  return new Walk(m, process, options).run(path);
}

/** As `resolve`, but the last name has to exist. */
export function find(m: Machine, pid: number, path: string, options: ResolveOptions = {}): Found | Errno {
  const place = resolve(m, pid, path, options);
  if ('errno' in place) return place;
  return isFound(place) ? place : fail('ENOENT');
}

/** Narrows a place to one that exists. */
export function isFound(place: Place): place is Found {
  return place.node !== undefined;
}

/** The path of a place as the process names it: from its root directory. */
export function seenPath(process: Process, at: string): string {
  if (process.root === '/' || !isUnder(at, process.root)) return at;
  return at.slice(process.root.length) || '/';
}

/** Where the process stands, from the root of its mount namespace. */
export function cwdAt(process: Process): string {
  return process.outside ?? joinPath(process.root, process.cwd);
}

/** Lets the process stand at a canonical path of its mount namespace, which may be outside its root directory. */
export function standAt(process: Mutable<Process>, at: string): void {
  if (isUnder(at, process.root)) {
    process.cwd = seenPath(process, at);
    delete process.outside;
    return;
  }
  process.cwd = `(unreachable)${at}`; // as getcwd(2) tells it
  process.outside = at;
}

/** What is at a canonical path of a mount namespace (no links, no dots); undefined when nothing is. */
export function placeAt(m: Machine, viewer: number, ns: Id, at: string): Found | undefined {
  const spot = spotAt(m, viewer, ns, at);
  return spot?.node && { ...spot, node: spot.node, last: at === '/' ? 'root' : 'name', slash: false };
}

/** The mount that shows at a canonical path: the last one on it or on a directory above it. */
function spotAt(m: Machine, viewer: number, ns: Id, at: string): Spot | undefined {
  const mounts = mountsOf(m, ns);
  const tops = topMounts(mounts);
  let index = tops.get(at) ?? -1;
  for (let dir = at; dir !== '/'; ) {
    dir = dirName(dir);
    index = Math.max(index, tops.get(dir) ?? -1);
  }
  const mount = mounts[index];
  if (!mount) return undefined;
  const path = joinPath(mount.root, mount.point === '/' ? at : at.slice(mount.point.length));
  return { ns, at, index, mount, path, node: viewAt(m, viewer, filesystem(m, mount.fs), path) };
}

class Walk {
  private readonly todo: string[] = [];
  private links = 0;
  private slash = false;

  constructor(
    private readonly m: Machine,
    private readonly process: Process,
    private readonly options: ResolveOptions,
  ) {}

  run(path: string): Place | Errno {
    const start = path.startsWith('/') ? this.process.root : cwdAt(this.process);
    let spot = this.spot(this.process.ns.mnt, start);
    if (!spot?.node) return fail('ENOENT');
    this.push(path);
    let last: Place['last'] = path.startsWith('/') ? 'root' : 'dot';
    for (let name = this.todo.pop(); name !== undefined; name = this.todo.pop()) {
      if (!spot.node) return fail('ENOENT');
      if (!isDir(spot.node)) return fail('ENOTDIR');
      if (!permits(this.process, spot.node, mayExecute, true)) return fail('EACCES');
      if (name === '.') {
        last = 'dot';
        continue;
      }
      if (name === '..') {
        last = 'dotdot';
        const up = this.up(spot);
        if (!up?.node) return fail('ENOENT');
        spot = up;
        continue;
      }
      if (name.length > maxName) return fail('ENAMETOOLONG');
      last = 'name';
      const child = this.child(spot, name);
      const next = this.followLink(spot, child);
      if ('errno' in next) return next;
      spot = next;
    }
    if (this.slash && !this.options.name && spot.node && !isDir(spot.node)) return fail('ENOTDIR');
    return { ns: spot.ns, at: spot.at, mount: spot.mount, path: spot.path, node: spot.node, last, slash: this.slash };
  }

  private push(path: string): void {
    if (this.todo.length === 0) this.slash ||= path.endsWith('/') && /[^/]/.test(path);
    const parts = path.split('/');
    for (let i = parts.length - 1; i >= 0; i--) if (parts[i]) this.todo.push(parts[i] as string);
  }

  private spot(ns: Id, at: string): Spot | undefined {
    return spotAt(this.m, this.process.pid, ns, at);
  }

  /** The directory above; the process's root directory and the root of a namespace have none. */
  private up(spot: Spot): Spot | undefined {
    if (spot.at === '/' || (spot.ns === this.process.ns.mnt && spot.at === this.process.root)) return spot;
    return this.spot(spot.ns, dirName(spot.at));
  }

  private child(dir: Spot, name: string): Spot {
    const at = dir.at === '/' ? `/${name}` : `${dir.at}/${name}`;
    const { ns, index, mount } = dir;
    const top = topMounts(mountsOf(this.m, ns)).get(at) ?? -1;
    if (top > index) return this.spot(ns, at) ?? dir;
    const path = dir.path === '/' ? `/${name}` : `${dir.path}/${name}`;
    return { ns, at, index, mount, path, node: this.look(dir, name, path) };
  }

  private look(dir: Spot, name: string, path: string): View | undefined {
    const fs = filesystem(this.m, dir.mount.fs);
    if (dir.node?.t !== 'dir') return viewAt(this.m, this.process.pid, fs, path);
    const node = entry(dir.node, name);
    if (node?.t === 'hard') return fs.inodes[node.inode];
    return node?.t === 'whiteout' ? undefined : node;
  }

  private followLink(dir: Spot, child: Spot): Spot | Errno {
    const { node } = child;
    const { follow = true, name } = this.options;
    const here = this.todo.length > 0 || (!name && (follow || this.slash));
    if ((node?.t !== 'link' && node?.t !== 'glink') || !here) return child;
    this.links += 1;
    if (this.links > maxLinks) return fail('ELOOP');
    if (node.t === 'glink') {
      if (node.denied) return fail('EACCES');
      if (!node.to) return fail('ENOENT');
      if ('namespace' in node.to) return { ...child, node: namespaceNode(this.m, node.to.namespace) };
      if ('file' in node.to)
        return { ...child, node: { t: 'opened', file: node.to.file, mode: 0o600, uid: 0, gid: 0, mtime: node.mtime } };
      return this.spot(node.to.ns, node.to.at) ?? fail('ENOENT');
    }
    if (node.target === '') return fail('ENOENT');
    this.push(node.target);
    if (!node.target.startsWith('/')) return dir;
    return this.spot(this.process.ns.mnt, this.process.root) ?? fail('ENOENT');
  }
}
