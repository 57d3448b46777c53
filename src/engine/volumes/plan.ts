import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import { cleanPath } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { randomHex } from '../../kernel/world.ts';
import type { HostConfig, MountSpec } from '../api.ts';
import { EngineError } from '../errors.ts';
import { engineState, type MountPoint } from '../state.ts';
import { mountsFrom } from './from.ts';
import { volumePath } from './place.ts';
import { filesOf } from './sources.ts';
import { checkDriverOptions, checkVolumeName } from './store.ts';

const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);

/**
 * What `-v`, `--mount` and a configuration's volumes ask for, as mounts; `client` is the process that asks. Nothing is
 * made yet. Errors in the engine's words (transcript 17).
 */
export function planMounts(
  m: Machine,
  client: number,
  { Binds = [], Mounts = [], VolumesFrom = [], Tmpfs = {}, VolumeDriver = '' }: Partial<HostConfig>,
  paths: readonly string[],
): readonly MountPoint[] {
  const planned: MountPoint[] = [
    ...Binds.map((spec) => bindOf(m, client, spec)),
    ...Mounts.filter(({ Type }) => Type !== 'tmpfs').map((spec) => mountOf(m, client, spec)),
  ];
  for (const spec of Mounts) if (spec.Type === 'tmpfs') checkTmpfs(spec);
  const taken = new Set<string>();
  const tmpfs = [...Object.keys(Tmpfs), ...Mounts.filter(({ Type }) => Type === 'tmpfs').map(({ Target }) => Target)];
  for (const destination of [...planned.map((mount) => mount.destination), ...tmpfs.map(cleanPath)]) {
    if (taken.has(destination)) throw refuse(`Duplicate mount point: ${destination}`);
    taken.add(destination);
  }
  const shared = mountsFrom(m, VolumesFrom);
  for (const [i, mount] of shared.entries()) {
    const { destination } = mount;
    if (taken.has(destination) || shared.slice(i + 1).some((later) => later.destination === destination)) continue;
    planned.push(mount);
  }
  for (const { destination } of shared) taken.add(destination);
  for (const path of new Set(paths)) {
    // a path alone may be relative to the container's root, and is kept as it was written
    const destination = path.startsWith('/') ? cleanPath(path) : path;
    if (!taken.has(cleanPath(path))) planned.push(volume(m, undefined, destination, '', true));
  }
  if (!['', 'local'].includes(VolumeDriver) && planned.some(({ type }) => type === 'volume')) {
    const why = `plugin ${JSON.stringify(VolumeDriver)} not found`;
    throw new EngineError('bad-parameter', 404, `error looking up volume plugin ${VolumeDriver}: ${why}`);
  }
  return planned;
}

/** `SOURCE:PATH[:MODE]`. */
function bindOf(m: Machine, client: number, spec: string): MountPoint {
  const [source = '', path = '', mode = '', ...more] = spec.split(':');
  if (more.length > 0 || source === '' || path === '') throw refuse(`invalid volume specification: '${spec}'`);
  const type = source.startsWith('/') ? 'bind' : 'volume';
  const modes = readModes(mode);
  const destination = target(path, type, spec);
  const rw = !modes.includes('ro');
  const mix = (what: string): EngineError =>
    refuse(
      `invalid volume specification: '${spec}': invalid mount config for type "${type}": field ${what} must not be specified`,
    );
  const propagation = modes.find((each) => propagations.includes(each));
  if (type === 'bind') {
    if (modes.includes('nocopy')) throw mix('VolumeOptions');
    return { ...bind(m, client, source, destination, mode, rw), ...(propagation ? { propagation } : {}) };
  }
  if (propagation) throw mix('BindOptions');
  checkVolumeName(source);
  return { ...volume(m, source, destination, mode || 'z', rw), ...(modes.includes('nocopy') ? { nocopy: true } : {}) };
}

const propagations = ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'];
/** What may stand behind the second colon: one of each of these. */
const modeKinds = [
  ['ro', 'rw'],
  ['z', 'Z'],
  ['nocopy'],
  ['consistent', 'cached', 'delegated', 'default'],
  propagations,
];

function readModes(mode: string): readonly string[] {
  const modes = mode.split(',').filter(Boolean);
  const known = modes.every((each) => modeKinds.some((kind) => kind.includes(each)));
  const twice = modeKinds.some((kind) => modes.filter((each) => kind.includes(each)).length > 1);
  if (!known || twice) throw refuse(`invalid mode: ${mode}`);
  return modes;
}

function mountOf(m: Machine, client: number, spec: MountSpec): MountPoint {
  const { Type, Source = '', Target, ReadOnly = false } = spec;
  const wrong = (why: string): EngineError => refuse(`invalid mount config for type ${JSON.stringify(Type)}: ${why}`);
  if (Type !== 'bind' && Type !== 'volume') throw wrong('mount type unknown');
  if (!Target.startsWith('/')) throw wrong(`invalid mount path: '${Target}' mount path must be absolute`);
  if (cleanPath(Target) === '/') throw wrong("invalid specification: destination can't be '/'");
  if (Type === 'volume') {
    if (Source !== '') checkVolumeName(Source);
    else if (ReadOnly) throw wrong('must not set ReadOnly mode when using anonymous volumes');
    const point = volume(m, Source || undefined, cleanPath(Target), 'z', !ReadOnly);
    const options = spec.VolumeOptions?.DriverConfig?.Options ?? {};
    checkDriverOptions(point.name ?? '', options, filesOf(m, client) !== undefined);
    return { ...point, ...volumeOptions(spec, wrong) };
  }
  if (Source === '') throw wrong('field Source must not be empty');
  if (!Source.startsWith('/')) throw wrong(`invalid mount path: '${Source}' mount path must be absolute`);
  const real = filesOf(m, client);
  const there = (real ?? fileCalls(m, engineState(m).daemon)).stat(Source);
  if (isErrno(there)) throw wrong(`bind source path does not exist: ${Source}`);
  const { Propagation: propagation } = spec.BindOptions ?? {};
  if (propagation && !propagations.includes(propagation)) throw wrong(`invalid propagation mode: ${propagation}`);
  return { ...bind(m, client, Source, cleanPath(Target), '', !ReadOnly), ...(propagation ? { propagation } : {}) };
}

function volumeOptions({ VolumeOptions = {} }: MountSpec, wrong: (why: string) => EngineError): Partial<MountPoint> {
  const { NoCopy, Labels, Subpath: subpath = '', DriverConfig } = VolumeOptions;
  const { Name: name = '' } = DriverConfig ?? {};
  if (!['', 'local'].includes(name)) {
    throw refuse(`error looking up volume plugin ${name}: plugin ${JSON.stringify(name)} not found`);
  }
  if (subpath.startsWith('/') || escapes(subpath)) {
    throw wrong('subpath must be a relative path within the volume');
  }
  return {
    ...(NoCopy ? { nocopy: true } : {}),
    ...(Labels ? { labels: Labels } : {}),
    ...(DriverConfig?.Options ? { driverOptions: DriverConfig.Options } : {}),
    ...(subpath === '' ? {} : { subpath }),
  };
}

function checkTmpfs({ Source, Target }: MountSpec): void {
  const wrong = (why: string): EngineError => refuse(`invalid mount config for type "tmpfs": ${why}`);
  if (Source) throw wrong('field Source must not be specified');
  if (!Target.startsWith('/')) throw wrong(`invalid mount path: '${Target}' mount path must be absolute`);
}

function target(path: string, type: string, spec: string): string {
  const wrong = (why: string): EngineError =>
    refuse(`invalid volume specification: '${spec}': invalid mount config for type "${type}": ${why}`);
  if (!path.startsWith('/')) throw wrong(`invalid mount path: '${path}' mount path must be absolute`);
  if (cleanPath(path) === '/') throw wrong("invalid specification: destination can't be '/'");
  return cleanPath(path);
}

function volume(m: Machine, name: string | undefined, destination: string, mode: string, rw: boolean): MountPoint {
  const given = name ?? randomHex(m, 64);
  return { type: 'volume', name: given, source: volumePath(given), destination, mode, rw };
}

function bind(m: Machine, client: number, source: string, destination: string, mode: string, rw: boolean): MountPoint {
  const real = filesOf(m, client) !== undefined;
  return { type: 'bind', source: cleanPath(source), destination, mode, rw, ...(real ? { real: true } : {}) };
}

/** Does a relative path lead out of where it begins? */
function escapes(path: string): boolean {
  let depth = 0;
  for (const name of path.split('/')) {
    if (name === '..') depth -= 1;
    else if (name !== '' && name !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}
