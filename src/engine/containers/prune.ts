import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { hasLabels, readFilters } from '../filters.ts';
import { moment } from '../images/moment.ts';
import { upperSize } from '../sizes.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { noteEvent } from '../watch/events.ts';
import { removeContainerNow } from './remove.ts';

/** POST /containers/prune: all that do not run are removed. Filters: `until`, `label`, `label!`. */
export function pruneContainers(m: Machine, filters: string | undefined): ApiResponse {
  const wanted = readFilters(filters, ['label', 'label!', 'until']);
  const limits = (wanted.get('until') ?? []).map((text) => moment(text, m.world.now));
  const unwanted = wanted.get('label!') ?? [];
  const stopped = Object.values(engineState(m).containers).filter(
    ({ state, created, config: { Labels = {} } }) =>
      ['created', 'exited', 'dead'].includes(state.status) &&
      limits.every((limit) => created < limit) &&
      hasLabels(Labels, wanted.get('label') ?? []) &&
      !unwanted.some((label) => hasLabels(Labels, [label])),
  );
  let bytes = 0;
  for (const { id, fs } of stopped) {
    bytes += upperSize(m, fs);
    removeContainerNow(m, id);
  }
  noteEvent(m, 'container', 'prune', '', { reclaimed: String(bytes) });
  step(m, 'dockerd', 'prune', { kind: 'container', removed: stopped.length, bytes });
  const ids = stopped.sort((a, b) => a.created - b.created).map(({ id }) => id);
  return { status: 200, body: { ContainersDeleted: ids.length > 0 ? ids : null, SpaceReclaimed: bytes } };
}
