import { umount } from '../../kernel/fs/mounts.ts';
import { detachFilesystem, removeFilesystem } from '../../kernel/fs/overlay.ts';
import { type Id, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, endProcess, finishJob, processesIn } from '../../kernel/process.ts';
import type { Exit } from '../../kernel/program.ts';
import { endHealth, probeEnded } from '../health/monitor.ts';
import { leaveNetworks } from '../networks/container.ts';
import { unpublishPorts } from '../ports.ts';
import {
  type Container,
  type Exec,
  engine,
  engineState,
  type Job,
  serviceName,
  setTask,
  type Task,
  updateState,
} from '../state.ts';
import { step } from '../step.ts';
import { closeIo, pumpLogs } from '../streams.ts';
import { releaseVolumes } from '../volumes/bindings.ts';
import { noteContainer, noteMounts, noteNetworks } from '../watch/events.ts';
import { removeContainerNow } from './remove.ts';
import { planRestart } from './restart-policy.ts';
import { afterExit } from './stop.ts';

/** A child of a shim has ended: a container's first process, or one that `docker exec` started. */
export function childExited(m: Machine, pid: number, exit: Exit): void {
  const { containers, execs, tasks } = engineState(m);
  const [id, task] = Object.entries(tasks).find(([, each]) => each.pid === pid) ?? [];
  const container = containers[id ?? ''];
  if (container && task) {
    const before = m.run;
    m.run = stoppedBy(m, container.id) ?? before;
    containerExited(m, container, task, exit);
    m.run = before;
    return;
  }
  const exec = Object.values(execs).find((x) => x.pid === pid && x.running);
  if (!exec) return;
  (m.draft.own(engine(m), 'execs') as { [id: string]: Exec })[exec.id] = {
    ...exec,
    running: false,
    exitCode: exit.code,
    finishedAt: m.world.now,
  };
  closeIo(m, `x:${exec.id}`);
  const { [exec.container]: of } = containers;
  if (of) noteContainer(m, of, 'exec_die', { execID: exec.id, exitCode: String(exit.code) });
  if (probeEnded(m, exec, exit.code)) delete (m.draft.own(engine(m), 'execs') as { [id: string]: Exec })[exec.id];
}

/** The run that waits for the container to stop: its end is told there, not to whoever started it. */
function stoppedBy(m: Machine, container: Id): string | undefined {
  const job = Object.values(engineState(m).jobs).find((each) => each.kind === 'stop' && each.container === container);
  return job?.kind === 'stop' && job.run !== '' ? job.run : undefined;
}

function containerExited(m: Machine, container: Container, task: Task, exit: Exit): void {
  const { id, name } = container;
  const oomKilled = (m.kernel.cgroups[task.cgroup]?.oomKills ?? 0) > 0;
  const signal = exit.signal === undefined ? {} : { signal: exit.signal };
  step(m, 'shim', 'container-exit', {
    container: id,
    name,
    code: exit.code,
    oom: oomKilled,
    ...signal,
  });
  for (const exec of Object.values(engineState(m).execs)) {
    if (exec.container === id && exec.running) endProcess(m, exec.pid, { code: 137, signal: 'SIGKILL' });
  }
  // without a PID namespace of its own, nothing has ended them with the first process
  for (const left of processesIn(m, task.cgroup)) endProcess(m, left.pid, { code: 137, signal: 'SIGKILL' });
  endHealth(m, id);
  updateState(m, id, { status: 'exited', exitCode: exit.code, oomKilled, finishedAt: m.world.now });
  if (oomKilled) noteContainer(m, container, 'oom');
  setTask(m, id, undefined);
  closeIo(m, `c:${id}`);
  step(m, 'shim', 'runc-delete', { container: id });
  cleanUp(m, container, task);
  noteEnd(m, container, task, exit.code);
  clearTimer(m, serviceName, `stop:${id}`);
  pumpLogs(m, id);
  const again = planRestart(m, container, exit.code);
  finishJobs(m, id, exit.code, again);
  // the engine does not take away a container that it is restarting
  if (!afterExit(m, id) && container.hostConfig.AutoRemove) removeContainerNow(m, id, true);
}

/** The events of an end, in the order of the real engine: what is let go, then why, then the end itself. */
function noteEnd(m: Machine, container: Container, task: Task, code: number): void {
  const { id, state } = container;
  noteNetworks(m, id, task.endpoints ?? [], 'disconnect');
  noteMounts(m, container, 'unmount');
  const stopping = Object.values(engineState(m).jobs).some((job) => job.kind === 'stop' && job.container === id);
  if (stopping) noteContainer(m, container, 'stop');
  const ran = Math.floor((m.world.now - (state.startedAt ?? m.world.now)) / second);
  noteContainer(m, container, 'die', { execDuration: String(ran), exitCode: String(code) });
}

/** What a run of a container leaves behind on the host is taken away: veth, mount, cgroup, shim. */
export function cleanUp(m: Machine, container: Container, task: Task): void {
  unpublishPorts(m, task);
  leaveNetworks(m, container.id, task.endpoints ?? []);
  step(m, 'dockerd', 'umount-root', { container: container.id });
  const ns = m.kernel.processes[engineState(m).daemon]?.ns.mnt ?? '';
  umount(m, ns, `/var/lib/docker/overlay2/${container.layer}/merged`, { actor: 'dockerd' });
  // what is about to be removed need not be put with those of all stopped containers
  if (!container.hostConfig.AutoRemove) detachFilesystem(m, container.fs);
  for (const fs of task.filesystems) removeFilesystem(m, fs);
  releaseVolumes(m, container);
  delete m.draft.own(m.kernel, 'cgroups')[task.cgroup];
  endProcess(m, task.shim, { code: 0 });
}

function finishJobs(m: Machine, container: Id, code: number, again: boolean): void {
  const jobs = m.draft.own(engine(m), 'jobs') as { [id: string]: Job };
  for (const [id, job] of Object.entries(jobs)) {
    if (job.container !== container) continue;
    const over = job.kind === 'wait' && (job.condition === 'next-exit' || (job.condition === 'not-running' && !again));
    if (over) {
      delete jobs[id];
      finishJob(m, job.client, id, { status: 200, body: { StatusCode: code } });
    } else if (job.kind === 'stop' && job.then === 'nothing') {
      delete jobs[id];
      finishJob(m, job.client, id, { status: 204, body: null });
    }
  }
}
