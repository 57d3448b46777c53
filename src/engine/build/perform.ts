import type { Vertex } from '../../builder/graph/vertex.ts';
import { millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { baseFetched } from './base-step.ts';
import { loadContext } from './context/load.ts';
import { copyFiles } from './copy-step.ts';
import { startRun } from './run/start.ts';
import type { BuildJob } from './state.ts';
import { makeWorkdir } from './workdir-step.ts';

/** How long a step takes, or for RUN the time until its process begins. */
export function durationOf(_job: BuildJob, { op }: Vertex): Us {
  if (op.kind === 'run') return 0.1 * second;
  if (op.kind === 'copy') return 20 * millisecond;
  return op.kind === 'workdir' ? 10 * millisecond : 4 * millisecond;
}

/** Does a step's work; false: a process is doing it. Throws EngineError, DockerfileError. */
export function perform(m: Machine, job: BuildJob, vertex: Vertex): boolean {
  switch (vertex.op.kind) {
    case 'image':
      baseFetched(m, job, vertex);
      return true;
    case 'context':
      loadContext(m, job, vertex, vertex.op.context);
      return true;
    case 'inline':
      return true;
    case 'workdir':
      makeWorkdir(m, job, vertex, vertex.op);
      return true;
    case 'copy':
      copyFiles(m, job, vertex, vertex.op);
      return true;
    case 'run':
      startRun(m, job, vertex, vertex.op);
      return false;
  }
}
