import type { HistoryEntry } from '../../oci/image.ts';
import type { DraftRow } from './image.ts';

/**
 * The history with times, as BuildKit's exporter fills them in: a row with a layer has its layer's, another one the time of
 * the layer before it, or of the first new one. `created` are the times of all layers, lowest first.
 */
export function settleHistory(rows: readonly DraftRow[], created: readonly string[]): readonly HistoryEntry[] {
  let layer = 0;
  const timed = rows.map((row): DraftRow => {
    if (row.emptyLayer) return row;
    const at = created[layer];
    layer += 1;
    return row.created !== undefined || at === undefined ? row : { ...row, created: at };
  });
  let at = firstNew(timed);
  let filled = false;
  return timed.map((row) => {
    if (row.created === undefined) filled = true;
    else if (filled) at = row.created;
    return { ...row, created: row.created ?? at };
  });
}

/** The time of the first layer after a row without a time; without one, that of the last row that has one. */
function firstNew(rows: readonly DraftRow[]): string {
  let created = '0001-01-01T00:00:00Z';
  let missing = false;
  for (const row of rows) {
    if (row.created === undefined) missing = true;
    else {
      created = row.created;
      if (missing) break;
    }
  }
  return created;
}
