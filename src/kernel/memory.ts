import { emit } from './emit.ts';
import type { Json } from './json.ts';
import type { Machine } from './machine.ts';
import { endProcess, ownProcess, processesIn } from './process.ts';
import { residentBytes } from './process-list.ts';
import type { Cgroup } from './state.ts';

/** Below this a program's own data are part of what such a program usually has. */
const usual = 262_144;

/** Bytes that a program's data take: the characters of its strings, and a little for each value. */
export function weigh(data: Json | undefined): number {
  if (typeof data === 'string') return data.length;
  if (typeof data !== 'object' || data === null) return 8;
  let all = 16;
  for (const each of Object.values(data)) all += weigh(each);
  return all;
}

/**
 * Takes the memory that a process has grown by to its cgroup's account, when that has a limit. Beyond memory.max (and what
 * may be swapped) the kernel kills the largest process of the group, and counts it (memory.events, oom_kill).
 */
export function chargeMemory(m: Machine, pid: number): void {
  const process = m.kernel.processes[pid];
  const groups = process ? limitedGroups(m, process.cgroup) : [];
  if (!process || groups.length === 0) return;
  const data = weigh(process.state);
  // what does not show in sizes that are rounded to a page is not worth a change
  if (data <= usual) return;
  const { resident: _, ...base } = process;
  ownProcess(m, pid).resident = residentBytes(base) + data;
  for (const group of groups) killOver(m, group);
}

/** The group and those above it that have a limit, innermost first. */
function limitedGroups(m: Machine, path: string): readonly Limited[] {
  const found: Limited[] = [];
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const group = m.kernel.cgroups[at];
    if (group?.memoryMax !== undefined) found.push({ ...group, memoryMax: group.memoryMax });
  }
  return found;
}

type Limited = Cgroup & { readonly memoryMax: number };

function killOver(m: Machine, group: Limited): void {
  const all = processesIn(m, group.path).filter(({ status }) => !('zombie' in status));
  const total = all.reduce((sum, each) => sum + residentBytes(each), 0);
  if (total <= group.memoryMax + (group.swapMax ?? 0)) return;
  const [largest] = all.sort((a, b) => residentBytes(b) - residentBytes(a));
  if (!largest) return;
  const owned = m.draft.own(m.draft.own(m.kernel, 'cgroups'), group.path);
  owned.oomKills = (group.oomKills ?? 0) + 1;
  emit(m, 'kernel', 'oom-kill', { pid: largest.pid, path: group.path, memoryMax: group.memoryMax });
  endProcess(m, largest.pid, { code: 137, signal: 'SIGKILL' });
}
