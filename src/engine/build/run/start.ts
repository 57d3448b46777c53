import type { RunOp, Vertex } from '../../../builder/graph/vertex.ts';
import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import { mount } from '../../../kernel/fs/mounts.ts';
import { newFilesystem, newOverlay } from '../../../kernel/fs/overlay.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { newPipe } from '../../../kernel/pipes.ts';
import { cloneProcess, ownProcess } from '../../../kernel/process.ts';
import { makeReady } from '../../../kernel/wait.ts';
import { EngineError } from '../../errors.ts';
import { processLimitsOf } from '../../isolation.ts';
import { defaultPath, maskedPaths, readonlyPaths, shmSize, usualDevices } from '../../limits.ts';
import { hostNetns } from '../../network.ts';
import { type Bundle, type Created, runcCreate, runcStart } from '../../runc.ts';
import { engineState, serviceName } from '../../state.ts';
import { step } from '../../step.ts';
import { newRecordId, treeOf } from '../records.ts';
import { log } from '../report.ts';
import { type BuildJob, type BuildTask, buildState, dropTask, updateStep } from '../state.ts';
import { withPoints } from './mount-points.ts';
import { prepareMounts } from './mounts.ts';
import { join, leave, networkFiles } from './network.ts';
import { cleanUp } from './task.ts';

/** What every step has mounted; there is no /.dockerenv and no /etc/hostname of its own, unlike in a container. */
const ownPoints = [
  { path: '/proc', file: false },
  { path: '/dev', file: false },
  { path: '/sys', file: false },
  { path: '/etc/resolv.conf', file: true },
  { path: '/etc/hosts', file: true },
];

/** RUN: starts its process in a container of its own. Throws EngineError with BuildKit's words when it cannot. */
export function startRun(m: Machine, job: BuildJob, vertex: Vertex, op: RunOp): void {
  const { steps } = buildState(m).jobs[job.id] ?? job;
  const base = treeOf(m, op.base === null ? undefined : steps[op.base]?.key);
  const mounts = prepareMounts(m, job, op);
  const fs = newOverlay(m, withPoints(base, [...ownPoints, ...mounts.points], m.world.now));
  const folder = newRecordId(m);
  const merged = `/var/lib/docker/buildkit/executor/${folder}/rootfs`;
  const daemon = engineState(m).daemon;
  const options = `relatime,upperdir=/var/lib/docker/overlay2/${folder}/diff`;
  mount(m, m.kernel.processes[daemon]?.ns.mnt ?? '', { point: merged, fs, source: 'overlay', options }, 'dockerd');
  const parent = startParent(m, folder);
  const cgroup = `/system.slice/docker.service/buildkit/${folder}`;
  m.draft.own(m.kernel, 'cgroups')[cgroup] = m.draft.adopt({
    path: cgroup,
    frozen: false,
    cpuUsed: 0,
    devices: usualDevices,
  });
  const files = newFilesystem(m, 'ext4', { mode: 0o755 });
  networkFiles(m, files, op);
  const owner = `${job.id}:${vertex.digest}`;
  const stdout = newPipe(m, { consumer: { service: serviceName, key: `build:${owner}:1` } });
  const stderr = newPipe(m, { consumer: { service: serviceName, key: `build:${owner}:2` } });
  const bundle: Bundle = {
    container: folder,
    argv: op.argv,
    env: { PATH: defaultPath, ...op.env, ...mounts.env },
    cwd: op.cwd,
    user: op.user,
    hostname: 'buildkitsandbox',
    cgroup,
    merged,
    netns: op.network === 'host' ? hostNetns(m) : 'private',
    files,
    etc: ['resolv.conf', 'hosts'],
    readonly: false,
    tmpfs: mounts.tmpfs,
    shmSize,
    bindings: mounts.bindings,
    isolation: {
      ...processLimitsOf({}),
      join: {},
      shm: 'own',
      domainname: '',
      masked: maskedPaths,
      readonlyPaths,
      writableSys: false,
      devices: {},
      sysctls: {},
      init: undefined,
    },
    groups: [],
  };
  const task = (created: Created | undefined, more: Partial<BuildTask> = {}): BuildTask => ({
    pid: created?.pid ?? 0,
    parent,
    fs,
    folder,
    stdout,
    stderr,
    filesystems: [...(created?.filesystems ?? []), ...mounts.filesystems, files],
    cgroup,
    caches: mounts.caches,
    ...more,
  });
  let created: Created | undefined;
  let endpoint: BuildTask['endpoint'];
  try {
    created = runcCreate(m, parent, bundle, { stdout, stderr });
    if (op.network === 'default') endpoint = join(m, created.netns);
    const more = endpoint === undefined ? {} : { endpoint };
    updateStep(m, job.id, vertex.digest, { task: task(created, more) });
    runcStart(m, created, bundle);
    step(m, 'buildkit', 'build-run', { step: vertex.name, pid: created.pid, argv: op.argv });
  } catch (error) {
    if (endpoint !== undefined) leave(m, endpoint);
    cleanUp(m, task(created), true);
    dropTask(m, job.id, vertex.digest);
    if (!(error instanceof EngineError)) throw error;
    // what runc says is what the step has written; what BuildKit finds out itself (a user) is the error's own words
    const words = wordsOf(error);
    const byRunc = words.startsWith('unable to start container process');
    if (byRunc) {
      const line = encodeUtf8(`runc run failed: ${words}\n`);
      log(m, buildState(m).jobs[job.id] ?? job, vertex.digest, 2, line);
    }
    const end = byRunc ? 'exit code: 1' : words;
    const why = `process ${quotedWords(op.argv)} did not complete successfully: ${end}`;
    throw new EngineError('start-failed', 500, why);
  }
}

/** The words of a command, as BuildKit quotes them. */
export function quotedWords(argv: readonly string[]): string {
  return JSON.stringify(argv.join(' '));
}

function wordsOf({ message }: EngineError): string {
  return message
    .replace(/^.*OCI runtime create failed: (?:runc create failed: )?/, '')
    .replace(/^runc create failed: /, '');
}

/** `runc run` under dockerd: the parent of the step's process. */
function startParent(m: Machine, folder: string): number {
  const { daemon } = engineState(m);
  const pid = cloneProcess(m, daemon, { program: 'shim', fds: {}, pgid: 0 });
  if (isErrno(pid)) throw new EngineError('start-failed', 500, `cannot start runc: ${pid.errno}`);
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    subreaper: true,
    service: serviceName,
    path: '/usr/bin/runc',
    argv: ['runc', 'run', '--bundle', `/var/lib/docker/buildkit/executor/${folder}`, folder],
  });
  makeReady(m, pid, { on: 'start' });
  return pid;
}
