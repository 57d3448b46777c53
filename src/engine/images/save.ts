import type { Machine } from '../../kernel/machine.ts';
import { saveArchive } from '../../oci/archive.ts';
import type { Image } from '../../oci/image.ts';
import { formatReference } from '../../oci/reference.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findImage, parsed } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteImage } from '../watch/events.ts';
import { layerArchives } from './layers.ts';
import { isDigestReference, repositoryOf } from './references.ts';

/**
 * GET /images/get?names=…: images as one archive, in pieces: `{ parts }`. A name without a tag means all tags of it.
 * Catalog images hold less than their digests say, so they are hashed anew.
 */
export function saveImages(m: Machine, names: readonly string[], platform: string | undefined): ApiResponse {
  const wanted = new Map<string, { image: Image; references: string[] }>();
  const add = (image: Image, reference?: string): void => {
    const entry = wanted.get(image.id) ?? { image, references: [] };
    if (reference !== undefined && !entry.references.includes(reference)) entry.references.push(reference);
    wanted.set(image.id, entry);
  };
  for (const name of names) for (const { image, reference } of namedImages(m, name)) add(image, reference);
  const images = [...wanted.values()];
  if (platform !== undefined) {
    const other = images.find(({ image }) => `${image.os}/${image.architecture}` !== platform);
    if (other) throw new EngineError('bad-parameter', 404, `no suitable export target found for platform ${platform}`);
  }
  const saved = images.map(({ image, references }) => ({ image, references, layers: layerArchives(m, image) }));
  for (const { image } of images) noteImage(m, image, 'save');
  const { parts, rehashed } = saveArchive(saved, m.world.now);
  step(m, 'dockerd', 'save-images', {
    images: images.length,
    layers: new Set(images.flatMap(({ image }) => image.layers.map(({ diffId }) => diffId))).size,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
    rehashed: rehashed.map(({ from }) => names.find((name) => sameImage(m, name, from)) ?? from),
  });
  return { status: 200, body: { parts } };
}

function sameImage(m: Machine, name: string, id: string): boolean {
  return namedImages(m, name).some(({ image }) => image.id === id);
}

function namedImages(m: Machine, name: string): readonly { image: Image; reference?: string }[] {
  const { images, tags } = engineState(m);
  const byId = /^(?:sha256:)?[0-9a-f]{64}$/.test(name);
  if (byId) return [{ image: findImage(m, name) }];
  const asked = parsed(name);
  const full = formatReference(asked);
  if (asked.tag === undefined && asked.digest === undefined) {
    const all = Object.keys(tags)
      .sort()
      .filter((reference) => !isDigestReference(reference) && repositoryOf(reference) === full);
    const found = all.flatMap((reference) => {
      const image = images[tags[reference] ?? ''];
      return image ? [{ image, reference }] : [];
    });
    return found.length > 0 ? found : [{ image: byPrefix(m, name) }];
  }
  const image = images[tags[full] ?? ''];
  if (!image) throw new EngineError('no-such-image', 404, 'reference does not exist');
  return [asked.digest === undefined ? { image, reference: full } : { image }];
}

function byPrefix(m: Machine, name: string): Image {
  const hex = name.replace(/^sha256:/, '');
  const ids = /^[0-9a-f]+$/.test(hex) ? Object.values(engineState(m).images) : [];
  const found = ids.filter(({ id }) => id.slice(7).startsWith(hex));
  if (found.length === 1 && found[0]) return found[0];
  throw new EngineError('no-such-image', 404, `No such image: ${name}`);
}
