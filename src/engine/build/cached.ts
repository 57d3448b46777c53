import type { CopyOp, RunOp, Vertex } from '../../builder/graph/vertex.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf } from '../../oci/digest.ts';
import { EngineError } from '../errors.ts';
import { step } from '../step.ts';
import { baseOf, baseReady } from './base-step.ts';
import { treesOfBase } from './bases.ts';
import { takeImported } from './cache-import.ts';
import { ignoreExcluded } from './files/exclude.ts';
import { inlineSource } from './files/inline.ts';
import { select } from './files/select.ts';
import { nodeDigest, type Source, treeSource } from './files/source.ts';
import { contextSource, scanKey } from './files-of.ts';
import { missReason } from './miss.ts';
import { originsOf } from './origins.ts';
import { newRecordId, recordOf, treeOf, useRecord } from './records.ts';
import { complete } from './report.ts';
import { indexOf } from './solve.ts';
import { type BuildJob, buildState, type ContextScan, ownBuild, updateStep } from './state.ts';

/** Looks for a step's result of an earlier build; true: it is there, and the step is over. Throws EngineError. */
export function lookInCache(m: Machine, job: BuildJob, vertex: Vertex): boolean {
  if (vertex.op.kind === 'context' || vertex.op.kind === 'inline') return false;
  if (job.steps[vertex.digest]?.missed) return false;
  const keyed = keyOf(m, job, vertex);
  const { key } = keyed;
  updateStep(m, job.id, vertex.digest, { key, ...(keyed.sources ? { sources: keyed.sources } : {}) });
  const record = ignoresCache(job, vertex) ? undefined : (recordOf(m, key) ?? takeImported(m, job, vertex, key));
  if (!record) {
    const reason = missReason(m, job, vertex, keyed);
    updateStep(m, job.id, vertex.digest, { missed: true, reason });
    step(m, 'buildkit', 'build-miss', { step: vertex.name, reason });
    return false;
  }
  useRecord(m, key, originsOf(job, vertex.name));
  step(m, 'buildkit', 'build-hit', { step: vertex.name, uses: record.uses });
  updateStep(m, job.id, vertex.digest, { hit: true });
  settleBases(m, job);
  complete(m, job, vertex.digest, { cached: true, key });
  return true;
}

function ignoresCache({ request, plan }: BuildJob, vertex: Vertex): boolean {
  if (request.noCache) return true;
  const stage = plan?.stages[vertex.digest] ?? '';
  return stage !== '' && request.noCacheFilter.some((each) => each.toLowerCase() === stage.toLowerCase());
}

/** A step's key, and what files went into it. */
export interface Keyed {
  readonly key: string;
  readonly parent: string;
  /** Digests of the sources by path. */
  readonly sources?: Rec<string>;
}

/**
 * The key of a step's result: what it does, the key of what it stands on, and the contents (without times) of the files
 * that it takes from elsewhere; as BuildKit's solver has it.
 */
function keyOf(m: Machine, job: BuildJob, vertex: Vertex): Keyed {
  const { op } = vertex;
  const parent = 'base' in op && op.base !== null ? (job.steps[op.base]?.key ?? '') : '';
  if (op.kind === 'workdir') return { parent, key: hash(['workdir', op.path, op.user, parent]) };
  if (op.kind === 'copy') {
    const { paths, sources } = copyDigests(m, job, op);
    const { destination, chown = '', chmod = '', unpack, exclude } = op;
    return { parent, sources, key: hash(['copy', destination, chown, chmod, unpack, exclude, paths, parent]) };
  }
  if (op.kind === 'run') {
    const { sources, words } = runWords(m, job, op);
    return { parent, ...(sources ? { sources } : {}), key: hash(['run', words, parent]) };
  }
  throw new Error(`no key for ${op.kind}`);
}

function hash(parts: unknown): string {
  return digestOf(encodeUtf8(JSON.stringify(parts)));
}

/** Digests of what a COPY takes, by path and name; `paths` as they count for the key: wildcards as they are written. */
function copyDigests(
  m: Machine,
  job: BuildJob,
  op: CopyOp,
): { readonly sources: Rec<string>; readonly paths: readonly (readonly [path: string, digest: string])[] } {
  const found: { [path: string]: string } = {};
  const paths: (readonly [path: string, digest: string])[] = [];
  for (const { input, path } of op.sources) {
    const source = sourceOf(m, job, input);
    const skip = ignoreExcluded(op.exclude, path);
    const selected = select(source, path);
    if ('missing' in selected) {
      const ref = `${newRecordId(m)}::${newRecordId(m)}`;
      throw new EngineError(
        'bad-parameter',
        400,
        `failed to calculate checksum of ref ${asRef(ref)}: ${
          selected.loop ? 'too many links' : `${JSON.stringify(cleaned(path))}: not found`
        }`,
      );
    }
    for (const each of selected) {
      const digest = () => nodeDigest(source, each.node, each.path, skip);
      const whole = each.node.t === 'dir' && op.exclude.length === 0;
      const content = whole ? remembered(m, job, input, each.path, digest) : digest();
      found[`${each.asked ?? path} ${each.name}`] = content;
      paths.push([`${path} ${each.name}`, content]);
    }
    if (selected.length > 0) continue;
    found[path] = '';
    paths.push([path, '']);
  }
  return { sources: found, paths };
}

/** The digest of a folder of a context; it is kept with what was found in the context, for there may be many files below. */
function remembered(m: Machine, job: BuildJob, input: string, path: string, digest: () => string): string {
  const op = job.plan && indexOf(job.plan).byDigest.get(input)?.op;
  const key = op?.kind === 'context' ? scanKey(job, op.context) : '';
  const scan = buildState(m).contexts[key];
  if (op?.kind !== 'context' || !scan) return digest();
  const known = scan.digests && Object.hasOwn(scan.digests, path) ? scan.digests[path] : undefined;
  if (known !== undefined) return known;
  const found = digest();
  const contexts = ownBuild(m, 'contexts') as { [path: string]: ContextScan };
  contexts[key] = { ...scan, digests: { ...scan.digests, [path]: found } };
  return found;
}

function cleaned(path: string): string {
  return path.replace(/(?<=.)\/$/, '');
}

/** A reference as BuildKit writes it: a session's UUID and the name of a result. */
function asRef(random: string): string {
  const hex = digestOf(random).slice(7);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
  return `${uuid}::${random.slice(-25)}`;
}

/** All of a RUN that counts: secrets are not among it, files that it mounts (`sources`) are. */
function runWords(
  m: Machine,
  job: BuildJob,
  { argv, env, cwd, user, network, hosts, mounts }: RunOp,
): { readonly words: unknown; readonly sources?: Rec<string> } {
  const sources: { [path: string]: string } = {};
  const mounted = mounts.map(({ mount, target, input }) => {
    const { type, id = '', readOnly, sharing = '', mode = 0, uid = 0, gid = 0, source = '' } = mount;
    const words = [type, id, target, readOnly, sharing, mode, uid, gid, source];
    if (type !== 'bind' || input === undefined) return words;
    const from = sourceOf(m, job, input);
    const selected = select(from, source === '' ? '/' : source.startsWith('/') ? source : `/${source}`);
    const digests =
      'missing' in selected
        ? []
        : selected.map(({ name, node, path }) => {
            const digest = nodeDigest(from, node, path, () => false);
            sources[`${path} ${name}`] = digest;
            return digest;
          });
    return [...words, digests];
  });
  const words = [argv, Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1)), cwd, user, network, hosts, mounted];
  return { words, ...(Object.keys(sources).length > 0 ? { sources } : {}) };
}

/** The files that a vertex gives to others. */
export function sourceOf(m: Machine, job: BuildJob, digest: string): Source {
  const op = job.plan && indexOf(job.plan).byDigest.get(digest)?.op;
  if (op?.kind === 'context') return contextSource(m, job, op.context);
  if (op?.kind === 'inline') return inlineSource(op.files, m.world.now);
  const key = buildState(m).jobs[job.id]?.steps[digest]?.key;
  // the files of a base image count before it is unpacked: whether a step can be taken from the cache depends on them
  const base = op?.kind === 'image' && !recordOf(m, key ?? '') ? baseOf(job, op) : undefined;
  return treeSource((base && treesOfBase(m, base).at(-1)) ?? treeOf(m, key));
}

/**
 * Decides about base images: one whose files a step needs is unpacked (or was before: CACHED); one of which all steps
 * come from the cache is left alone. Seen on the real engine: such a step is DONE.
 */
export function settleBases(m: Machine, job: BuildJob): void {
  const { plan } = job;
  if (!plan) return;
  for (const vertex of indexOf(plan).images) {
    const own = buildState(m).jobs[job.id]?.steps[vertex.digest];
    if (!own || own.completed !== undefined || own.started !== undefined) continue;
    const { steps } = buildState(m).jobs[job.id] ?? job;
    const users = indexOf(plan).users.get(vertex.digest) ?? [];
    const wanted = vertex.digest === plan.head || users.some(({ digest }) => steps[digest]?.missed);
    if (wanted) baseReady(m, job, vertex);
    else if (users.every(({ digest }) => steps[digest]?.hit)) complete(m, job, vertex.digest);
  }
}
