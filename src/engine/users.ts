import { isErrno } from '../kernel/errno.ts';
import { readFile } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { EngineError } from './errors.ts';

export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly home: string;
}

/**
 * Who `--user` means, by /etc/passwd and /etc/group of the process's root: `name`, `uid`, `name:group`, `uid:gid`; empty
 * is root. Throws `no-such-user` in the engine's words (transcript 02).
 */
export function findUser(m: Machine, pid: number, spec: string): Credentials {
  const passwd = table(m, pid, '/etc/passwd');
  const groups = table(m, pid, '/etc/group');
  if (lastFound?.passwd !== passwd || lastFound.groups !== groups || lastFound.spec !== spec)
    lastFound = { passwd, groups, spec, credentials: credentialsOf(spec, passwd, groups) };
  return lastFound.credentials;
}

let lastFound:
  | { readonly passwd: Rows; readonly groups: Rows; readonly spec: string; readonly credentials: Credentials }
  | undefined;

function credentialsOf(spec: string, passwd: Rows, groups: Rows): Credentials {
  const [user = '', group] = spec.split(':');
  const wanted = user === '' ? '0' : user;
  const entry = passwd.find((row) => row[0] === wanted) ?? passwd.find((row) => row[2] === wanted);
  if (!entry && !/^\d+$/.test(wanted)) {
    throw new EngineError('no-such-user', 400, `unable to find user ${user}: no matching entries in passwd file`);
  }
  const name = entry?.[0];
  const uid = Number(entry?.[2] ?? wanted);
  const more = groups
    .filter((row) => name !== undefined && (row[3] ?? '').split(',').includes(name))
    .map((row) => Number(row[2]));
  if (group === undefined || group === '') {
    return { uid, gid: Number(entry?.[3] ?? 0), groups: more, home: entry?.[5] || '/' };
  }
  const found = groups.find((row) => row[0] === group) ?? groups.find((row) => row[2] === group);
  if (!found && !/^\d+$/.test(group)) {
    throw new EngineError('no-such-user', 400, `unable to find group ${group}: no matching entries in group file`);
  }
  return { uid, gid: Number(found?.[2] ?? group), groups: [], home: entry?.[5] || '/' };
}

/** Groups by name or number. Throws `no-such-user` in the engine's words. */
export function findGroups(m: Machine, pid: number, wanted: readonly string[]): readonly number[] {
  const groups = wanted.length > 0 ? table(m, pid, '/etc/group') : [];
  return wanted.map((group) => {
    const found = groups.find((row) => row[0] === group);
    if (!found && !/^\d+$/.test(group)) {
      throw new EngineError('no-such-user', 400, `unable to find group ${group}: no matching entries in group file`);
    }
    return Number(found?.[2] ?? group);
  });
}

type Rows = readonly (readonly string[])[];

/** The rows of the file that was read last under each path: most containers have the same one. */
const lastRead = new Map<string, { readonly bytes: string; readonly rows: Rows }>();

function table(m: Machine, pid: number, path: string): Rows {
  const process = m.kernel.processes[pid];
  const file = process && readFile(m, process, path);
  if (!file || isErrno(file)) return [];
  const known = lastRead.get(path);
  if (known?.bytes === file.bytes) return known.rows;
  const lines = file.bytes.split('\n').filter(Boolean);
  const rows = lines.map((line) => line.split(':'));
  lastRead.set(path, { bytes: file.bytes, rows });
  return rows;
}
