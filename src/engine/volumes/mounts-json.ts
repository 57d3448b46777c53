import type { Json } from '../../kernel/json.ts';
import type { Container } from '../state.ts';

/** `Mounts` of inspect and of the list, ordered by where they are. */
export function mountsJson(container: Container): readonly { readonly [field: string]: Json }[] {
  const tmpfs = (container.hostConfig.Mounts ?? [])
    .filter(({ Type }) => Type === 'tmpfs')
    .map(({ Target }) => ({ Type: 'tmpfs', Source: '', Destination: Target, Mode: '', RW: true, Propagation: '' }));
  const mounts = (container.mounts ?? []).map(({ type, name, source, destination, mode, rw }) => ({
    Type: type,
    ...(name === undefined ? {} : { Name: name }),
    Source: source,
    Destination: destination,
    ...(type === 'volume' ? { Driver: 'local' } : {}),
    Mode: mode,
    RW: rw,
    Propagation: type === 'bind' ? 'rprivate' : '',
  }));
  return [...tmpfs, ...mounts];
}
