import type { ContainerSummary, ImageSummary } from '../../engine/api.ts';
import type { CacheUse } from '../../engine/build/cache-calls.ts';
import { humanDuration } from '../../engine/human-duration.ts';
import type { Us } from '../../kernel/json.ts';
import { anyValue, type Field, type Method, noValue, slice, type Type, textValue, type Value } from './go/types.ts';
import { listRow } from './row.ts';
import { humanSize } from './size.ts';
import type { Header } from './table.ts';

/** The engine's answer to GET /system/df. */
export interface DiskUsage {
  readonly LayersSize: number;
  readonly Images: readonly ImageSummary[];
  readonly Containers: readonly ContainerSummary[];
  readonly Volumes: readonly UsedVolume[];
  readonly BuildCache: readonly CacheUse[];
}

export interface UsedVolume {
  readonly Name: string;
  readonly Driver: string;
  readonly Mountpoint: string;
  readonly Scope: string;
  readonly Labels: { readonly [name: string]: string } | null;
  readonly UsageData: { readonly RefCount: number; readonly Size: number };
}

export const usageHeader: Header = {
  Active: 'ACTIVE',
  Reclaimable: 'RECLAIMABLE',
  Size: 'SIZE',
  TotalCount: 'TOTAL',
  Type: 'TYPE',
};

export const cacheHeader: Header = {
  CacheType: 'CACHE TYPE',
  CreatedAt: 'CREATED',
  CreatedSince: 'CREATED',
  Description: 'DESCRIPTION',
  ID: 'CACHE ID',
  InUse: 'IN USE',
  LastUsedAt: 'LAST USED',
  LastUsedSince: 'LAST USED',
  Parent: 'PARENT',
  Shared: 'SHARED',
  Size: 'SIZE',
  UsageCount: 'USAGE',
};

/** The four rows of `docker system df`, added up as the real client does it. */
export function usageRows(usage: DiskUsage): readonly Value[] {
  const { BuildCache, Containers, Images, LayersSize, Volumes } = usage;
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const used = Images.filter((image) => image.Containers !== 0);
  const active = Containers.filter(({ State }) => ['running', 'paused', 'restarting'].includes(State));
  const written = sum(Containers.map(({ SizeRw = 0 }) => SizeRw));
  const stopped = sum(Containers.filter((one) => !active.includes(one)).map(({ SizeRw = 0 }) => SizeRw));
  const volumes = sum(Volumes.map(({ UsageData }) => UsageData.Size));
  const unused = sum(
    Volumes.filter(({ UsageData }) => UsageData.RefCount === 0).map(({ UsageData }) => UsageData.Size),
  );
  const cache = cacheSize(BuildCache);
  const busy = cacheSize(BuildCache.filter(({ InUse }) => InUse));
  const own = sum(used.map(({ SharedSize, Size }) => Size - SharedSize));
  return [
    row('Images', 'Images', Images.length, used.length, LayersSize, share(LayersSize - own, LayersSize)),
    row('Containers', 'Containers', Containers.length, active.length, written, share(stopped, written)),
    row(
      'Local Volumes',
      'Volumes',
      Volumes.length,
      Volumes.filter(({ UsageData }) => UsageData.RefCount > 0).length,
      volumes,
      share(unused, volumes),
    ),
    row(
      'Build Cache',
      'Builder',
      BuildCache.length,
      BuildCache.filter(({ InUse }) => InUse).length,
      cache,
      humanSize(cache - busy),
    ),
  ];
}

/** Bytes that only the cache has: what images share with it is theirs. */
export function cacheSize(uses: readonly CacheUse[]): number {
  return uses.reduce((total, { Shared, Size }) => total + (Shared ? 0 : Size), 0);
}

function share(reclaimable: number, all: number): string {
  return `${humanSize(reclaimable)}${all > 0 ? ` (${Math.trunc((reclaimable * 100) / all)}%)` : ''}`;
}

function row(name: string, type: string, total: number, active: number, size: number, reclaimable: string): Value {
  return listRow(`*formatter.diskUsage${type}Context`, {
    Active: () => String(active),
    Reclaimable: () => reclaimable,
    Size: () => humanSize(size),
    TotalCount: () => String(total),
    Type: () => name,
  });
}

/** A row about a volume, with its size and its users. */
export function usedVolumeRow({ Driver, Labels, Mountpoint, Name, Scope, UsageData }: UsedVolume): Value {
  const labels = Object.entries(Labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return listRow('*formatter.volumeContext', {
    Availability: () => 'N/A',
    Driver: () => Driver,
    Group: () => 'N/A',
    Labels: () => labels.map(([name, value]) => `${name}=${value}`).join(','),
    Links: () => String(UsageData.RefCount),
    Mountpoint: () => Mountpoint,
    Name: () => Name,
    Scope: () => Scope,
    Size: () => humanSize(UsageData.Size),
    Status: () => 'N/A',
  });
}

/** A row about what the builder keeps. */
export function cacheRow(use: CacheUse, options: { readonly now: Us; readonly truncate: boolean }): Value {
  const ago = (time: string) => `${humanDuration(options.now - Date.parse(time) * 1000)} ago`;
  return listRow('*formatter.buildCacheContext', {
    CacheType: () => use.Type,
    CreatedAt: () => goMoment(use.CreatedAt),
    CreatedSince: () => ago(use.CreatedAt),
    Description: () => use.Description,
    ID: () => `${options.truncate ? use.ID.slice(0, 12) : use.ID}${options.truncate && use.Mutable ? '*' : ''}`,
    InUse: () => String(use.InUse),
    LastUsedAt: () => goMoment(use.LastUsedAt),
    LastUsedSince: () => ago(use.LastUsedAt),
    Parent: () => use.Parents.map((id) => (options.truncate ? id.slice(0, 12) : id)).join(','),
    Shared: () => String(use.Shared),
    Size: () => humanSize(use.Size),
    UsageCount: () => String(use.UsageCount),
  });
}

/** A time as Go prints it: `2026-11-22 23:01:58.052 +0000 UTC`. */
function goMoment(time: string): string {
  return `${time.replace('T', ' ').replace(/Z$/, '')} +0000 UTC`;
}

/** The whole of `docker system df -v` as a template sees it: lists of rows by their names. */
export function verboseUsage(lists: { readonly [name: string]: readonly Value[] }): Value {
  const fields: Field[] = [];
  const data: { [name: string]: unknown } = {};
  const json: string[] = [];
  for (const [name, rows] of Object.entries(lists)) {
    const items = rows.map(called);
    fields.push({ name, type: slice(itemType(rows[0])) });
    data[name] = items;
    json.push(`"${name}":[${items.map((item) => String(item.MarshalJSON?.data)).join(',')}]`);
  }
  const methods = { MarshalJSON: () => textValue(`{${json.join(',')}}`) };
  return { type: { kind: 'struct', name: '*formatter.diskUsageContext', fields, methods }, data };
}

type Called = { readonly [method: string]: Value };

/** What the methods of a row say: the items of a list have one type, so it cannot hold what each of them says. */
function called(row: Value): Called {
  const methods = row.type.kind === 'struct' ? (row.type.methods ?? {}) : {};
  const simple = Object.entries(methods).filter(([, method]) => method.takes === undefined);
  return Object.fromEntries(simple.map(([name, method]) => [name, method(row, [])]));
}

function itemType(row: Value | undefined): Type {
  if (row?.type.kind !== 'struct') return anyValue;
  const methods: { [name: string]: Method } = {};
  for (const name of Object.keys(called(row))) methods[name] = (self) => (self.data as Called)[name] ?? noValue;
  return { kind: 'struct', name: row.type.name, fields: [], methods };
}
