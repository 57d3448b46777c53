import { type EngineState, serviceName } from '../../src/engine/state.ts';
import type { Host, Kernel, Process, World } from '../../src/kernel/state.ts';
import { networkFaults } from './network-invariants.ts';

/** What is wrong with a world that is at rest; nothing when everything fits together and nothing is left over. */
export function faultsOf(world: World): string[] {
  return Object.values(world.hosts).flatMap((host) => [
    ...processFaults(host.kernel),
    ...fileFaults(host.kernel),
    ...pipeFaults(world, host),
    ...leftOvers(world, host),
    ...engineFaults(host),
    ...networkFaults(host.kernel, engineOf(host)),
  ]);
}

function engineOf(host: Host): EngineState {
  return host.services[serviceName] as unknown as EngineState;
}

function isAlive(process: Process | undefined): boolean {
  return process !== undefined && !('zombie' in process.status);
}

function processFaults(kernel: Kernel): string[] {
  return Object.values(kernel.processes).flatMap((process) => {
    const faults: string[] = [];
    const say = (what: string) => faults.push(`process ${process.pid} (${process.argv.join(' ')}): ${what}`);
    if (process.parent !== 0 && !kernel.processes[process.parent]) say(`its parent ${process.parent} is gone`);
    for (const id of Object.values(process.ns)) if (!kernel.namespaces[id]) say(`its namespace ${id} is gone`);
    for (const fd of Object.values(process.fds)) if (!kernel.files[fd]) say(`its file ${fd} is gone`);
    if (/docker-.*\.scope$/.test(process.cgroup) && !kernel.cgroups[process.cgroup]) say('it outlives its container');
    if (!isAlive(process) && Object.keys(process.fds).length > 0) say('a zombie with open files');
    return faults;
  });
}

function fileFaults(kernel: Kernel): string[] {
  const counted = count(Object.values(kernel.processes).flatMap((process) => Object.values(process.fds)));
  return Object.entries(kernel.files).flatMap(([id, file]) =>
    file.refs === (counted.get(id) ?? 0) ? [] : [`file ${id} (${file.kind}): ${file.refs} references`],
  );
}

function pipeFaults(world: World, host: Host): string[] {
  const files = Object.values(host.kernel.files);
  const reads = files.flatMap((f) => (f.kind === 'pipe' ? (f.end === 'read' ? [f.pipe] : []) : rxOf(f)));
  const writes = files.flatMap((f) => (f.kind === 'pipe' ? (f.end === 'write' ? [f.pipe] : []) : txOf(f)));
  const { io, streams } = engineOf(host);
  for (const { stdout, stderr, stdin } of Object.values(io)) {
    reads.push(...[stdout, stderr].filter((id) => id !== undefined));
    if (stdin !== undefined) writes.push(stdin);
  }
  for (const stream of Object.values(streams)) {
    writes.push(stream.toClient);
    reads.push(stream.fromClient);
  }
  for (const run of Object.values(world.runs)) if (run.stdin !== undefined) writes.push(run.stdin);
  const [readers, writers] = [count(reads), count(writes)];
  return Object.entries(host.kernel.pipes).flatMap(([id, pipe]) => {
    if (pipe.awaits) return [];
    const fits = pipe.readers === (readers.get(id) ?? 0) && pipe.writers === (writers.get(id) ?? 0);
    if (!fits) return [`pipe ${id}: ${pipe.readers} readers, ${pipe.writers} writers`];
    return pipe.readers + pipe.writers > 0 ? [] : [`pipe ${id} is left over`];
  });
}

function rxOf(file: Kernel['files'][string]): string[] {
  return file.kind === 'stream' ? [file.rx] : [];
}

function txOf(file: Kernel['files'][string]): string[] {
  return file.kind === 'stream' ? [file.tx] : [];
}

/** Objects of the kernel that nobody has any more. */
function leftOvers(world: World, host: Host): string[] {
  const { kernel } = host;
  const { containers, tasks, io } = engineOf(host);
  const namespaces = Object.values(kernel.namespaces);
  const mounted = namespaces.flatMap((ns) => (ns.kind === 'mnt' ? ns.mounts.map((mount) => mount.fs) : []));
  const filesystems = [...mounted, ...Object.values(containers).map((c) => c.fs)];
  filesystems.push(...Object.values(tasks).flatMap((task) => task.filesystems));
  const used = Object.values(kernel.processes).flatMap((process) => Object.values(process.ns));
  const ttys = [...Object.values(world.runs).map((run) => run.tty), ...Object.values(io).map((each) => each.tty)];
  const cgroups = ['/', ...Object.values(tasks).map((task) => task.cgroup)];
  const pids = new Set(Object.keys(kernel.processes));
  return [
    ...extra('file system', { ...kernel.filesystems, ...kernel.detached?.filesystems }, filesystems),
    ...extra('namespace', kernel.namespaces, [...used, ...kernel.pinned]),
    ...extra('terminal', kernel.ttys, ttys),
    ...extra('cgroup', kernel.cgroups, cgroups),
    ...Object.entries(kernel.jobs).flatMap(([id, { pid }]) =>
      pids.has(`${pid}`) ? [] : [`answer ${id} is left over`],
    ),
    ...kernel.timers.flatMap(({ key }) => (timerFits(key, host) ? [] : [`timer ${key} is left over`])),
  ];
}

function timerFits(key: string, host: Host): boolean {
  const { tasks, io } = engineOf(host);
  if (key.startsWith('stop:')) return tasks[key.slice(5)] !== undefined;
  return !key.startsWith('io:') || io[key.slice(3)] !== undefined;
}

function engineFaults(host: Host): string[] {
  const e = engineOf(host);
  const { kernel } = host;
  const faults: string[] = [];
  for (const [id, c] of Object.entries(e.containers)) {
    if (e.names[c.name] !== id) faults.push(`container ${c.name}: its name means ${e.names[c.name]}`);
    const runs = c.state.status === 'running' || c.state.status === 'paused';
    if (runs !== (e.tasks[id] !== undefined)) faults.push(`container ${c.name}: ${c.state.status}, but its task`);
    if (!kernel.filesystems[c.fs] && !kernel.detached?.filesystems[c.fs])
      faults.push(`container ${c.name}: its layer is gone`);
  }
  for (const [id, task] of Object.entries(e.tasks)) {
    if (!isAlive(kernel.processes[task.pid])) faults.push(`task ${id}: process ${task.pid} is gone`);
    if (!isAlive(kernel.processes[task.shim])) faults.push(`task ${id}: shim ${task.shim} is gone`);
  }
  for (const exec of Object.values(e.execs)) {
    if (exec.running && !isAlive(kernel.processes[exec.pid])) faults.push(`exec ${exec.id}: its process is gone`);
  }
  const known = Object.keys(e.containers);
  const owners = [...known.map((id) => `c:${id}`), ...Object.keys(e.execs).map((id) => `x:${id}`)];
  return [
    ...faults,
    ...extra('name', swap(e.names), known),
    ...extra('task', e.tasks, known),
    ...extra('log', e.logs, known),
    ...extra('streams of', e.io, owners),
    ...extra(
      'exec of',
      swap(e.execs, (exec) => exec.container),
      known,
    ),
    ...extra(
      'job for',
      swap(e.jobs, (job) => job.container),
      known,
    ),
    ...extra(
      'attached to',
      swap(e.streams, ({ owner }) => owner),
      [...owners, ...known.map((id) => `l:${id}`)],
    ),
  ];
}

function swap<T>(record: { readonly [key: string]: T }, key: (value: T) => string = String) {
  return Object.fromEntries(Object.values(record).map((value) => [key(value), value]));
}

function extra(what: string, there: object, wanted: readonly (string | undefined)[]): string[] {
  const known = new Set(wanted);
  return Object.keys(there).flatMap((id) => (known.has(id) ? [] : [`${what} ${id} is left over`]));
}

function count(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
