import { filesystem, snapshot } from '../../kernel/fs/overlay.ts';
import type { Machine } from '../../kernel/machine.ts';
import { layerParts } from '../../oci/layer-archive.ts';
import type { ApiResponse } from '../api.ts';
import { findContainer } from '../lookup.ts';
import { step } from '../step.ts';

/** GET /containers/ID/export: the container's files (without volumes) as one archive, in pieces: `{ parts }`. */
export function exportContainer(m: Machine, reference: string): ApiResponse {
  const { id, fs } = findContainer(m, reference);
  const parts = [...layerParts(snapshot(m, fs), filesystem(m, fs).inodes)];
  step(m, 'dockerd', 'export-container', {
    container: id,
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  });
  return { status: 200, body: { parts } };
}
