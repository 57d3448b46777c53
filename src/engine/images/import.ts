import type { ByteString } from '../../kernel/bytes.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engineDocument } from '../../oci/engine-config.ts';
import { expand } from '../../oci/expand.ts';
import type { Image } from '../../oci/image.ts';
import { layerSize } from '../../oci/layer-size.ts';
import { loadLayer } from '../../oci/load-archive.ts';
import { imageOf } from '../../oci/manifest.ts';
import { formatReference } from '../../oci/reference.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { apiTime } from '../human-duration.ts';
import { step } from '../step.ts';
import { noteImage } from '../watch/events.ts';
import { archiveProblem } from './archive-problem.ts';
import { changedConfig } from './changes.ts';
import { nameNewImage, wantedName } from './name-new.ts';
import { type Platform, parsePlatform } from './platform.ts';
import { familiar } from './references.ts';
import { addLayers } from './store-layers.ts';

/**
 * POST /images/create?fromSrc=-&repo=&tag=&message=&platform=: an image with one layer out of an archive of files.
 * `changes`: Dockerfile instructions for its configuration.
 */
export function importImage(
  m: Machine,
  query: { readonly [key: string]: string },
  { tar, changes }: { readonly tar: ByteString; readonly changes: readonly string[] },
): ApiResponse {
  const platform = wantedPlatform(query.platform ?? '');
  const name = wantedName(query.repo, query.tag);
  const config = changedConfig({}, changes);
  const loaded = read(tar);
  const { diffId } = loaded;
  const size = layerSize(loaded.layer);
  step(m, 'dockerd', 'import-layer', { digest: diffId, bytes: loaded.bytes });
  const created = apiTime(m.world.now);
  const comment = query.message || 'Imported from -';
  const { bytes } = engineDocument({
    architecture: platform.architecture,
    ...(platform.variant ? { variant: platform.variant } : {}),
    os: 'linux',
    comment,
    config,
    containerConfig: {},
    created,
    history: [{ created, comment }],
    diffIds: [diffId],
  });
  const image: Image = { ...imageOf(bytes, [size]), document: bytes };
  addLayers(m, image, [loaded]);
  step(m, 'dockerd', 'write-image', { image: image.id, layers: 1, how: 'import' });
  nameNewImage(m, image.id, name);
  if (name) noteImage(m, image, 'tag', familiar(formatReference(name)));
  noteImage(m, image, 'import');
  return { status: 200, body: [{ status: image.id }] };
}

function read(tar: ByteString) {
  try {
    return loadLayer(expand(tar), undefined, 0);
  } catch (error) {
    throw new EngineError('bad-parameter', 500, archiveProblem(error));
  }
}

function wantedPlatform(text: string): Platform {
  if (text === '') return { os: 'linux', architecture: 'amd64' };
  const platform = parsePlatform(text);
  if (typeof platform === 'string') throw new EngineError('bad-parameter', 400, platform);
  if (platform.os !== 'linux') throw new EngineError('bad-parameter', 400, 'operating system is not supported');
  return platform;
}
