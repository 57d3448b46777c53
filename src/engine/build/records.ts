import type { DirNode } from '../../kernel/fs/node.ts';
import type { Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { random } from '../../kernel/world.ts';
import { engine, engineState, type LayerRecord } from '../state.ts';
import { withOrigins } from './origins.ts';
import { buildState, type CacheRecord, type LayerRef, ownBuild } from './state.ts';

/** What an earlier build made of the same step on the same ground; undefined: nothing that is still there. */
export function recordOf(m: Machine, key: string): CacheRecord | undefined {
  const { records } = buildState(m);
  const found = Object.hasOwn(records, key) ? records[key] : undefined;
  if (found?.layer && !Object.hasOwn(engineState(m).layers, found.layer.chainId)) return undefined;
  return found;
}

/** Keeps a result; `created`: it was made elsewhere, then. */
export function saveRecord(
  m: Machine,
  record: Omit<CacheRecord, 'id' | 'created' | 'used' | 'uses'>,
  created: Us = m.world.now,
): void {
  const kept = { ...record, id: newRecordId(m), created, used: m.world.now, uses: 1 };
  (ownBuild(m, 'records') as { [key: string]: CacheRecord })[record.key] = kept;
}

/** Notes that a result was used once more, and by what (see originsOf). */
export function useRecord(m: Machine, key: string, by: readonly string[] = []): void {
  const records = ownBuild(m, 'records') as { [key: string]: CacheRecord };
  const old = records[key];
  if (!old) return;
  const origins = by.length > 0 ? { origins: withOrigins(old, by) } : {};
  records[key] = { ...old, used: m.world.now, uses: old.uses + 1, ...origins };
}

/** The layer on top of a result's files; undefined: there are none. A step that made none has its parent's. */
export function topLayer(m: Machine, key: string | undefined): LayerRef | undefined {
  const record = key === undefined ? undefined : buildState(m).records[key];
  return record?.layer;
}

const nothing: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };

/** The files of a result. */
export function treeOf(m: Machine, key: string | undefined): DirNode {
  const layer = topLayer(m, key);
  return (layer && engineState(m).layers[layer.chainId]?.tree) ?? nothing;
}

/** Keeps the files up to a layer. */
export function keepLayer(m: Machine, chainId: string, tree: DirNode): void {
  const layers = m.draft.own(engine(m), 'layers') as { [chain: string]: LayerRecord };
  layers[chainId] ??= { tree };
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A name as BuildKit makes it: 25 letters and digits. */
export function newRecordId(m: Machine): string {
  return Array.from({ length: 25 }, () => letters.charAt(random(m) % 36)).join('');
}
