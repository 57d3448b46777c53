import type { Id, Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { Exit, ServiceAnswer } from '../../kernel/program.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, errorResponse } from '../errors.ts';
import { listCache, pruneCache } from './cache-calls.ts';
import { definitionRead } from './definition.ts';
import { exported } from './export.ts';
import { abandon, cancelBuilds } from './finish.ts';
import { cachesImported, ignoreLoaded, metadataLoaded } from './metadata.ts';
import { resumeOutput, runEnded, runOutput } from './run/task.ts';
import { stepDue } from './solve.ts';
import { startBuild } from './start.ts';
import { type BuildRequest, buildState } from './state.ts';

/*
 * The builder stands in a bundle of its own, which begins here. Errors come back as answers, because a class that is in
 * two bundles exists twice.
 */

/** POST /grpc: what buildx asks of the builder: `Solve` (or, later, to give that up) or `DiskUsage`. */
export function callBuilder(m: Machine, client: number, body: Json): ServiceAnswer {
  const { call, request } = body as unknown as { readonly call: string; readonly request: BuildRequest };
  try {
    if (call === 'Cancel') {
      cancelBuilds(m, client);
      return { reply: { status: 200, body: null } };
    }
    return call === 'DiskUsage' ? { reply: { ...listCache(m) } } : startBuild(m, client, request);
  } catch (error) {
    return { reply: { ...told(error) } };
  }
}

/** POST /build/prune. */
export function pruneBuilds(m: Machine, query: { readonly [key: string]: string }): ApiResponse {
  try {
    return pruneCache(m, query);
  } catch (error) {
    return told(error);
  }
}

function told(error: unknown): ApiResponse {
  if (!(error instanceof EngineError)) throw error;
  return { ...errorResponse(error), code: error.code } as ApiResponse;
}

/** A timer of a build is due: `JOB:WHAT`. */
export function buildTimer(m: Machine, key: string): void {
  const cut = key.indexOf(':');
  const id = key.slice(0, cut);
  const what = key.slice(cut + 1);
  const job = buildState(m).jobs[id];
  if (!job) return;
  const before = m.run;
  m.run = job.run === '' ? undefined : job.run;
  if (what === 'definition') definitionRead(m, id);
  else if (what === 'ignore') ignoreLoaded(m, id);
  else if (what === 'imports') cachesImported(m, id);
  else if (what === 'export') exported(m, id);
  else if (what.startsWith('metadata:')) metadataLoaded(m, id, what.slice('metadata:'.length));
  else if (what.startsWith('step:')) stepDue(m, id, what.slice('step:'.length));
  m.run = before;
}

/** A step's process has written: `JOB:DIGEST:STREAM`. */
export function buildOutput(m: Machine, key: string): void {
  const [, id = '', digest = '', stream = ''] = /^([^:]+):(.*):([12])$/.exec(key) ?? [];
  runOutput(m, id, digest, stream === '2' ? 2 : 1);
}

/** A step's process has ended. */
export function buildProcessEnded(m: Machine, pid: number, exit: Exit): void {
  runEnded(m, pid, exit);
}

/** The client of a build has read, or is gone. */
export function buildMoved(m: Machine, id: Id, event: 'room' | 'gone'): void {
  if (event === 'gone') abandon(m, id);
  else resumeOutput(m, id);
}
