import { deviceTree } from '../kernel/fs/devices.ts';
import { bindOf, mountMany, type NewMount } from '../kernel/fs/mounts.ts';
import { newFilesystem } from '../kernel/fs/overlay.ts';
import { placeAt } from '../kernel/fs/path.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Process } from '../kernel/state.ts';
import type { Isolation } from './isolation.ts';
import type { Bundle } from './runc.ts';
import { step } from './step.ts';

type MountPlan = Pick<Bundle, 'merged' | 'files' | 'etc' | 'readonly' | 'shmSize' | 'isolation'>;

/**
 * The mounts of a container, below `merged` in its new mount namespace, in the order recorded from runc. `files` is the
 * file system with resolv.conf, hostname and hosts. Returns the file systems made, to be removed with the container.
 */
export function mountContainer(m: Machine, ns: Process['ns'], { merged, files, ...bundle }: MountPlan): readonly Id[] {
  const made: Id[] = [];
  const fresh = (point: string, source: string, options: string, ...what: Rest<typeof newFilesystem>): NewMount => {
    const fs = newFilesystem(m, ...what);
    made.push(fs);
    return { point: merged + point, fs, source, options };
  };
  const strict = 'nosuid,nodev,noexec,relatime';
  const { devices, shm, writableSys } = bundle.isolation;
  const plain = deviceTree(m.world.now, 'container');
  const dev = { ...plain, entries: { ...plain.entries, ...devices } };
  if (shm === 'none') delete (dev.entries as { [name: string]: unknown }).shm;
  const rule = writableSys ? {} : { readonly: true };
  const wanted: NewMount[] = [
    fresh('/proc', 'proc', strict, 'proc', { ns: ns.pid }),
    fresh('/dev', 'tmpfs', 'nosuid,size=65536k,mode=755,inode64', 'tmpfs', { root: dev }),
    fresh('/dev/pts', 'devpts', 'nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666', 'devpts'),
    { ...fresh('/sys', 'sysfs', strict, 'sysfs', { ns: ns.net }), ...rule },
    { ...fresh('/sys/fs/cgroup', 'cgroup', `${strict},nsdelegate,memory_recursiveprot`, 'cgroup2'), ...rule },
    fresh('/dev/mqueue', 'mqueue', strict, 'mqueue'),
  ];
  if (shm === 'own') {
    const size = { capacity: bundle.shmSize };
    wanted.push(fresh('/dev/shm', 'shm', `${strict},size=${bundle.shmSize / 1024}k,inode64`, 'tmpfs', size));
  } else if (shm !== 'none') {
    wanted.push({ point: `${merged}/dev/shm`, fs: shm.fs, source: shm.source, options: shm.options, bind: true });
  }
  for (const file of bundle.etc ?? ['resolv.conf', 'hostname', 'hosts']) {
    const point = `${merged}/etc/${file}`;
    wanted.push({
      point,
      fs: files,
      root: `/${file}`,
      source: '/dev/sda1',
      options: 'relatime',
      bind: true,
      readonly: bundle.readonly || bundle.etc !== undefined,
    });
  }
  mountMany(m, ns.mnt, wanted, 'runc');
  return made;
}

type Rest<F> = F extends (m: Machine, ...rest: infer R) => unknown ? R : never;

/**
 * Parts of /proc and /sys become read-only or are hidden: a folder under an empty tmpfs, a file under /dev/null. `pid` is
 * a process in the container's namespaces. Returns the file system made for the hidden folders.
 */
export function maskPaths(
  m: Machine,
  pid: number,
  ns: Id,
  { masked, readonlyPaths }: Pick<Isolation, 'masked' | 'readonlyPaths'>,
): readonly Id[] {
  if (masked.length === 0 && readonlyPaths.length === 0) return [];
  const wanted: NewMount[] = [];
  const empty = newFilesystem(m, 'tmpfs', { mode: 0o755 });
  // all of them are in file systems that runc has mounted itself: there are no links on the way
  const nothing = placeAt(m, pid, ns, '/dev/null');
  for (const point of readonlyPaths) {
    const place = placeAt(m, pid, ns, point);
    if (place) wanted.push({ point, ...bindOf(place), readonly: true });
  }
  for (const point of masked) {
    const place = placeAt(m, pid, ns, point);
    if (!place) continue;
    if (place.node.t === 'dir' || place.node.t === 'gdir') {
      wanted.push({ point, fs: empty, readonly: true, source: 'tmpfs', options: 'relatime,inode64' });
    } else if (nothing) wanted.push({ point, ...bindOf(nothing) });
  }
  mountMany(m, ns, wanted);
  step(m, 'runc', 'mask-paths', { readonly: readonlyPaths, masked });
  return [empty];
}
