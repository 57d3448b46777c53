import type { Plan } from '../../builder/graph/convert.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ImageLayer } from '../../oci/image.ts';
import { type Document, jsonDocument } from '../../oci/manifest.ts';
import { timeText } from './report.ts';
import { indexOf } from './solve.ts';
import { type BuildJob, buildState } from './state.ts';

/** The key of an image's configuration below which BuildKit's inline cache stands, in base64. */
const field = 'moby.buildkit.cache.v0';

/** Which steps made an image: the key of each, and its layer. */
interface InlineCache {
  readonly layers: readonly { readonly blob: string; readonly parent: number }[];
  readonly records: readonly {
    readonly digest: string;
    readonly layers: readonly { readonly layer: number; readonly createdAt: string }[];
  }[];
}

/** A result that an image's inline cache tells of. */
interface InlineRecord {
  readonly key: string;
  /** Of the image's layers, from 0. */
  readonly layer: number;
  readonly createdAt: string;
}

/** An image's configuration with the keys of the steps that made it: what `--cache-to type=inline` asks for. */
export function withInlineCache(
  m: Machine,
  job: BuildJob,
  plan: Plan,
  { bytes }: Document,
  layers: readonly ImageLayer[],
): Document {
  const { records } = buildState(m);
  const { byDigest } = indexOf(plan);
  const made: InlineCache['records'][number][] = [];
  for (let at: string | null = plan.head; at !== null; ) {
    const op = byDigest.get(at)?.op;
    const record = records[job.steps[at]?.key ?? ''];
    const layer = layers.findIndex(({ chainId }) => chainId === record?.layer?.chainId);
    if (record && record.kind === 'layer' && layer >= 0) {
      made.push({ digest: record.key, layers: [{ layer, createdAt: timeText(record.created) }] });
    }
    at = op && 'base' in op ? op.base : null;
  }
  const cache: InlineCache = {
    layers: layers.map(({ diffId }, i) => ({ blob: diffId, parent: i - 1 })),
    records: made.reverse(),
  };
  const config = JSON.parse(decodeUtf8(bytes)) as { readonly [key: string]: Json };
  const entries = Object.entries({ ...config, [field]: btoa(JSON.stringify(cache)) });
  // Go writes the keys of a map in their order
  return jsonDocument(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** What the inline cache in an image's configuration tells of; nothing without one. */
export function inlineRecords(document: ByteString | undefined): readonly InlineRecord[] {
  const config = document === undefined ? {} : (JSON.parse(decodeUtf8(document)) as { readonly [key: string]: Json });
  const text = config[field];
  if (typeof text !== 'string') return [];
  const { records } = JSON.parse(atob(text)) as InlineCache;
  return records.flatMap(({ digest, layers: [first] }) =>
    first ? [{ key: digest, layer: first.layer, createdAt: first.createdAt }] : [],
  );
}
