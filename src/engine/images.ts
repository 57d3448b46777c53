import type { DirNode } from '../kernel/fs/node.ts';
import type { Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Image } from '../oci/image.ts';
import type { ApiResponse } from './api.ts';
import { withStubs } from './init-layer.ts';
import { findImage, fullReference } from './lookup.ts';
import { engine, engineState, type LayerRecord } from './state.ts';
import { step } from './step.ts';

/** Puts an image into the engine's store; `trees` are its layers folded, lowest first, one for each of `image.layers`. */
export function addImage(m: Machine, image: Image, trees: readonly DirNode[], references: readonly string[]): void {
  const state = engine(m);
  (m.draft.own(state, 'images') as { [id: string]: Image })[image.id] = image;
  const layers = m.draft.own(state, 'layers') as { [chain: string]: LayerRecord };
  image.layers.forEach((layer, i) => {
    const tree = trees[i];
    const top = i === image.layers.length - 1;
    if (tree) layers[layer.chainId] ??= top ? { tree, init: withStubs(m, tree) } : { tree };
  });
  const tags = m.draft.own(state, 'tags') as { [reference: string]: string };
  for (const reference of references) tags[fullReference(reference)] = image.id;
}

/** GET /images/ID/json. */
export function inspectImage(m: Machine, reference: string): ApiResponse {
  const image = findImage(m, reference);
  step(m, 'dockerd', 'inspect', { kind: 'image', name: reference });
  const tags = Object.entries(engineState(m).tags)
    .filter(([, id]) => id === image.id)
    .map(([tag]) => familiar(tag));
  const { config } = image;
  const body: Json = {
    Id: image.id,
    RepoTags: tags,
    RepoDigests: image.repoDigests,
    Parent: '',
    Comment: '',
    Created: image.created,
    DockerVersion: '',
    Author: '',
    Architecture: image.architecture,
    Os: image.os,
    Size: image.layers.reduce((sum, layer) => sum + layer.size, 0),
    RootFS: { Type: 'layers', Layers: image.layers.map((layer) => layer.diffId) },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
    Config: {
      Cmd: config.Cmd,
      Entrypoint: config.Entrypoint,
      Env: config.Env,
      Labels: Object.keys(config.Labels).length > 0 ? config.Labels : null,
      OnBuild: null,
      User: config.User,
      Volumes: config.Volumes.length > 0 ? Object.fromEntries(config.Volumes.map((v) => [v, {}])) : null,
      WorkingDir: config.WorkingDir,
      ...(config.ExposedPorts.length > 0
        ? { ExposedPorts: Object.fromEntries(config.ExposedPorts.map((p) => [p, {}])) }
        : {}),
      ...(config.StopSignal ? { StopSignal: config.StopSignal } : {}),
    },
  };
  return { status: 200, body };
}

/** A full reference as people write it: `docker.io/library/alpine:latest` is `alpine:latest`. */
export function familiar(reference: string): string {
  return reference.replace(/^docker\.io\/(?:library\/)?/, '');
}
