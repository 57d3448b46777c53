import type { Vertex } from '../../builder/graph/vertex.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { MissReason } from './actions.ts';
import type { Keyed } from './cached.ts';
import { bareTitle, isSameInstruction, kinOf, originsOf, sharesOrigin } from './origins.ts';
import { recordOf } from './records.ts';
import { changedSetting, settingsOf } from './settings.ts';
import { type BuildJob, buildState, type CacheRecord } from './state.ts';

const named = 5;

/** Why a step's result is not in the cache: what differs from the last time that the same step was built. */
export function missReason(m: Machine, job: BuildJob, vertex: Vertex, keyed: Keyed): MissReason {
  if (job.request.noCache || recordOf(m, keyed.key)) return { why: 'no-cache' };
  const { name, op } = vertex;
  const base = 'base' in op && op.base !== null ? op.base : undefined;
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const below = base === undefined ? undefined : steps[base];
  const isImage = base !== undefined && job.plan?.vertices.find(({ digest }) => digest === base)?.op.kind === 'image';
  if (below?.missed && !isImage) return { why: 'parent', parent: below.name };
  const records = Object.values(buildState(m).records).filter(({ kind }) => kind === 'layer');
  const origins = originsOf(job, name);
  const rest = settingsOf(vertex)?.rest;
  const ground = base === undefined || isImage;
  const kin = kinOf(records, { name, rest, parent: keyed.parent, origins, ground });
  if (kin && !isSameInstruction(kin, { name, rest })) return { why: 'instruction', before: bareTitle(kin.title) };
  if (kin) return changedInput(m, job, vertex, kin, keyed);
  const elsewhere = records.some(
    (record) => bareTitle(record.title) === bareTitle(name) && sharesOrigin(record, origins) && isBase(m, record),
  );
  return elsewhere && isImage ? { why: 'base', from: below?.name ?? '' } : { why: 'new' };
}

function isBase(m: Machine, { parent = '' }: CacheRecord): boolean {
  const { records } = buildState(m);
  return Object.hasOwn(records, parent) && records[parent]?.kind === 'image';
}

/** The instruction reads as it did: its settings are others, or its files. */
function changedInput(m: Machine, job: BuildJob, vertex: Vertex, kin: CacheRecord, { sources }: Keyed): MissReason {
  const now = settingsOf(vertex);
  const setting = kin.settings && now ? changedSetting(kin.settings, now) : undefined;
  if (setting) return setting;
  const mounted = vertex.op.kind === 'run' && kin.sources !== undefined && sources !== undefined;
  if (vertex.op.kind === 'copy' || mounted) return changedFiles(kin, sources ?? {}, m, job);
  const mounts = vertex.op.kind === 'run' && vertex.op.mounts.some(({ mount: { type } }) => type === 'bind');
  return kin.settings && mounts ? { why: 'files', files: [], modes: [], more: 0 } : { why: 'settings' };
}

/** Which of the files differ: single ones by their digests; those of a folder by what changed in the context. */
function changedFiles(
  { sources = {} }: CacheRecord,
  now: { readonly [path: string]: string },
  m: Machine,
  job: BuildJob,
): MissReason {
  const { changed = [], modes = [] } = buildState(m).jobs[job.id] ?? job;
  const files = new Set<string>();
  const chmodded = new Set<string>();
  for (const key of Object.keys({ ...sources, ...now })) {
    const [before, after] = [sources[key], now[key]];
    const cut = key.lastIndexOf(' ');
    if (before === after || cut < 0) continue;
    const root = key.slice(0, cut).replace(/(?<=.)\/$/, '');
    const inside = changed.filter((path) => root === '/' || `/${path}` === root || `/${path}`.startsWith(`${root}/`));
    const isFile = before?.startsWith('f ') || after?.startsWith('f ');
    const found = isFile || inside.length === 0 ? [root.slice(1) || '.'] : inside;
    for (const path of found) {
      files.add(path);
      if (isFile ? sameContent(before, after) : modes.includes(path)) chmodded.add(path);
    }
  }
  const shown = [...files].slice(0, named);
  const kept = shown.filter((path) => chmodded.has(path));
  return { why: 'files', files: shown, modes: kept, more: Math.max(0, files.size - named) };
}

/** Of two files' digests (`f MODE UID GID CONTENT`): is the mode all that differs? */
function sameContent(before = '', after = ''): boolean {
  const withoutMode = (digest: string) => digest.replace(/^f \d+ /, 'f ');
  return before !== '' && withoutMode(before) === withoutMode(after);
}
