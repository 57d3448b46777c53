import type { MountSpec } from '../../engine/api.ts';
import { parseSize } from '../format/size.ts';
import { csvFields } from './fields.ts';
import { ValueError } from './numbers.ts';

/** Keys of `--mount` that the real client knows and that are not simulated. */
const others = ['bind-nonrecursive', 'bind-recursive', 'image-subpath'];

/** `type=volume,source=data,target=/d,readonly`. Throws ValueError with the real client's words (transcript 17). */
export function parseMount(text: string): MountSpec {
  const mount: { -readonly [K in keyof MountSpec]: MountSpec[K] } = { Type: 'volume', Target: '' };
  if (text === '') throw new ValueError('EOF');
  for (const field of csvFields(text)) {
    const cut = field.indexOf('=');
    const key = (cut < 0 ? field : field.slice(0, cut)).trim().toLowerCase();
    const value = cut < 0 ? undefined : field.slice(cut + 1);
    if (value === undefined && !['readonly', 'ro', 'volume-nocopy'].includes(key)) {
      throw new ValueError(`invalid field '${field}' must be a key=value pair`);
    }
    setField(mount, key, value ?? 'true', field);
  }
  if (mount.Target === '') throw new ValueError('target is required');
  for (const [kind, options] of [
    ['volume', mount.VolumeOptions],
    ['bind', mount.BindOptions],
    ['tmpfs', mount.TmpfsOptions],
  ] as const) {
    if (options === undefined || mount.Type === kind) continue;
    throw new ValueError(`cannot mix '${kind}-*' options with mount type '${mount.Type}'`);
  }
  return mount;
}

function setField(
  mount: { -readonly [K in keyof MountSpec]: MountSpec[K] },
  key: string,
  value: string,
  field: string,
): void {
  switch (key) {
    case 'type':
      mount.Type = value.toLowerCase();
      return;
    case 'source':
    case 'src':
      mount.Source = value;
      return;
    case 'target':
    case 'dst':
    case 'destination':
      mount.Target = value;
      return;
    case 'readonly':
    case 'ro':
      if (flag(key, value)) mount.ReadOnly = true;
      return;
    case 'volume-nocopy':
      mount.VolumeOptions = { ...mount.VolumeOptions, NoCopy: flag(key, value) };
      return;
    case 'volume-label': {
      const [name = '', ...rest] = value.split('=');
      const Labels = { ...mount.VolumeOptions?.Labels, [name]: rest.join('=') };
      mount.VolumeOptions = { ...mount.VolumeOptions, Labels };
      return;
    }
    case 'volume-subpath':
      mount.VolumeOptions = { ...mount.VolumeOptions, Subpath: value };
      return;
    case 'volume-driver':
      mount.VolumeOptions = {
        ...mount.VolumeOptions,
        DriverConfig: { ...mount.VolumeOptions?.DriverConfig, Name: value },
      };
      return;
    case 'volume-opt': {
      const [, name = '', rest = ''] = /^([^=]*)=?(.*)$/s.exec(value) ?? [];
      const { DriverConfig } = mount.VolumeOptions ?? {};
      const Options = { ...DriverConfig?.Options, [name]: rest };
      mount.VolumeOptions = { ...mount.VolumeOptions, DriverConfig: { ...DriverConfig, Options } };
      return;
    }
    case 'bind-propagation':
      mount.BindOptions = { Propagation: value.toLowerCase() };
      return;
    case 'consistency':
      mount.Consistency = value.toLowerCase();
      return;
    case 'tmpfs-size':
      mount.TmpfsOptions = { ...mount.TmpfsOptions, SizeBytes: size(key, value) };
      return;
    case 'tmpfs-mode':
      if (!/^[0-7]+$/.test(value)) throw new ValueError(`invalid value for ${key}: ${value}`);
      mount.TmpfsOptions = { ...mount.TmpfsOptions, Mode: Number.parseInt(value, 8) };
      return;
    default:
      if (others.includes(key)) throw new ValueError(`drydock: ${key} is not simulated`);
      throw new ValueError(`unexpected key '${key}' in '${field}'`);
  }
}

function size(key: string, value: string): number {
  try {
    return parseSize(value, 1024);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(`invalid value for ${key}: ${value}`);
  }
}

function flag(key: string, value: string): boolean {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new ValueError(`invalid value for ${key}: ${value}`);
}
