import { second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { readFilters } from '../filters.ts';
import { upperSize } from '../sizes.ts';
import { type Container, engineState } from '../state.ts';
import { step } from '../step.ts';
import { removeContainerNow } from './remove.ts';

/** POST /containers/prune: all that do not run are removed. Filters: `until`, `label`, `label!`. */
export function pruneContainers(m: Machine, filters: string | undefined): ApiResponse {
  const wanted = readFilters(filters, ['label', 'label!', 'until']);
  const before = (wanted.until ?? []).map((text) => readUntil(m, text));
  const stopped = Object.values(engineState(m).containers).filter(
    (c) =>
      ['created', 'exited', 'dead'].includes(c.state.status) &&
      before.every((time) => c.created < time) &&
      labelsMatch(c.config.Labels ?? {}, wanted),
  );
  let bytes = 0;
  for (const { id, fs } of stopped) {
    bytes += upperSize(m, fs);
    removeContainerNow(m, id);
  }
  step(m, 'dockerd', 'prune', { kind: 'container', removed: stopped.length, bytes });
  const ids = stopped.sort(byAge).map((c) => c.id);
  return { status: 200, body: { ContainersDeleted: ids.length > 0 ? ids : null, SpaceReclaimed: bytes } };
}

function byAge(a: Container, b: Container): number {
  return a.created - b.created;
}

/** Do these labels fit `label=` (all of them) and `label!=` (none of them)? */
export function labelsMatch(
  labels: { readonly [name: string]: string },
  filters: { readonly [filter: string]: readonly string[] },
): boolean {
  const has = (text: string): boolean => {
    const cut = text.indexOf('=');
    const name = cut < 0 ? text : text.slice(0, cut);
    return Object.hasOwn(labels, name) && (cut < 0 || labels[name] === text.slice(cut + 1));
  };
  return (filters.label ?? []).every(has) && !(filters['label!'] ?? []).some(has);
}

const units: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9 };

/** A time, or a duration before now. Throws EngineError. */
function readUntil(m: Machine, text: string): Us {
  if (/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|ns))+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|ns)/g)];
    return m.world.now - parts.reduce((sum, [, n, unit = 's']) => sum + Number(n) * (units[unit] ?? 0) * second, 0);
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * second);
  const time = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(/Z|[+-]\d\d:\d\d$/.test(text) ? text : zoned(text))
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new EngineError('bad-parameter', 400, `failed to parse value as time or duration: "${text}"`);
  }
  return time * 1000;
}

/** The client's computer is on UTC. */
function zoned(text: string): string {
  return text.includes('T') ? `${text}Z` : `${text}T00:00:00Z`;
}
