import type { ByteString } from '../../kernel/bytes.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { randomHex } from '../../kernel/world.ts';
import type { Image } from '../../oci/image.ts';
import { type LoadedImage, loadArchive } from '../../oci/load-archive.ts';
import type { ApiResponse } from '../api.ts';
import { fullReference } from '../lookup.ts';
import { engine, engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteImage } from '../watch/events.ts';
import { archiveProblem } from './archive-problem.ts';
import { nameNewImage, wantedName } from './name-new.ts';
import { addLayers } from './store-layers.ts';

/** One thing that is told of a load: progress of a layer, text that is printed as it is, or why it failed. */
export type LoadMessage =
  | { readonly id: string; readonly status: string; readonly current: number; readonly total: number }
  | { readonly stream: string }
  | { readonly error: string };

/**
 * POST /images/load: the images in an archive of `docker save`. What goes wrong is told in the answer, whose status is
 * 200 all the same, as the engine does it. `platform`: only images for it.
 */
export function loadImages(m: Machine, tar: ByteString, platform: string | undefined): ApiResponse {
  let images: readonly LoadedImage[];
  try {
    images = loadArchive(tar);
  } catch (error) {
    const number = Number.parseInt(randomHex(m, 8), 16);
    return answer([{ error: archiveProblem(error, `/var/lib/docker/tmp/docker-import-${number}`) }]);
  }
  const messages: LoadMessage[] = [];
  const ids: string[] = [];
  let named = 0;
  const wanted = images.filter(
    ({ image }) => platform === undefined || platform === `${image.os}/${image.architecture}`,
  );
  const chains = new Set(wanted.flatMap(({ image }) => image.layers.map(({ chainId }) => chainId)));
  const present = [...chains].filter((chain) => Object.hasOwn(engineState(m).layers, chain)).length;
  step(m, 'dockerd', 'load-images', {
    images: wanted.length,
    added: chains.size - present,
    present,
    bytes: tar.length,
  });
  for (const loaded of wanted) {
    const { image, layers, references } = loaded;
    image.layers.forEach(({ chainId, diffId }, i) => {
      if (Object.hasOwn(engineState(m).layers, chainId)) return;
      const total = layers[i]?.bytes ?? 0;
      messages.push({ id: diffId.slice(7, 19), status: 'Loading layer', current: total, total });
    });
    if (!Object.hasOwn(engineState(m).images, image.id)) addLayers(m, image, layers);
    noteImage(m, image, 'load');
    ids.push(`Loaded image ID: ${image.id}\n`);
    named = references.length;
    for (const reference of references) messages.push(...nameLoaded(m, image.id, reference));
  }
  linkParents(m, images);
  // the engine looks at the last image only
  if (named === 0) messages.push({ stream: ids.join('') || '\n' });
  return answer(messages);
}

function answer(messages: readonly LoadMessage[]): ApiResponse {
  return { status: 200, body: messages as unknown as Json };
}

function nameLoaded(m: Machine, image: Id, reference: string): readonly LoadMessage[] {
  const old = engineState(m).tags[fullReference(reference)];
  const renamed =
    old === undefined || old === image
      ? []
      : [
          {
            stream: `The image ${reference} already exists, renaming the old one with ID ${old} to empty string\n`,
          },
        ];
  nameNewImage(m, image, wantedName(reference));
  return [...renamed, { stream: `Loaded image: ${reference}\n` }];
}

/** An image that was committed from another one in the archive knows so again. */
function linkParents(m: Machine, images: readonly LoadedImage[]): void {
  const store = m.draft.own(engine(m), 'images') as { [id: string]: Image };
  for (const { image, parent } of images) {
    const child = store[image.id];
    if (child && parent !== undefined && store[parent]) store[image.id] = { ...child, parent };
  }
}
