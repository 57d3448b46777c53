import { filesystem, snapshot } from '../../kernel/fs/overlay.ts';
import type { Machine } from '../../kernel/machine.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import type { ApiResponse } from '../api.ts';
import { findContainer } from '../lookup.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';

/** GET /containers/ID/export: the container's files (without volumes) as one archive, in pieces: `{ parts }`. */
export function exportContainer(m: Machine, reference: string): ApiResponse {
  const container = findContainer(m, reference);
  const { id, fs } = container;
  const parts = [...layerParts(snapshot(m, fs), filesystem(m, fs).inodes)];
  step(m, 'dockerd', 'export-container', {
    container: id,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  });
  noteContainer(m, container, 'export');
  return { status: 200, body: { parts } };
}
