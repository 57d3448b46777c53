import type { Machine } from './machine.ts';
import { processesIn } from './process.ts';

/** The cgroup v2 freezer (cgroup.freeze): none of the processes below it runs any more; time goes on. */
export function freeze(m: Machine, cgroup: string): void {
  set(m, cgroup, true);
}

/** Lets them run again. Whoever became ready meanwhile goes on at once. */
export function thaw(m: Machine, cgroup: string): void {
  set(m, cgroup, false);
  const waiting = new Set(m.index.ready);
  const ready = processesIn(m, cgroup).flatMap(({ pid, status }) =>
    'ready' in status ? { pid, seq: status.seq } : [],
  );
  for (const { pid } of ready.sort((a, b) => a.seq - b.seq)) if (!waiting.has(pid)) m.index.ready.push(pid);
}

function set(m: Machine, cgroup: string, frozen: boolean): void {
  if (m.kernel.cgroups[cgroup]) m.draft.own(m.draft.own(m.kernel, 'cgroups'), cgroup).frozen = frozen;
}
