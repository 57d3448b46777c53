import { second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { resizeTty } from '../../kernel/tty.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { logDetails } from '../log-details.ts';
import { logDriver, logEntry, logLength } from '../logs.ts';
import { findContainer } from '../lookup.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { openStream } from '../streams.ts';
import { noteContainer } from '../watch/events.ts';

type Query = { readonly [key: string]: string };

/** POST /containers/ID/attach: the container's standard streams, before or after its start. */
export function attachContainer(m: Machine, reference: string, pid: number, query: Query): ServiceAnswer {
  const container = findContainer(m, reference);
  if (container.state.status === 'paused') {
    throw new EngineError(
      'container-paused',
      409,
      `container ${container.id} is paused, unpause the container before attach`,
    );
  }
  const tty = container.config.Tty ?? false;
  noteContainer(m, container, 'attach');
  step(m, 'dockerd', 'attach', { container: container.id, stdin: query.stdin === '1', tty });
  const fd = openStream(m, pid, {
    owner: `c:${container.id}`,
    stdin: query.stdin === '1' && (container.config.OpenStdin ?? false),
    stdout: query.stdout === '1',
    stderr: query.stderr === '1',
    framed: !tty,
  });
  return { reply: { status: 101, body: null }, fd };
}

/** How many entries a `tail` asks for: what is no whole number, or is below zero, means all of them. */
function readTail(text = 'all'): number {
  return /^\+?\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

/** GET /containers/ID/logs: what was written so far, and with `follow` what comes. */
export function containerLogs(m: Machine, reference: string, pid: number, query: Query): ServiceAnswer {
  const container = findContainer(m, reference);
  const driver = logDriver(m, container.id).Type;
  if (driver === 'none') {
    throw new EngineError('bad-parameter', 400, 'configured logging driver does not support reading');
  }
  const total = logLength(m, container.id);
  const since = readTime(query.since);
  const until = readTime(query.until);
  let next = Math.max(0, total - readTail(query.tail));
  while (since !== undefined && next < total && (logEntry(m, container.id, next)?.at ?? 0) < since) next += 1;
  const follow = query.follow === '1';
  step(m, 'dockerd', 'read-log', { container: container.id, entries: total - next, driver, follow });
  const fd = openStream(m, pid, {
    owner: `l:${container.id}`,
    stdin: false,
    stdout: query.stdout === '1',
    stderr: query.stderr === '1',
    framed: !(container.config.Tty ?? false),
    log: {
      container: container.id,
      next,
      follow,
      timestamps: query.timestamps === '1',
      ...(query.details === '1' ? { details: logDetails(container) } : {}),
      ...(until === undefined ? {} : { until }),
    },
  });
  return { reply: { status: 200, body: null }, fd };
}

/** Seconds since 1970 with a fraction, as the API has times; `0` and nothing mean none. */
function readTime(text: string | undefined): Us | undefined {
  return text === undefined || text === '' || text === '0' ? undefined : Math.round(Number(text) * second);
}

/** POST /containers/ID/resize. */
export function resizeContainer(m: Machine, reference: string, cols: number, rows: number): ApiResponse {
  const { tty } = engineState(m).io[`c:${findContainer(m, reference).id}`] ?? {};
  if (tty !== undefined) resizeTty(m, tty, cols, rows);
  return { status: 200, body: null };
}
