import { isErrno, strerror } from '../../kernel/errno.ts';
import { find } from '../../kernel/fs/path.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError, raise } from '../errors.ts';
import type { Binding } from '../runc-further.ts';
import { type Container, engineState } from '../state.ts';
import { mountVolume, unmountVolumes } from './local-driver.ts';
import { makeVolume } from './store.ts';

/**
 * A container's volumes and bind mounts as parts of file systems. A folder of the host that is missing is made;
 * with `present`, folders of the user's computer that were not read yet are passed over.
 */
export function bindingsOf(m: Machine, container: Container, present = false): readonly Binding[] {
  const { daemon, binds } = engineState(m);
  const mounts = (container.mounts ?? []).filter(({ real, source }) => !present || !real || binds?.[source]);
  return mounts.map(({ name, source: whole, destination, rw, real, subpath }) => {
    const source = subpath === undefined ? whole : `${whole}/${subpath}`;
    const shared = { destination, readonly: !rw };
    if (real) {
      const read = binds?.[source];
      if (!read) throw new EngineError('start-failed', 500, `${source} was not read`);
      return { ...shared, fs: read.fs, root: read.file ?? '/', file: read.file !== undefined };
    }
    const volume = name === undefined ? undefined : makeVolume(m, name);
    if (volume?.options) raise(mountVolume(m, volume));
    const files = fileCalls(m, daemon);
    let path = '';
    for (const part of whole.split('/').filter(Boolean)) {
      path += `/${part}`;
      if (isErrno(files.stat(path))) files.mkdir(path, 0o755);
    }
    const place = find(m, daemon, source);
    if (isErrno(place)) {
      const why = `cannot access path ${source}: lstat ${source}: ${strerror(place).toLowerCase()}`;
      throw new EngineError('start-failed', 500, why);
    }
    const file = place.node.t !== 'dir';
    const bound = { ...shared, fs: place.mount.fs, root: place.path, file };
    if (!volume?.options) return bound;
    const { options, readonly, source: device } = place.mount;
    return { ...bound, readonly: shared.readonly || readonly, shown: { options, source: device } };
  });
}

/** A container has ended: its volumes that are mounts go, unless another running one has them. */
export function releaseVolumes(m: Machine, { mounts = [] }: Container): void {
  const names = mounts.flatMap(({ name = '' }) => (engineState(m).volumes?.[name]?.options ? [name] : []));
  if (names.length > 0) unmountVolumes(m, names);
}
