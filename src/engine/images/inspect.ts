import type { Json, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { objectOf } from '../../oci/engine-config.ts';
import type { Image } from '../../oci/image.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { referencesOf, repoLists } from './references.ts';
import { imageSize } from './store.ts';

/** GET /images/ID/json. */
export function inspectImage(m: Machine, reference: string, platform?: string): ApiResponse {
  const image = findImage(m, reference);
  checkPlatform(image, reference, platform);
  step(m, 'dockerd', 'inspect', { kind: 'image', name: reference });
  const { config } = image;
  const cache = `/var/lib/docker/overlay2/${(image.layers.at(-1)?.chainId ?? '').slice(7)}`;
  const body: Json = {
    Id: image.id,
    ...repoLists(referencesOf(m, image.id)),
    Parent: image.parent ?? '',
    Comment: image.comment || (image.history.at(-1)?.comment ?? ''),
    Created: image.created,
    DockerVersion: engineOf(image).version,
    Author: image.author ?? '',
    Architecture: image.architecture,
    ...engineOf(image).variant,
    Os: image.os,
    Size: imageSize(image),
    GraphDriver: {
      Data: { ...lowerDir(image), MergedDir: `${cache}/merged`, UpperDir: `${cache}/diff`, WorkDir: `${cache}/work` },
      Name: 'overlay2',
    },
    RootFS: { Type: 'layers', Layers: image.layers.map((layer) => layer.diffId) },
    Metadata: { LastTagTime: timeText(engineState(m).lastTagged[image.id]) },
    Config: {
      ...(config.ArgsEscaped ? { ArgsEscaped: true } : {}),
      Cmd: config.Cmd,
      Entrypoint: config.Entrypoint,
      Env: config.Env.length > 0 ? config.Env : null,
      ...(config.ExposedPorts.length > 0 ? { ExposedPorts: keys(config.ExposedPorts) } : {}),
      ...(config.Healthcheck === undefined ? {} : { Healthcheck: config.Healthcheck }),
      Labels: Object.keys(config.Labels).length > 0 ? config.Labels : null,
      OnBuild: config.OnBuild ?? null,
      ...(config.Shell ? { Shell: config.Shell } : {}),
      ...(config.StopSignal ? { StopSignal: config.StopSignal } : {}),
      User: config.User,
      Volumes: config.Volumes.length > 0 ? keys(config.Volumes) : null,
      WorkingDir: config.WorkingDir,
    },
  };
  return { status: 200, body };
}

/** The folders of the layers below the top one, the nearest first. */
function lowerDir({ layers }: Image): { readonly LowerDir?: string } {
  const below = layers.slice(0, -1).reverse();
  if (below.length === 0) return {};
  return { LowerDir: below.map(({ chainId }) => `/var/lib/docker/overlay2/${chainId.slice(7)}/diff`).join(':') };
}

/** What only the document of an image says that an engine made itself. */
function engineOf({ document }: Image): { readonly version: string; readonly variant: { readonly Variant?: string } } {
  if (document === undefined) return { version: '', variant: {} };
  const { docker_version, variant } = objectOf(document);
  return {
    version: typeof docker_version === 'string' ? docker_version : '',
    variant: typeof variant === 'string' ? { Variant: variant } : {},
  };
}

function checkPlatform({ os, architecture }: Image, reference: string, platform: string | undefined): void {
  const own = `${os}/${architecture}`;
  if (platform === undefined || platform === own) return;
  throw new EngineError(
    'no-such-image',
    404,
    `image with reference ${reference} was found but its platform (${own}) does not match the specified platform ` +
      `(${platform})`,
  );
}

function keys(names: readonly string[]): Json {
  return Object.fromEntries([...names].sort().map((name) => [name, {}]));
}

function timeText(at: Us | undefined): string {
  if (at === undefined) return '0001-01-01T00:00:00Z';
  const micros = String(at % 1_000_000).padStart(6, '0');
  return `${new Date(Math.floor(at / 1000)).toISOString().slice(0, 19)}.${micros}000Z`;
}
