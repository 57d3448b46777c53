import { isErrno } from '../kernel/errno.ts';
import { deviceTree } from '../kernel/fs/devices.ts';
import { bindOf, mountMany, type NewMount } from '../kernel/fs/mounts.ts';
import { newFilesystem } from '../kernel/fs/overlay.ts';
import { find } from '../kernel/fs/path.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Process } from '../kernel/state.ts';
import { maskedPaths, readonlyPaths } from './limits.ts';
import type { Bundle } from './runc.ts';
import { step } from './step.ts';

type MountPlan = Pick<Bundle, 'merged' | 'files' | 'readonly' | 'shmSize'>;

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
  const dev = deviceTree(m.world.now, 'container');
  const wanted: NewMount[] = [
    fresh('/proc', 'proc', strict, 'proc', { ns: ns.pid }),
    fresh('/dev', 'tmpfs', 'nosuid,size=65536k,mode=755,inode64', 'tmpfs', { root: dev }),
    fresh('/dev/pts', 'devpts', 'nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666', 'devpts'),
    { ...fresh('/sys', 'sysfs', strict, 'sysfs', { ns: ns.net }), readonly: true },
    { ...fresh('/sys/fs/cgroup', 'cgroup', `${strict},nsdelegate,memory_recursiveprot`, 'cgroup2'), readonly: true },
    fresh('/dev/mqueue', 'mqueue', strict, 'mqueue'),
    fresh('/dev/shm', 'shm', `${strict},size=${bundle.shmSize / 1024}k,inode64`, 'tmpfs', { capacity: bundle.shmSize }),
  ];
  for (const file of ['resolv.conf', 'hostname', 'hosts']) {
    const point = `${merged}/etc/${file}`;
    wanted.push({
      point,
      fs: files,
      root: `/${file}`,
      source: '/dev/sda1',
      options: 'relatime',
      bind: true,
      readonly: bundle.readonly,
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
export function maskPaths(m: Machine, pid: number, ns: Id): readonly Id[] {
  const wanted: NewMount[] = [];
  const empty = newFilesystem(m, 'tmpfs', { mode: 0o755 });
  const nothing = find(m, pid, '/dev/null');
  for (const point of readonlyPaths) {
    const place = find(m, pid, point);
    if (!isErrno(place)) wanted.push({ point, ...bindOf(place), readonly: true });
  }
  for (const point of maskedPaths) {
    const place = find(m, pid, point);
    if (isErrno(place)) continue;
    if (place.node.t === 'dir' || place.node.t === 'gdir') {
      wanted.push({ point, fs: empty, readonly: true, source: 'tmpfs', options: 'relatime,inode64' });
    } else if (!isErrno(nothing)) wanted.push({ point, ...bindOf(nothing) });
  }
  mountMany(m, ns, wanted);
  step(m, 'runc', 'mask-paths', { readonly: readonlyPaths, masked: maskedPaths });
  return [empty];
}
