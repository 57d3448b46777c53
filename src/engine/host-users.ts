import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { engineState } from './state.ts';

/** A user's name on the host, where `ps` runs for `docker top`: a number when /etc/passwd has none. */
export function hostUser(m: Machine, uid: number): string {
  const file = fileCalls(m, engineState(m).daemon).readFile('/etc/passwd');
  if (isErrno(file)) return String(uid);
  const row = file.bytes.split('\n').find((line) => line.split(':')[2] === String(uid));
  return row?.split(':')[0] ?? String(uid);
}
