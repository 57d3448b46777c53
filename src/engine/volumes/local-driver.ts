import { type Errno, fail, isErrno, strerror } from '../../kernel/errno.ts';
import { mount, mountsOf, umount } from '../../kernel/fs/mounts.ts';
import { newFilesystem, removeFilesystem } from '../../kernel/fs/overlay.ts';
import { find } from '../../kernel/fs/path.ts';
import { readTmpfsData, shownTmpfsData, tmpfsMaking } from '../../kernel/fs/tmpfs-options.ts';
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
const others = `btrfs cgroup2 cifs devpts devtmpfs ext2 ext3 f2fs fuse iso9660 mqueue nfs nfs4 overlay proc ramfs smb3
  squashfs sysfs vfat xfs`.split(/\s+/);

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
  const flags = flagsOf(o);
  const word = flags.data.find((each) => otherWords.test(each));
  if (word !== undefined) return notSimulated(`a volume with the mount option ${word}`);
  if (!real || !flags.bind) return undefined;
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
  const { bits } = flags;
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
  const { bind, data, readonly, shown } = flags;
  if (bind) {
    const place = find(m, engineState(m).daemon, device);
    if (isErrno(place)) return place;
    const { fs, options, source } = place.mount;
    mount(m, ns, { point, fs, root: place.path, source, options, bind: true, readonly }, 'dockerd');
    return undefined;
  }
  if (type === 'ext4') return isErrno(find(m, engineState(m).daemon, device)) ? fail('ENOENT') : 'not-simulated';
  if (type !== 'tmpfs') return fail('ENODEV');
  const read = readTmpfsData(data);
  if (!read) return fail('EINVAL');
  const fs = newFilesystem(m, 'tmpfs', tmpfsMaking(read, m.world.now));
  const options = [...shown, ...shownTmpfsData(read)].join(',');
  mount(m, ns, { point, fs, source: device, options, readonly }, 'dockerd');
  return undefined;
}

interface MountFlags {
  readonly bind: boolean;
  readonly readonly: boolean;
  /** As mount(2) gets them. */
  readonly bits: number;
  /** Those of the mount itself, as /proc/mounts shows them. */
  readonly shown: readonly string[];
  /** What is for the file system itself. */
  readonly data: readonly string[];
}

/** Flags of mount(2) by the words for them, in the order of /proc/mounts (linux/mount.h). */
const flagBits: { readonly [word: string]: number | undefined } = {
  ro: 0x1,
  sync: 0x10,
  dirsync: 0x80,
  nosuid: 0x2,
  nodev: 0x4,
  noexec: 0x8,
  noatime: 0x400,
  nodiratime: 0x800,
  relatime: 0x20_0000,
  strictatime: 0x100_0000,
  bind: 0x1000,
  rbind: 0x5000,
};
const hidden = ['ro', 'bind', 'rbind', 'relatime', 'strictatime'];
/** Words that say what is so anyway. */
const usual = 'defaults rw suid dev exec async atime diratime norelatime nostrictatime'.split(' ');
/** Options of a mount, and of a tmpfs, that have no effect in here. */
const otherWords =
  /^(?:r?(?:private|shared|slave|unbindable)|remount|(?:no)?mand|nr_\w+=.*|size=\d+%|(?:huge|mpol)=.*)$/;

function flagsOf(text: string): MountFlags {
  const words = text.split(',').filter(Boolean);
  const flags = Object.keys(flagBits).filter((word) => words.includes(word));
  const atime = flags.some((word) => ['noatime', 'strictatime'].includes(word)) ? [] : ['relatime'];
  return {
    bind: flags.includes('bind') || flags.includes('rbind'),
    readonly: flags.includes('ro'),
    bits: flags.reduce((sum, word) => sum | (flagBits[word] ?? 0), 0),
    shown: [...flags.filter((word) => !hidden.includes(word)), ...atime],
    data: words.filter((word) => !Object.hasOwn(flagBits, word) && !usual.includes(word)),
  };
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
