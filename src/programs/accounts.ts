import { decodeUtf8 } from '../kernel/bytes.ts';
import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';

/** A user of a host, by its /etc/passwd and /etc/group. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** All groups, the first one too. */
  readonly groups: readonly number[];
  readonly home: string;
  readonly shell: string;
}

/** The user with this name (or number) as the process `pid` of the host finds it; undefined without one. */
export function accountOf(m: Machine, user: string | number, pid = 1): Account | undefined {
  const row = table(m, pid, '/etc/passwd').find(([name, , uid]) =>
    typeof user === 'number' ? uid === String(user) : name === user,
  );
  if (!row) return undefined;
  const [name = '', , uid = '', gid = '', , home = '/', shell = '/bin/sh'] = row;
  const more = table(m, pid, '/etc/group')
    .filter(([, , number, members = '']) => number !== gid && members.split(',').includes(name))
    .map(([, , number]) => Number(number));
  return { name, uid: Number(uid), gid: Number(gid), groups: [Number(gid), ...more], home, shell };
}

/** The text of a file of a host as root (process 1) reads it; undefined when it cannot be read. */
export function hostText(m: Machine, path: string): string | undefined {
  const read = fileCalls(m, 1).readFile(path);
  return isErrno(read) ? undefined : decodeUtf8(read.bytes);
}

function table(m: Machine, pid: number, path: string): readonly (readonly string[])[] {
  const read = fileCalls(m, pid).readFile(path);
  if (isErrno(read)) return [];
  return decodeUtf8(read.bytes)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(':'));
}
