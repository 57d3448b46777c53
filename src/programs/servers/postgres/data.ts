import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Cluster, Database, Role } from '../sql/database.ts';

type Catalog = { readonly roles: Rec<Role>; readonly oids: Rec<number> };

const first: Rec<number> = { template1: 1, template0: 4, postgres: 5 };

/** A new cluster: three databases, one role that may do everything. */
export function newCluster(user: string, password: string | null): Cluster {
  const options = ['superuser', 'createrole', 'createdb', 'replication', 'bypassrls', 'login'];
  const empty = { owner: user, tables: {} };
  return {
    databases: { postgres: empty, template0: empty, template1: empty },
    roles: { [user]: { password, options, host: '' } },
  };
}

/** Reads the data directory, or says why that is not possible. */
export function loadCluster(sys: Sys, folder: string): Cluster | Errno {
  const catalog = readJson<Catalog>(sys, `${folder}/global/drydock.json`);
  if (isErrno(catalog)) return catalog;
  const databases: { [name: string]: Database } = {};
  for (const [name, oid] of Object.entries(catalog.oids)) {
    const database = readJson<Database>(sys, `${folder}/base/${oid}/drydock.json`);
    if (isErrno(database)) return database;
    databases[name] = database;
  }
  return { roles: catalog.roles, databases };
}

function readJson<T extends object>(sys: Sys, path: string): T | Errno {
  const read = sys.fs.readFile(path);
  return isErrno(read) ? read : (JSON.parse(decodeUtf8(read.bytes)) as T);
}

/** Writes what has changed: one file for each database, and one for roles and names. */
export function saveCluster(sys: Sys, folder: string, before: Cluster | undefined, after: Cluster): void {
  const old = before ? readJson<Catalog>(sys, `${folder}/global/drydock.json`) : undefined;
  const known = old && !isErrno(old) ? old.oids : first;
  const oids: { [name: string]: number } = {};
  let next = Math.max(16383, ...Object.values(known)) + 1;
  for (const name of Object.keys(after.databases)) oids[name] = known[name] ?? next++;
  for (const [name, database] of Object.entries(after.databases)) {
    if (before?.databases[name] === database) continue;
    sys.fs.mkdir(`${folder}/base/${oids[name] ?? 0}`, 0o700);
    const text = JSON.stringify(database);
    sys.fs.writeFile(`${folder}/base/${oids[name] ?? 0}/drydock.json`, encodeUtf8(text), { mode: 0o600 });
  }
  for (const name of Object.keys(before?.databases ?? {})) {
    if (Object.hasOwn(after.databases, name)) continue;
    sys.fs.unlink(`${folder}/base/${known[name] ?? 0}/drydock.json`);
    sys.fs.rmdir(`${folder}/base/${known[name] ?? 0}`);
  }
  const catalog: Catalog = { roles: after.roles, oids };
  sys.fs.writeFile(`${folder}/global/drydock.json`, encodeUtf8(JSON.stringify(catalog)), { mode: 0o600 });
}
