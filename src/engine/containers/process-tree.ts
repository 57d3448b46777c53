import type { Id } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { namespaceKinds } from '../../kernel/namespaces.ts';
import type { Process } from '../../kernel/state.ts';
import { type Container, engineState } from '../state.ts';

/** A process of a host with its children; those of containers are processes like any other. */
export interface HostProcess {
  /** The host's number of it. */
  readonly pid: number;
  readonly command: string;
  readonly uid: number;
  /** Ended, but nobody has asked yet how. */
  readonly zombie: boolean;
  readonly container?: ContainerProcess;
  readonly children: readonly HostProcess[];
}

/** What makes a process one of a container. */
export interface ContainerProcess {
  readonly name: string;
  /** Its number inside. */
  readonly pid: number;
  /** Of the container's first process only: how its namespaces relate to those of others. */
  readonly namespaces?: {
    readonly own: readonly string[];
    readonly withHost: readonly string[];
    /** Those of another container, by its name. */
    readonly withOther: readonly { readonly kind: string; readonly container: string }[];
  };
}

/** The processes of a host as a tree. */
export interface ProcessTree {
  readonly roots: readonly HostProcess[];
  readonly total: number;
  readonly inContainers: number;
}

interface Owner {
  readonly container: Container;
  /** The container's first process. */
  readonly first: Process;
}

/** All processes that run on a host's kernel. */
export function processTree(m: Machine): ProcessTree {
  const all = Object.values(m.kernel.processes).sort((a, b) => a.pid - b.pid);
  const { containers, daemon, tasks } = engineState(m);
  const host = m.kernel.processes[daemon];
  const owners: Owner[] = Object.entries(tasks).flatMap(([id, { pid }]) => {
    const container = containers[id];
    const first = m.kernel.processes[pid];
    return container && first ? [{ container, first }] : [];
  });
  const children = new Map<number, Process[]>();
  for (const process of all) {
    const parent = m.kernel.processes[process.parent] && process.parent !== process.pid ? process.parent : 0;
    children.set(parent, [...(children.get(parent) ?? []), process]);
  }
  let inContainers = 0;
  const tree = (process: Process): HostProcess => {
    const container = containerOf(process, owners, host);
    if (container) inContainers++;
    return {
      pid: process.pid,
      command: process.argv.join(' ') || process.path,
      uid: process.uid,
      zombie: 'zombie' in process.status,
      ...(container ? { container } : {}),
      children: (children.get(process.pid) ?? []).map(tree),
    };
  };
  const roots = (children.get(0) ?? []).map(tree);
  return { roots, total: all.length, inContainers };
}

/** By the cgroup: the one thing that a container shares with no other and not with the host, whatever its namespaces. */
function containerOf(
  process: Process,
  owners: readonly Owner[],
  host: Process | undefined,
): ContainerProcess | undefined {
  const owner = owners.find(({ first }) => first.cgroup === process.cgroup);
  if (!owner || !host) return undefined;
  const { container, first } = owner;
  const pid = process.pids[first.ns.pid] ?? process.pid;
  if (process.pid !== first.pid) return { name: container.name, pid };
  const own: string[] = [];
  const withHost: string[] = [];
  const withOther: { kind: string; container: string }[] = [];
  for (const kind of namespaceKinds) {
    const id: Id = first.ns[kind];
    const other = owners.find((one) => one !== owner && one.first.ns[kind] === id);
    if (id === host.ns[kind]) withHost.push(kind);
    else if (other) withOther.push({ kind, container: other.container.name });
    else own.push(kind);
  }
  return { name: container.name, pid, namespaces: { own, withHost, withOther } };
}
