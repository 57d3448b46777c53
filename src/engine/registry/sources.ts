import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Image, ImageLayer } from '../../oci/image.ts';
import { nameOf, type Reference } from '../../oci/reference.ts';
import { engine, engineState } from '../state.ts';

/** What an engine remembers of a layer, whatever images it is part of (moby's distribution metadata). */
export interface LayerSource {
  /** The compressed blob that registries have it as. */
  readonly blob: NonNullable<ImageLayer['blob']>;
  /** The repositories that were seen to have it (`docker.io/library/alpine`), the last one last. */
  readonly repositories: readonly string[];
}

/** So many repositories are remembered of one blob. */
const most = 50;

/** Notes that a repository has an image's layers, so that a push to the same registry can mount them from there. */
export function noteSources(m: Machine, reference: Reference, image: Image): void {
  let { sources = {} } = engineState(m);
  const repository = nameOf(reference);
  for (const { diffId, blob } of image.layers) {
    const known = sources[diffId]?.repositories ?? [];
    if (!blob || known.at(-1) === repository) continue;
    const others = known.filter((each) => each !== repository);
    sources = { ...sources, [diffId]: { blob, repositories: [...others, repository].slice(-most) } };
  }
  engine(m).sources = sources;
}

/** The repositories that were seen to have a layer, the last one first. */
export function sourcesOf(m: Machine, diffId: Id): readonly string[] {
  return [...(engineState(m).sources?.[diffId]?.repositories ?? [])].reverse();
}

/** The compressed blob of a layer, when it is known: from this image, from what was noted, or from another image. */
export function knownBlob(m: Machine, { diffId, blob }: ImageLayer): ImageLayer['blob'] {
  const { images, sources } = engineState(m);
  const noted = blob ?? sources?.[diffId]?.blob;
  if (noted) return noted;
  const same = Object.values(images).flatMap(({ layers }) => layers.filter((layer) => layer.diffId === diffId));
  return same.find((layer) => layer.blob)?.blob;
}
