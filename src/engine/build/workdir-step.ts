import type { Vertex, WorkdirOp } from '../../builder/graph/vertex.ts';
import type { Machine } from '../../kernel/machine.ts';
import { ownerOf } from './files/owner.ts';
import { Target } from './files/place.ts';
import { commitLayer } from './layer.ts';
import { treeOf } from './records.ts';
import { type BuildJob, buildState } from './state.ts';

/** WORKDIR: makes the folder, and those on the way to it, where they are missing. Throws EngineError. */
export function makeWorkdir(m: Machine, job: BuildJob, vertex: Vertex, op: WorkdirOp): void {
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const base = treeOf(m, op.base === null ? undefined : steps[op.base]?.key);
  const target = new Target(base);
  const owner = ownerOf(op.user, base);
  target.makeFolder(op.path, { now: m.world.now, ...(owner ? { owner } : {}) });
  commitLayer(m, job, vertex, base, { tree: target.finish() });
}
