import { freeze, thaw } from '../../kernel/freezer.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, notRunning } from '../errors.ts';
import { endHealth, resumeHealth } from '../health/monitor.ts';
import { findContainer } from '../lookup.ts';
import { taskOf, updateState } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';

/** POST /containers/ID/pause: the container's cgroup is frozen; its processes keep their memory and get no processor. */
export function pauseContainer(m: Machine, reference: string): ApiResponse {
  const container = findContainer(m, reference);
  const { id, state } = container;
  const task = taskOf(m, id);
  if (!task) throw notRunning(id);
  if (state.status === 'paused') throw new EngineError('container-paused', 409, `Container ${id} is already paused`);
  freeze(m, task.cgroup);
  endHealth(m, id);
  updateState(m, id, { status: 'paused' });
  noteContainer(m, container, 'pause');
  step(m, 'dockerd', 'freeze', { container: id, cgroup: task.cgroup, frozen: true });
  return { status: 204, body: null };
}

/** POST /containers/ID/unpause. */
export function unpauseContainer(m: Machine, reference: string): ApiResponse {
  const container = findContainer(m, reference);
  const { id, state } = container;
  const task = taskOf(m, id);
  if (!task || state.status !== 'paused')
    throw new EngineError('container-not-paused', 500, `Container ${id} is not paused`);
  thaw(m, task.cgroup);
  updateState(m, id, { status: 'running' });
  resumeHealth(m, id);
  noteContainer(m, container, 'unpause');
  step(m, 'dockerd', 'freeze', { container: id, cgroup: task.cgroup, frozen: false });
  return { status: 204, body: null };
}
