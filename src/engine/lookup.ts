import type { Machine } from '../kernel/machine.ts';
import type { Image } from '../oci/image.ts';
import { EngineError, noSuchContainer } from './errors.ts';
import { type Container, engineState } from './state.ts';

/** The container that a name, a full id or an unambiguous beginning of an id means. Throws `no-such-container`. */
export function findContainer(m: Machine, reference: string): Container {
  const { containers, names } = engineState(m);
  // own keys only: a container may be called `constructor`
  const name = reference.replace(/^\//, '');
  const named = Object.hasOwn(names, name) ? containers[names[name] ?? ''] : undefined;
  const exact = Object.hasOwn(containers, reference) ? containers[reference] : named;
  if (exact) return exact;
  const matches = /^[0-9a-f]+$/.test(reference) ? Object.keys(containers).filter((id) => id.startsWith(reference)) : [];
  const found = containers[matches[0] ?? ''];
  if (matches.length > 1) {
    throw new EngineError('bad-parameter', 400, `multiple IDs found with provided prefix: ${reference}`);
  }
  if (!found) throw noSuchContainer(reference);
  return found;
}

/** A reference with its defaults: `alpine` is `docker.io/library/alpine:latest`. */
export function fullReference(reference: string): string {
  const slash = reference.indexOf('/');
  const first = reference.slice(0, Math.max(slash, 0));
  const hasHost = slash > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = hasHost ? first : 'docker.io';
  const rest = hasHost ? reference.slice(slash + 1) : reference;
  const path = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  return /:[^/]*$/.test(path) ? `${host}/${path}` : `${host}/${path}:latest`;
}

/** The image that a reference, an id or the beginning of an id means. Throws `no-such-image`. */
export function findImage(m: Machine, reference: string): Image {
  const { images, tags } = engineState(m);
  const byTag = images[tags[fullReference(reference)] ?? ''];
  if (byTag) return byTag;
  const hex = reference.replace(/^sha256:/, '');
  if (/^[0-9a-f]{4,64}$/.test(hex)) {
    const id = Object.keys(images).find((known) => known.slice(7).startsWith(hex));
    if (id !== undefined && images[id]) return images[id];
  }
  const named = /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
  throw new EngineError('no-such-image', 404, `No such image: ${named}`);
}
