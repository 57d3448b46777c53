import { isErrno } from '../../kernel/errno.ts';
import { abandonProcess } from '../../kernel/exec.ts';
import { mount } from '../../kernel/fs/mounts.ts';
import { attachFilesystem, newFilesystem } from '../../kernel/fs/overlay.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { cloneProcess, ownProcess, setParent } from '../../kernel/process.ts';
import { newTty } from '../../kernel/tty.ts';
import { makeReady } from '../../kernel/wait.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, raise } from '../errors.ts';
import { beginHealth } from '../health/monitor.ts';
import { isForeign } from '../images/platform.ts';
import { allowedDevices, type Isolation, initPath, isolationOf } from '../isolation.ts';
import { shmSize } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { gatewayOf } from '../networks/attach.ts';
import { configsOf } from '../networks/configs.ts';
import { announce, joinNetworks } from '../networks/container.ts';
import { hostNames, writeNetworkFiles } from '../networks/files.ts';
import { linkProblem, linksStarted } from '../networks/links.ts';
import { netnsOf, settleHostname, targetOf } from '../networks/modes.ts';
import type { Endpoint } from '../networks/types.ts';
import { publishPorts } from '../ports.ts';
import { type Bundle, type Created, runcCreate, runcStart, startExitCode } from '../runc.ts';
import {
  type Container,
  engine,
  engineState,
  serviceName,
  setTask,
  type Task,
  type TaskIo,
  updateContainer,
  updateState,
} from '../state.ts';
import { step } from '../step.ts';
import { closeIo, makeIo } from '../streams.ts';
import { tmpfsOf } from '../tmpfs.ts';
import { bindingsOf } from '../volumes/bindings.ts';
import { readSources } from '../volumes/sources.ts';
import { noteContainer, noteMounts, noteNetworks } from '../watch/events.ts';
import { environment } from './environment.ts';
import { cleanUp } from './exit.ts';
import { removeContainerNow } from './remove.ts';
import { stopRestarting } from './restart-policy.ts';
import { setLimits } from './update.ts';

/** POST /containers/ID/start: 204, or 304 when it runs already. */
export function startContainer(m: Machine, reference: string, client: number): ApiResponse {
  const container = findContainer(m, reference);
  if (container.state.status === 'paused') {
    throw new EngineError('container-paused', 409, 'cannot start a paused container, try unpause instead');
  }
  if (container.state.status === 'running') return { status: 304, body: null };
  readSources(m, client, container);
  stopRestarting(m, container.id);
  updateContainer(m, container.id, { stoppedByUser: false, backoff: 0, restartCount: 0 });
  try {
    start(m, findContainer(m, container.id));
  } catch (error) {
    // what could not be started and is to go at its end, goes at once
    if (error instanceof EngineError && container.hostConfig.AutoRemove) removeContainerNow(m, container.id, true);
    throw error;
  }
  return { status: 204, body: null };
}

/** Starts a container that does not run: mount, shim, runc create, network, runc start, in the recorded order. */
export function start(m: Machine, wanted: Container): void {
  const target = targetOf(m, wanted);
  const container = settleHostname(m, wanted);
  if (container.links) raise(linkProblem(m, container));
  const isolation = isolationOf(m, container);
  const bindings = bindingsOf(m, container);
  const daemon = engineState(m).daemon;
  const merged = `/var/lib/docker/overlay2/${container.layer}/merged`;
  attachFilesystem(m, container.fs);
  mount(
    m,
    m.kernel.processes[daemon]?.ns.mnt ?? '',
    { point: merged, fs: container.fs, source: 'overlay', options: overlayOptions(container) },
    'dockerd',
  );
  const shim = startShim(m, container.id);
  const cgroup = makeCgroup(m, container, isolation);
  const files = newFilesystem(m, 'ext4', { mode: 0o710 });
  const owner = `c:${container.id}`;
  const io = openIo(m, owner, container);
  const bundle = bundleOf(m, container, { cgroup, merged, files, isolation, bindings });
  const begun: Begun = { shim, cgroup, files, owner, endpoints: [] };
  let created: Created | undefined;
  try {
    writeNetworkFiles(m, files, container, []);
    created = runcCreate(m, shim, bundle, io);
    if (!target) joinNetworks(m, container, created.netns, begun.endpoints);
    if (begun.endpoints.length > 0) writeNetworkFiles(m, files, container, begun.endpoints);
    const way = gatewayOf({ endpoints: begun.endpoints, configs: configsOf(container) });
    const published = way ? publishPorts(m, container, way) : [];
    const task: Task = {
      pid: created.pid,
      shim,
      netns: created.netns,
      ...(target ? {} : { sandbox: randomHex(m, 64) }),
      files,
      filesystems: [...created.filesystems, files],
      cgroup,
      endpoints: begun.endpoints,
      ...(published.length > 0 ? { published } : {}),
    };
    begun.task = task;
    setTask(m, container.id, task);
    announce(m, findContainer(m, container.id), begun.endpoints);
    if (container.links || engineState(m).linked?.[container.id]) linksStarted(m, container);
    updateContainer(m, container.id, {
      state: {
        ...container.state,
        status: 'running',
        exitCode: 0,
        error: '',
        oomKilled: false,
        startedAt: m.world.now,
      },
    });
    noteMounts(m, container, 'mount');
    noteNetworks(m, container.id, begun.endpoints, 'connect');
    runcStart(m, created, bundle);
    noteContainer(m, container, 'start');
    beginHealth(m, container.id);
  } catch (error) {
    undoStart(m, container, begun, created);
    if (error instanceof EngineError) {
      const exitCode = failedStart(container, error);
      updateState(m, container.id, { exitCode, error: error.message });
    }
    throw error;
  }
}

/** The exit status that is noted when a start fails: without a network the last one stays. */
function failedStart({ state }: Container, { code, message }: EngineError): number {
  if (message.startsWith('failed to set up container networking')) return state.exitCode || 128;
  return code === 'no-such-user' ? 128 : startExitCode(message);
}

/** What of a start has been done so far, to be undone when it fails. */
interface Begun {
  readonly shim: number;
  readonly cgroup: string;
  readonly files: Id;
  readonly owner: string;
  /** Places on networks, as far as there are any yet. */
  readonly endpoints: Endpoint[];
  task?: Task;
}

function undoStart(m: Machine, container: Container, begun: Begun, created: Created | undefined): void {
  const { shim, cgroup, files, owner, endpoints } = begun;
  if (created && m.kernel.processes[created.pid]) abandonProcess(m, created.pid);
  closeIo(m, owner);
  setTask(m, container.id, undefined);
  updateContainer(m, container.id, { state: container.state });
  const filesystems = [...(created?.filesystems ?? []), files];
  cleanUp(m, container, begun.task ?? { pid: 0, shim, filesystems, cgroup, endpoints });
}

function overlayOptions(container: Container): string {
  const at = `/var/lib/docker/overlay2/${container.layer}`;
  return `relatime,lowerdir=${at}-init/diff,upperdir=${at}/diff,workdir=${at}/work,nouserxattr`;
}

/** containerd-shim-runc-v2: parent of the container's processes, and the one that adopts their orphans. */
function startShim(m: Machine, container: Id): number {
  const pid = cloneProcess(m, engineState(m).containerd, { program: 'shim', fds: {}, pgid: 0 });
  if (isErrno(pid))
    throw new EngineError(
      'start-failed',
      500,
      `failed to create task for container: failed to start shim: ${pid.errno}`,
    );
  setParent(m, pid, 1);
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    subreaper: true,
    service: serviceName,
    path: '/usr/bin/containerd-shim-runc-v2',
    argv: [
      '/usr/bin/containerd-shim-runc-v2',
      '-namespace',
      'moby',
      '-id',
      container,
      '-address',
      '/run/containerd/containerd.sock',
    ],
  });
  makeReady(m, pid, { on: 'start' });
  step(m, 'containerd', 'start-shim', { pid, container });
  return pid;
}

function makeCgroup(m: Machine, container: Container, isolation: Isolation): string {
  const path = `/system.slice/docker-${container.id}.scope`;
  const devices = container.hostConfig.Privileged ? {} : { devices: allowedDevices(isolation) };
  m.draft.own(m.kernel, 'cgroups')[path] = m.draft.adopt({ path, frozen: false, cpuUsed: 0, ...devices });
  setLimits(m, path, container.hostConfig);
  return path;
}

function openIo(m: Machine, owner: string, container: Container): TaskIo {
  const { Tty, OpenStdin } = container.config;
  const [rows, cols] = container.hostConfig.ConsoleSize ?? [24, 80];
  const tty = Tty
    ? newTty(m, 'pts/0', { cols: cols || 80, rows: rows || 24 }, { service: serviceName, key: `out:${owner}` })
    : undefined;
  const io = makeIo(m, owner, { stdin: OpenStdin ?? false, ...(tty === undefined ? {} : { tty }) });
  (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner] = io;
  return io;
}

type Made = Pick<Bundle, 'bindings' | 'cgroup' | 'merged' | 'files' | 'isolation'>;

function bundleOf(m: Machine, container: Container, made: Made): Bundle {
  const { config } = container;
  const { init } = made.isolation;
  return {
    container: container.id,
    ...made,
    argv: init ? [initPath, '--', ...container.command] : container.command,
    env: environment(m, container),
    cwd: config.WorkingDir ?? '/',
    user: config.User ?? '',
    hostname: hostNames(m, container).name,
    netns: netnsOf(m, container),
    readonly: container.hostConfig.ReadonlyRootfs ?? false,
    tmpfs: tmpfsOf(container.hostConfig),
    shmSize: container.hostConfig.ShmSize || shmSize,
    groups: container.hostConfig.GroupAdd ?? [],
    ...(isForeign(engineState(m).images[container.image]) ? { foreign: true as const } : {}),
    bindings: [...made.bindings, ...(init ? [init] : [])],
  };
}
