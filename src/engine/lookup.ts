import type { Machine } from '../kernel/machine.ts';
import type { Image } from '../oci/image.ts';
import {
  familiarReference,
  formatReference,
  InvalidReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../oci/reference.ts';
import { EngineError, noSuchContainer } from './errors.ts';
import { findLink } from './networks/links.ts';
import { type Container, engineState } from './state.ts';

/** As `findContainer`; undefined for what means no container, or more than one. */
export function lookUpContainer(m: Machine, reference: string): Container | undefined {
  try {
    return findContainer(m, reference);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return undefined;
  }
}

/** The container that a name, a full id or an unambiguous beginning of an id means. Throws `no-such-container`. */
export function findContainer(m: Machine, reference: string): Container {
  const { containers, names } = engineState(m);
  // own keys only: a container may be called `constructor`
  const name = reference.replace(/^\//, '');
  const named = Object.hasOwn(names, name) ? containers[names[name] ?? ''] : undefined;
  const exact = Object.hasOwn(containers, reference) ? containers[reference] : named;
  if (exact) return exact;
  const linked = name.includes('/') ? containers[findLink(m, name)?.link.child ?? ''] : undefined;
  if (linked) return linked;
  const matches = /^[0-9a-f]+$/.test(reference) ? Object.keys(containers).filter((id) => id.startsWith(reference)) : [];
  const found = containers[matches[0] ?? ''];
  if (matches.length > 1) {
    throw new EngineError('bad-parameter', 400, `multiple IDs found with provided prefix: ${reference}`);
  }
  if (!found) throw noSuchContainer(reference);
  return found;
}

/** A reference with its defaults: `alpine` is `docker.io/library/alpine:latest`. Throws `bad-parameter`. */
export function fullReference(text: string): string {
  return formatReference(withDefaultTag(parsed(text)));
}

/** A reference in its parts. Throws `bad-parameter` with the distribution library's words. */
export function parsed(text: string): Reference {
  try {
    return parseReference(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new EngineError('bad-parameter', 400, error.message);
  }
}

/** The image that a reference, an id or the beginning of an id means. Throws `no-such-image`, or `bad-parameter`. */
export function findImage(m: Machine, text: string): Image {
  const { images, tags } = engineState(m);
  const whole = /^(?:sha256:)?([0-9a-f]{64})$/.exec(text)?.[1];
  if (whole !== undefined) return images[`sha256:${whole}`] ?? fail(`sha256:${whole}`);
  const reference = withDefaultTag(parsed(text));
  const named = images[tags[formatReference(reference)] ?? ''];
  if (named) return named;
  const hex = text.replace(/^sha256:/, '');
  const ids = /^[0-9a-f]+$/.test(hex) ? Object.keys(images).filter((id) => id.slice(7).startsWith(hex)) : [];
  return (ids.length === 1 && images[ids[0] ?? '']) || fail(familiarReference(reference));
}

/** The image that a text means, if there is one. */
export function imageOf(m: Machine, text: string): Image | undefined {
  try {
    return findImage(m, text);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return undefined;
  }
}

function fail(name: string): never {
  throw new EngineError('no-such-image', 404, `No such image: ${name}`);
}
