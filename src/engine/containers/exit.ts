import { umount } from '../../kernel/fs/mounts.ts';
import { detachFilesystem, removeFilesystem } from '../../kernel/fs/overlay.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, endProcess, finishJob } from '../../kernel/process.ts';
import type { Exit } from '../../kernel/program.ts';
import { disconnect } from '../network.ts';
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
import { removeContainerNow } from './remove.ts';
import { planRestart } from './restart-policy.ts';
import { afterExit } from './stop.ts';

/** A child of a shim has ended: a container's first process, or one that `docker exec` started. */
export function childExited(m: Machine, pid: number, exit: Exit): void {
  const { containers, execs, tasks } = engineState(m);
  const [id, task] = Object.entries(tasks).find(([, each]) => each.pid === pid) ?? [];
  const container = containers[id ?? ''];
  if (container && task) {
    containerExited(m, container, task, exit);
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
}

function containerExited(m: Machine, container: Container, task: Task, exit: Exit): void {
  const { id, name } = container;
  const signal = exit.signal === undefined ? {} : { signal: exit.signal };
  step(m, 'shim', 'container-exit', {
    container: id,
    name,
    code: exit.code,
    oom: container.state.oomKilled,
    ...signal,
  });
  for (const exec of Object.values(engineState(m).execs)) {
    if (exec.container === id && exec.running) endProcess(m, exec.pid, { code: 137, signal: 'SIGKILL' });
  }
  updateState(m, id, { status: 'exited', exitCode: exit.code, finishedAt: m.world.now });
  setTask(m, id, undefined);
  closeIo(m, `c:${id}`);
  step(m, 'shim', 'runc-delete', { container: id });
  cleanUp(m, container, task);
  clearTimer(m, serviceName, `stop:${id}`);
  pumpLogs(m, id);
  const again = planRestart(m, container, exit.code);
  finishJobs(m, id, exit.code, again);
  // the engine does not take away a container that it is restarting
  if (!afterExit(m, id) && container.hostConfig.AutoRemove) removeContainerNow(m, id, true);
}

/** What a run of a container leaves behind on the host is taken away: veth, mount, cgroup, shim. */
export function cleanUp(m: Machine, container: Container, task: Task): void {
  if (task.endpoint) {
    unpublishPorts(m, task);
    step(m, 'dockerd', 'release-network', { container: container.id, address: task.endpoint.ip });
    disconnect(m, task.endpoint);
  }
  step(m, 'dockerd', 'umount-root', { container: container.id });
  const ns = m.kernel.processes[engineState(m).daemon]?.ns.mnt ?? '';
  umount(m, ns, `/var/lib/docker/overlay2/${container.layer}/merged`, { actor: 'dockerd' });
  detachFilesystem(m, container.fs);
  for (const fs of task.filesystems) removeFilesystem(m, fs);
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
