import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { packTree, unpackTree } from '../../oci/pack.ts';
import { withFiles } from '../containers/files.ts';
import { raise } from '../errors.ts';
import { type Container, engineState, type Volume } from '../state.ts';
import { step } from '../step.ts';
import { mountVolume, unmountVolumes } from './local-driver.ts';
import { volumePath } from './place.ts';
import { makeVolume, volumes } from './store.ts';

/** Makes the volumes of a new container; an empty one gets what the image has at its place. */
export function makeVolumes(m: Machine, container: Container): void {
  const named = new Set(container.hostConfig.Binds?.map((spec) => spec.split(':')[0]));
  for (const { Source } of container.hostConfig.Mounts ?? []) named.add(Source ?? '');
  for (const { name, destination, driverOptions: driver = {}, nocopy, labels = {} } of container.mounts ?? []) {
    if (name === undefined) continue;
    const anonymous = !named.has(name) && volumes(m)[name] === undefined;
    const volume = makeVolume(
      m,
      name,
      anonymous ? { anonymous, driver, labels: { ...labels, 'com.docker.volume.anonymous': '' } } : { driver, labels },
    );
    if (!nocopy) fillMounted(m, container, volume, destination);
  }
}

/** A volume with options is mounted while it is filled; what a tmpfs gets that way is gone at once. */
function fillMounted(m: Machine, container: Container, volume: Volume, path: string): void {
  const { name, options } = volume;
  const there = options && withFiles(m, container, (files) => !isErrno(files.stat(path)));
  if (options && !there) return;
  if (options) raise(mountVolume(m, volume));
  fill(m, container, name, path);
  if (options) unmountVolumes(m, [name]);
}

function fill(m: Machine, container: Container, name: string, path: string): void {
  const host = fileCalls(m, engineState(m).daemon);
  const old = host.list(volumePath(name));
  if (isErrno(old) || old.length > 0) return;
  const entries = withFiles(m, container, (files) => {
    const stat = files.stat(path);
    const real = files.realpath(path);
    return !isErrno(stat) && stat.type === 'dir' && typeof real === 'string' ? packTree(files, real, '.') : [];
  });
  if (isErrno(entries) || entries.length === 0) return;
  const [self, ...inside] = entries;
  unpackTree(host, volumePath(name), inside);
  if (self) {
    host.chmod(volumePath(name), self.mode);
    host.chown(volumePath(name), self.uid, self.gid);
  }
  if (inside.length > 0) step(m, 'dockerd', 'volume', { name, change: 'fill', path });
}
