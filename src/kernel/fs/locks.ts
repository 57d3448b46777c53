import { type Errno, fail } from '../errno.ts';
import { ownFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';

/** flock(2) on an open file: `again` while another open file of the same file has a lock that does not go with it. EBADF. */
export function lockFile(m: Machine, id: Id, kind: 'shared' | 'exclusive' | 'none'): 'again' | Errno | undefined {
  const file = m.kernel.files[id];
  if (file?.kind !== 'file') return fail('EBADF');
  for (const [other, held] of Object.entries(m.kernel.files)) {
    if (kind === 'none' || other === id || held.kind !== 'file' || held.lock === undefined) continue;
    if (held.fs !== file.fs || held.path !== file.path || held.orphan !== file.orphan) continue;
    if (kind === 'exclusive' || held.lock === 'exclusive') return 'again';
  }
  const own = ownFile(m, id);
  if (own.kind !== 'file') return fail('EBADF');
  if (kind === 'none') delete own.lock;
  else own.lock = kind;
  return undefined;
}
