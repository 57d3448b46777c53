import type { Vertex } from '../../builder/graph/vertex.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf } from '../../oci/digest.ts';
import type { Image } from '../../oci/image.ts';
import { mediaTypes } from '../../oci/manifest.ts';
import { EngineError } from '../errors.ts';
import { fullReference } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { imageOfBase, resolveBase, treesOfBase } from './bases.ts';
import { inlineRecords } from './inline-cache.ts';
import { originsOf } from './origins.ts';
import { keepLayer, recordOf, saveRecord } from './records.ts';
import { begin, complete, tell } from './report.ts';
import { settingsOf } from './settings.ts';
import { type BuildJob, buildState, type CacheRecord, type ImportedRecord, updateJob } from './state.ts';
import { markOf } from './story.ts';

const local = 4 * millisecond;
const remote = 0.2 * second;

const titleOf = (reference: string): string => `importing cache manifest from ${reference}`;
const vertexOf = (reference: string): string => digestOf(encodeUtf8(titleOf(reference)));

/** `--cache-from`: begins to look at these images; returns the time that it takes. */
export function beginImports(m: Machine, job: BuildJob): Us {
  let time = 0;
  for (const reference of job.request.cacheFrom) {
    begin(m, job, vertexOf(reference), { name: titleOf(reference) });
    time = Math.max(time, isOwn(m, reference) ? local : remote);
  }
  return time;
}

/** What these images tell of how they were made is known from now on; one that cannot be had does not fail the build. */
export function importCaches(m: Machine, job: BuildJob): void {
  const imports: { [key: string]: ImportedRecord } = {};
  for (const reference of job.request.cacheFrom) {
    const vertex = vertexOf(reference);
    try {
      const known = isOwn(m, reference);
      const base = resolveBase(m, reference, false);
      if ('message' in base) throw new EngineError('no-such-image', 404, base.at);
      const image = imageOfBase(m, base);
      if (!known) tell(m, job, vertex, `inferred cache manifest type: ${mediaTypes.dockerManifest}`);
      const found = inlineRecords(image.document);
      for (const { key, ...record } of found) imports[key] = { ...record, base };
      step(m, 'buildkit', 'cache-import', { image: reference, steps: found.length });
      complete(m, job, vertex);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      complete(m, job, vertex, { error: `failed to configure registry cache importer: ${error.message}` });
    }
  }
  updateJob(m, job.id, { imports });
}

function isOwn(m: Machine, reference: string): boolean {
  try {
    return Object.hasOwn(engineState(m).tags, fullReference(reference));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return false;
  }
}

/** A step's result in one of the imported caches: its layers are fetched, and it is a result like others from then on. */
export function takeImported(m: Machine, job: BuildJob, vertex: Vertex, key: string): CacheRecord | undefined {
  const found = buildState(m).jobs[job.id]?.imports?.[key];
  if (!found) return undefined;
  const image = imageOfBase(m, found.base);
  const layer = image.layers[found.layer];
  if (!layer) return undefined;
  fetchLayers(m, job, vertex, image, found);
  const { op } = vertex;
  const parent = 'base' in op && op.base !== null ? job.steps[op.base]?.key : undefined;
  const settings = settingsOf(vertex);
  const { sources } = buildState(m).jobs[job.id]?.steps[vertex.digest] ?? {};
  const { chainId, diffId, size } = layer;
  saveRecord(
    m,
    {
      key,
      kind: 'layer',
      title: vertex.name,
      description: titleOf(found.base.reference),
      layer: { chainId, diffId, size },
      ...(parent === undefined ? {} : { parent }),
      ...(sources ? { sources } : {}),
      ...(settings ? { settings } : {}),
      origins: originsOf(job, vertex.name),
      build: markOf(job),
    },
    Date.parse(found.createdAt) * 1000,
  );
  return recordOf(m, key);
}

function fetchLayers(m: Machine, job: BuildJob, vertex: Vertex, image: Image, { base, layer }: ImportedRecord): void {
  const { layers } = engineState(m);
  const wanted = image.layers.slice(0, layer + 1);
  const missing = wanted.filter(({ chainId }) => !Object.hasOwn(layers, chainId));
  if (missing.length === 0) return;
  begin(m, job, vertex.digest);
  const trees = treesOfBase(m, base);
  wanted.forEach(({ chainId }, i) => {
    const tree = trees[i];
    if (tree) keepLayer(m, chainId, tree);
  });
  for (const { blob, diffId } of missing) tell(m, job, vertex.digest, `pulling ${blob?.digest ?? diffId}`);
}
