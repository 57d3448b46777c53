import type { SolveStatus, TransferStatus, VertexWarning } from '../../builder/status.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import type { Json } from '../../kernel/json.ts';
import { fromBase64 } from './base64.ts';
import { logSeconds, secondsBetween } from './go-time.ts';

/** A step that is being shown. Plain data. */
export interface Shown {
  readonly digest: string;
  readonly name: string;
  /** Its number in plain progress; 0: not printed yet. */
  index: number;
  started?: string;
  completed?: string;
  cached?: boolean;
  error?: string;
  /** Transfers inside it, by what they are called, in order. */
  statuses: TransferStatus[];
  /** Those that have something new to tell. */
  readonly updated: string[];
  readonly warnings: string[];
  /** Lines that have not been printed; `partial`: the last one has no end yet. */
  lines: string[];
  partial: boolean;
  /** Bytes of the unfinished line that were printed. */
  printed: number;
  /** The last lines, for when it fails. */
  last: string[];
  /** It is to be printed (again). */
  fresh: boolean;
}

/** All that is to be known of a build to show it. */
export interface Trace {
  readonly steps: { [digest: string]: Shown };
  /** Digests of the steps that have begun, in that order. */
  readonly order: string[];
  readonly warnings: VertexWarning[];
  /** Steps that failed, as they are told of at the end. */
  readonly failures: { readonly name: string; readonly lines: readonly string[] }[];
}

export const emptyTrace = (): Trace => ({ steps: {}, order: [], warnings: [], failures: [] });

const kept = 10;

/** Takes a message of the builder in. Changes `trace`. */
export function take(trace: Trace, status: SolveStatus): void {
  for (const vertex of status.vertexes ?? []) {
    const step = shownOf(trace, vertex.digest, vertex.name);
    if (vertex.started !== undefined) {
      if (step.started === undefined) trace.order.push(vertex.digest);
      step.started = vertex.started;
      step.fresh = true;
    }
    if (vertex.completed !== undefined) step.completed = vertex.completed;
    if (vertex.cached) step.cached = true;
    if (vertex.error !== undefined) {
      step.error = vertex.error;
      if (!vertex.error.endsWith('context canceled')) trace.failures.push({ name: step.name, lines: [...step.last] });
    }
  }
  for (const each of status.statuses ?? []) {
    const step = shownOf(trace, each.vertex, '');
    const at = step.statuses.findIndex(({ id }) => id === each.id);
    if (at < 0) step.statuses.push(each);
    else step.statuses[at] = each;
    if (!step.updated.includes(each.id)) step.updated.push(each.id);
    step.fresh = true;
  }
  for (const warning of status.warnings ?? []) {
    const step = shownOf(trace, warning.vertex, '');
    step.warnings.push(warning.short);
    step.fresh = true;
    trace.warnings.push(warning);
  }
  for (const { vertex, data, timestamp } of status.logs ?? [])
    addLog(shownOf(trace, vertex, ''), fromBase64(data), timestamp);
}

function shownOf(trace: Trace, digest: string, name: string): Shown {
  let step = trace.steps[digest];
  if (!step) {
    step = {
      digest,
      name,
      index: 0,
      statuses: [],
      updated: [],
      warnings: [],
      lines: [],
      partial: false,
      printed: 0,
      last: [],
      fresh: false,
    };
    trace.steps[digest] = step;
  }
  return step;
}

function addLog(step: Shown, data: ByteString, timestamp: string): void {
  const parts = data.split('\n');
  const rest = parts.pop() ?? '';
  const stamp = logSeconds(step.started === undefined ? 0 : secondsBetween(step.started, timestamp));
  const add = (text: string): void => {
    if (step.partial) {
      step.lines[step.lines.length - 1] += text;
      step.last[step.last.length - 1] += text;
    } else {
      step.lines.push(`${stamp} ${text}`);
      step.last.push(`${stamp} ${text}`);
      if (step.last.length > kept) step.last.shift();
    }
  };
  for (const line of parts) {
    add(line);
    step.partial = false;
  }
  if (rest !== '') {
    add(rest);
    step.partial = true;
  }
  step.fresh = true;
}

/** A copy that may be changed, from what was kept as plain data. */
export function copyTrace(kept: Json): Trace {
  const { failures, order, steps, warnings } = kept as unknown as Trace;
  const copies: Trace['steps'] = {};
  for (const [digest, step] of Object.entries(steps)) {
    const { last, lines, statuses, updated, warnings: told } = step;
    copies[digest] = {
      ...step,
      last: [...last],
      lines: [...lines],
      statuses: [...statuses],
      updated: [...updated],
      warnings: [...told],
    };
  }
  return { steps: copies, order: [...order], warnings: [...warnings], failures: [...failures] };
}
