import { settleHistory } from '../../builder/graph/settle.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { millisecond } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { chainIds, digestOf } from '../../oci/digest.ts';
import type { Image, ImageLayer } from '../../oci/image.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import { configDocument } from '../../oci/manifest.ts';
import { familiar } from '../images/references.ts';
import { addImage, setReference } from '../images/store.ts';
import { engine, engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteImage } from '../watch/events.ts';
import { imageOfBase } from './bases.ts';
import { failWith, succeed } from './finish.ts';
import { withInlineCache } from './inline-cache.ts';
import { later } from './later.ts';
import { treeOf } from './records.ts';
import { begin, complete, tell, timeText } from './report.ts';
import { indexOf } from './solve.ts';
import { type BuildJob, buildState, type CacheRecord } from './state.ts';

const titles = {
  image: 'exporting to image',
  files: 'exporting to client directory',
  tar: 'exporting to client tarball',
  nothing: '',
} as const;

const vertexOf = (name: string): string => digestOf(encodeUtf8(name));

/** All steps are over: what they made goes where it is to go. */
export function beginExport(m: Machine, id: string): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  const { output } = job.request;
  const title = titles[output];
  if (title === '') {
    succeed(m, job, { names: [] });
    return;
  }
  if (job.steps[vertexOf(title)]) return;
  begin(m, job, vertexOf(title), { name: title });
  later(m, id, 8 * millisecond, 'export');
}

/** The time to export is over. */
export function exported(m: Machine, id: string): void {
  const job = buildState(m).jobs[id];
  if (!job?.plan) return;
  const { output } = job.request;
  const vertex = vertexOf(titles[output]);
  try {
    if (output === 'image') exportImage(m, job, vertex);
    else exportFiles(m, job, vertex, output === 'tar');
  } catch (error) {
    failWith(m, id, error);
  }
}

/** One layer of the image: from the base, or made by a step. */
interface Made {
  readonly layer: ImageLayer;
  readonly created: string;
}

function exportImage(m: Machine, job: BuildJob, vertex: string): void {
  const { plan } = job;
  if (!plan) return;
  const made = layersOf(m, job);
  const history = settleHistory(
    plan.draft.history,
    made.map(({ created }) => created),
  );
  const layers = made.map(({ layer }) => layer);
  const { author, config } = plan.draft;
  const described = {
    created: history.at(-1)?.created ?? timeText(m.world.now),
    architecture: 'amd64',
    os: 'linux',
    config,
    history,
    ...(author === '' ? {} : { author }),
  };
  const diffIds = layers.map(({ diffId }) => diffId);
  const usual = configDocument(described, diffIds);
  const { inlineCache } = job.request;
  const { bytes, digest } = inlineCache ? withInlineCache(m, job, plan, usual, layers) : usual;
  const document = inlineCache ? { document: bytes } : {};
  const image: Image = { id: digest, ...described, ...document, layers, repoDigests: [] };
  const started = job.steps[vertex]?.started ?? m.world.now;
  if (layers.length > 0) tell(m, job, vertex, 'exporting layers', { started });
  if (inlineCache) tell(m, job, vertex, 'preparing layers for inline cache');
  tell(m, job, vertex, `writing image ${digest}`);
  const { layers: store } = engineState(m);
  const trees = layers.map(({ chainId }) => store[chainId]?.tree ?? treeOf(m, undefined));
  if (!engineState(m).images[digest]) addImage(m, image, trees, []);
  for (const name of job.request.tags) {
    setReference(m, name, digest);
    noteImage(m, image, 'tag', familiar(name).replace(/:latest$/, ''));
    tell(m, job, vertex, `naming to ${name.replace(/:latest$/, '')}`);
  }
  if (job.request.tags.length > 0) {
    (m.draft.own(engine(m), 'lastTagged') as { [id: string]: number })[digest] = m.world.now;
  }
  noteImage(m, image, 'create');
  complete(m, job, vertex);
  step(m, 'buildkit', 'build-export', {
    image: digest,
    names: job.request.tags,
    layers: layers.length,
    added: plan.draft.history.filter(({ created, emptyLayer }) => created === undefined && !emptyLayer).length,
  });
  succeed(m, job, { image: digest, names: job.request.tags });
}

/** The image's layers, lowest first, with the time that each was made. */
function layersOf(m: Machine, job: BuildJob): readonly Made[] {
  const { plan } = job;
  const found: Made[] = [];
  if (!plan) return found;
  const { byDigest } = indexOf(plan);
  for (let at = plan.head; at !== null; ) {
    const vertex = byDigest.get(at);
    if (!vertex) break;
    const { op } = vertex;
    if (op.kind === 'image') {
      const base = Object.values(job.bases).find(
        ({ reference, remote }) => reference === op.reference && remote === op.remote,
      );
      const image = base && imageOfBase(m, base);
      const rows = image?.history.filter(({ emptyLayer }) => !emptyLayer) ?? [];
      const below =
        image?.layers.map((layer, i): Made => ({ layer: plain(layer), created: rows[i]?.created ?? image.created })) ??
        [];
      return [...below, ...found.reverse()];
    }
    const record: CacheRecord | undefined = buildState(m).records[job.steps[at]?.key ?? ''];
    if (record?.layer) found.push({ layer: record.layer, created: timeText(record.created) });
    at = 'base' in op ? op.base : null;
  }
  found.reverse();
  const chain = chainIds(found.map(({ layer }) => layer.diffId));
  return found.map(({ layer, created }, i) => ({ layer: { ...layer, chainId: chain[i] ?? layer.chainId }, created }));
}

/** Without what only a registry's copy has. */
function plain({ chainId, diffId, size }: ImageLayer): ImageLayer {
  return { chainId, diffId, size };
}

function exportFiles(m: Machine, job: BuildJob, vertex: string, tar: boolean): void {
  const head = job.plan?.head ?? null;
  const tree = treeOf(m, head === null ? undefined : job.steps[head]?.key);
  const archive = [...layerParts(tree)].join('');
  tell(m, job, vertex, tar ? 'sending tarball' : 'copying files', tar ? {} : { current: archive.length });
  complete(m, job, vertex);
  succeed(m, job, { names: [], archive });
}
