import { freeze, thaw } from '../../kernel/freezer.ts';
import { fold } from '../../kernel/fs/layers.ts';
import { upperChanges, upperLayer } from '../../kernel/fs/overlay.ts';
import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { chainIds, digestOf, digestOfParts } from '../../oci/digest.ts';
import { engineDocument, type JsonObject, objectOf } from '../../oci/engine-config.ts';
import type { Image } from '../../oci/image.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import { layerSize } from '../../oci/layer-size.ts';
import { configDocument, imageOf } from '../../oci/manifest.ts';
import { formatReference } from '../../oci/reference.ts';
import { writeTar } from '../../oci/tar.ts';
import type { ApiResponse } from '../api.ts';
import { checkRoom } from '../disk.ts';
import { EngineError } from '../errors.ts';
import { apiTime } from '../human-duration.ts';
import { findContainer } from '../lookup.ts';
import { type Container, engineState, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer, noteImage } from '../watch/events.ts';
import { changedConfig } from './changes.ts';
import { nameNewImage, wantedName } from './name-new.ts';
import { familiar } from './references.ts';
import { addImage } from './store.ts';

type Query = { readonly [key: string]: string };

/**
 * POST /commit?container=&repo=&tag=&author=&comment=&pause=: an image of the container's image and, on top, what the
 * container has written. `changes`: Dockerfile instructions for its configuration. A running container is frozen
 * meanwhile, unless `pause=0`.
 */
export function commitContainer(m: Machine, query: Query, changes: readonly string[]): ApiResponse {
  const name = wantedName(query.repo, query.tag);
  const container = findContainer(m, query.container ?? '');
  const { id } = container;
  const task = query.pause === '0' || container.state.status === 'paused' ? undefined : taskOf(m, id);
  const config = changedConfig(containerConfig(container), changes);
  const base = baseOf(m, container);
  if (task) {
    freeze(m, task.cgroup);
    step(m, 'dockerd', 'freeze', { container: id, cgroup: task.cgroup, frozen: true });
    noteContainer(m, container, 'pause');
  }
  checkRoom(m, container.layer);
  const upper = upperLayer(m, container.fs);
  const { digest } = digestOfParts(layerParts(upper));
  const empty = digest === digestOf(writeTar([]));
  const size = layerSize(upper);
  step(m, 'dockerd', 'commit-layer', {
    container: id,
    changes: upperChanges(m, container.fs).length,
    bytes: size,
    digest: empty ? '' : digest,
  });
  const diffIds = [...base.layers.map(({ diffId }) => diffId), ...(empty ? [] : [digest])];
  const created = apiTime(m.world.now);
  const { author = '', comment = '' } = query;
  const own = (container.config.Cmd ?? []).join(' ');
  const row: Json = {
    created,
    ...(own === '' ? {} : { created_by: own }),
    ...(author === '' ? {} : { author }),
    ...(comment === '' ? {} : { comment }),
    ...(empty ? { empty_layer: true } : {}),
  };
  const { bytes } = engineDocument({
    architecture: base.architecture,
    os: base.os,
    author,
    config,
    container: id,
    containerConfig: containerConfig(container),
    created,
    history: [...historyOf(base), row],
    diffIds,
  });
  const read = imageOf(bytes, [...base.layers.map((layer) => layer.size), size]);
  // the layers below are the very same, with all that is known of them
  const layers = [...base.layers, ...read.layers.slice(base.layers.length)];
  const image: Image = { ...read, layers, document: bytes, parent: base.id };
  addImage(m, image, treesOf(m, image, upper), []);
  step(m, 'dockerd', 'write-image', { image: image.id, layers: image.layers.length, how: 'commit' });
  noteImage(m, image, 'create');
  nameNewImage(m, image.id, name);
  const imageRef = name ? familiar(formatReference(name)) : '';
  if (name) noteImage(m, image, 'tag', imageRef);
  noteContainer(m, container, 'commit', { comment, imageID: image.id, imageRef });
  if (task) {
    thaw(m, task.cgroup);
    step(m, 'dockerd', 'freeze', { container: id, cgroup: task.cgroup, frozen: false });
    noteContainer(m, container, 'unpause');
  }
  return { status: 201, body: { Id: image.id } };
}

/** The image that the container stands on. Throws when it was removed by force. */
function baseOf(m: Machine, { image }: Container): Image {
  const base = engineState(m).images[image];
  if (base) return base;
  const hex = image.slice('sha256:'.length);
  const file = `/var/lib/docker/image/overlay2/imagedb/content/sha256/${hex}`;
  throw new EngineError('no-such-image', 404, `failed to get digest ${image}: open ${file}: no such file or directory`);
}

/** What the container was configured with, as the engine's API has it. */
function containerConfig({ config, id }: Container): JsonObject {
  const { Hostname, Labels, ...others } = config;
  return { ...(others as JsonObject), Hostname: Hostname || id.slice(0, 12), Labels: Labels ?? {} };
}

/** The rows of an image's history as its document has them. */
function historyOf(base: Image): readonly Json[] {
  const document = base.document ?? configDocument(base, []).bytes;
  const { history } = objectOf(document);
  return Array.isArray(history) ? (history as readonly Json[]) : [];
}

/** The folded trees of an image's layers: those in the store, and for a new one on top `layer` on them. */
function treesOf(m: Machine, image: Image, layer: Parameters<typeof layerSize>[0]) {
  const { layers: store } = engineState(m);
  const chain = chainIds(image.layers.map(({ diffId }) => diffId));
  return chain.map((id, i) => {
    const known = store[id]?.tree;
    if (known) return known;
    const below = store[chain[i - 1] ?? '']?.tree;
    return fold(below ? [below, layer] : [layer]);
  });
}
