import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { namespaceOf, newNamespace, setNamespace } from '../namespaces.ts';
import type { Mount } from './filesystem.ts';
import { filesystem } from './overlay.ts';
import { isUnder } from './tree.ts';

/** A mount to make. */
export interface NewMount {
  /** Where, from the root of the namespace. Paths with links are resolved by the caller. */
  readonly point: string;
  readonly fs: Id;
  /** The directory or file of the file system that is to show there (default: all of it). */
  readonly root?: string;
  readonly readonly?: boolean;
  /** First column of /proc/mounts. Default: that of another mount of the file system here, else the type. */
  readonly source?: string;
  /** Options without ro/rw, such as `relatime,size=65536k`. Default: likewise, else `relatime`. */
  readonly options?: string;
  /** A bind mount: the step says `bind` (default: when `root` is not `/`). */
  readonly bind?: boolean;
}

/** A mount namespace's table, oldest first: the last mount on a point, or above it, is the one that shows. */
export function mountsOf(m: Machine, ns: Id): readonly Mount[] {
  return namespaceOf(m, ns, 'mnt').mounts;
}

const tops = new WeakMap<readonly Mount[], ReadonlyMap<string, number>>();

/** Where in a mount table the mount stands that shows at each mount point: the last one on it. */
export function topMounts(mounts: readonly Mount[]): ReadonlyMap<string, number> {
  const known = tops.get(mounts);
  if (known) return known;
  const made = new Map<string, number>();
  for (let i = 0; i < mounts.length; i++) made.set(mounts[i]?.point ?? '', i);
  tops.set(mounts, made);
  return made;
}

/** Replaces the mount table of a namespace. */
export function setMounts(m: Machine, ns: Id, mounts: readonly Mount[]): void {
  setNamespace(m, ns, { ...namespaceOf(m, ns, 'mnt'), mounts });
}

/** Was it mounted with this flag (`nosuid`, `noexec`, `nodev`)? */
export function hasFlag({ options }: Mount, flag: string): boolean {
  return options.split(',').includes(flag);
}

/** mount(2) in a namespace. The step `mount` is told for `actor`; without one nothing is told. */
export function mount(m: Machine, ns: Id, what: NewMount, actor?: string): void {
  mountMany(m, ns, [what], actor);
}

/** Several mounts, one after the other. */
export function mountMany(m: Machine, ns: Id, wanted: readonly NewMount[], actor?: string): void {
  const mounts = [...mountsOf(m, ns)];
  for (const what of wanted) {
    const fs = filesystem(m, what.fs);
    const alike = what.source === undefined || what.options === undefined;
    const sibling = alike ? mounts.find((other) => other.fs === what.fs) : undefined;
    const added: Mount = {
      id: nextMountId(m),
      point: what.point,
      fs: what.fs,
      root: what.root ?? '/',
      readonly: what.readonly ?? false,
      source: what.source ?? sibling?.source ?? fs.type,
      options: what.options ?? sibling?.options ?? 'relatime',
    };
    mounts.push(added);
    if (actor === undefined) continue;
    const type = (what.bind ?? added.root !== '/') ? 'bind' : fs.type;
    emit(m, actor, 'mount', { type, target: added.point, source: added.source, readonly: added.readonly });
  }
  setMounts(m, ns, mounts);
}

/** What a bind mount of a place shows: its file system, path in it, source and options (mount(2), MS_BIND). */
export function bindOf(place: { readonly mount: Mount; readonly path: string }): Omit<NewMount, 'point'> {
  const { fs, source, options } = place.mount;
  return { fs, root: place.path, source, options, bind: true };
}

/** Makes the topmost mount at a point read-only, or writable again (MS_REMOUNT|MS_BIND). EINVAL: nothing is mounted there. */
export function remount(m: Machine, ns: Id, point: string, readonly: boolean): Errno | undefined {
  const mounts = mountsOf(m, ns);
  const index = mounts.findLastIndex((mount) => mount.point === point);
  if (index < 0) return fail('EINVAL');
  const changed = mounts.map((each, i) => (i === index ? { ...each, readonly } : each));
  setMounts(m, ns, changed);
  return undefined;
}

/**
 * umount2(2): takes the topmost mount away. EINVAL: nothing is mounted there; EBUSY: mounts below it, unless `detach`
 * (MNT_DETACH), which takes those too. A file system in memory that is not mounted any more is for the caller to remove.
 */
export function umount(
  m: Machine,
  ns: Id,
  point: string,
  options: { readonly detach?: boolean; readonly actor?: string } = {},
): Errno | undefined {
  const mounts = mountsOf(m, ns);
  const index = mounts.findLastIndex((mount) => mount.point === point);
  if (index < 0) return fail('EINVAL');
  const below = (mount: Mount, i: number) => i > index && isUnder(mount.point, point);
  if (!options.detach && mounts.some(below)) return fail('EBUSY');
  const kept = mounts.filter((mount, i) => i !== index && !below(mount, i));
  setMounts(m, ns, kept);
  if (options.actor !== undefined) emit(m, options.actor, 'umount', { target: point });
  return undefined;
}

/** A new mount namespace with a copy of another's table (unshare(CLONE_NEWNS)); returns its id. */
export function cloneMounts(m: Machine, ns: Id): Id {
  const mounts = mountsOf(m, ns).map((each) => ({ ...each, id: nextMountId(m) }));
  return newNamespace(m, { kind: 'mnt', mounts });
}

function nextMountId(m: Machine): number {
  const id = m.kernel.nextId;
  m.kernel.nextId += 1;
  return id;
}
