import { convert, type Plan } from '../../builder/graph/convert.ts';
import { NotSimulated } from '../../builder/graph/not-simulated.ts';
import type { Vertex } from '../../builder/graph/vertex.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { ownPlatform, platformOf } from '../images/platform.ts';
import { step } from '../step.ts';
import { imageKey } from './base-step.ts';
import { lookInCache, settleBases } from './cached.ts';
import { beginExport } from './export.ts';
import { findings } from './findings.ts';
import { fail, failWith, quotesNoText } from './finish.ts';
import { later } from './later.ts';
import type { Triggered } from './metadata.ts';
import { durationOf, perform } from './perform.ts';
import { begin, complete } from './report.ts';
import { type BuildJob, buildState, type StepState, updateJob, updateStep } from './state.ts';

/** Everything is known that the graph depends on: it is made, and its steps begin. */
export function beginSolving(m: Machine, id: Id, linked: Triggered): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  try {
    const { request } = job;
    const { labels, buildArgs, network, hosts } = request;
    const { target, dockerfile, triggers, images, scope, nodes, needed } = linked;
    for (const { image } of images.values()) {
      const own = platformOf(image);
      if (own !== ownPlatform) throw new NotSimulated(`building on an image for ${own}`);
    }
    const options = { labels, buildArgs, network, hosts, globalArgs: scope };
    const plan = convert({ target, escape: dockerfile.escape, options, images, triggers });
    if (plan.vertices.some(({ name, op }) => quotesNoText(job, `${name}${JSON.stringify(op)}`))) {
      fail(m, id, 'failed to marshal LLB definition: string field contains invalid UTF-8');
      return;
    }
    const { error } = findings(m, job);
    if (error?.code === 'lint') throw error;
    const steps: { [digest: string]: StepState } = { ...job.steps };
    for (const { digest, name, inputs, op } of plan.vertices) {
      steps[digest] = { name, inputs, ...(op.kind === 'image' ? { key: imageKey(op) } : {}) };
    }
    updateJob(m, id, { plan, steps });
    const skipped = nodes.filter((node) => !needed.includes(node)).map(({ title }) => title);
    step(m, 'buildkit', 'build-plan', {
      dockerfile: request.dockerfile.name,
      target: target.title,
      steps: plan.vertices.length,
      stages: nodes.length,
      skipped,
    });
    proceed(m, id);
  } catch (error) {
    failWith(m, id, error);
  }
}

interface Index {
  readonly byDigest: ReadonlyMap<string, Vertex>;
  readonly users: ReadonlyMap<string, readonly Vertex[]>;
  readonly images: readonly Vertex[];
}

const indexes = new WeakMap<Plan, Index>();

/** The vertices of a plan by digest, and who needs each. */
export function indexOf(plan: Plan): Index {
  let index = indexes.get(plan);
  if (!index) {
    const users = new Map<string, Vertex[]>();
    for (const vertex of plan.vertices) {
      for (const input of vertex.inputs) {
        const others = users.get(input);
        if (others) others.push(vertex);
        else users.set(input, [vertex]);
      }
    }
    const images = plan.vertices.filter(({ op }) => op.kind === 'image');
    index = { byDigest: new Map(plan.vertices.map((vertex) => [vertex.digest, vertex])), users, images };
    indexes.set(plan, index);
  }
  return index;
}

/** Begins every step that can begin. */
function proceed(m: Machine, id: Id): void {
  const plan = buildState(m).jobs[id]?.plan;
  if (!plan) return;
  for (const vertex of plan.vertices) if (vertex.op.kind !== 'image') consider(m, id, vertex);
  goOn(m, id);
}

/** A step is over: those that waited for it may begin. */
export function stepDone(m: Machine, id: Id, digest: string): void {
  const plan = buildState(m).jobs[id]?.plan;
  if (!plan) return;
  for (const user of indexOf(plan).users.get(digest) ?? []) consider(m, id, user);
  goOn(m, id);
}

function goOn(m: Machine, id: Id): void {
  const job = buildState(m).jobs[id];
  if (!job?.plan) return;
  settleBases(m, job);
  const after = buildState(m).jobs[id];
  if (!after?.plan) return;
  const { head } = after.plan;
  if (head === null || after.steps[head]?.completed !== undefined) beginExport(m, id);
}

/** Begins a step when all that it needs is there: it is taken from the cache, or done. */
function consider(m: Machine, id: Id, vertex: Vertex): void {
  // what comes from the cache lets the next one begin at once; a list, for there may be thousands
  const queue = [vertex];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const job = buildState(m).jobs[id];
    if (!job?.plan || !isReady(job, next)) continue;
    try {
      if (lookInCache(m, job, next)) queue.push(...(indexOf(job.plan).users.get(next.digest) ?? []));
      else start(m, id, next);
    } catch (error) {
      stepFailed(m, id, next, error);
      return;
    }
  }
}

function isReady({ plan, steps }: BuildJob, vertex: Vertex): boolean {
  const own = steps[vertex.digest];
  if (own?.started !== undefined || own?.completed !== undefined) return false;
  const known = (input: string): boolean =>
    plan !== undefined && indexOf(plan).byDigest.get(input)?.op.kind === 'image';
  // to look into the cache, a base image need not have been unpacked: its key is known
  return vertex.inputs.every((input) => steps[input]?.completed !== undefined || (!own?.missed && known(input)));
}

/** The step must be done: as soon as the base images that it stands on are there. */
function start(m: Machine, id: Id, vertex: Vertex): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  updateStep(m, id, vertex.digest, { missed: true });
  settleBases(m, buildState(m).jobs[id] ?? job);
  const now = buildState(m).jobs[id];
  if (!now || !vertex.inputs.every((input) => now.steps[input]?.completed !== undefined)) return;
  begin(m, now, vertex.digest);
  later(m, id, durationOf(now, vertex), `step:${vertex.digest}`);
}

/** The time that a step takes is over (or, for RUN, the time to prepare it): it is done now. */
export function stepDue(m: Machine, id: Id, digest: string): void {
  const job = buildState(m).jobs[id];
  const vertex = job?.plan && indexOf(job.plan).byDigest.get(digest);
  if (!job || !vertex) return;
  try {
    if (!perform(m, job, vertex)) return; // a process runs
    const after = buildState(m).jobs[id];
    if (!after) return;
    complete(m, after, digest);
  } catch (error) {
    stepFailed(m, id, vertex, error);
    return;
  }
  stepDone(m, id, digest);
}

/** A step has failed, and so has the build. `wrapped` goes before its words in the build's own. */
export function stepFailed(m: Machine, id: Id, vertex: Vertex, error: unknown): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  if (!(error instanceof EngineError)) {
    failWith(m, id, error, vertex.range ? [vertex.range] : []);
    return;
  }
  updateStep(m, id, vertex.digest, { missed: true });
  settleBases(m, buildState(m).jobs[id] ?? job);
  complete(m, buildState(m).jobs[id] ?? job, vertex.digest, { error: error.message });
  const before = /^failed to calculate checksum/.test(error.message) ? 'failed to compute cache key: ' : '';
  fail(m, id, `${before}${error.message}`, vertex.range ? [vertex.range] : []);
}
