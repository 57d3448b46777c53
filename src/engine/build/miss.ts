import type { Vertex } from '../../builder/graph/vertex.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { MissReason } from './actions.ts';
import type { Keyed } from './cached.ts';
import { recordOf } from './records.ts';
import { type BuildJob, buildState, type CacheRecord } from './state.ts';

const named = 5;

/** Why a step's result is not in the cache: what differs from the last time that something like it was built. */
export function missReason(m: Machine, job: BuildJob, vertex: Vertex, keyed: Keyed): MissReason {
  if (job.request.noCache || recordOf(m, keyed.key)) return { why: 'no-cache' };
  const { op } = vertex;
  const base = 'base' in op && op.base !== null ? op.base : undefined;
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const below = base === undefined ? undefined : steps[base];
  const isImage = base !== undefined && job.plan?.vertices.find(({ digest }) => digest === base)?.op.kind === 'image';
  if (below?.missed && !isImage) return { why: 'parent', parent: below.name };
  const title = bare(vertex.name);
  const before = Object.values(buildState(m).records).filter(({ kind }) => kind === 'layer');
  const siblings = before.filter(({ parent = '' }) => parent === keyed.parent).sort((a, b) => b.used - a.used);
  const [same] = siblings.filter((record) => bare(record.title) === title);
  const other = same ?? siblings.find((record) => verb(bare(record.title)) === verb(title));
  if (op.kind === 'run') {
    const argument = other && changedArgument(other, op.args);
    if (argument) return argument;
  }
  if (same && op.kind === 'copy') return changedFiles(same, keyed.sources ?? {}, m, job);
  if (other) return { why: 'instruction', before: bare(other.title) };
  const elsewhere = before.some((record) => bare(record.title) === title);
  if (elsewhere && isImage) return { why: 'base', from: below?.name ?? '' };
  return { why: 'new' };
}

/** A step's name without its stage and number. */
function bare(name: string): string {
  return name.replace(/^\[[^\]]*\] /, '');
}

function verb(title: string): string {
  return title.split(' ', 1)[0] ?? '';
}

function changedArgument({ args = {} }: CacheRecord, now: { readonly [name: string]: string }): MissReason | undefined {
  for (const [name, value] of Object.entries(now)) {
    const before = Object.hasOwn(args, name) ? args[name] : undefined;
    if (before !== undefined && before !== value) return { why: 'argument', name, before, now: value };
  }
  return undefined;
}

/** Which of the files differ: single ones by their digests; those of a folder by what changed in the context. */
function changedFiles(
  { sources = {} }: CacheRecord,
  now: { readonly [path: string]: string },
  m: Machine,
  job: BuildJob,
): MissReason {
  const differing = Object.keys({ ...sources, ...now }).filter((path) => sources[path] !== now[path]);
  const roots = differing.map((key) => key.slice(0, key.lastIndexOf(' ')).replace(/(?<=.)\/$/, ''));
  const inContext = (buildState(m).jobs[job.id] ?? job).changed ?? [];
  const files = inContext.filter((path) =>
    roots.some((root) => root === '/' || `/${path}` === root || `/${path}`.startsWith(`${root}/`)),
  );
  const shown = files.length > 0 ? files : roots.map((root) => root.slice(1) || '.');
  return { why: 'files', files: shown.slice(0, named), more: Math.max(0, shown.length - named) };
}
