import type { ImageOp, Vertex } from '../../builder/graph/vertex.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { freeOnDisk } from '../../kernel/fs/capacity.ts';
import { second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf } from '../../oci/digest.ts';
import { configDocument } from '../../oci/manifest.ts';
import { EngineError } from '../errors.ts';
import { lineRate } from '../images/download.ts';
import { unpackShortage } from '../images/shortage.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { imageOfBase, remoteOf, treesOfBase } from './bases.ts';
import { later } from './later.ts';
import { keepLayer, recordOf, saveRecord, useRecord } from './records.ts';
import { begin, complete, tell } from './report.ts';
import { type BuildJob, buildState, type ResolvedBase } from './state.ts';

/** Bytes per second that a layer is unpacked at. */
const diskRate = 250_000_000;

/** The key of a base image's files. */
export function imageKey(op: ImageOp): string {
  return digestOf(encodeUtf8(`image ${op.chain}`));
}

/** A base image's files are needed: they are there, or are fetched now. */
export function baseReady(m: Machine, job: BuildJob, vertex: Vertex): void {
  const { op } = vertex;
  if (op.kind !== 'image') return;
  const key = imageKey(op);
  if (recordOf(m, key)) {
    useRecord(m, key);
    complete(m, job, vertex.digest, { cached: true });
    return;
  }
  const base = baseOf(job, op);
  if (op.remote === undefined || !base) {
    keepBase(m, job, op);
    complete(m, job, vertex.digest);
    return;
  }
  begin(m, job, vertex.digest);
  tell(m, job, vertex.digest, `resolve ${op.reference}@${op.remote}`);
  const bytes = wantedBlobs(m, base).reduce((sum, { size, disk }) => sum + size / lineRate + disk / diskRate, 0);
  later(m, job.id, Math.round(bytes * second), `step:${vertex.digest}`);
}

/** A base image has been fetched. */
export function baseFetched(m: Machine, job: BuildJob, vertex: Vertex): void {
  const { op } = vertex;
  if (op.kind !== 'image') return;
  const base = baseOf(job, op);
  const started = buildState(m).jobs[job.id]?.steps[vertex.digest]?.started ?? m.world.now;
  if (base && op.remote !== undefined) {
    tell(m, job, vertex.digest, op.remote, { current: 527, total: 527, started });
    const size = configSize(m, base);
    tell(m, job, vertex.digest, base.image, { current: size, total: size, started });
    const blobs = wantedBlobs(m, base);
    const full = freeOnDisk(m) === undefined ? '' : unpackShortage(m, remoteOf(m, base), blobs);
    if (full !== '') throw new EngineError('disk-full', 500, full);
    for (const { digest, size } of blobs) tell(m, job, vertex.digest, digest, { current: size, total: size, started });
    for (const { digest, disk } of blobs) {
      tell(m, job, vertex.digest, `extracting ${digest}`, {
        started: m.world.now - Math.round((disk * second) / diskRate),
      });
    }
    step(m, 'buildkit', 'fetch-layers', {
      image: op.reference,
      fetched: blobs.length,
      present: imageOfBase(m, base).layers.length - blobs.length,
      bytes: blobs.reduce((sum, { size }) => sum + size, 0),
      unpacked: blobs.reduce((sum, { disk }) => sum + disk, 0),
    });
  }
  keepBase(m, job, op);
}

function configSize(m: Machine, base: ResolvedBase): number {
  const image = imageOfBase(m, base);
  return configDocument(
    image,
    image.layers.map(({ diffId }) => diffId),
  ).bytes.length;
}

/** Blobs of a base whose layers are not on the disk. */
function wantedBlobs(m: Machine, base: ResolvedBase) {
  const { blobs, image } = remoteOf(m, base);
  const { layers } = engineState(m);
  return blobs.flatMap(({ digest, size }, i) => {
    const layer = image.layers[i];
    return layer && Object.hasOwn(layers, layer.chainId) ? [] : [{ digest, size, disk: layer?.size ?? 0 }];
  });
}

/** The base image of a build that a step means. */
export function baseOf(job: BuildJob, op: ImageOp): ResolvedBase | undefined {
  return Object.values(job.bases).find(({ reference, remote }) => reference === op.reference && remote === op.remote);
}

/** Notes a base image as something that the builder has. */
function keepBase(m: Machine, job: BuildJob, op: ImageOp): void {
  const base = baseOf(job, op);
  if (!base) return;
  const image = imageOfBase(m, base);
  const trees = treesOfBase(m, base);
  image.layers.forEach(({ chainId }, i) => {
    const tree = trees[i];
    if (tree) keepLayer(m, chainId, tree);
  });
  const top = image.layers.at(-1);
  const key = imageKey(op);
  saveRecord(m, {
    key,
    kind: 'image',
    title: op.remote === undefined ? 'from local' : `pulled from ${op.reference}@${op.remote}`,
    reference: op.reference,
    ...(top
      ? {
          layer: {
            chainId: top.chainId,
            diffId: top.diffId,
            size: image.layers.reduce((sum, { size }) => sum + size, 0),
          },
        }
      : {}),
    below: image.layers.slice(0, -1).map(({ chainId }) => chainId),
  });
}
