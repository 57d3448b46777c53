import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { engineState } from './state.ts';

/** A user's name on the host, where `ps` runs for `docker top`: a number when /etc/passwd has none. */
export function hostUser(m: Machine, uid: number): string {
  return nameOf(m, '/etc/passwd', uid);
}

/** A group's name on the host: a number when /etc/group has none. */
export function hostGroup(m: Machine, gid: number): string {
  return nameOf(m, '/etc/group', gid);
}

/** Whether the host has a user of that name. */
export function isHostUser(m: Machine, name: string): boolean {
  return rows(m, '/etc/passwd').some(([known]) => known === name);
}

function nameOf(m: Machine, path: string, id: number): string {
  return rows(m, path).find((row) => row[2] === String(id))?.[0] ?? String(id);
}

function rows(m: Machine, path: string): readonly (readonly string[])[] {
  const file = fileCalls(m, engineState(m).daemon).readFile(path);
  return isErrno(file) ? [] : file.bytes.split('\n').map((line) => line.split(':'));
}
