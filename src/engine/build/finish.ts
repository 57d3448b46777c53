import { DockerfileError } from '../../builder/dockerfile/errors.ts';
import { excerpt } from '../../builder/dockerfile/excerpt.ts';
import type { LineRange } from '../../builder/dockerfile/types.ts';
import { NotSimulated } from '../../builder/graph/not-simulated.ts';
import type { BuildEnd, BuildResult } from '../../builder/status.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { closeProgress, sendProgress } from '../progress.ts';
import { step } from '../step.ts';
import { complete } from './report.ts';
import { stopTask } from './run/task.ts';
import { type BuildJob, buildState, ownBuild } from './state.ts';
import { keepStory } from './story.ts';

/** The build is over, and has made this. */
export function succeed(m: Machine, job: BuildJob, result: BuildResult): void {
  end(m, job, { result });
}

/**
 * The build has failed with these words; steps that go on are given up. `places` are the lines of the Dockerfile that the
 * client shows.
 */
export function fail(m: Machine, id: Id, message: string, places: readonly LineRange[] = []): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  cancelSteps(m, job);
  const text = decodeUtf8(job.dockerfile ?? '');
  const { name } = job.request.dockerfile;
  const excerpts = places.map((place) => excerpt(name.slice(name.lastIndexOf('/') + 1), text, [place])).filter(Boolean);
  step(m, 'buildkit', 'build-failed', { message });
  end(m, job, { failure: { message, excerpts } });
}

/** As `fail`, for an error that was thrown; others are thrown on. */
export function failWith(m: Machine, id: Id, error: unknown, places: readonly LineRange[] = []): void {
  if (error instanceof DockerfileError) {
    const job = buildState(m).jobs[id];
    // what is no UTF-8 cannot be sent in gRPC's status: this is all that arrives (seen on the real engine)
    if (job && quotesNoText(job, error.message)) fail(m, id, brokenStream);
    else fail(m, id, error.message, error.places.length > 0 ? error.places : places);
  } else if (error instanceof EngineError || error instanceof NotSimulated) fail(m, id, error.message, places);
  else throw error;
}

const brokenStream = 'Internal: stream terminated by RST_STREAM with error code: INTERNAL_ERROR';

/** Are there bytes of the Dockerfile in these words that are no UTF-8? */
export function quotesNoText({ dockerfile = '' }: BuildJob, words: string): boolean {
  return words.includes('\ufffd') && !dockerfile.includes('\xef\xbf\xbd');
}

/** A client does not want its builds any more: it is told how far they were. */
export function cancelBuilds(m: Machine, client: number): void {
  const own = Object.values(buildState(m).jobs).filter((job) => job.client === client);
  for (const { id } of own) fail(m, id, 'Canceled: context canceled');
}

/** The client has gone: nothing more is done. */
export function abandon(m: Machine, id: Id): void {
  const job = buildState(m).jobs[id];
  if (!job) return;
  cancelSteps(m, job);
  delete (ownBuild(m, 'jobs') as { [id: string]: BuildJob })[id];
}

function cancelSteps(m: Machine, job: BuildJob): void {
  for (const [digest, each] of Object.entries(job.steps)) {
    if (each.started === undefined || each.completed !== undefined) continue;
    if (each.task) stopTask(m, each.task);
    complete(m, job, digest, { error: 'context canceled' });
  }
}

function end(m: Machine, job: BuildJob, last: BuildEnd): void {
  keepStory(m, buildState(m).jobs[job.id] ?? job);
  sendProgress(m, job.stream, last as unknown as Json);
  closeProgress(m, job.stream);
  delete (ownBuild(m, 'jobs') as { [id: string]: BuildJob })[job.id];
}
