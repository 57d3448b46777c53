import { treeSize } from '../../kernel/fs/tree.ts';
import type { Json, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { readFilters } from '../filters.ts';
import { moment } from '../images/moment.ts';
import { dropLayers } from '../images/store.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { timeText } from './report.ts';
import { buildState, type CacheRecord, ownBuild } from './state.ts';

/** One line of `docker buildx du`. */
export interface CacheUse {
  readonly [key: string]: Json | undefined;
  readonly ID: string;
  readonly Parents: readonly string[];
  readonly Type: string;
  readonly Description: string;
  readonly InUse: boolean;
  readonly Shared: boolean;
  readonly Mutable: boolean;
  /** Bytes. */
  readonly Size: number;
  readonly CreatedAt: string;
  readonly LastUsedAt: string;
  readonly UsageCount: number;
}

interface Entry {
  readonly use: CacheUse;
  readonly used: Us;
  /** Where it is kept. */
  readonly key: string;
  readonly part: 'records' | 'mounts';
}

/** GET /build/cache: what the builder keeps, the one used last first. */
export function listCache(m: Machine): ApiResponse {
  return { status: 200, body: entriesOf(m).map(({ use }) => use as Json) };
}

function entriesOf(m: Machine): readonly Entry[] {
  const { mounts, records } = buildState(m);
  const needed = imageLayers(m);
  const busy = Object.values(buildState(m).jobs).length > 0;
  const kept = Object.values(records).map((record): Entry => {
    const { created, description, id, layer, parent, title, used, uses } = record;
    const above = parent === undefined ? undefined : records[parent];
    return {
      key: record.key,
      part: 'records',
      used,
      use: {
        ID: id,
        Parents: above ? [above.id] : [],
        Type: 'regular',
        Description: description ?? title,
        InUse: busy,
        Shared: layer !== undefined && needed.has(layer.chainId),
        Mutable: false,
        Size: layer?.size ?? 0,
        CreatedAt: timeText(created),
        LastUsedAt: timeText(used),
        UsageCount: uses,
      },
    };
  });
  const folders = Object.entries(mounts).map(
    ([key, mount]): Entry => ({
      key,
      part: 'mounts',
      used: mount.used,
      use: {
        ID: mount.id,
        Parents: [],
        Type: 'exec.cachemount',
        Description: `cached mount ${key} from exec`,
        InUse: busy,
        Shared: false,
        Mutable: true,
        Size: treeSize(mount.tree),
        CreatedAt: timeText(mount.created),
        LastUsedAt: timeText(mount.used),
        UsageCount: mount.uses,
      },
    }),
  );
  return [...kept, ...folders].sort((a, b) => a.used - b.used || (a.use.ID < b.use.ID ? -1 : 1));
}

function imageLayers(m: Machine): ReadonlySet<string> {
  return new Set(Object.values(engineState(m).images).flatMap(({ layers }) => layers.map(({ chainId }) => chainId)));
}

const known = ['description', 'id', 'inuse', 'mutable', 'parents', 'private', 'shared', 'type', 'unused-for', 'until'];

/** POST /build/prune: removes what no build uses; without `all` only what no image stands on. */
export function pruneCache(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  const filters = readFilters(query.filters, known);
  const all = query.all === '1';
  const before = [...(filters.get('until') ?? []), ...(filters.get('unused-for') ?? [])].map((text) =>
    moment(text, m.world.now),
  );
  for (const name of ['parents', 'inuse', 'mutable', 'private', 'shared', 'description']) {
    if (filters.has(name))
      throw new EngineError('not-simulated', 501, `drydock: pruning with the filter ${name} is not simulated`);
  }
  const ids = filters.get('id');
  const types = filters.get('type');
  const removed = entriesOf(m).filter(
    ({ use, used }) =>
      !use.InUse &&
      (all || !use.Shared) &&
      before.every((limit) => used < limit) &&
      (ids === undefined || ids.some((id) => use.ID.startsWith(id))) &&
      (types === undefined || types.includes(use.Type)),
  );
  const chains: string[] = [];
  for (const { key, part } of removed) {
    const record: CacheRecord | undefined = part === 'records' ? buildState(m).records[key] : undefined;
    if (record?.layer) chains.push(...(record.below ?? []), record.layer.chainId);
    delete (ownBuild(m, part) as { [key: string]: unknown })[key];
  }
  if (chains.length > 0) dropLayers(m, chains);
  const bytes = removed.reduce((sum, { use }) => sum + (use.Shared ? 0 : use.Size), 0);
  noteEvent(m, 'builder', 'prune', '', { reclaimed: String(bytes) });
  step(m, 'buildkit', 'build-prune', { removed: removed.length, bytes });
  return { status: 200, body: { CachesDeleted: removed.map(({ use }) => use as Json), SpaceReclaimed: bytes } };
}
