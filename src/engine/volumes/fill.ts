import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { packTree, unpackTree } from '../../oci/pack.ts';
import { withFiles } from '../containers/files.ts';
import { type Container, engineState } from '../state.ts';
import { step } from '../step.ts';
import { makeVolume, volumePath, volumes } from './store.ts';

/** Makes the volumes of a new container; an empty one gets what the image has at its place. */
export function makeVolumes(m: Machine, container: Container): void {
  const named = new Set(container.hostConfig.Binds?.map((spec) => spec.split(':')[0]));
  for (const { Source } of container.hostConfig.Mounts ?? []) named.add(Source ?? '');
  for (const { name, destination, nocopy, labels = {} } of container.mounts ?? []) {
    if (name === undefined) continue;
    const anonymous = !named.has(name) && volumes(m)[name] === undefined;
    makeVolume(
      m,
      name,
      anonymous ? { anonymous, labels: { ...labels, 'com.docker.volume.anonymous': '' } } : { labels },
    );
    if (!nocopy) fill(m, container, name, destination);
  }
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
