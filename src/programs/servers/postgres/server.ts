import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { Cluster, Session } from '../sql/database.ts';
import type { Failure } from '../sql/errors.ts';
import { type Hello, type Rules, type Served, serveClients, waitFor } from '../sql/serve.ts';
import { timestampOf } from '../sql/times.ts';
import { loadCluster, saveCluster } from './data.ts';
import { lookAt } from './look.ts';
import { longVersion, postgresVersion } from './version.ts';

type Main = {
  readonly served: Served;
  readonly folder: string;
  readonly port: number;
  readonly version: string;
  readonly number: string;
  readonly helpers: readonly number[];
  /** Told to end when the last client has gone. */
  readonly smart: boolean;
};

/** The server itself, or one of its processes that only exist. */
type State = Main | { readonly helper: string };

/** postgres: the server. */
export const postgresServer: Program<State> = { start, step };

export function logLine(sys: Sys, pid: number, text: string, level = 'LOG'): void {
  const iso = new Date(sys.now / 1000).toISOString();
  sys.write(2, encodeUtf8(`${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC [${pid}] ${level}:  ${text}\n`));
}

/** Where the server's socket file is; clients in the same file system find the server by it. */
export function socketPath(port: number): string {
  return `/var/run/postgresql/.s.PGSQL.${port}`;
}

function start(exec: Exec, sys: Sys): Next<State> {
  const version = postgresVersion(sys, exec.env);
  let folder = exec.env.PGDATA ?? '';
  let port = Number(exec.env.PGPORT ?? 5432);
  let listen = '*';
  const { argv } = exec;
  for (let i = 1; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (arg === '--version' || arg === '-V') {
      sys.write(1, `postgres (PostgreSQL) ${version.full}\n`);
      return { exit: 0 };
    }
    const long = /^--([a-z_]+)=(.*)$/s.exec(arg);
    const option = long ? [long[1], long[2]] : arg === '-c' ? (argv[++i] ?? '').split(/=(.*)/s) : undefined;
    if (option) {
      const [name = '', value = ''] = option;
      if (name === 'listen_addresses') listen = value.replace(/^'(.*)'$/, '$1');
      else if (name === 'port') port = Number(value);
      else if (
        !/^(?:max_connections|shared_buffers|log_\w+|work_mem|timezone|max_wal_size|effective_cache_size|wal_level|fsync|password_encryption)$/.test(
          name,
        )
      ) {
        logLine(sys, sys.pid, `drydock: the setting "${name}" is not simulated`, 'FATAL');
        return { exit: 1 };
      }
    } else if (arg === '-D') folder = argv[++i] ?? '';
    else if (arg === '-p') port = Number(argv[++i] ?? '');
    else if (arg === '-C') {
      sys.write(1, argv[i + 1] === 'password_encryption' ? 'scram-sha-256\n' : '\n');
      return { exit: 0 };
    } else {
      sys.write(2, encodeUtf8(`postgres: invalid argument: "${arg}"\nTry "postgres --help" for more information.\n`));
      return { exit: 1 };
    }
  }
  if (sys.uid === 0) {
    sys.write(
      2,
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
    );
    return { exit: 1 };
  }
  if (isErrno(sys.fs.stat(`${folder}/postgresql.conf`))) {
    const conf = `${folder}/postgresql.conf`;
    sys.write(
      2,
      encodeUtf8(`postgres: could not access the server configuration file "${conf}": No such file or directory\n`),
    );
    return { exit: 2 };
  }
  const kept = sys.fs.readFile(`${folder}/PG_VERSION`);
  const made = isErrno(kept) ? '' : kept.bytes.trim();
  if (made !== String(version.major)) {
    logLine(sys, sys.pid, 'database files are incompatible with server', 'FATAL');
    logLine(
      sys,
      sys.pid,
      `The data directory was initialized by PostgreSQL version ${made}, which is not compatible with this version ${version.full}.`,
      'DETAIL',
    );
    return { exit: 1 };
  }
  logLine(sys, sys.pid, `starting ${longVersion(sys, exec.env)}`);
  const listener = sys.net.listen(listen === '' ? '127.0.0.1' : '0.0.0.0', port);
  if (isErrno(listener)) {
    logLine(sys, sys.pid, `could not bind IPv4 address "0.0.0.0": ${strerror(listener)}`);
    logLine(
      sys,
      sys.pid,
      `Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.`,
      'HINT',
    );
    logLine(sys, sys.pid, 'could not create any TCP/IP sockets', 'FATAL');
    return { exit: 1 };
  }
  if (listen !== '') {
    logLine(sys, sys.pid, `listening on IPv4 address "0.0.0.0", port ${port}`);
    logLine(sys, sys.pid, `listening on IPv6 address "::", port ${port}`);
  }
  logLine(sys, sys.pid, `listening on Unix socket "${socketPath(port)}"`);
  const cluster = loadCluster(sys, folder);
  if (isErrno(cluster)) {
    logLine(sys, sys.pid, `could not open the data in "${folder}": ${strerror(cluster)}`, 'FATAL');
    return { exit: 1 };
  }
  sys.fs.writeFile(socketPath(port), '', { mode: 0o777 });
  const helpers = fork(sys, version.major);
  recover(sys, folder, (helpers.at(-1) ?? sys.pid) + 1);
  sys.fs.writeFile(`${folder}/global/pg_control`, `in production ${sys.now}`);
  sys.fs.writeFile(
    `${folder}/postmaster.pid`,
    encodeUtf8(
      `${sys.pid}\n${folder}\n${Math.floor(sys.now / 1e6)}\n${port}\n/var/run/postgresql\n${listen}\n\nready   \n`,
    ),
    { mode: 0o600 },
  );
  logLine(sys, sys.pid, 'database system is ready to accept connections');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const) sys.onSignal(signal, 'catch');
  sys.onSignal('SIGPIPE', 'ignore');
  if (listen !== '') tell(sys, 'postgres', 'server-ready', { program: 'postgres', port, workers: helpers.length });
  const served: Served = { listener, clients: [], cluster, version: 0, connections: 0 };
  return wait({
    served,
    folder,
    port,
    version: longVersion(sys, exec.env),
    number: version.number,
    helpers,
    smart: false,
  });
}

/** What the log says of how the last run ended. */
function recover(sys: Sys, folder: string, pid: number): void {
  const read = sys.fs.readFile(`${folder}/global/pg_control`);
  const [, how = '', at = '0'] = /^(.*) (\d+)$/.exec(isErrno(read) ? '' : read.bytes) ?? [];
  const time = `${timestampOf(Number(at), 0)} UTC`;
  if (how !== 'in production') {
    logLine(sys, pid, `database system was shut down at ${time}`);
    return;
  }
  logLine(sys, pid, `database system was interrupted; last known up at ${time}`);
  logLine(sys, pid, 'database system was not properly shut down; automatic recovery in progress');
}

function fork(sys: Sys, major: number): readonly number[] {
  const workers = major >= 18 ? ['io worker 0', 'io worker 1', 'io worker 2'] : [];
  const names = [
    ...workers,
    'checkpointer',
    'background writer',
    'walwriter',
    'autovacuum launcher',
    'logical replication launcher',
  ];
  return names.flatMap((name) => {
    const pid = sys.fork({ helper: name });
    return isErrno(pid) ? [] : [pid];
  });
}

function wait(state: Main): Next<State> {
  return { state, wait: waitFor(state.served) };
}

function step(state: State, wake: Wake, sys: Sys): Next<State> {
  if ('helper' in state) {
    if (wake.on === 'forked') {
      sys.setTitle(`postgres: ${state.helper} `);
      for (const fd of sys.fds()) if (fd > 2) sys.close(fd);
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGHUP'] as const) sys.onSignal(signal, 'ignore');
    }
    return { state, wait: {} };
  }
  for (let gone = sys.reap('any'); gone !== 'again' && !isErrno(gone); ) gone = sys.reap('any');
  let next = state;
  if (wake.on === 'signal') {
    if (wake.signal === 'SIGHUP') logLine(sys, sys.pid, 'received SIGHUP, reloading configuration files');
    else if (wake.signal === 'SIGQUIT') {
      logLine(sys, sys.pid, 'received immediate shutdown request');
      return end(sys, state, false);
    } else if (wake.signal === 'SIGINT') {
      logLine(sys, sys.pid, 'received fast shutdown request');
      logLine(sys, sys.pid, 'aborting any active transactions');
      return end(sys, state, true);
    } else {
      logLine(sys, sys.pid, 'received smart shutdown request');
      next = { ...state, smart: true };
    }
  }
  const served = serveClients(sys, next.served, rulesOf(sys, next));
  next = { ...next, served };
  return next.smart && served.clients.length === 0 ? end(sys, next, true) : wait(next);
}

function end(sys: Sys, state: Main, clean: boolean): Next<State> {
  const launcher = state.helpers.at(-1) ?? 0;
  if (clean)
    logLine(sys, sys.pid, `background worker "logical replication launcher" (PID ${launcher}) exited with exit code 1`);
  for (const pid of state.helpers) sys.kill(pid, 'SIGKILL');
  sys.fs.unlink(socketPath(state.port));
  sys.fs.unlink(`${state.folder}/postmaster.pid`);
  if (clean) {
    const checkpointer = state.helpers.at(-5) ?? sys.pid;
    logLine(sys, checkpointer, 'shutting down');
    sys.fs.writeFile(`${state.folder}/global/pg_control`, `shut down ${sys.now}`);
  }
  logLine(sys, sys.pid, 'database system is shut down');
  return { exit: 0 };
}

function rulesOf(sys: Sys, state: Main): Rules {
  const settings = {
    server_version: state.number,
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    timezone: 'Etc/UTC',
    port: String(state.port),
    data_directory: state.folder,
    max_connections: '100',
    search_path: '"$user", public',
  };
  const first = (state.helpers.at(-1) ?? sys.pid) + 1;
  return {
    asked: { flavour: 'postgres', now: sys.now, version: state.version, settings },
    admit: (hello, remote, cluster) => admit(sys, state, hello, remote, cluster),
    look: (what: Json, cluster: Cluster, session: Session) => lookAt(what, cluster, session),
    save: (before, after) => saveCluster(sys, state.folder, before, after),
    failed: (failure, text, client) => {
      const pid = first + client.number;
      const place = failure.at === undefined ? '' : ` at character ${failure.at + 1}`;
      logLine(sys, pid, `${failure.message}${place}`, failure.severity);
      if (failure.detail !== undefined) logLine(sys, pid, failure.detail, 'DETAIL');
      if (failure.hint !== undefined) logLine(sys, pid, failure.hint, 'HINT');
      if (text !== '') logLine(sys, pid, text.replaceAll('\n', '\n\t'), 'STATEMENT');
    },
  };
}

function admit(sys: Sys, state: Main, hello: Hello, remote: string, cluster: Cluster): Session | Failure {
  const fatal = (code: string, message: string): Failure => ({ severity: 'FATAL', state: code, number: 0, message });
  const role = Object.hasOwn(cluster.roles, hello.user) ? cluster.roles[hello.user] : undefined;
  const method = methodFor(sys, state.folder, hello.socket, remote);
  if (method === undefined || method === 'reject')
    return fatal(
      '28000',
      `no pg_hba.conf entry for host "${remote.split(':')[0] ?? ''}", user "${hello.user}", database "${hello.database}", no encryption`,
    );
  if (method !== 'trust') {
    if (hello.password === null) return fatal('needs-password', 'fe_sendauth: no password supplied');
    if (!role || role.password === null || role.password !== hello.password)
      return fatal('28P01', `password authentication failed for user "${hello.user}"`);
  }
  if (!role) return fatal('28000', `role "${hello.user}" does not exist`);
  if (!role.options.includes('login') && !role.options.includes('superuser'))
    return fatal('28000', `role "${hello.user}" is not permitted to log in`);
  if (!Object.hasOwn(cluster.databases, hello.database))
    return fatal('3D000', `database "${hello.database}" does not exist`);
  if (hello.database === 'template0')
    return fatal('55000', 'database "template0" is not currently accepting connections');
  return { user: hello.user, host: '', database: hello.database, before: null, failed: false };
}

/** How pg_hba.conf wants a client to prove who it is. */
function methodFor(sys: Sys, folder: string, socket: boolean, remote: string): string | undefined {
  const read = sys.fs.readFile(`${folder}/pg_hba.conf`);
  const lines = isErrno(read) ? [] : decodeUtf8(read.bytes).split('\n');
  const address = remote.split(':')[0] ?? '';
  for (const line of lines) {
    const [type, , , ...rest] = line.trim().split(/\s+/);
    if (type === 'local' && socket) return rest[0];
    const met =
      rest[0] === 'all' ||
      rest[0] === '0.0.0.0/0' ||
      (rest[0]?.startsWith('127.0.0.1') && address.startsWith('127.')) ||
      rest[0]?.split('/')[0] === address;
    if (type === 'host' && !socket && met) return rest[1];
  }
  return undefined;
}
