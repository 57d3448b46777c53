import { engineState } from '../engine/state.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import { usedMemory } from '../kernel/process-list.ts';
import type { Process, World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import { diskUsed, freeDisk } from '../vm/resources.ts';
import { virtualMachines } from '../vm/state.ts';
import { Lab } from './lab.ts';
import { serverOf } from './server.ts';
import { type Measure, type Part, parts, type Reach, type WayId } from './types.ts';
import { type Surroundings, waysOf } from './ways.ts';
import type { Work } from './works.ts';

/**
 * Does the work in one way, in a world of its own, and counts what that came to. `world`: a new one, with one computer.
 * Throws when the model cannot do it.
 */
export function measure(id: WayId, work: Work, world: World, software: Software, around: Surroundings): Measure {
  const { computer, inner, command, prepare, start } = waysOf(work, around)[id];
  const lab = new Lab(world, software);
  const room = lab.look(around.first, freeDisk);
  prepare(lab);
  const stored = lab.look(computer, (m) => storedBytes(m, inner, room));
  const before = { computer: look(lab, computer), inner: look(lab, inner) };
  const done = start(lab);
  lab.line(computer, 'sleep 3'); // who watched a boot has gone by then
  const after = { computer: look(lab, computer), inner: look(lab, inner) };
  const machine = lab.look(computer, (m) => Object.values(virtualMachines(m))[0]);
  return lab.look(inner, (m) => {
    const server = serverOf(m.kernel, work.port, before.inner.pids);
    const isGuest = inner !== computer;
    const withInner = parts.filter((part) => shares(m, server, part));
    return {
      way: id,
      command,
      kernels: Object.keys(lab.world.hosts).filter((host) => host.startsWith(`${computer}/`)).length,
      release: m.kernel.release,
      steps: count(withoutAsking(done.flatMap(({ steps }) => steps)).map(({ actor }) => actor)),
      processes: after.computer.pids.size - before.computer.pids.size,
      visible: Object.values(m.kernel.processes).filter((p) => p.pids[server.ns.pid] !== undefined).length,
      memoryReserved: isGuest ? m.kernel.memory : 0,
      memoryUsed: after.inner.memory - before.inner.memory,
      diskReserved: machine?.hardware.disk ?? 0,
      diskUsed: stored,
      time: done.reduce((sum, { time }) => sum + time, 0),
      shared: isGuest ? [] : withInner,
      neighbours: machine ? [] : withInner,
      reach: reachOf(isGuest, machine !== undefined, withInner),
    };
  });
}

/** What the work's files take: of a machine its disk's content; else what is missing on the disk that has them. */
function storedBytes(m: Machine, inner: Id, room: number): number {
  const machine = Object.values(virtualMachines(m))[0];
  if (machine) return diskUsed(machine);
  return inner === m.hostId ? room - freeDisk(m) : imageBytes(m.peer(inner));
}

function look(lab: Lab, host: Id): { readonly pids: ReadonlySet<string>; readonly memory: number } {
  if (!lab.world.hosts[host]) return { pids: new Set(), memory: 0 };
  return lab.look(host, ({ kernel }) => ({
    pids: new Set(Object.keys(kernel.processes)),
    memory: usedMemory(kernel),
  }));
}

const namespaces = {
  files: 'mnt',
  processes: 'pid',
  network: 'net',
  hostname: 'uts',
  ipc: 'ipc',
  users: 'user',
} as const;

/** Does the process have this in common with the first process of its kernel? */
function shares({ kernel }: Machine, process: Process, part: Part): boolean {
  return part === 'kernel' || process.ns[namespaces[part]] === kernel.processes[1]?.ns[namespaces[part]];
}

function reachOf(isGuest: boolean, isMachine: boolean, withInner: readonly Part[]): Reach {
  if (isGuest) return isMachine ? 'guest' : 'shared-guest';
  return withInner.length === parts.length ? 'account' : 'kernel';
}

/** Bytes of the layers of all images, each counted once. */
function imageBytes(m: Machine): number {
  const layers = Object.values(engineState(m).images).flatMap((image) => image.layers);
  return [...new Map(layers.map((layer) => [layer.chainId, layer.size]))].reduce((sum, [, size]) => sum + size, 0);
}

/** The steps but for those of the shell's own asking and waiting. */
function withoutAsking(steps: readonly Step[]): readonly Step[] {
  const pidOf = ({ data }: Step): unknown => (data as { readonly pid?: unknown }).pid;
  const asking = new Set(
    steps
      .filter(
        ({ action, data }) =>
          action === 'execve' && /^(curl|sleep)$/.test(String((data as { argv: readonly string[] }).argv[0])),
      )
      .map(pidOf),
  );
  return steps.filter((step) => step.actor !== 'kernel' || !asking.has(pidOf(step)));
}

function count(words: readonly string[]): { readonly [word: string]: number } {
  const counts: { [word: string]: number } = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
