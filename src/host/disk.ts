import type { Filesystem } from '../kernel/fs/filesystem.ts';
import type { Machine } from '../kernel/machine.ts';

/** The host's own file system: what its first process sees at /. */
export function hostDisk(m: Machine): Filesystem | undefined {
  const space = m.kernel.namespaces[m.kernel.processes[1]?.ns.mnt ?? ''];
  const root = space?.kind === 'mnt' ? space.mounts.find(({ point }) => point === '/') : undefined;
  return m.kernel.filesystems[root?.fs ?? ''];
}
