import type { Json } from '../../kernel/json.ts';
import type { Container } from '../state.ts';

/** `Mounts` of inspect and of the list, ordered by where they are. */
export function mountsJson(container: Container): readonly { readonly [field: string]: Json }[] {
  const tmpfs = (container.hostConfig.Mounts ?? [])
    .filter(({ Type }) => Type === 'tmpfs')
    .map(({ Target }) => ({ Type: 'tmpfs', Source: '', Destination: Target, Mode: '', RW: true, Propagation: '' }));
  const mounts = (container.mounts ?? []).map(({ type, name, source, destination, mode, rw, propagation }) => ({
    Type: type,
    ...(name === undefined ? {} : { Name: name }),
    Source: source,
    Destination: destination,
    ...(type === 'volume' ? { Driver: 'local' } : {}),
    Mode: mode,
    RW: rw,
    Propagation: type === 'bind' ? (propagation ?? usual(source)) : '',
  }));
  return [...tmpfs, ...mounts];
}

/** A bind mount that has the engine's own folder in it must not keep what is mounted there: the engine makes it a slave. */
function usual(source: string): string {
  return ['/', '/var', '/var/lib', '/var/lib/docker'].includes(source) ? 'rslave' : 'rprivate';
}
