import { isErrno } from '../../kernel/errno.ts';
import { find } from '../../kernel/fs/path.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import { treeSize } from '../../kernel/fs/tree.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError, raise } from '../errors.ts';
import { type Container, engine, engineState, type Volume } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { refusedOptions } from './local-driver.ts';
import { volumePath } from './place.ts';

/** Refuses a name that the local driver cannot have (transcript 17). */
export function checkVolumeName(name: string): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return;
  const length =
    name.length === 1 ? 'volume name is too short, names should be at least two alphanumeric characters' : '';
  throw new EngineError(
    'bad-parameter',
    400,
    `create ${name}: ${
      length ||
      `${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`
    }`,
  );
}

/** Refuses options that the local driver cannot have. `real`: the client's files are those of a real computer. */
export function checkDriverOptions(name: string, options: Rec<string>, real: boolean): void {
  if (Object.keys(options).length > 0) raise(refusedOptions(name, options, real));
}

/** The volume with this name, made if there is none. */
export function makeVolume(
  m: Machine,
  name: string,
  options: { readonly labels?: Volume['labels']; readonly anonymous?: boolean; readonly driver?: Rec<string> } = {},
): Volume {
  const found = volumes(m)[name];
  if (found) return found;
  const state = engine(m);
  state.volumes ??= m.draft.adopt({});
  const { labels = {}, anonymous = false, driver = {} } = options;
  const further = Object.keys(driver).length > 0 ? { options: driver } : {};
  const volume: Volume = { name, created: m.world.now, labels, anonymous, ...further };
  (m.draft.own(state, 'volumes') as { [name: string]: Volume })[name] = volume;
  const files = fileCalls(m, state.daemon);
  let path = '';
  for (const part of volumePath(name).split('/').filter(Boolean)) {
    path += `/${part}`;
    if (isErrno(files.stat(path))) files.mkdir(path, part === 'volumes' || part === name ? 0o701 : 0o755);
  }
  files.chmod(volumePath(name), 0o755);
  noteEvent(m, 'volume', 'create', name, { driver: 'local' });
  step(m, 'dockerd', 'volume', { name, change: 'create', path: volumePath(name) });
  return volume;
}

/** All volumes, by name. */
export function volumes(m: Machine): { readonly [name: string]: Volume } {
  return engineState(m).volumes ?? {};
}

/** The containers that have a volume, running or not. */
export function usersOf(m: Machine, name: string): readonly Container[] {
  return Object.values(engineState(m).containers).filter((c) => c.mounts?.some((mount) => mount.name === name));
}

/** Bytes of a volume's files. */
export function volumeSize(m: Machine, name: string): number {
  const place = find(m, engineState(m).daemon, volumePath(name));
  if (isErrno(place) || place.node.t !== 'dir') return 0;
  return treeSize(place.node, m.kernel.filesystems[place.mount.fs]?.inodes);
}

/** Removes a volume with its files. */
export function removeVolume(m: Machine, name: string): void {
  const state = engine(m);
  delete (m.draft.own(state, 'volumes') as { [name: string]: Volume })[name];
  removeAll(m, `/var/lib/docker/volumes/${name}`);
  noteEvent(m, 'volume', 'destroy', name, { driver: 'local' });
  step(m, 'dockerd', 'volume', { name, change: 'remove', path: volumePath(name) });
}

/** A container is gone: so are the volumes that were made for it alone. */
export function removeAnonymous(m: Machine, container: Container): void {
  for (const { name } of container.mounts ?? []) {
    if (name !== undefined && volumes(m)[name]?.anonymous && usersOf(m, name).length === 0) removeVolume(m, name);
  }
}

function removeAll(m: Machine, path: string): void {
  const files = fileCalls(m, engineState(m).daemon);
  const names = files.stat(path, { follow: false });
  if (isErrno(names)) return;
  if (names.type !== 'dir') {
    files.unlink(path);
    return;
  }
  const inside = files.list(path);
  if (!isErrno(inside)) for (const name of inside) removeAll(m, `${path}/${name}`);
  files.rmdir(path);
}
