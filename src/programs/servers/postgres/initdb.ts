import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io, StartIo } from '../../makers/io.ts';
import { newCluster, saveCluster } from './data.ts';
import { postgresVersion } from './version.ts';

type State = {
  readonly folder: string;
  readonly user: string;
  readonly password: string | null;
  readonly method: string;
  readonly major: number;
  readonly step: number;
};

/** initdb: makes a data directory. */
export const initdb: Program = buffered<State>(
  { name: 'initdb', flavour: 'coreutils' },
  { start, step: (state, _wake, io) => go(state, io) },
) as unknown as Program;

const folders =
  'global base pg_commit_ts pg_dynshmem pg_logical pg_multixact pg_notify pg_replslot pg_serial pg_snapshots pg_stat pg_stat_tmp pg_subtrans pg_tblspc pg_twophase pg_wal pg_xact base/1 base/4 base/5';

function start(io: StartIo): Next<State> {
  let folder = io.env.PGDATA ?? '';
  let user = '';
  let file = '';
  let method = 'trust';
  const { args } = io;
  for (let i = 0; i < args.length; i++) {
    const [name = '', attached] = (args[i] ?? '').split(/=(.*)/s);
    const value = () => attached ?? args[++i] ?? '';
    if (name === '-D' || name === '--pgdata') folder = value();
    else if (name === '-U' || name === '--username') user = value();
    else if (name === '--pwfile') file = value();
    else if (name === '-A' || name === '--auth' || name === '--auth-host') method = value();
    else if (/^(?:-E|--encoding|--locale|--auth-local|--lc-\w+|--locale-provider)$/.test(name)) value();
    else if (/^(?:-k|--data-checksums|--no-data-checksums|-N|--no-sync)$/.test(name)) continue;
    else if (!name.startsWith('-')) folder = name;
    else {
      io.err(
        encodeUtf8(
          `initdb: unrecognized option '${args[i] ?? ''}'\ninitdb: hint: Try "initdb --help" for more information.\n`,
        ),
      );
      return { exit: 1 };
    }
  }
  if (folder === '') {
    io.err(
      'initdb: error: no data directory specified\ninitdb: hint: You must identify the directory where the data for this database system will reside.  Do this with either the invocation option -D or the environment variable PGDATA.\n',
    );
    return { exit: 1 };
  }
  if (io.sys.uid === 0) {
    io.err(
      'initdb: error: cannot be run as root\ninitdb: hint: Please log in (using, e.g., "su") as the (unprivileged) user that will own the server process.\n',
    );
    return { exit: 1 };
  }
  const read = file === '' ? undefined : io.sys.fs.readFile(file);
  if (read && isErrno(read)) {
    io.err(encodeUtf8(`initdb: error: could not open file "${file}" for reading: ${strerror(read)}\n`));
    return { exit: 1 };
  }
  const password = read ? (decodeUtf8(read.bytes).split('\n')[0] ?? '') : '';
  const me = userName(io);
  const { major } = postgresVersion(io.sys, io.env);
  const locale = io.env.LC_ALL ?? io.env.LANG ?? 'C';
  io.out(
    encodeUtf8(
      `The files belonging to this database system will be owned by user "${me}".\nThis user must also own the server process.\n\nThe database cluster will be initialized with locale "${locale}".\n${/utf-?8/i.test(locale) ? 'The default database encoding has accordingly been set to "UTF8".\n' : ''}The default text search configuration will be set to "english".\n\nData page checksums are ${major >= 18 ? 'enabled' : 'disabled'}.\n\n`,
    ),
  );
  const there = io.sys.fs.list(folder);
  if (!isErrno(there) && there.length > 0) {
    io.err(
      encodeUtf8(
        `initdb: error: directory "${folder}" exists but is not empty\ninitdb: hint: If you want to create a new database system, either remove or empty the directory "${folder}" or run initdb with an argument other than "${folder}".\n`,
      ),
    );
    return { exit: 1 };
  }
  const verb = isErrno(there) ? 'creating directory' : 'fixing permissions on existing directory';
  const denied = isErrno(there) ? io.sys.fs.mkdir(folder, 0o700) : io.sys.fs.chmod(folder, 0o700);
  if (denied) {
    io.out(encodeUtf8(`${verb} ${folder} ... `));
    io.err(
      encodeUtf8(
        `initdb: error: could not ${isErrno(there) ? 'create' : 'change permissions of'} directory "${folder}": ${strerror(denied)}\n`,
      ),
    );
    return { exit: 1 };
  }
  io.out(encodeUtf8(`${verb} ${folder} ... ok\n`));
  return go(
    { folder, user: user === '' ? me : user, password: password === '' ? null : password, method, major, step: 0 },
    io,
  );
}

function userName({ sys, env }: StartIo): string {
  const read = sys.fs.readFile('/etc/passwd');
  const rows = isErrno(read)
    ? []
    : decodeUtf8(read.bytes)
        .split('\n')
        .map((line) => line.split(':'));
  return rows.find((row) => row[2] === String(sys.uid))?.[0] ?? env.USER ?? String(sys.uid);
}

/** The steps, and how long each takes. */
function go(state: State, io: Io): Next<State> {
  const { folder, major } = state;
  const put = (name: string, text: string) =>
    io.sys.fs.writeFile(`${folder}/${name}`, encodeUtf8(text), { mode: 0o600 });
  const setting = (name: string) => (major >= 17 ? `"${name}"` : name);
  const steps: readonly (readonly [text: string, milliseconds: number])[] = [
    [
      `creating subdirectories ... ok\nselecting dynamic shared memory implementation ... posix\nselecting default ${setting('max_connections')} ... 100\nselecting default ${setting('shared_buffers')} ... 128MB\nselecting default time zone ... Etc/UTC\ncreating configuration files ... ok\n`,
      200,
    ],
    ['running bootstrap script ... ok\n', 300],
    ['performing post-bootstrap initialization ... ok\n', 250],
    [
      `syncing data to disk ... ok\n\n\nSuccess. You can now start the database server using:\n\n    pg_ctl -D ${folder} -l logfile start\n\n`,
      0,
    ],
  ];
  const [text, time] = steps[state.step] ?? ['', 0];
  if (state.step === 0) {
    for (const name of folders.split(' ')) io.sys.fs.mkdir(`${folder}/${name}`, 0o700);
    put('PG_VERSION', `${major}\n`);
    put(
      'postgresql.conf',
      "listen_addresses = '*'\nmax_connections = 100\nshared_buffers = 128MB\nlog_timezone = 'Etc/UTC'\ntimezone = 'Etc/UTC'\n",
    );
    put(
      'postgresql.auto.conf',
      '# Do not edit this file manually!\n# It will be overwritten by the ALTER SYSTEM command.\n',
    );
    put('pg_ident.conf', '# MAPNAME  SYSTEM-USERNAME  DATABASE-USERNAME\n');
    put(
      'pg_hba.conf',
      `# TYPE  DATABASE  USER  ADDRESS  METHOD\nlocal all all ${state.method}\nhost all all 127.0.0.1/32 ${state.method}\nhost all all ::1/128 ${state.method}\n`,
    );
  }
  io.out(encodeUtf8(text));
  if (state.step < steps.length - 1)
    return { state: { ...state, step: state.step + 1 }, wait: { until: io.sys.now + time * 1000 } };
  saveCluster(io.sys, folder, undefined, newCluster(state.user, state.password));
  put('global/pg_control', `shut down ${io.sys.now}`);
  if (state.method === 'trust') {
    io.err(
      'initdb: warning: enabling "trust" authentication for local connections\ninitdb: hint: You can change this by editing pg_hba.conf or using the option -A, or --auth-local and --auth-host, the next time you run initdb.\n',
    );
  }
  return { exit: 0 };
}
