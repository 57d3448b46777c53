import { decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';

/** A line of /etc/passwd. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** A line of /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The users that the caller's /etc/passwd knows; none when it cannot be read. */
export function readUsers(sys: Sys): readonly User[] {
  return records(sys, '/etc/passwd').flatMap(([name = '', , uid, gid, , home = '', shell = '']) =>
    uid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid), home, shell }],
  );
}

/** The groups that the caller's /etc/group knows; none when it cannot be read. */
export function readGroups(sys: Sys): readonly Group[] {
  return records(sys, '/etc/group').flatMap(([name = '', , gid, members = '']) =>
    gid === undefined
      ? []
      : [{ name, gid: Number(gid), members: members.split(',').filter((member) => member !== '') }],
  );
}

/** The user of this name, or with this number. */
export function findUser(sys: Sys, text: string): User | undefined {
  return readUsers(sys).find(({ name, uid }) => name === text || String(uid) === text);
}

/** The number of a group: by name, or as it is written. */
export function groupId(sys: Sys, text: string): number | undefined {
  const known = readGroups(sys).find(({ name }) => name === text);
  return known?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

function records(sys: Sys, path: string): readonly (readonly string[])[] {
  const file = sys.fs.readFile(path);
  if (isErrno(file)) return [];
  return decodeUtf8(file.bytes)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

/** Names for user and group numbers, each file read once; numbers without a name stand for themselves, or for `unknown`. */
export function ownerNames(
  sys: Sys,
  unknown?: string,
): { readonly user: (uid: number) => string; readonly group: (gid: number) => string } {
  let users: Map<number, string> | undefined;
  let groups: Map<number, string> | undefined;
  const index = (entries: readonly (readonly [number, string])[]) => new Map([...entries].reverse());
  return {
    user: (uid) => {
      users ??= index(readUsers(sys).map((user) => [user.uid, user.name]));
      return users.get(uid) ?? unknown ?? String(uid);
    },
    group: (gid) => {
      groups ??= index(readGroups(sys).map((group) => [group.gid, group.name]));
      return groups.get(gid) ?? unknown ?? String(gid);
    },
  };
}
