import type { Vertex } from '../../../builder/graph/vertex.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { DirNode } from '../../../kernel/fs/node.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { digestOf } from '../../../oci/digest.ts';
import { checkContextRoom } from '../../disk.ts';
import { step } from '../../step.ts';
import { Target } from '../files/place.ts';
import { nodeDigest, sizeOf } from '../files/source.ts';
import { clientFiles, contextSource, scanKey } from '../files-of.ts';
import { commitLayer } from '../layer.ts';
import { tell } from '../report.ts';
import { type BuildJob, buildState, type ContextScan, ownBuild, updateJob, updateStep } from '../state.ts';
import { matcherOf } from './ignore.ts';
import { scanFolder } from './scan.ts';

const named = 5;

/** `[internal] load build context`: finds out what the context has, and reads what is new. Throws EngineError. */
export function loadContext(m: Machine, job: BuildJob, vertex: Vertex, name: string): void {
  const source = name === 'context' ? job.context : job.named[name];
  const paths = job.plan?.contexts[name] ?? null;
  if (source?.kind !== 'folder') {
    const bytes = source?.kind === 'archive' ? sizeOf(source.tree) : 0;
    tell(m, job, vertex.digest, `transferring ${name}:`, { current: 2 + bytes });
    return;
  }
  const key = scanKey(job, name);
  const { files: before = {} } = buildState(m).contexts[key] ?? {};
  const ignore = matcherOf((name === 'context' ? job.ignore : job.ignores?.[name]) ?? '');
  const files = clientFiles(m, job.client);
  const options = { ignore, before, ...(source.shown === undefined ? {} : { shown: source.shown }) };
  const first = scanFolder(files, source.path, { ...options, paths });
  // a link on the way to what is needed may lead anywhere in the context
  const scan =
    paths && leadsOn(first.files, paths) ? scanFolder(files, source.path, { ...options, paths: null }) : first;
  checkContextRoom(m, scan.sent, `/${scan.changed.at(-1) ?? ''}`);
  const same = scan.files === before ? buildState(m).contexts[key]?.digests : undefined;
  const kept: ContextScan = { files: scan.files, used: m.world.now, ...(same ? { digests: same } : {}) };
  (ownBuild(m, 'contexts') as { [path: string]: ContextScan })[key] = kept;
  updateJob(m, job.id, changedFiles(before, scan.files));
  tell(m, job, vertex.digest, `transferring ${name}:`, { current: scan.sent });
  step(m, 'buildkit', 'build-context', {
    files: Object.keys(scan.files).length,
    changed: scan.changed.slice(0, named),
    more: Math.max(0, scan.changed.length - named),
    bytes: scan.sent,
  });
  keepAsBase(m, buildState(m).jobs[job.id] ?? job, vertex, name);
}

/** FROM of a named context: its files are the lowest layer. */
function keepAsBase(m: Machine, job: BuildJob, vertex: Vertex, name: string): void {
  const { plan } = job;
  if (!plan) return;
  const { digest } = vertex;
  if (plan.head !== digest && !plan.vertices.some(({ op }) => 'base' in op && op.base === digest)) return;
  const source = contextSource(m, job, name);
  const content = nodeDigest(source, source.root, '/', () => false);
  updateStep(m, job.id, digest, { key: digestOf(encodeUtf8(JSON.stringify(['context', content]))) });
  const target = new Target(noFiles);
  target.copy(source, '/', source.root, '/', { now: m.world.now, skip: () => false });
  commitLayer(m, job, vertex, noFiles, { tree: target.finish() });
}

const noFiles: DirNode = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} };

/** Is there a link where a needed path is, or on the way to it? */
function leadsOn(files: Rec<string>, paths: readonly string[]): boolean {
  return (
    paths.some((path) => {
      const parts = path.slice(1).split('/');
      return parts.some(
        (part, i) => /[*?[]/.test(part) || files[parts.slice(0, i + 1).join('/')]?.startsWith('l ') === true,
      );
    }) && Object.values(files).some((entry) => entry.startsWith('l '))
  );
}

/** Files that are new, different or gone (times do not count), at most a hundred; `modes`: the mode is all that differs. */
function changedFiles(
  before: Rec<string>,
  now: Rec<string>,
): { readonly changed: readonly string[]; readonly modes: readonly string[] } {
  const [changed, modes]: [string[], string[]] = [[], []];
  if (now === before || Object.keys(before).length === 0) return { changed, modes };
  for (const path of Object.keys({ ...before, ...now })) {
    if (changed.length >= 100) break;
    const [old, entry] = [before[path], now[path]];
    if (old === entry || withoutTime(old) === withoutTime(entry)) continue;
    changed.push(path);
    if (old !== undefined && entry !== undefined && withoutMode(old) === withoutMode(entry)) modes.push(path);
  }
  return { changed, modes };
}

/** An entry (see packEntry) without the time, which stands behind the mode. */
function withoutTime(entry: string | undefined): string | undefined {
  return entry?.replace(/^(\S \d+) \d+/, '$1');
}

function withoutMode(entry: string): string | undefined {
  return withoutTime(entry)?.replace(/^(\S) \d+/, '$1');
}
