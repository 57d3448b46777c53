import type { Kernel, Process } from './state.ts';

/** A resource limit (setrlimit(2)): what holds, and up to what the process may raise it; -1: no limit. */
export type ResourceLimit = readonly [soft: number, hard: number];

/** Limits of a process that differ from the machine's usual ones, by name (`nofile`, `nproc` …). */
export type ResourceLimits = { readonly [name in ResourceName]?: ResourceLimit };

/** The kernel's resources in the order of their numbers (asm-generic/resource.h). */
export const resourceNames = [
  'cpu',
  'fsize',
  'data',
  'stack',
  'core',
  'rss',
  'nproc',
  'nofile',
  'memlock',
  'as',
  'locks',
  'sigpending',
  'msgqueue',
  'nice',
  'rtprio',
  'rttime',
] as const;

export type ResourceName = (typeof resourceNames)[number];

/** How many descriptors a process may have where nobody says more: a simulated machine carries no million of them. */
export const usualFiles = 1024;

/** The limits that every process of a machine starts with; those of processes and signals go by its memory. */
function usual(kernel: Kernel): { readonly [name in ResourceName]: ResourceLimit } {
  const most = Math.floor(kernel.memory / 262_144);
  const none: ResourceLimit = [-1, -1];
  return {
    cpu: none,
    fsize: none,
    data: none,
    stack: [8_388_608, -1],
    core: [0, -1],
    rss: none,
    nproc: [most, most],
    nofile: [usualFiles, usualFiles],
    memlock: [8_388_608, 8_388_608],
    as: none,
    locks: none,
    sigpending: [most, most],
    msgqueue: [819_200, 819_200],
    nice: [0, 0],
    rtprio: [0, 0],
    rttime: none,
  };
}

/** A process's limit for a resource. */
export function limitOf(kernel: Kernel, process: Process, name: ResourceName): ResourceLimit {
  return process.limits?.[name] ?? usual(kernel)[name];
}

/** How many descriptors a process may have: its limit, as far as the machine carries them. */
export function mostFiles(process: Process): number {
  const soft = process.limits?.nofile?.[0] ?? usualFiles;
  return soft < 0 ? usualFiles : Math.min(soft, usualFiles);
}
