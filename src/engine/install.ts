import type { Mutable } from '../kernel/draft.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { addBridge } from '../kernel/net/netns.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import { makeReady } from '../kernel/wait.ts';
import { randomHex } from '../kernel/world.ts';
import { defaultBridge } from './network.ts';
import { type EngineState, serviceName } from './state.ts';

/** Starts containerd and dockerd on a host that has them installed: two daemons under init, the docker0 bridge, an empty store. */
export function startEngine(m: Machine): void {
  const containerd = startContainerd(m);
  const daemon = startDockerd(m);
  const { bridge, gateway, prefix } = defaultBridge;
  addBridge(m, m.kernel.processes[daemon]?.ns.net ?? '', bridge, `${gateway}/${prefix}`);
  const state: EngineState = {
    containers: {},
    tasks: {},
    names: {},
    execs: {},
    images: {},
    imageUsers: {},
    tags: {},
    lastTagged: {},
    layers: {},
    logs: {},
    streams: {},
    io: {},
    jobs: {},
    pulls: {},
    networks: { bridge: randomHex(m, 64), host: randomHex(m, 64), none: randomHex(m, 64) },
    daemon,
    containerd,
  };
  m.draft.own(m.host, 'services')[serviceName] = m.draft.adopt(state) as unknown as Json;
}

/** Starts dockerd again on a host (with an empty store when it never ran): what it knew is still there. containerd runs on. */
export function restartEngine(m: Machine, insecureRegistries: readonly string[]): void {
  const known = m.host.services[serviceName] as unknown as EngineState | undefined;
  if (!known) startEngine(m);
  const state = m.draft.own(m.draft.own(m.host, 'services'), serviceName) as unknown as Mutable<EngineState>;
  const runs = (pid: number) => m.kernel.processes[pid] !== undefined;
  if (!runs(state.containerd)) state.containerd = startContainerd(m);
  if (!runs(state.daemon)) state.daemon = startDockerd(m);
  if (insecureRegistries.length > 0) state.insecureRegistries = insecureRegistries;
  else delete state.insecureRegistries;
}

function startContainerd(m: Machine): number {
  return startDaemon(m, 'containerd', '/usr/bin/containerd', ['/usr/bin/containerd']);
}

function startDockerd(m: Machine): number {
  const daemon = startDaemon(m, 'dockerd', '/usr/bin/dockerd', [
    '/usr/bin/dockerd',
    '-H',
    'fd://',
    '--containerd=/run/containerd/containerd.sock',
  ]);
  ownProcess(m, daemon).service = serviceName;
  return daemon;
}

function startDaemon(m: Machine, program: string, path: string, argv: readonly string[]): number {
  const pid = cloneProcess(m, 1, {
    program,
    pgid: 0,
    fds: {},
    cgroup: `/system.slice/${program === 'dockerd' ? 'docker' : program}.service`,
  });
  if (isErrno(pid)) throw new Error(`cannot start ${path}: ${pid.errno}`);
  Object.assign(ownProcess(m, pid), { sid: pid, path, argv });
  makeReady(m, pid, { on: 'start' });
  return pid;
}
