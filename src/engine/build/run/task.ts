import { abandonProcess } from '../../../kernel/exec.ts';
import { umount } from '../../../kernel/fs/mounts.ts';
import type { DirNode, FileNode } from '../../../kernel/fs/node.ts';
import { filesystem, removeFilesystem, snapshot } from '../../../kernel/fs/overlay.ts';
import type { Id, Rec } from '../../../kernel/json.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { readPipe, releasePipe } from '../../../kernel/pipes.ts';
import { endProcess } from '../../../kernel/process.ts';
import type { Exit } from '../../../kernel/program.ts';
import { EngineError } from '../../errors.ts';
import { progressRoom } from '../../progress.ts';
import { engineState } from '../../state.ts';
import { commitLayer } from '../layer.ts';
import { treeOf } from '../records.ts';
import { complete, log } from '../report.ts';
import { indexOf, stepDone, stepFailed } from '../solve.ts';
import {
  type BuildTask,
  buildState,
  buildTaskOf,
  type CacheMount,
  dropTask,
  ownBuild,
  runningSteps,
  updateStep,
} from '../state.ts';
import { leave } from './network.ts';
import { quotedWords } from './start.ts';

/** Most that goes into one message, bytes. */
const chunk = 32_768;

/** A step's process has written something: it goes to the client, as far as that has room. */
export function runOutput(m: Machine, job: Id, digest: string, stream: 1 | 2): void {
  const build = buildState(m).jobs[job];
  const task = build?.steps[digest]?.task;
  if (!build || !task) return;
  const pipe = stream === 1 ? task.stdout : task.stderr;
  while (progressRoom(m, build.stream) > 0) if (!passOn(m, job, digest, stream, pipe)) return;
}

/** The client has read: what waits goes on. */
export function resumeOutput(m: Machine, job: Id): void {
  const build = buildState(m).jobs[job];
  for (const [digest] of build ? runningSteps(build) : []) {
    runOutput(m, job, digest, 1);
    runOutput(m, job, digest, 2);
  }
}

function passOn(m: Machine, id: Id, digest: string, stream: 1 | 2, pipe: Id): boolean {
  const build = buildState(m).jobs[id];
  const got = readPipe(m, pipe, chunk);
  if (!build || typeof got !== 'object' || !('bytes' in got)) return false;
  log(m, build, digest, stream, got.bytes);
  return true;
}

/** The process of a step has ended: what it did is kept, or the build fails. False: it was none. */
export function runEnded(m: Machine, pid: number, exit: Exit): boolean {
  const found = buildTaskOf(m, pid);
  if (!found) return false;
  const { job: id, step: digest } = found;
  const job = buildState(m).jobs[id];
  const task = job?.steps[digest]?.task;
  const vertex = job?.plan && indexOf(job.plan).byDigest.get(digest);
  if (!job || !task || vertex?.op.kind !== 'run') return true;
  const before = m.run;
  m.run = job.run === '' ? undefined : job.run;
  for (const stream of [1, 2] as const) {
    const pipe = stream === 1 ? task.stdout : task.stderr;
    while (passOn(m, id, digest, stream, pipe)) {
      // all that is left goes, room or not
    }
  }
  const { base } = vertex.op;
  const left = keepCaches(m, task);
  if (task.endpoint !== undefined) leave(m, task.endpoint);
  cleanUp(m, task, false);
  dropTask(m, id, digest);
  try {
    if (exit.code !== 0) {
      const why = `process ${quotedWords(vertex.op.argv)} did not complete successfully: exit code: ${exit.code}`;
      throw new EngineError('start-failed', 500, why);
    }
    const now = buildState(m).jobs[id] ?? job;
    const tree = treeOf(m, base === null ? undefined : now.steps[base]?.key);
    commitLayer(m, now, vertex, tree, left);
    complete(m, buildState(m).jobs[id] ?? now, digest);
    stepDone(m, id, digest);
  } catch (error) {
    stepFailed(m, id, vertex, error);
  }
  m.run = before;
  return true;
}

/** The step's files as they were left, and what is in its caches now. */
function keepCaches(m: Machine, task: BuildTask): { tree: DirNode; from: DirNode; inodes: Rec<FileNode> } {
  for (const [id, fs] of Object.entries(task.caches)) {
    const mounts = ownBuild(m, 'mounts') as { [id: string]: CacheMount };
    const old = mounts[id];
    if (old) mounts[id] = { ...old, tree: snapshot(m, fs), used: m.world.now };
  }
  const { base, inodes } = filesystem(m, task.fs);
  const tree = snapshot(m, task.fs);
  return { tree, from: base ?? tree, inodes };
}

/** Stops a step's process; nothing of it is kept. */
export function stopTask(m: Machine, task: BuildTask): void {
  const found = buildTaskOf(m, task.pid);
  if (found) updateStep(m, found.job, found.step, { task: { ...task, pid: 0 } });
  if (m.kernel.processes[task.pid]) endProcess(m, task.pid, { code: 137, signal: 'SIGKILL' });
  if (task.endpoint !== undefined) leave(m, task.endpoint);
  cleanUp(m, task, false);
}

/** Takes away what surrounds a step's process: mounts, pipes, cgroup, runc. */
export function cleanUp(m: Machine, task: BuildTask, failed: boolean): void {
  if (failed && m.kernel.processes[task.pid]) abandonProcess(m, task.pid);
  releasePipe(m, task.stdout, 'read');
  releasePipe(m, task.stderr, 'read');
  const ns = m.kernel.processes[engineState(m).daemon]?.ns.mnt ?? '';
  umount(m, ns, `/var/lib/docker/buildkit/executor/${task.folder}/rootfs`, { actor: 'dockerd' });
  removeFilesystem(m, task.fs);
  for (const fs of task.filesystems) removeFilesystem(m, fs);
  delete m.draft.own(m.kernel, 'cgroups')[task.cgroup];
  if (m.kernel.processes[task.parent]) endProcess(m, task.parent, { code: 0 });
}
