import { upperChanges } from '../../kernel/fs/overlay.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { findContainer } from '../lookup.ts';
import { step } from '../step.ts';

const kinds = { C: 0, A: 1, D: 2 } as const;

/** GET /containers/ID/changes: what differs from the image, `null` when nothing does. Kind 0 changed, 1 added, 2 deleted. */
export function containerChanges(m: Machine, reference: string): ApiResponse {
  const { id, fs } = findContainer(m, reference);
  const found = upperChanges(m, fs);
  step(m, 'dockerd', 'diff', { container: id, changes: found.length });
  const body = found.map(({ path, kind }) => ({ Path: path, Kind: kinds[kind] }));
  return { status: 200, body: body.length > 0 ? body : null };
}
