import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { findContainer } from '../lookup.ts';
import type { Container, MountPoint } from '../state.ts';

/** `--volumes-from CONTAINER[:MODE]`: the volumes and bind mounts of other containers, at the same places. */
export function mountsFrom(m: Machine, specs: readonly string[]): readonly MountPoint[] {
  return specs.flatMap((spec) => {
    if (spec === '') throw refuse('volumes-from specification cannot be an empty string');
    const cut = spec.indexOf(':');
    const mode = cut < 0 ? 'rw' : spec.slice(cut + 1);
    const { mounts = [] } = found(m, cut < 0 ? spec : spec.slice(0, cut));
    if (!['ro', 'rw', 'z', 'Z'].includes(mode)) throw refuse(`invalid mode: ${mode}`);
    return mounts.map((mount): MountPoint => ({ ...mount, mode: '', rw: mount.rw && mode !== 'ro', nocopy: true }));
  });
}

function found(m: Machine, name: string): Container {
  if (name === '') throw refuse('invalid name or ID supplied: ""');
  try {
    return findContainer(m, name);
  } catch (error) {
    // not a 404: that would make the client fetch the image
    throw error instanceof EngineError ? refuse(error.message) : error;
  }
}

const refuse = (message: string): EngineError => new EngineError('bad-parameter', 400, message);
