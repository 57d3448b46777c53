import type { SolveStatus, VertexStatus, VertexWarning } from '../../builder/status.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import type { Json, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { sendProgress } from '../progress.ts';
import { type BuildJob, buildState, type StepState, updateStep } from './state.ts';

let lastTime = { at: 0, text: '1970-01-01T00:00:00Z' };

/** A moment as Go writes it in JSON: RFC 3339 with nanoseconds, without zeros at the end. */
export function timeText(at: Us): string {
  // much happens in the same moment
  if (at !== lastTime.at) lastTime = { at, text: newTimeText(at) };
  return lastTime.text;
}

function newTimeText(at: Us): string {
  const seconds = new Date(Math.floor(at / 1000)).toISOString().slice(0, 19);
  const fraction = String(at % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** Sends a message to the client of a build. */
export function send(m: Machine, job: BuildJob, status: SolveStatus): void {
  sendProgress(m, job.stream, status as Json);
}

function statusOf(digest: string, step: StepState): VertexStatus {
  const { cached, completed, error, inputs = [], name, started } = step;
  return {
    digest,
    ...(inputs.length > 0 ? { inputs } : {}),
    name,
    ...(started === undefined ? {} : { started: timeText(started) }),
    ...(completed === undefined ? {} : { completed: timeText(completed) }),
    ...(cached ? { cached } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

/** A step begins: the client is told. */
export function begin(m: Machine, job: BuildJob, digest: string, change: Partial<StepState> = {}): void {
  const step = updateStep(m, job.id, digest, { ...change, started: m.world.now });
  send(m, job, { vertexes: [statusOf(digest, step)] });
}

/** A step is over. */
export function complete(m: Machine, job: BuildJob, digest: string, change: Partial<StepState> = {}): void {
  const old = buildState(m).jobs[job.id]?.steps[digest];
  const step = updateStep(m, job.id, digest, {
    ...change,
    started: old?.started ?? m.world.now,
    completed: m.world.now,
  });
  send(m, job, { vertexes: [statusOf(digest, step)] });
}

/** Something inside a step: `started` and, unless it goes on, over now. */
export function tell(
  m: Machine,
  job: BuildJob,
  vertex: string,
  id: string,
  what: { readonly current?: number; readonly total?: number; readonly started?: Us; readonly open?: boolean } = {},
): void {
  const now = timeText(m.world.now);
  const { current = 0, total, started = m.world.now, open = false } = what;
  const status = {
    id,
    vertex,
    current,
    ...(total === undefined ? {} : { total }),
    timestamp: now,
    started: timeText(started),
    ...(open ? {} : { completed: now }),
  };
  send(m, job, { statuses: [status] });
}

/** What a step's process has written. */
export function log(m: Machine, job: BuildJob, vertex: string, stream: 1 | 2, data: ByteString): void {
  send(m, job, { logs: [{ vertex, stream, data: btoa(data), timestamp: timeText(m.world.now) }] });
}

/** A finding of the linter. */
export function warn(m: Machine, job: BuildJob, warning: VertexWarning): void {
  send(m, job, { warnings: [warning] });
}
