import type { Mutable } from '../kernel/draft.ts';
import type { Filesystem } from '../kernel/fs/filesystem.ts';
import { findFilesystem } from '../kernel/fs/overlay.ts';
import type { Id, Json, Rec } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { nextId } from '../kernel/world.ts';
import { type BindSource, type Container, type EngineState, engineState, serviceName } from './state.ts';

/** What is in /var/lib/docker: it outlives the daemon, the kernel and the power. */
export interface EngineStore {
  readonly state: EngineState;
  /** The writable layers of containers, and what was bound into them from the user's computer, by their ids at that time. */
  readonly filesystems: Rec<Filesystem>;
}

/** What the disk has of the engine. What only a running daemon knows (tasks, streams, events) is not in it. */
export function storeOf(m: Machine): EngineStore {
  const known = engineState(m);
  const { progress: _progress, pushes: _pushes, events: _events, crashes: _crashes, ...rest } = known;
  const used = [...Object.values(known.containers), ...Object.values(known.binds ?? {})].map(({ fs }) => fs);
  const filesystems: { [id: string]: Filesystem } = {};
  for (const id of used) {
    const found = findFilesystem(m, id);
    if (found) filesystems[id] = found;
  }
  const none = { tasks: {}, execs: {}, streams: {}, io: {}, jobs: {}, pulls: {} };
  const build = known.build ? { build: { ...known.build, jobs: {} } } : {};
  return { state: { ...rest, ...none, ...build, daemon: 0, containerd: 0 }, filesystems };
}

/**
 * Puts that on the disk of a kernel that has just booted, with no daemon yet. A container whose state says that it runs lost its
 * process with the power: moby's restore gives it the status 255.
 */
export function bringBack(m: Machine, { state, filesystems }: EngineStore): void {
  const ids: { [id: string]: Id } = {};
  for (const [old, fs] of Object.entries(filesystems)) {
    const id = nextId(m, 's');
    ids[old] = id;
    m.kernel.detached ??= m.draft.adopt({ filesystems: m.draft.adopt({}) });
    const detached = m.draft.own(m.draft.own(m.kernel, 'detached'), 'filesystems') as { [id: string]: Filesystem };
    detached[id] = { ...fs, id };
  }
  const containers: { [id: string]: Container } = {};
  for (const [id, container] of Object.entries(state.containers)) {
    containers[id] = { ...lost(m, container), fs: ids[container.fs] ?? container.fs };
  }
  const back: Mutable<EngineState> = { ...state, containers };
  if (state.binds) {
    const binds: { [path: string]: BindSource } = {};
    for (const [path, bind] of Object.entries(state.binds)) binds[path] = { ...bind, fs: ids[bind.fs] ?? bind.fs };
    back.binds = binds;
  }
  m.draft.own(m.host, 'services')[serviceName] = m.draft.adopt(back) as unknown as Json;
}

function lost(m: Machine, container: Container): Container {
  const { status } = container.state;
  if (status !== 'running' && status !== 'paused' && status !== 'restarting') return container;
  const state = { ...container.state, status: 'exited' as const, exitCode: 255, finishedAt: m.world.now };
  if (!container.health) return { ...container, state };
  const { probe: _probe, ...health } = container.health;
  return { ...container, state, health: { ...health, status: 'unhealthy' } };
}
