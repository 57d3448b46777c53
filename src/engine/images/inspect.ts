import type { Json, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { findImage } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { referencesOf, repoLists } from './references.ts';
import { imageSize } from './store.ts';

/** GET /images/ID/json. */
export function inspectImage(m: Machine, reference: string): ApiResponse {
  const image = findImage(m, reference);
  step(m, 'dockerd', 'inspect', { kind: 'image', name: reference });
  const { config } = image;
  const cache = `/var/lib/docker/overlay2/${(image.layers.at(-1)?.chainId ?? '').slice(7)}`;
  const body: Json = {
    Id: image.id,
    ...repoLists(referencesOf(m, image.id)),
    Parent: '',
    Comment: image.comment ?? '',
    Created: image.created,
    DockerVersion: '',
    Author: image.author ?? '',
    Architecture: image.architecture,
    Os: image.os,
    Size: imageSize(image),
    GraphDriver: {
      Data: { MergedDir: `${cache}/merged`, UpperDir: `${cache}/diff`, WorkDir: `${cache}/work` },
      Name: 'overlay2',
    },
    RootFS: { Type: 'layers', Layers: image.layers.map((layer) => layer.diffId) },
    Metadata: { LastTagTime: timeText(engineState(m).lastTagged[image.id]) },
    Config: {
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

function keys(names: readonly string[]): Json {
  return Object.fromEntries([...names].sort().map((name) => [name, {}]));
}

function timeText(at: Us | undefined): string {
  if (at === undefined) return '0001-01-01T00:00:00Z';
  const micros = String(at % 1_000_000).padStart(6, '0');
  return `${new Date(Math.floor(at / 1000)).toISOString().slice(0, 19)}.${micros}000Z`;
}
