import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Cluster, Database, Role } from '../sql/database.ts';
import type { Flavour } from '../sql/values.ts';

/** Which of the two forks is installed here, and its version. */
export function installedMysql(sys: Sys, env: Rec<string>): { readonly flavour: Flavour; readonly version: string } {
  if (isErrno(sys.fs.stat('/usr/bin/mariadb')))
    return { flavour: 'mysql', version: (env.MYSQL_VERSION ?? '8.4.0').split('-')[0] ?? '' };
  const [, number = '10.11.11'] = /(\d+\.\d+\.\d+)/.exec(env.MARIADB_VERSION ?? '') ?? [];
  const ubuntu = /ubu\d+/.exec(env.MARIADB_VERSION ?? '')?.[0];
  return { flavour: 'mariadb', version: `${number}-MariaDB${ubuntu === undefined ? '' : `-${ubuntu}`}` };
}

const none: Database = { owner: 'root', tables: {} };

/** What a new data directory holds: the system's databases, and root without a password. */
export function newCluster(): Cluster {
  const root: Role = { password: '', host: 'localhost', options: ['*'] };
  return { databases: { information_schema: none, mysql: none, performance_schema: none, sys: none }, roles: { root } };
}

/** The data directory's content, or undefined when there is none. */
export function loadCluster(sys: Sys, folder: string): Cluster | undefined {
  const roles = sys.fs.readFile(`${folder}/mysql/drydock.json`);
  if (isErrno(roles)) return undefined;
  const names = sys.fs.list(folder);
  const databases: { [name: string]: Database } = { information_schema: none, mysql: none };
  for (const name of isErrno(names) ? [] : names) {
    const read = sys.fs.readFile(`${folder}/${name}/drydock.json`);
    if (!isErrno(read) && name !== 'mysql') databases[name] = JSON.parse(decodeUtf8(read.bytes)) as Database;
  }
  return { databases, roles: JSON.parse(decodeUtf8(roles.bytes)) as Rec<Role> };
}

/** Writes what has changed: a folder for each database, users in that of `mysql`. */
export function saveCluster(sys: Sys, folder: string, before: Cluster | undefined, after: Cluster): void {
  const put = (name: string, data: object) =>
    sys.fs.writeFile(`${folder}/${name}/drydock.json`, encodeUtf8(JSON.stringify(data)), { mode: 0o640 });
  for (const [name, database] of Object.entries(after.databases)) {
    if (before?.databases[name] === database || name === 'information_schema') continue;
    sys.fs.mkdir(`${folder}/${name}`, 0o750);
    if (name !== 'mysql') put(name, database);
  }
  for (const name of Object.keys(before?.databases ?? {})) {
    if (Object.hasOwn(after.databases, name)) continue;
    sys.fs.unlink(`${folder}/${name}/drydock.json`);
    sys.fs.rmdir(`${folder}/${name}`);
  }
  if (before?.roles !== after.roles) put('mysql', after.roles);
}
