import type { EngineEvent, EventLog } from '../engine/watch/events.ts';
import type { World } from '../kernel/state.ts';

/** How far down two records are compared by content: the services' own records, and theirs. */
const depth = 4;

/** Do two worlds differ in what people care about: files, processes, what the services know? Clock and counters do not count. */
export function differs(before: World, after: World): boolean {
  for (const [id, host] of Object.entries(after.hosts)) {
    const old = before.hosts[id];
    if (!old || !sameServices(host.services, old.services)) return true;
    if (!same(host.kernel.filesystems, old.kernel.filesystems, 2)) return true;
    if (!same(host.kernel.detached, old.kernel.detached, 3)) return true;
    if (Object.keys(host.kernel.processes).join() !== Object.keys(old.kernel.processes).join()) return true;
  }
  return !same(after.registries, before.registries, depth);
}

type Fields = { readonly [key: string]: unknown };

/** What dockerd notes in passing is no change: most of the list of what happened, and processes that have ended. */
function sameServices(after: Fields, before: Fields): boolean {
  const { [engine]: left, ...others } = after;
  const { [engine]: right, ...olds } = before;
  return same(others, olds, depth) && sameEngine((left ?? {}) as Fields, (right ?? {}) as Fields);
}

const engine = 'dockerd';

function sameEngine(after: Fields, before: Fields): boolean {
  if (after === before) return true;
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys].every((key) => {
    if (key === 'events') return !cameAndWent(after.events, before.events);
    if (key === 'execs') return same(running(after.execs), running(before.execs), depth - 2);
    return same(after[key], before[key], depth - 1);
  });
}

/** Was a container made, though none may be left (`run --rm`)? Whoever takes back what they did last means that. */
function cameAndWent(after: unknown, before: unknown): boolean {
  const [now, earlier] = [eventsOf(after), eventsOf(before)];
  const last = earlier.at(-1);
  const fresh = last ? now.slice(now.lastIndexOf(last) + 1) : now;
  return fresh.some(({ type, action }) => type === 'container' && action === 'create');
}

function eventsOf(log: unknown): readonly EngineEvent[] {
  return (log as EventLog | undefined)?.events ?? [];
}

/** The processes of `docker exec` that have not ended. */
function running(execs: unknown): Fields {
  const all = Object.entries((execs ?? {}) as Fields);
  return Object.fromEntries(
    all.filter(([, exec]) => (exec as { readonly finishedAt?: number }).finishedAt === undefined),
  );
}

/** Identity first: what was not touched is not looked into. */
function same(a: unknown, b: unknown, levels: number): boolean {
  if (a === b) return true;
  if (levels === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a as { [key: string]: unknown }, b as { [key: string]: unknown }];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) {
    const value = left[key];
    if (value === right[key] && value !== undefined) continue; // most of a thousand
    if (!(key in right) || !same(value, right[key], levels - 1)) return false;
  }
  return true;
}
