import { removeFilesystem } from '../../kernel/fs/overlay.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { finishJob } from '../../kernel/process.ts';
import { sendSignal } from '../../kernel/signal-delivery.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, raise } from '../errors.ts';
import { dropLayers } from '../images/store.ts';
import { noteImageUser } from '../images/users.ts';
import { findContainer } from '../lookup.ts';
import { dropLinks, removeLink } from '../networks/links.ts';
import { type Exec, engine, engineState, type Job, type Log, type Stream, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { dropStreams, pumpLogs } from '../streams.ts';
import { dropSources } from '../volumes/sources.ts';
import { removeAnonymous } from '../volumes/store.ts';
import { noteContainer, noteKill } from '../watch/events.ts';
import { stopRestarting } from './restart-policy.ts';
import { refuseRestarts } from './stop.ts';

/** DELETE /containers/ID: its writable layer, log and name are gone. `force` kills a running one first. */
export function removeContainer(m: Machine, reference: string, query: { readonly [key: string]: string }): ApiResponse {
  if (query.link === '1') {
    if (!reference.replace(/^\//, '').includes('/')) throw ownName(m, reference);
    raise(removeLink(m, reference));
    return { status: 204, body: null };
  }
  const container = findContainer(m, reference);
  const { status } = container.state;
  if (status === 'running' || status === 'paused' || status === 'restarting') {
    if (query.force !== '1') {
      const what =
        status === 'paused'
          ? 'paused and must be unpaused first'
          : `${status}: stop the container before removing or force remove`;
      throw new EngineError('container-running', 409, `cannot remove container "${reference}": container is ${what}`);
    }
    stopRestarting(m, container.id);
    refuseRestarts(m, container.id);
    const task = taskOf(m, container.id);
    if (task) {
      noteKill(m, container, 'SIGKILL');
      sendSignal(m, task.pid, 'SIGKILL');
    }
  }
  if (engineState(m).containers[container.id]) removeContainerNow(m, container.id, query.v === '1');
  return { status: 204, body: null };
}

/** A container's own name is no link. */
function ownName(m: Machine, reference: string): EngineError {
  findContainer(m, reference);
  return new EngineError('bad-parameter', 409, 'Conflict, cannot remove the default link name of the container');
}

/** Removes a container that does not run. */
export function removeContainerNow(m: Machine, id: Id, volumes = false): void {
  const state = engine(m);
  const container = state.containers[id];
  if (!container) return;
  removeFilesystem(m, container.fs);
  delete (m.draft.own(state, 'containers') as { [id: string]: unknown })[id];
  noteImageUser(m, container.image, -1);
  delete (m.draft.own(state, 'names') as { [name: string]: Id })[container.name];
  if (container.links || state.linked?.[id]) dropLinks(m, container);
  if (container.orphanedLayers) dropLayers(m, container.orphanedLayers);
  for (const exec of Object.values(state.execs)) {
    if (exec.container === id) delete (m.draft.own(state, 'execs') as { [id: string]: Exec })[exec.id];
  }
  dropStreams(m, `c:${id}`);
  endLogReaders(m, id);
  if (state.logs[id]) delete (m.draft.own(state, 'logs') as { [id: string]: Log })[id];
  if (volumes) removeAnonymous(m, container);
  if (container.mounts?.some(({ real }) => real)) dropSources(m, container);
  noteContainer(m, container, 'destroy');
  step(m, 'dockerd', 'remove-container', { container: id, name: container.name });
  const jobs = m.draft.own(state, 'jobs') as { [id: string]: Job };
  for (const [job, what] of Object.entries(jobs)) {
    if (what.container !== id) continue;
    delete jobs[job];
    finishJob(m, what.client, job, { status: 200, body: { StatusCode: container.state.exitCode } });
  }
}

/** Whoever follows the log gets what is left of it, then the end. */
function endLogReaders(m: Machine, id: Id): void {
  pumpLogs(m, id);
  const streams = m.draft.own(engine(m), 'streams') as { [id: string]: Stream };
  for (const stream of Object.values(streams)) {
    if (stream.log?.container === id) streams[stream.id] = { ...stream, log: { ...stream.log, follow: false } };
  }
}
