import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { randomHex } from '../../kernel/world.ts';
import type { HostConfig, MountSpec } from '../api.ts';
import { EngineError } from '../errors.ts';
import { engineState, type MountPoint } from '../state.ts';
import { filesOf } from './sources.ts';
import { checkVolumeName, volumePath } from './store.ts';

const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);

/**
 * What `-v`, `--mount` and a configuration's volumes ask for, as mounts; `client` is the process that asks. Nothing is
 * made yet. Errors in the engine's words (transcript 17).
 */
export function planMounts(
  m: Machine,
  client: number,
  { Binds = [], Mounts = [] }: Partial<HostConfig>,
  paths: readonly string[],
): readonly MountPoint[] {
  const planned: MountPoint[] = [
    ...Binds.map((spec) => bindOf(m, client, spec)),
    ...Mounts.filter(({ Type }) => Type !== 'tmpfs').map((spec) => mountOf(m, client, spec)),
  ];
  for (const spec of Mounts) if (spec.Type === 'tmpfs') checkTmpfs(spec);
  const taken = new Set<string>();
  for (const { destination } of planned) {
    if (taken.has(destination)) throw refuse(`Duplicate mount point: ${destination}`);
    taken.add(destination);
  }
  for (const path of paths) {
    if (!taken.has(clean(path))) planned.push(volume(m, undefined, target(path, 'volume', path), '', true));
  }
  return planned;
}

/** `SOURCE:PATH[:MODE]`. */
function bindOf(m: Machine, client: number, spec: string): MountPoint {
  const [source = '', path = '', mode = '', ...more] = spec.split(':');
  if (more.length > 0 || source === '' || path === '') throw refuse(`invalid volume specification: '${spec}'`);
  const type = source.startsWith('/') ? 'bind' : 'volume';
  const modes = mode.split(',').filter(Boolean);
  const wrong = modes.find((each) => !['ro', 'rw', 'z', 'Z', 'nocopy'].includes(each));
  if (wrong !== undefined) throw refuse(`invalid mode: ${mode}`);
  const destination = target(path, type, spec);
  const rw = !modes.includes('ro');
  if (type === 'bind') return bind(m, client, source, destination, mode, rw);
  checkVolumeName(source);
  return { ...volume(m, source, destination, mode || 'z', rw), ...(modes.includes('nocopy') ? { nocopy: true } : {}) };
}

function mountOf(m: Machine, client: number, spec: MountSpec): MountPoint {
  const { Type, Source = '', Target, ReadOnly = false } = spec;
  const wrong = (why: string): EngineError => refuse(`invalid mount config for type ${JSON.stringify(Type)}: ${why}`);
  if (Type !== 'bind' && Type !== 'volume') throw wrong('mount type unknown');
  if (!Target.startsWith('/')) throw wrong(`invalid mount path: '${Target}' mount path must be absolute`);
  if (clean(Target) === '/') throw wrong("invalid specification: destination can't be '/'");
  if (Type === 'volume') {
    if (Source !== '') checkVolumeName(Source);
    const point = volume(m, Source || undefined, clean(Target), 'z', !ReadOnly);
    return { ...point, ...(spec.VolumeOptions?.NoCopy ? { nocopy: true } : {}) };
  }
  if (Source === '') throw wrong('field Source must not be empty');
  if (!Source.startsWith('/')) throw wrong(`invalid mount path: '${Source}' mount path must be absolute`);
  const real = filesOf(m, client);
  const there = (real ?? fileCalls(m, engineState(m).daemon)).stat(Source);
  if (isErrno(there)) throw wrong(`bind source path does not exist: ${Source}`);
  return bind(m, client, Source, clean(Target), '', !ReadOnly);
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
  if (clean(path) === '/') throw wrong("invalid specification: destination can't be '/'");
  return clean(path);
}

function volume(m: Machine, name: string | undefined, destination: string, mode: string, rw: boolean): MountPoint {
  const given = name ?? randomHex(m, 64);
  return { type: 'volume', name: given, source: volumePath(given), destination, mode, rw };
}

function bind(m: Machine, client: number, source: string, destination: string, mode: string, rw: boolean): MountPoint {
  const real = filesOf(m, client) !== undefined;
  return { type: 'bind', source: clean(source), destination, mode, rw, ...(real ? { real: true } : {}) };
}

function clean(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}
