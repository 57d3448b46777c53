import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import { deviceTree } from '../fs/devices.ts';
import type { Directory, Filesystem, Mount, OverlayStack } from '../fs/filesystem.ts';
import { isDir } from '../fs/generated.ts';
import { bindOf, mountMany, mountsOf, type NewMount } from '../fs/mounts.ts';
import { type NewFilesystem, newFilesystem } from '../fs/overlay.ts';
import { newOverlayStack } from '../fs/overlay-stack.ts';
import { cwdAt, type Found, find } from '../fs/path.ts';
import { moveRoots, pivotRoot } from '../fs/pivot.ts';
import { readTmpfsData, shownTmpfsData, type TmpfsData, tmpfsMaking } from '../fs/tmpfs-options.ts';
import { isUnder, joinPath } from '../fs/tree.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { namespaceOf, setNamespace } from '../namespaces.ts';
import type { Process } from '../state.ts';
import type { MountRequest } from './calls.ts';
import { capableHere } from './isolate.ts';
import { pinNamespace, releaseMounts } from './release.ts';
import { outsideId } from './users.ts';

const kernelTypes = ['proc', 'sysfs', 'tmpfs', 'devtmpfs', 'devpts', 'mqueue', 'cgroup2', 'overlay'] as const;
type KernelType = (typeof kernelTypes)[number];

/** Options of the mount itself; the others are the file system's. */
const flagWords = new Set(['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'strictatime', 'sync']);
const ignored = new Set([
  'defaults',
  'rw',
  'ro',
  'suid',
  'dev',
  'exec',
  'atime',
  'async',
  'norelatime',
  'bind',
  'rbind',
  'remount',
  '',
]);

/** mount(2). */
export function mountCall(m: Machine, process: Process, request: MountRequest): Errno | undefined {
  if (!capableHere(m, process, 'CAP_SYS_ADMIN', 'mnt')) return fail('EPERM');
  const target = find(m, process.pid, request.target);
  if ('errno' in target) return target;
  if (request.remount) return remount(m, process, target, request);
  const readonly = request.readonly ?? false;
  if (request.bind) return bind(m, process, target, request, readonly);
  if (!isDir(target.node)) return fail('ENOTDIR');
  const type = kernelTypes.find((known) => known === request.type);
  if (type === undefined) return fail(request.type === undefined ? 'EINVAL' : 'ENODEV');
  const words = (request.options ?? '').split(',').filter((word) => !ignored.has(word));
  const flags = words.filter((word) => flagWords.has(word));
  const own = words.filter((word) => !flagWords.has(word));
  const tmpfs = type === 'tmpfs' ? tmpfsData(m, process, own) : {};
  if (!tmpfs) return fail('EINVAL');
  const made = make(m, process, type, own, tmpfs);
  if (typeof made !== 'string') return made;
  const shown = type === 'tmpfs' ? shownTmpfsData(tmpfs) : shownOptions(type, own);
  const atime = flags.some((word) => /atime$/.test(word)) ? [] : ['relatime'];
  const options = [...flags, ...atime, ...shown].join(',');
  const source = request.source === '' ? 'none' : request.source;
  // an overlay without an upper directory cannot be written to
  const fixed = type === 'overlay' && !words.some((word) => word.startsWith('upperdir='));
  mountMany(m, process.ns.mnt, [{ point: target.at, fs: made, source, options, readonly: readonly || fixed }]);
  const layers =
    type === 'overlay'
      ? {
          layers: words
            .filter((word) => word.startsWith('lowerdir='))
            .join()
            .split(':').length,
        }
      : {};
  emit(m, 'kernel', 'mounted', { type, source, target: target.at, readonly, ...layers });
  return undefined;
}

/** A new file system of this type, from its options; its id. */
function make(m: Machine, process: Process, type: KernelType, words: readonly string[], tmpfs: TmpfsData): Id | Errno {
  const fresh = (kind: Filesystem['type'], how: NewFilesystem = {}): Id => {
    const id = newFilesystem(m, kind, how);
    Object.assign(m.draft.own(m.draft.own(m.kernel, 'filesystems'), id), { transient: true });
    return id;
  };
  switch (type) {
    case 'proc':
      return fresh('proc', { ns: process.ns.pid });
    case 'sysfs':
      return fresh('sysfs', { ns: process.ns.net });
    case 'cgroup2':
      return fresh('cgroup2', { ns: process.ns.cgroup });
    case 'tmpfs':
      return fresh('tmpfs', tmpfsMaking(tmpfs, m.world.now));
    case 'devtmpfs':
      return fresh('devtmpfs', { root: deviceTree(m.world.now, 'host') });
    case 'overlay':
      return makeOverlay(m, process, words);
    default:
      return fresh(type);
  }
}

/** What the options of a tmpfs say; whoever mounts it owns it unless they say otherwise. Undefined: one is unknown. */
function tmpfsData(m: Machine, process: Process, words: readonly string[]): TmpfsData | undefined {
  const data = readTmpfsData(words);
  if (!data) return undefined;
  const uid = data.uid === undefined ? process.uid : outsideId(m, process.ns.user, 'uids', data.uid);
  const gid = data.gid === undefined ? process.gid : outsideId(m, process.ns.user, 'gids', data.gid);
  return uid === undefined || gid === undefined ? undefined : { ...data, uid, gid };
}

/** How the options of the file system show in /proc/mounts. */
function shownOptions(type: KernelType, words: readonly string[]): readonly string[] {
  if (type === 'cgroup2') return ['nsdelegate', 'memory_recursiveprot'];
  if (type === 'devpts') return words.length > 0 ? words : ['gid=5', 'mode=620', 'ptmxmode=000'];
  return words;
}

/** An overlay of directories that exist (mount(8), overlay). EINVAL: options missing or unknown; ENOENT: a directory is. */
function makeOverlay(m: Machine, process: Process, words: readonly string[]): Id | Errno {
  const value = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const known = /^(?:lowerdir|upperdir|workdir|index|metacopy|redirect_dir|xino|userxattr|volatile)(?:=|$)/;
  if (words.some((word) => !known.test(word))) return fail('EINVAL');
  const [lower, upper, work] = [value('lowerdir'), value('upperdir'), value('workdir')];
  if (lower === undefined || (upper === undefined) !== (work === undefined)) return fail('EINVAL');
  const dirs: Directory[] = [];
  for (const path of [...lower.split(':'), ...(upper === undefined ? [] : [upper, work ?? ''])]) {
    const place = find(m, process.pid, path);
    if ('errno' in place) return place;
    if (place.node.t !== 'dir') return fail('ENOTDIR');
    dirs.push({ fs: place.mount.fs, path: place.path });
  }
  if (upper === undefined) return newOverlayStack(m, { lower: dirs });
  const workDir = dirs.pop();
  const upperDir = dirs.pop();
  if (!upperDir || !workDir) return fail('EINVAL');
  if (upperDir.fs !== workDir.fs || isUnder(workDir.path, upperDir.path) || isUnder(upperDir.path, workDir.path))
    return fail('EINVAL');
  const stack: OverlayStack = { lower: dirs, upper: upperDir };
  return newOverlayStack(m, stack);
}

function bind(
  m: Machine,
  process: Process,
  target: Found,
  request: MountRequest,
  readonly: boolean,
): Errno | undefined {
  const from = find(m, process.pid, request.source);
  if ('errno' in from) return from;
  if (isDir(from.node) !== isDir(target.node)) return fail('ENOTDIR');
  if (from.node.t === 'namespace') return bindNamespace(m, process, target, from.node.id);
  const wanted: NewMount[] = [{ point: target.at, ...bindOf(from), readonly: readonly || from.mount.readonly }];
  if (request.recursive) wanted.push(...below(m, process.ns.mnt, from.at, target.at));
  mountMany(m, process.ns.mnt, wanted);
  emit(m, 'kernel', 'mounted', { type: 'bind', source: request.source, target: target.at, readonly });
  return undefined;
}

function below(m: Machine, ns: Id, from: string, to: string): readonly NewMount[] {
  return mountsOf(m, ns)
    .filter(({ point }) => point !== from && isUnder(point, from))
    .map(({ point, fs, root, source, options, readonly }) => {
      const rest = from === '/' ? point : point.slice(from.length);
      return { point: joinPath(to, rest), fs, root, source, options, readonly, bind: true };
    });
}

/** A namespace bound to a file stays without a process in it, as `ip netns add` wants it. */
function bindNamespace(m: Machine, process: Process, target: Found, id: Id): undefined {
  const fs = newFilesystem(m, 'nsfs', { ns: id });
  Object.assign(m.draft.own(m.draft.own(m.kernel, 'filesystems'), fs), { transient: true });
  pinNamespace(m, id);
  mountMany(m, process.ns.mnt, [{ point: target.at, fs, source: 'nsfs', options: '', bind: true }]);
  emit(m, 'kernel', 'mounted', { type: 'nsfs', source: id, target: target.at, readonly: false });
  return undefined;
}

function remount(m: Machine, process: Process, target: Found, request: MountRequest): Errno | undefined {
  const ns = process.ns.mnt;
  const space = namespaceOf(m, ns, 'mnt');
  if (target.at !== target.mount.point) return fail('EINVAL');
  const given = (request.options ?? '').split(',').filter((word) => !ignored.has(word));
  const options =
    given.length > 0 && !request.bind
      ? [...new Set([...target.mount.options.split(','), ...given])].join(',')
      : target.mount.options;
  const changed = (each: Mount) =>
    each === target.mount ? { ...each, readonly: request.readonly ?? false, options } : each;
  setNamespace(m, ns, { ...space, mounts: space.mounts.map(changed) });
  return undefined;
}

/** umount2(2). */
export function umountCall(m: Machine, process: Process, path: string, detach: boolean): Errno | undefined {
  if (!capableHere(m, process, 'CAP_SYS_ADMIN', 'mnt')) return fail('EPERM');
  const place = find(m, process.pid, path, { follow: true });
  if ('errno' in place) return place;
  const { ns } = process;
  const space = namespaceOf(m, ns.mnt, 'mnt');
  if (place.at !== place.mount.point) return fail('EINVAL');
  if (place.at === '/' && space.mounts.filter(({ point }) => point === '/').length < 2) return fail('EBUSY');
  const index = space.mounts.indexOf(place.mount);
  const gone = space.mounts.filter((mount, i) => i === index || (i > index && isUnder(mount.point, place.at)));
  if (!detach && (gone.length > 1 || inUse(m, ns.mnt, place.mount))) return fail('EBUSY');
  setNamespace(m, ns.mnt, { ...space, mounts: space.mounts.filter((mount) => !gone.includes(mount)) });
  emit(m, 'kernel', 'umount', { target: place.at });
  releaseMounts(m, gone);
  return undefined;
}

/** Does a process stand in it, or has one a file of it open? */
function inUse(m: Machine, ns: Id, { point, fs }: Mount): boolean {
  const many = mountsOf(m, ns).filter((mount) => mount.fs === fs).length > 1;
  for (const process of Object.values(m.kernel.processes)) {
    if ('zombie' in process.status) continue;
    if (
      process.ns.mnt === ns &&
      (isUnder(cwdAt(process), point) || (process.root !== '/' && isUnder(process.root, point)))
    )
      return true;
    if (many) continue;
    for (const id of Object.values(process.fds)) {
      const file = m.kernel.files[id];
      if (file?.kind === 'file' && file.fs === fs) return true;
    }
  }
  return false;
}

/** pivot_root(2). */
export function pivotCall(m: Machine, process: Process, newRoot: string, putOld: string): Errno | undefined {
  if (!capableHere(m, process, 'CAP_SYS_ADMIN', 'mnt')) return fail('EPERM');
  const next = find(m, process.pid, newRoot);
  if ('errno' in next) return next;
  const old = find(m, process.pid, putOld);
  if ('errno' in old) return old;
  if (process.root !== '/' || next.at === '/') return fail(next.at === '/' ? 'EBUSY' : 'EINVAL');
  if (next.at !== next.mount.point || !isUnder(old.at, next.at) || old.at === next.at) return fail('EINVAL');
  const ns = process.ns.mnt;
  const space = namespaceOf(m, ns, 'mnt');
  const aside = old.at.slice(next.at.length);
  const first = space.mounts.indexOf(next.mount);
  const inside = (mount: Mount, i: number) => i >= first && isUnder(mount.point, next.at);
  const moved = (at: string) => (isUnder(at, next.at) ? at.slice(next.at.length) || '/' : joinPath(aside, at));
  const place = (mount: Mount) => ({ ...mount, point: moved(mount.point) });
  // what covers a directory stands behind it in the table, so the new root comes first
  const mounts = [...space.mounts.filter(inside), ...space.mounts.filter((mount, i) => !inside(mount, i))].map(place);
  setNamespace(m, ns, { ...space, mounts });
  moveRoots(m, ns, moved);
  emit(m, 'kernel', 'pivot', { pid: process.pid, old: aside });
  return undefined;
}

/** pivot_root(2) with one directory for both, and the lazy umount of the old root that has to follow. */
export function replaceRoot(m: Machine, process: Process, newRoot: string): Errno | undefined {
  if (!capableHere(m, process, 'CAP_SYS_ADMIN', 'mnt')) return fail('EPERM');
  const next = find(m, process.pid, newRoot);
  if ('errno' in next) return next;
  if (process.root !== '/' || next.at === '/') return fail(next.at === '/' ? 'EBUSY' : 'EINVAL');
  if (next.at !== next.mount.point) return fail('EINVAL');
  const ns = process.ns.mnt;
  const before = mountsOf(m, ns);
  const failed = pivotRoot(m, ns, next.at, process.pid, null);
  if (failed) return failed;
  const kept = new Set(mountsOf(m, ns).map(({ id }) => id));
  releaseMounts(
    m,
    before.filter(({ id }) => !kept.has(id)),
  );
  emit(m, 'kernel', 'pivot', { pid: process.pid, old: '' });
  return undefined;
}
