import { type Errno, fail, isErrno, strerror } from '../../kernel/errno.ts';
import { mount, mountsOf, umount } from '../../kernel/fs/mounts.ts';
import { newFilesystem, removeFilesystem } from '../../kernel/fs/overlay.ts';
import { find } from '../../kernel/fs/path.ts';
import { emptyDir } from '../../kernel/fs/tree.ts';
import type { Id, Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Refusal } from '../errors.ts';
import { engineState, type Volume } from '../state.ts';
import { volumePath } from './place.ts';

/*
 * The local driver with options (`--opt type=… device=… o=…`): such a volume is a mount on its folder, made when the first
 * container that has it starts, and taken away when the last one has ended. Rarely used: a bundle of its own begins here.
 */

/** File systems that a kernel could mount and that are not simulated as volumes. */
const others = ['btrfs', 'cifs', 'fuse', 'iso9660', 'nfs', 'nfs4', 'overlay', 'smb3', 'squashfs', 'vfat', 'xfs'];

/** What the driver refuses of options, or drydock: kinds of mounts that are not simulated. `real`: the client's files are a real computer's. */
export function refusedOptions(name: string, options: Rec<string>, real: boolean): Refusal | undefined {
  const wrong = (why: string): Refusal => ({ code: 'bad-parameter', status: 400, message: `create ${name}: ${why}` });
  const [unknown] = Object.keys(options).filter((option) => !['device', 'o', 'size', 'type'].includes(option));
  if (unknown !== undefined) return wrong(`invalid option: ${JSON.stringify(unknown)}`);
  if (Object.keys(options).length === 0) return undefined;
  if (options.size !== undefined) return wrong('quota size requested but no quota support');
  for (const option of ['device', 'type']) {
    if (!options[option]) return wrong(`missing required option: ${JSON.stringify(option)}`);
  }
  const { device = '', o = '', type = '' } = options;
  if (others.includes(type)) return notSimulated(`a volume that is a mount of type ${type}`);
  if (!real || !flagsOf(o).bind) return undefined;
  return notSimulated(`a volume that is a folder of your computer (${device}; use -v)`);
}

function notSimulated(what: string): Refusal {
  return { code: 'not-simulated', status: 501, message: `drydock: ${what} is not simulated` };
}

/** Makes the mount of a volume with options, unless it is there; returns why it could not. */
export function mountVolume(m: Machine, { name, options }: Volume): Refusal | undefined {
  const point = volumePath(name);
  const ns = hostMounts(m);
  if (!options || mountsOf(m, ns).some((each) => each.point === point)) return undefined;
  const { device = '', o = '', type = '' } = options;
  const flags = flagsOf(o);
  const failed = mountAt(m, ns, point, { device, type, flags });
  if (!failed) return undefined;
  if (failed === 'not-simulated') return notSimulated(`a volume that is a mount of type ${type}`);
  const bits = (flags.bind ? 0x1000 : 0) | (flags.readonly ? 1 : 0);
  const told = [
    `mount ${device}:${point}`,
    ...(bits === 0 ? [] : [`flags: 0x${bits.toString(16)}`]),
    ...(flags.data.length === 0 ? [] : [`data: ${flags.data.join(',')}`]),
  ];
  const why = `failed to mount local volume: ${told.join(', ')}: ${strerror(failed).toLowerCase()}`;
  return { code: 'start-failed', status: 500, message: `error while mounting volume '${point}': ${why}` };
}

interface Wanted {
  readonly device: string;
  readonly type: string;
  readonly flags: MountFlags;
}

function mountAt(
  m: Machine,
  ns: Id,
  point: string,
  { device, flags, type }: Wanted,
): Errno | 'not-simulated' | undefined {
  const { bind, data, readonly } = flags;
  if (bind) {
    const place = find(m, engineState(m).daemon, device);
    if (isErrno(place)) return place;
    const { fs, options, source } = place.mount;
    mount(m, ns, { point, fs, root: place.path, source, options, bind: true, readonly }, 'dockerd');
    return undefined;
  }
  if (type === 'ext4') return isErrno(find(m, engineState(m).daemon, device)) ? fail('ENOENT') : 'not-simulated';
  if (type !== 'tmpfs') return fail('ENODEV');
  const read = tmpfsData(data);
  if (!read) return fail('EINVAL');
  const { capacity, gid, mode, uid } = read;
  const root = { ...emptyDir(m.world.now, mode), uid, gid };
  const fs = newFilesystem(m, 'tmpfs', { root, ...(capacity === undefined ? {} : { capacity }) });
  const shown = [
    'relatime',
    ...(capacity === undefined ? [] : [`size=${Math.ceil(capacity / 1024)}k`]),
    ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8)}`]),
    ...(uid === 0 ? [] : [`uid=${uid}`]),
    ...(gid === 0 ? [] : [`gid=${gid}`]),
    'inode64',
  ];
  mount(m, ns, { point, fs, source: device, options: shown.join(','), readonly }, 'dockerd');
  return undefined;
}

interface MountFlags {
  readonly bind: boolean;
  readonly readonly: boolean;
  /** What is for the file system itself. */
  readonly data: readonly string[];
}

function flagsOf(text: string): MountFlags {
  const words = text.split(',').filter(Boolean);
  const known = ['bind', 'rbind', 'ro', 'rw', 'defaults'];
  return {
    bind: words.includes('bind') || words.includes('rbind'),
    readonly: words.includes('ro'),
    data: words.filter((word) => !known.includes(word)),
  };
}

interface TmpfsData {
  readonly capacity?: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Options of a tmpfs as the kernel reads them; undefined: there is one that it does not know. */
function tmpfsData(data: readonly string[]): TmpfsData | undefined {
  let found: TmpfsData = { mode: 0o1777, uid: 0, gid: 0 };
  for (const option of data) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(option) ?? [];
    const [, size, unit = ''] = /^(\d+)([kmg]?)$/i.exec(value) ?? [];
    if (name === 'size' && size !== undefined) {
      found = { ...found, capacity: Number(size) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ') };
    } else if (name === 'mode' && /^[0-7]{1,4}$/.test(value)) found = { ...found, mode: Number.parseInt(value, 8) };
    else if ((name === 'uid' || name === 'gid') && /^\d+$/.test(value)) found = { ...found, [name]: Number(value) };
    else return undefined;
  }
  return found;
}

/** Takes the mounts of volumes away that no running container has any more; the files of a tmpfs are gone with it. */
export function unmountVolumes(m: Machine, names: readonly string[]): void {
  const { containers, tasks } = engineState(m);
  const used = new Set(
    Object.keys(tasks).flatMap((id) => (containers[id]?.mounts ?? []).flatMap(({ name }) => name ?? [])),
  );
  const ns = hostMounts(m);
  for (const name of names) {
    const point = volumePath(name);
    const found = used.has(name) ? undefined : mountsOf(m, ns).find((each) => each.point === point);
    if (!found || umount(m, ns, point, { actor: 'dockerd' })) continue;
    if (m.kernel.filesystems[found.fs]?.type === 'tmpfs') removeFilesystem(m, found.fs);
  }
}

function hostMounts(m: Machine): Id {
  return m.kernel.processes[engineState(m).daemon]?.ns.mnt ?? '';
}
