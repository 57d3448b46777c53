import { DockerfileError } from '../../builder/dockerfile/errors.ts';
import { parseTrigger } from '../../builder/dockerfile/parse.ts';
import { suggest } from '../../builder/dockerfile/suggest.ts';
import type { Instruction } from '../../builder/dockerfile/types.ts';
import type { BaseImage } from '../../builder/graph/image.ts';
import { imageLabel, linkSources, reachable, type StageNode } from '../../builder/graph/stages.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { millisecond, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { digestOf } from '../../oci/digest.ts';
import { EngineError } from '../errors.ts';
import { fullReference, parsed } from '../lookup.ts';
import { step } from '../step.ts';
import { baseImage, resolveBase } from './bases.ts';
import { beginImports, importCaches } from './cache-import.ts';
import { readContextIgnore, readIgnore } from './context/ignore.ts';
import { type Linked, report, targetOf } from './definition.ts';
import { namedContexts } from './files-of.ts';
import { fail } from './finish.ts';
import { later } from './later.ts';
import { begin, complete, tell } from './report.ts';
import { beginSolving } from './solve.ts';
import { type BuildJob, buildState, updateJob } from './state.ts';

/** Looking into the engine's own store, and asking a registry. */
const local = 4 * millisecond;
const remote = 0.3 * second;
const ignoreName = '[internal] load .dockerignore';

const contextIgnore = (name: string): string => `[context ${name}] load .dockerignore`;

const vertexOf = (name: string): string => digestOf(encodeUtf8(name));

/** Looks up the images that are needed and not known yet, then .dockerignore; then the build goes on. Throws DockerfileError. */
export function loadMetadata(m: Machine, job: BuildJob): void {
  const linked = withTriggers(m, job, targetOf(job));
  const { check, target } = job.request;
  const looked = check && target === undefined ? linked.nodes : linked.needed;
  const wanted = new Map(looked.flatMap(({ base }) => (base.kind === 'image' ? [[imageLabel(base), base]] : [])));
  for (const { base } of linked.nodes) if (base.kind === 'image') checkName(base, linked);
  for (const base of wanted.values()) checkName(base, linked);
  const twins = knownOtherwise(job, [...wanted.values()]);
  if (Object.keys(twins).length > 0) {
    const after = updateJob(m, job.id, { bases: { ...job.bases, ...twins } });
    if (after) loadMetadata(m, after);
    return;
  }
  const missing = missingOf(job.bases, [...wanted.values()]).filter(
    (base, i, all) => all.findIndex((other) => asked(other) === asked(base)) === i,
  );
  if (missing.length === 0) {
    if (job.ignore !== undefined && check) report(m, job);
    else if (job.ignore !== undefined && job.imports === undefined && job.request.cacheFrom.length > 0) {
      later(m, job.id, beginImports(m, job), 'imports');
    } else if (job.ignore !== undefined) beginSolving(m, job.id, linked);
    else {
      const contexts = linked.needed.flatMap(({ base }) => (base.kind === 'context' ? [base.name] : []));
      const ignores = Object.fromEntries(contexts.map((name) => [name, '']));
      updateJob(m, job.id, { loading: [ignoreName], ignores });
      for (const name of Object.keys(ignores))
        begin(m, job, vertexOf(contextIgnore(name)), { name: contextIgnore(name) });
      begin(m, job, vertexOf(ignoreName), { name: ignoreName });
      later(m, job.id, local * 2, 'ignore');
    }
    return;
  }
  updateJob(m, job.id, { loading: missing.map(imageLabel) });
  for (const base of missing) {
    const title = titleOf(base);
    begin(m, job, vertexOf(title), { name: title });
    const found = resolveBase(m, base.name, job.request.pull);
    later(m, job.id, 'image' in found && found.remote === undefined ? local : remote, `metadata:${imageLabel(base)}`);
  }
}

/** An image was looked up: the one with this label. */
export function metadataLoaded(m: Machine, id: string, label: string): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  const base = labelled(label);
  const { name } = base;
  const { hubUser } = job.request;
  const auth = hubUser === undefined ? {} : { auth: { username: hubUser } };
  const found = resolveBase(m, name, job.request.pull, auth);
  const vertex = vertexOf(titleOf(base));
  if ('message' in found) {
    complete(m, job, vertex, { error: found.at });
    if (job.request.check) {
      report(m, job);
      return;
    }
    const target = targetOf(job);
    const range = rangeOf(label, target);
    const words = base.context === undefined ? `${name}: ${found.message}${meant(name, target)}` : found.message;
    fail(m, id, words, range ? [range] : []);
    return;
  }
  complete(m, job, vertex);
  if (found.remote !== undefined) {
    step(m, 'buildkit', 'resolve-image', { name, registry: parsed(name).domain, digest: found.remote });
  }
  loaded(m, id, label, { bases: { ...job.bases, [label]: found } });
}

/** Images that are known already, by other labels: a reference is looked up once, whatever calls it. */
function knownOtherwise({ bases }: BuildJob, wanted: readonly ImageBase[]): BuildJob['bases'] {
  const known = new Map(Object.entries(bases).map(([label, base]) => [asked(labelled(label)), base]));
  return Object.fromEntries(
    missingOf(bases, wanted).flatMap((base) => {
      const found = known.get(asked(base));
      return found ? [[imageLabel(base), found] as const] : [];
    }),
  );
}

function missingOf(bases: BuildJob['bases'], wanted: readonly ImageBase[]): readonly ImageBase[] {
  return wanted.filter((base) => !Object.hasOwn(bases, imageLabel(base)));
}

function asked({ name }: ImageBase): string {
  return fullReference(name);
}

type ImageBase = Extract<StageNode['base'], { kind: 'image' }>;

/** The image that a label stands for. */
function labelled(label: string): ImageBase {
  const [, context, name] = /^\[context ([^\]]*)\] (.*)$/.exec(label) ?? [];
  return { kind: 'image', name: name ?? label, ...(context === undefined ? {} : { context }) };
}

function titleOf({ context, name }: ImageBase): string {
  if (context !== undefined) return `[context ${context}] load metadata for ${name}`;
  return `[internal] load metadata for ${fullReference(name)}`;
}

function rangeOf(label: string, { needed, nodes }: Linked): StageNode['range'] {
  return [...nodes, ...needed].find(({ base }) => base.kind === 'image' && imageLabel(base) === label)?.range;
}

/** Images that BuildKit suggests for a name that is nearly theirs. */
const commonImages = 'alpine busybox centos debian golang ubuntu fedora'.split(' ');

/** The stage or well-known image that was probably meant by a name that is none. */
function meant(name: string, { nodes }: Linked): string {
  const stages = nodes.flatMap(({ stage }) => (stage?.stageName ? [stage.stageName] : []));
  const near = suggest(name, [...stages, ...commonImages], true);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

/** .dockerignore was read. */
export function ignoreLoaded(m: Machine, id: string): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  const ignores = Object.fromEntries(
    Object.keys(job.ignores ?? {}).map((name) => {
      const { rules, sent } = readContextIgnore(m, job, name);
      tell(m, job, vertexOf(contextIgnore(name)), `transferring ${name}:`, { current: sent });
      complete(m, job, vertexOf(contextIgnore(name)));
      return [name, rules];
    }),
  );
  const { rules, sent } = readIgnore(m, job);
  tell(m, job, vertexOf(ignoreName), 'transferring context:', { current: sent });
  complete(m, job, vertexOf(ignoreName));
  loaded(m, id, ignoreName, { ignore: rules, ignores });
}

/** Caches of other images were looked at. */
export function cachesImported(m: Machine, id: string): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  importCaches(m, job);
  loadMetadata(m, buildState(m).jobs[id] ?? job);
}

function loaded(m: Machine, id: string, what: string, change: Partial<BuildJob>): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  const loading = job.loading.filter((each) => each !== what);
  const now = updateJob(m, id, { ...change, loading });
  if (now && loading.length === 0) loadMetadata(m, now);
}

function checkName(base: ImageBase, linked: Linked): void {
  const { context, name } = base;
  try {
    parsed(name);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const range = rangeOf(imageLabel(base), linked);
    const where = context === undefined ? `failed to parse stage name ${JSON.stringify(name)}: ` : '';
    const words = `${where}${error.message}`;
    throw new DockerfileError('base', words, range ? [range] : []);
  }
}

/** What ONBUILD of the bases brings, linked as if it stood in the stage. `needed` grows by what it names. */
export interface Triggered extends Linked {
  readonly triggers: ReadonlyMap<StageNode, readonly Instruction[]>;
  readonly images: ReadonlyMap<string, BaseImage>;
}

function withTriggers(m: Machine, job: BuildJob, linked: Linked): Triggered {
  const images = new Map<string, BaseImage>();
  for (const [name, base] of Object.entries(job.bases)) images.set(name, baseImage(m, base));
  const triggers = new Map<StageNode, readonly Instruction[]>();
  const names = new Map(
    linked.nodes.flatMap((node) => (node.stage?.stageName ? [[node.stage.stageName, node] as const] : [])),
  );
  const all = [...linked.nodes];
  for (const node of linked.needed) {
    const own = onbuildOf(node, images);
    if (own.length === 0 || !node.range) continue;
    const { range } = node;
    const instructions = own.map((expression) => parseTrigger(expression, range));
    triggers.set(node, instructions);
    for (const each of instructions) linkSources(node, each, all, names, namedContexts(job));
  }
  return { ...linked, needed: reachable(linked.target), triggers, images };
}

/** Triggers of an image; or those that the stage below has written down. */
function onbuildOf({ base }: StageNode, images: ReadonlyMap<string, BaseImage>): readonly string[] {
  if (base.kind === 'image') return images.get(imageLabel(base))?.image.config.OnBuild ?? [];
  if (base.kind !== 'stage') return [];
  return (base.stage.stage?.instructions ?? []).flatMap((each) => (each.kind === 'onbuild' ? [each.expression] : []));
}
