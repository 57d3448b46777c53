import { type Id, type Json, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { finishJob, setTimer } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { sendSignal } from '../../kernel/signal-delivery.ts';
import { parseSignal } from '../../kernel/signals.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, errorResponse, noSuchContainer, notRunning } from '../errors.ts';
import { defaultStopTimeout } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { type Container, engine, engineState, type Job, serviceName, taskOf, updateContainer } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer, noteKill } from '../watch/events.ts';
import { stopRestarting } from './restart-policy.ts';
import { start } from './start.ts';

type Query = { readonly [key: string]: string };

/** POST /containers/ID/stop: the stop signal, and SIGKILL when the time is over. A job that ends with the container. */
export function stopContainer(m: Machine, reference: string, client: number, query: Query): ServiceAnswer {
  const container = findContainer(m, reference);
  if (!taskOf(m, container.id)) {
    const status = container.state.status === 'restarting' ? 204 : 304;
    stopRestarting(m, container.id);
    return { reply: { status, body: null } };
  }
  stopRestarting(m, container.id);
  return { job: beginStop(m, container, client, query, 'nothing', reference) };
}

/** POST /containers/ID/restart: stop, then start. */
export function restartContainer(m: Machine, reference: string, client: number, query: Query): ServiceAnswer {
  const container = findContainer(m, reference);
  if (!taskOf(m, container.id)) return { reply: startAgain(m, container, reference) };
  stopRestarting(m, container.id);
  return { job: beginStop(m, container, client, query, 'start', reference) };
}

function beginStop(
  m: Machine,
  container: Container,
  client: number,
  query: Query,
  then: 'nothing' | 'start',
  reference: string,
): Id {
  const { config, id } = container;
  const task = taskOf(m, id);
  const signal = readSignal(
    query.signal || config.StopSignal || 'SIGTERM',
    reference,
    then === 'start' ? 'Cannot restart container' : 'cannot stop container:',
  );
  const timeout =
    query.t === undefined || query.t === '' ? (config.StopTimeout ?? defaultStopTimeout) : Number(query.t);
  const job = addJob(m, { kind: 'stop', container: id, client, reference, then, run: m.run ?? '', timeout });
  step(m, 'dockerd', 'stop-signal', { container: id, signal, timeout });
  if (timeout >= 0) setTimer(m, serviceName, `stop:${id}`, m.world.now + timeout * second);
  noteKill(m, container, signal);
  if (task) sendSignal(m, task.pid, signal);
  return job;
}

/** The time after the stop signal is over: SIGKILL, unless it has ended. */
export function stopTimeout(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  const task = taskOf(m, id);
  if (!container || !task) return;
  const job = Object.values(engineState(m).jobs).find((j) => j.kind === 'stop' && j.container === id);
  m.run = job?.kind === 'stop' && job.run !== '' ? job.run : undefined;
  const timeout = job?.kind === 'stop' ? job.timeout : defaultStopTimeout;
  step(m, 'dockerd', 'stop-timeout', { container: id, timeout });
  noteKill(m, container, 'SIGKILL');
  sendSignal(m, task.pid, 'SIGKILL');
  m.run = undefined;
}

/** What a restart still has to do once the container has ended; tells whether there was one. */
export function afterExit(m: Machine, id: Id): boolean {
  let restarted = false;
  const jobs = m.draft.own(engine(m), 'jobs') as { [id: string]: Job };
  for (const [job, what] of Object.entries(jobs)) {
    const container = engineState(m).containers[id];
    if (what.kind !== 'stop' || what.container !== id || what.then !== 'start' || !container) continue;
    delete jobs[job];
    restarted = true;
    finishJob(m, what.client, job, startAgain(m, container, what.reference));
  }
  return restarted;
}

/** Tells whoever is restarting a container that it is being removed, in a real engine's words; it is not started again. */
export function refuseRestarts(m: Machine, id: Id): void {
  const jobs = m.draft.own(engine(m), 'jobs') as { [id: string]: Job };
  for (const [job, what] of Object.entries(jobs)) {
    if (what.kind !== 'stop' || what.container !== id || what.then !== 'start') continue;
    delete jobs[job];
    const why = 'container is marked for removal and cannot be started';
    const error = new EngineError('container-running', 409, `Cannot restart container ${what.reference}: ${why}`);
    finishJob(m, what.client, job, { ...errorResponse(error), code: error.code });
  }
}

function startAgain(m: Machine, container: Container, reference: string): Json {
  try {
    if (!taskOf(m, container.id)) start(m, updateContainer(m, container.id, { stoppedByUser: false }));
    noteContainer(m, container, 'restart');
    return { status: 204, body: null };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const told = new EngineError(error.code, error.status, `Cannot restart container ${reference}: ${error.message}`);
    return { ...errorResponse(told), code: told.code };
  }
}

/** POST /containers/ID/kill: a signal to the container's first process. */
export function killContainer(m: Machine, reference: string, query: Query): ApiResponse {
  const signal = readSignal(query.signal || 'SIGKILL', reference); // a wrong one is told before a wrong name
  const container = found(m, reference);
  const task = taskOf(m, container.id);
  if (!task) {
    throw new EngineError(
      'container-not-running',
      409,
      `cannot kill container: ${reference}: ${notRunning(container.id).message}`,
    );
  }
  stopRestarting(m, container.id);
  noteKill(m, container, signal);
  step(m, 'dockerd', 'kill', { container: container.id, signal, pid: task.pid });
  sendSignal(m, task.pid, signal);
  return { status: 204, body: null };
}

function found(m: Machine, reference: string): Container {
  try {
    return findContainer(m, reference);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'no-such-container') {
      throw new EngineError(
        'no-such-container',
        404,
        `cannot kill container: ${reference}: ${noSuchContainer(reference).message}`,
      );
    }
    throw error;
  }
}

function readSignal(text: string, reference: string, what = 'cannot kill container:') {
  const signal = parseSignal(text);
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : 0;
  const why = number === 0 ? `invalid signal: ${text}` : `the linux daemon does not support signal ${number}`;
  if (!signal) throw new EngineError('bad-parameter', 400, `${what} ${reference}: ${why}`);
  return signal;
}

/** POST /containers/ID/wait: a job that ends when the condition is met, with the exit status. */
export function waitContainer(m: Machine, reference: string, client: number, query: Query): ServiceAnswer {
  const container = findContainer(m, reference);
  const condition = query.condition || 'not-running';
  if (condition !== 'not-running' && condition !== 'next-exit' && condition !== 'removed') {
    throw new EngineError('bad-parameter', 400, `invalid condition: "${condition}"`);
  }
  step(m, 'dockerd', 'wait', { container: container.id, condition });
  if (condition === 'not-running' && !taskOf(m, container.id)) {
    return { reply: { status: 200, body: { StatusCode: container.state.exitCode } } };
  }
  return { job: addJob(m, { kind: 'wait', container: container.id, client, condition }) };
}

function addJob(m: Machine, job: Job): Id {
  const id = randomHex(m, 16);
  const jobs = m.draft.own(engine(m), 'jobs') as { [id: string]: Job };
  for (const [other, { kind, client }] of Object.entries(jobs)) {
    const process = m.kernel.processes[client];
    if (kind === 'wait' && (!process || 'zombie' in process.status)) delete jobs[other]; // whoever waited has gone
  }
  jobs[id] = job;
  return id;
}
