import { isErrno } from '../../kernel/errno.ts';
import { abandonProcess } from '../../kernel/exec.ts';
import { mount } from '../../kernel/fs/mounts.ts';
import type { TreeNode } from '../../kernel/fs/node.ts';
import { attachFilesystem, newFilesystem } from '../../kernel/fs/overlay.ts';
import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { namespaceOf } from '../../kernel/namespaces.ts';
import { cloneProcess, ownProcess, setParent } from '../../kernel/process.ts';
import { newTty } from '../../kernel/tty.ts';
import { makeReady } from '../../kernel/wait.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { defaultPath, shmSize } from '../limits.ts';
import { findContainer } from '../lookup.ts';
import { connectBridge, defaultBridge, hostNetns } from '../network.ts';
import { publishPorts } from '../ports.ts';
import { type Bundle, type Created, runcCreate, runcStart, startExitCode } from '../runc.ts';
import {
  type Container,
  type Endpoint,
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
import { cleanUp } from './exit.ts';
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
  start(m, findContainer(m, container.id));
  return { status: 204, body: null };
}

/** Starts a container that does not run: mount, shim, runc create, network, runc start, in the recorded order. */
export function start(m: Machine, container: Container): void {
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
  const cgroup = makeCgroup(m, container);
  const files = newFilesystem(m, 'ext4', { mode: 0o710 });
  const owner = `c:${container.id}`;
  const io = openIo(m, owner, container);
  const bundle = bundleOf(m, container, cgroup, merged, files);
  const begun: Begun = { shim, cgroup, files, owner };
  let created: Created | undefined;
  try {
    writeFiles(m, files, container, undefined);
    created = runcCreate(m, shim, bundle, io);
    const endpoint = wantsBridge(container) ? connectBridge(m, created.netns) : undefined;
    if (endpoint) writeFiles(m, files, container, endpoint.ip);
    begun.endpoint = endpoint;
    const published = endpoint ? publishPorts(m, container, endpoint) : [];
    const task: Task = {
      pid: created.pid,
      shim,
      netns: created.netns,
      sandbox: randomHex(m, 64),
      filesystems: [...created.filesystems, files],
      cgroup,
      ...(endpoint ? { endpoint } : { bareEndpoint: randomHex(m, 64) }),
      ...(published.length > 0 ? { published } : {}),
    };
    begun.task = task;
    setTask(m, container.id, task);
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
    runcStart(m, created, bundle);
  } catch (error) {
    undoStart(m, container, begun, created);
    if (error instanceof EngineError) {
      const exitCode = error.code === 'no-such-user' ? 128 : startExitCode(error.message);
      updateState(m, container.id, { exitCode, error: error.message });
    }
    throw error;
  }
}

/** What of a start has been done so far, to be undone when it fails. */
interface Begun {
  readonly shim: number;
  readonly cgroup: string;
  readonly files: Id;
  readonly owner: string;
  endpoint?: Endpoint | undefined;
  task?: Task;
}

function undoStart(m: Machine, container: Container, begun: Begun, created: Created | undefined): void {
  const { shim, cgroup, files, owner, endpoint } = begun;
  if (created && m.kernel.processes[created.pid]) abandonProcess(m, created.pid);
  closeIo(m, owner);
  setTask(m, container.id, undefined);
  updateContainer(m, container.id, { state: container.state });
  const filesystems = [...(created?.filesystems ?? []), files];
  cleanUp(m, container, begun.task ?? { pid: 0, shim, filesystems, cgroup, ...(endpoint ? { endpoint } : {}) });
}

function overlayOptions(container: Container): string {
  const at = `/var/lib/docker/overlay2/${container.layer}`;
  return `relatime,lowerdir=${at}-init/diff,upperdir=${at}/diff,workdir=${at}/work,nouserxattr`;
}

function wantsBridge(container: Container): boolean {
  return ['default', 'bridge'].includes(container.hostConfig.NetworkMode ?? 'default');
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

function makeCgroup(m: Machine, container: Container): string {
  const path = `/system.slice/docker-${container.id}.scope`;
  m.draft.own(m.kernel, 'cgroups')[path] = m.draft.adopt({ path, frozen: false, cpuUsed: 0 });
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

function bundleOf(m: Machine, container: Container, cgroup: string, merged: string, files: Id): Bundle {
  const { config } = container;
  return {
    container: container.id,
    argv: container.command,
    env: environment(container),
    cwd: config.WorkingDir ?? '/',
    user: config.User ?? '',
    hostname: hostnameOf(m, container),
    cgroup,
    merged,
    netns: container.hostConfig.NetworkMode === 'host' ? hostNetns(m) : 'private',
    files,
    readonly: container.hostConfig.ReadonlyRootfs ?? false,
    tmpfs: tmpfsOf(container.hostConfig),
    shmSize: container.hostConfig.ShmSize || shmSize,
    groups: container.hostConfig.GroupAdd ?? [],
    bindings: bindingsOf(m, container),
  };
}

function hostnameOf(m: Machine, container: Container): string {
  if (container.hostConfig.NetworkMode === 'host' && !container.config.Hostname) {
    return namespaceOf(m, m.kernel.processes[1]?.ns.uts ?? '', 'uts').hostname;
  }
  return container.config.Hostname || container.id.slice(0, 12);
}

/** PATH, HOSTNAME, TERM with a terminal, then the configured ones. HOME is added by runc from /etc/passwd. */
export function environment(container: Container): { readonly [key: string]: string } {
  const { config } = container;
  const env = new Map([
    ['PATH', defaultPath],
    ['HOSTNAME', config.Hostname || container.id.slice(0, 12)],
  ]);
  if (config.Tty) env.set('TERM', 'xterm');
  for (const entry of config.Env ?? []) {
    const cut = entry.indexOf('=');
    if (cut > 0) env.set(entry.slice(0, cut), entry.slice(cut + 1));
  }
  return Object.fromEntries(env);
}

/** resolv.conf, hostname and hosts: real files of the host, bound into the container. */
function writeFiles(m: Machine, files: Id, container: Container, ip: string | undefined): void {
  const hostname = hostnameOf(m, container);
  const hosts = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::\tip6-localnet',
    'ff00::\tip6-mcastprefix',
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
    ...extraHosts(container),
    ...(ip === undefined ? [] : [`${ip}\t${hostname}`]),
  ];
  const meta = { mode: 0o644, uid: 0, gid: 0, mtime: m.world.now };
  const entries: { [name: string]: TreeNode } = {
    'resolv.conf': { t: 'file', ...meta, data: resolvConf(container) },
    hostname: { t: 'file', ...meta, data: `${hostname}\n` },
    hosts: { t: 'file', ...meta, data: `${hosts.join('\n')}\n` },
  };
  m.draft.own(m.draft.own(m.kernel, 'filesystems'), files).root = { t: 'dir', ...meta, mode: 0o710, entries };
}

/** `--add-host`; `host-gateway` is the bridge's address. */
function extraHosts({ hostConfig }: Container): readonly string[] {
  return (hostConfig.ExtraHosts ?? []).map((entry) => {
    const cut = entry.indexOf(':');
    const ip = entry.slice(cut + 1);
    return `${ip === 'host-gateway' ? defaultBridge.gateway : ip}\t${entry.slice(0, cut)}`;
  });
}

function resolvConf({ hostConfig: { Dns = ['10.0.2.3'], DnsSearch = [] } }: Container): string {
  const search = DnsSearch.length > 0 ? [`search ${DnsSearch.join(' ')}`] : [];
  const lines = [...Dns.map((address) => `nameserver ${address}`), ...search];
  return `# Generated by Docker Engine.\n${lines.join('\n')}\n`;
}
