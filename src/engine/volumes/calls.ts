import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { flagFilter, hasLabels, readFilters } from '../filters.ts';
import { apiTime } from '../human-duration.ts';
import type { Volume } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { volumePath } from './place.ts';
import { filesOf } from './sources.ts';
import {
  checkDriverOptions,
  checkVolumeName,
  makeVolume,
  removeVolume,
  usersOf,
  volumeSize,
  volumes,
} from './store.ts';

/** GET /volumes: by name. Filters: dangling, driver, label, name. */
export function listVolumes(m: Machine, text: string | undefined): ApiResponse {
  const filters = readFilters(text, ['dangling', 'driver', 'label', 'name']);
  const dangling = filters.has('dangling') ? flagFilter(filters, 'dangling', false) : undefined;
  const names = filters.get('name');
  const drivers = filters.get('driver');
  const shown = Object.values(volumes(m))
    .filter((volume) => dangling === undefined || (usersOf(m, volume.name).length === 0) === dangling)
    .filter((volume) => names?.some((name) => volume.name.includes(name)) ?? true)
    .filter((volume) => (drivers?.includes('local') ?? true) && hasLabels(volume.labels, filters.get('label') ?? []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  step(m, 'dockerd', 'inspect', { kind: 'volumes', name: String(shown.length) });
  return { status: 200, body: { Volumes: shown.map(volumeJson), Warnings: null } };
}

/** POST /volumes/create by a process: one that is there already is answered as it is. */
export function createVolumeCall(
  m: Machine,
  client: number,
  body: {
    readonly Name?: string;
    readonly Driver?: string;
    readonly Labels?: { readonly [name: string]: string };
    readonly DriverOpts?: { readonly [name: string]: string };
  },
): ApiResponse {
  const { Name = '', Driver = 'local', Labels = {} } = body;
  const anonymous = Name === '';
  const name = anonymous ? randomHex(m, 64) : Name;
  if (Driver !== 'local' && Driver !== '') {
    const why = `error looking up volume plugin ${Driver}: plugin ${JSON.stringify(Driver)} not found`;
    throw new EngineError('bad-parameter', 404, `create ${name}: ${why}`);
  }
  checkVolumeName(name);
  const driver = body.DriverOpts ?? {};
  checkDriverOptions(name, driver, filesOf(m, client) !== undefined);
  const labels = anonymous ? { ...Labels, 'com.docker.volume.anonymous': '' } : Labels;
  return { status: 201, body: volumeJson(makeVolume(m, name, { labels, anonymous, driver })) };
}

/** GET /volumes/NAME. */
export function inspectVolume(m: Machine, name: string): ApiResponse {
  const volume = found(m, name);
  step(m, 'dockerd', 'inspect', { kind: 'volume', name });
  return { status: 200, body: volumeJson(volume) };
}

/** DELETE /volumes/NAME: refused while a container has it, running or not. */
export function removeVolumeCall(m: Machine, name: string, force: boolean): ApiResponse {
  if (force && !volumes(m)[name]) return { status: 204, body: null };
  found(m, name);
  const users = usersOf(m, name).map(({ id }) => id);
  if (users.length > 0) {
    throw new EngineError('bad-parameter', 409, `remove ${name}: volume is in use - [${users.join(', ')}]`);
  }
  removeVolume(m, name);
  return { status: 204, body: null };
}

/** POST /volumes/prune: anonymous volumes that no container has; with `all` named ones too. */
export function pruneVolumes(m: Machine, text: string | undefined): ApiResponse {
  const filters = readFilters(text, ['all', 'label', 'label!']);
  const all = flagFilter(filters, 'all', false);
  const unwanted = filters.get('label!') ?? [];
  const removed = Object.values(volumes(m)).filter(
    ({ name, anonymous, labels }) =>
      (all || anonymous) &&
      usersOf(m, name).length === 0 &&
      hasLabels(labels, filters.get('label') ?? []) &&
      !unwanted.some((label) => hasLabels(labels, [label])),
  );
  let bytes = 0;
  for (const { name } of removed) {
    bytes += volumeSize(m, name);
    removeVolume(m, name);
  }
  noteEvent(m, 'volume', 'prune', '', { reclaimed: String(bytes) });
  step(m, 'dockerd', 'prune', { kind: 'volume', removed: removed.length, bytes });
  return { status: 200, body: { VolumesDeleted: removed.map(({ name }) => name), SpaceReclaimed: bytes } };
}

function found(m: Machine, name: string): Volume {
  const all = volumes(m);
  const volume = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!volume) throw new EngineError('bad-parameter', 404, `get ${name}: no such volume`);
  return volume;
}

/** A volume as the API shows it. */
export function volumeJson({ name, created, labels, options }: Volume): { readonly [field: string]: Json } {
  return {
    CreatedAt: apiTime(created).replace(/\.\d+Z$/, 'Z'),
    Driver: 'local',
    Labels: Object.keys(labels).length > 0 ? labels : null,
    Mountpoint: volumePath(name),
    Name: name,
    Options: options ?? null,
    Scope: 'local',
  };
}
