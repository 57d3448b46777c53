import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { Cluster, Session } from '../sql/database.ts';
import type { Failure } from '../sql/errors.ts';
import { type Hello, type Rules, type Served, serveClients, waitFor } from '../sql/serve.ts';
import type { Flavour } from '../sql/values.ts';
import { installedMysql, loadCluster, newCluster, saveCluster } from './data.ts';

type State = {
  readonly served: Served;
  readonly folder: string;
  readonly flavour: Flavour;
  readonly version: string;
  readonly path: string;
};

/** mysqld, mariadbd: the server. */
export const mysqlServer: Program<State> = { start, step };

export const socketPath = '/var/run/mysqld/mysqld.sock';

function log(sys: Sys, flavour: Flavour, text: string, code = '', level = 'System'): void {
  const iso = new Date(sys.now / 1000).toISOString();
  const micro = String(Math.floor(sys.now % 1000)).padStart(3, '0');
  const mariadb = `${iso.slice(0, 10)} ${iso.slice(11, 19).replace(/^0/, ' ')} 0 [${level === 'System' ? 'Note' : level}]`;
  const mysql = `${iso.slice(0, -1)}${micro}Z 0 [${level}]${code === '' ? '' : ` [${code}] [Server]`}`;
  sys.write(2, encodeUtf8(`${flavour === 'mysql' ? mysql : mariadb} ${text}\n`));
}

const harmless =
  /^--(?:user|socket|character-set-server|collation-server|bind-address|max[-_]connections|innodb[-_]\w+|sql[-_]mode|skip-name-resolve|skip-log-bin|default-time-zone)$/;

function start(exec: Exec, sys: Sys): Next<State> {
  const { flavour, version } = installedMysql(sys, exec.env);
  const { path } = exec;
  const fail = (text: string, code: string, status = 1): Next<State> => {
    log(sys, flavour, text, code, 'ERROR');
    log(sys, flavour, 'Aborting', 'MY-010119', 'ERROR');
    return { exit: status };
  };
  let folder = '/var/lib/mysql';
  let port = 3306;
  let network = true;
  let fresh = false;
  for (const arg of exec.argv.slice(1)) {
    const [option = '', value = ''] = arg.split(/=(.*)/s);
    if (option === '--version' || option === '-V') {
      const what = flavour === 'mysql' ? 'MySQL Community Server - GPL' : 'mariadb.org binary distribution';
      sys.write(1, encodeUtf8(`${path}  Ver ${version} for Linux on x86_64 (${what})\n`));
      return { exit: 0 };
    }
    if (option === '--datadir') folder = value;
    else if (option === '--port' || option === '-P') port = Number(value);
    else if (option === '--skip-networking') network = false;
    else if (option === '--initialize-insecure') fresh = true;
    else if (!harmless.test(option))
      return fail(
        flavour === 'mysql' ? `unknown option '${arg}'.` : `${path}: unknown option '${arg}'`,
        'MY-000068',
        flavour === 'mysql' ? 1 : 7,
      );
  }
  if (sys.uid === 0 && !exec.argv.some((arg) => arg.startsWith('--user')))
    return fail('Please read "Security" section of the manual to find out how to run mysqld as root!', 'MY-010123');
  if (fresh) {
    saveCluster(sys, folder, undefined, newCluster());
    sys.fs.writeFile(`${folder}/ibdata1`, '', { mode: 0o640 });
    sys.fs.declareSize(`${folder}/ibdata1`, 12_582_912);
    return { exit: 0 };
  }
  if (flavour === 'mysql') log(sys, flavour, `${path} (mysqld ${version}) starting as process ${sys.pid}`, 'MY-010116');
  else log(sys, flavour, `Starting MariaDB ${version} server as process ${sys.pid}`);
  const cluster = loadCluster(sys, folder);
  if (!cluster)
    return fail(
      flavour === 'mysql' ? 'Failed to initialize DD Storage Engine' : `Could not open mysql.plugin table`,
      'MY-010334',
    );
  const listener = sys.net.listen(network ? '0.0.0.0' : '127.0.0.1', port);
  if (isErrno(listener)) return fail(`Can't start server: Bind on TCP/IP port: ${strerror(listener)}`, 'MY-010262');
  const denied = sys.fs.writeFile(socketPath, '', { mode: 0o777 });
  if (denied) return fail(`Can't start server : Bind on unix socket: ${strerror(denied)}`, 'MY-010267');
  const shown = network ? port : 0;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (flavour === 'mysql') {
    const words = `${path}: ready for connections. Version: '${version}'  socket: '${socketPath}'  port: ${shown}`;
    log(sys, flavour, `${words}  MySQL Community Server - GPL.`, 'MY-010931');
  } else {
    if (network) log(sys, flavour, `Server socket created on IP: '0.0.0.0', port: '${port}'.`);
    log(sys, flavour, `${name}: ready for connections.`);
    const words = `Version: '${version}'  socket: '/run/mysqld/mysqld.sock'  port: ${shown}`;
    sys.write(2, encodeUtf8(`${words}  mariadb.org binary distribution\n`));
  }
  for (const signal of ['SIGTERM', 'SIGQUIT'] as const) sys.onSignal(signal, 'catch');
  sys.onSignal('SIGPIPE', 'ignore');
  sys.onSignal('SIGINT', 'ignore');
  if (network) tell(sys, name, 'server-ready', { program: name, port, workers: 0 });
  return wait({
    served: { listener, clients: [], cluster, version: 0, connections: 7 },
    folder,
    flavour,
    version,
    path,
  });
}

function wait(state: State): Next<State> {
  return { state, wait: waitFor(state.served) };
}

function step(state: State, wake: Wake, sys: Sys): Next<State> {
  const { flavour, version, path } = state;
  if (wake.on === 'signal') {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const why = `Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: ${version}).`;
    if (flavour === 'mysql') log(sys, flavour, why, 'MY-013172');
    else log(sys, flavour, `${name} (initiated by: unknown): Normal shutdown`);
    sys.fs.unlink(socketPath);
    const done = `${path}: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`;
    if (flavour === 'mysql') log(sys, flavour, done, 'MY-010910');
    else log(sys, flavour, `${name}: Shutdown complete`);
    return { exit: 0 };
  }
  for (let gone = sys.reap('any'); gone !== 'again' && !isErrno(gone); ) gone = sys.reap('any');
  const rules: Rules = {
    asked: { flavour, now: sys.now, version, settings: {} },
    admit,
    look: () => null,
    save: (before, after) => saveCluster(sys, state.folder, before, after),
    failed: () => undefined,
  };
  return wait({ ...state, served: serveClients(sys, state.served, rules) });
}

function admit(hello: Hello, remote: string, cluster: Cluster): Session | Failure {
  const error = (number: number, code: string, message: string): Failure => ({
    severity: 'ERROR',
    state: code,
    number,
    message,
  });
  const address = remote.split(':')[0] ?? '';
  const host = hello.socket || address.startsWith('127.') ? 'localhost' : address;
  const role = Object.hasOwn(cluster.roles, hello.user) ? cluster.roles[hello.user] : undefined;
  const used = hello.password === null || hello.password === '' ? 'NO' : 'YES';
  if (!role || (role.password ?? '') !== (hello.password ?? ''))
    return error(1045, '28000', `Access denied for user '${hello.user}'@'${host}' (using password: ${used})`);
  const { database } = hello;
  const may = role.options.includes('*') || role.options.includes(database) || database === 'information_schema';
  if (database !== '' && !may)
    return error(1044, '42000', `Access denied for user '${hello.user}'@'${role.host}' to database '${database}'`);
  if (database !== '' && !Object.hasOwn(cluster.databases, database))
    return error(1049, '42000', `Unknown database '${database}'`);
  return { user: hello.user, host, database: database === '' ? null : database, before: null, failed: false };
}
