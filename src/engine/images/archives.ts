import type { ByteString } from '../../kernel/bytes.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { answered } from '../call.ts';
import { exportContainer } from '../containers/export.ts';
import { commitContainer } from './commit.ts';
import { importImage } from './import.ts';
import { loadImages } from './load.ts';
import { saveImages } from './save.ts';

/*
 * What few commands need stands in a bundle of its own, which begins here. Errors come back as answers, because a class
 * that is in two bundles exists twice.
 */

type Query = { readonly [key: string]: string };

/** POST /commit. */
export function commitCall(m: Machine, query: Query, changes: readonly string[]): ApiResponse {
  return answered(() => commitContainer(m, query, changes));
}

/** POST /images/create?fromSrc=. */
export function importCall(
  m: Machine,
  query: Query,
  body: { readonly tar: ByteString; readonly changes: readonly string[] },
): ApiResponse {
  return answered(() => importImage(m, query, body));
}

/** GET /images/get. */
export function saveCall(m: Machine, names: readonly string[], platform?: string): ApiResponse {
  return answered(() => saveImages(m, names, platform));
}

/** POST /images/load. */
export function loadCall(m: Machine, tar: ByteString, platform?: string): ApiResponse {
  return answered(() => loadImages(m, tar, platform));
}

/** GET /containers/ID/export. */
export function exportCall(m: Machine, reference: string): ApiResponse {
  return answered(() => exportContainer(m, reference));
}
