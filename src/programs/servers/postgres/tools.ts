import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Program } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Io, StartIo } from '../../makers/io.ts';
import { socketPath } from './server.ts';

/** pg_isready: does a server answer there? 0 yes, 2 no. */
export const pgIsReady: Program = buffered<null>(
  { name: 'pg_isready', flavour: 'coreutils' },
  { start: ready, step: () => ({ exit: 3 }) },
) as unknown as Program;

function ready(io: StartIo): Next<null> {
  let host = io.env.PGHOST ?? '';
  let port = Number(io.env.PGPORT ?? 5432);
  let quiet = false;
  const { args } = io;
  for (let i = 0; i < args.length; i++) {
    const [name = '', given] = (args[i] ?? '').startsWith('--')
      ? (args[i] ?? '').split(/=(.*)/s)
      : [(args[i] ?? '').slice(0, 2), (args[i] ?? '').slice(2)];
    const value = () => (given === undefined || given === '' ? (args[++i] ?? '') : given);
    if (name === '-h' || name === '--host') host = value();
    else if (name === '-p' || name === '--port') port = Number(value());
    else if (name === '-q' || name === '--quiet') quiet = true;
    else if (/^(?:-U|-d|-t|--username|--dbname|--timeout)$/.test(name)) value();
    else {
      io.err(
        encodeUtf8(
          `pg_isready: invalid option -- '${name.replace(/^-+/, '')}'\npg_isready: hint: Try "pg_isready --help" for more information.\n`,
        ),
      );
      return { exit: 3 };
    }
  }
  const socket = host === '' || host.startsWith('/');
  const folder = host === '' ? '/var/run/postgresql' : host;
  const there = socket ? !isErrno(io.sys.fs.stat(host === '' ? socketPath(port) : `${host}/.s.PGSQL.${port}`)) : true;
  const address = socket ? '127.0.0.1' : io.sys.net.resolve(host)[0];
  const fd = there && address !== undefined ? io.sys.net.connect(address, port) : undefined;
  const up = typeof fd === 'number';
  if (typeof fd === 'number') io.sys.close(fd);
  if (!quiet)
    io.out(encodeUtf8(`${socket ? folder : host}:${port} - ${up ? 'accepting connections' : 'no response'}\n`));
  return { exit: up ? 0 : 2 };
}

type Waiting = { readonly folder: string; readonly what: 'start' | 'stop'; readonly ticks: number };

/** pg_ctl: starts or stops the server of a data directory and waits for it. */
export const pgCtl: Program = buffered<Waiting>(
  { name: 'pg_ctl', flavour: 'coreutils' },
  { start: control, step: (state, _wake, io) => look(state, io) },
) as unknown as Program;

const tenth = 100_000;

function control(io: StartIo): Next<Waiting> {
  let folder = io.env.PGDATA ?? '';
  let mode = 'fast';
  let what = '';
  let options: readonly string[] = [];
  const { args } = io;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-D') folder = args[++i] ?? '';
    else if (arg === '-m') mode = args[++i] ?? '';
    else if (arg === '-o') options = words(args[++i] ?? '');
    else if (arg === '-w' || arg === '-s') continue;
    else if (/^(?:start|stop|status)$/.test(arg)) what = arg;
    else {
      io.err(encodeUtf8(`drydock: pg_ctl ${arg} is not simulated\n`));
      return { exit: 1 };
    }
  }
  const read = io.sys.fs.readFile(`${folder}/postmaster.pid`);
  const pid = isErrno(read) ? undefined : Number(read.bytes.split('\n')[0]);
  if (what === 'status') {
    io.out(encodeUtf8(pid === undefined ? 'pg_ctl: no server running\n' : `pg_ctl: server is running (PID: ${pid})\n`));
    return { exit: pid === undefined ? 3 : 0 };
  }
  if (what === 'stop') {
    if (pid === undefined) {
      io.err(encodeUtf8(`pg_ctl: PID file "${folder}/postmaster.pid" does not exist\nIs server running?\n`));
      return { exit: 1 };
    }
    io.sys.kill(pid, mode === 'smart' ? 'SIGTERM' : mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
    io.out('waiting for server to shut down...');
    return { state: { folder, what, ticks: 0 }, wait: { until: io.sys.now + tenth / 10 } };
  }
  if (what !== 'start') {
    io.err('pg_ctl: no operation specified\nTry "pg_ctl --help" for more information.\n');
    return { exit: 1 };
  }
  const path = (io.env.PATH ?? '')
    .split(':')
    .map((each) => `${each}/postgres`)
    .find((each) => !isErrno(io.sys.fs.stat(each)));
  const argv = ['postgres', '-D', folder, ...options];
  const child = path === undefined ? undefined : io.sys.spawn({ path, argv, env: io.env }, { pgid: 0 });
  if (child === undefined || isErrno(child)) {
    io.err(
      encodeUtf8(`pg_ctl: could not start server: ${child === undefined ? 'no postgres in PATH' : strerror(child)}\n`),
    );
    return { exit: 1 };
  }
  io.out('waiting for server to start...');
  return { state: { folder, what, ticks: 0 }, wait: { until: io.sys.now + tenth / 10 } };
}

/** The words of an option that was quoted for a shell. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)]
    .map(([, quoted, plain = '']) => quoted ?? plain.replace(/\\(.)/g, '$1'))
    .filter((word) => word !== '');
}

function look({ folder, what, ticks }: Waiting, io: Io): Next<Waiting> {
  const up = !isErrno(io.sys.fs.stat(`${folder}/postmaster.pid`));
  if (up === (what === 'start')) {
    io.out(what === 'start' ? ' done\nserver started\n' : ' done\nserver stopped\n');
    return { exit: 0 };
  }
  const gone = what === 'start' ? io.sys.reap('any') : 'again';
  if (gone !== 'again' && !isErrno(gone)) {
    io.out(' stopped waiting\n');
    io.err('pg_ctl: could not start server\nExamine the log output.\n');
    return { exit: 1 };
  }
  if (ticks % 10 === 0) io.out('.');
  return { state: { folder, what, ticks: ticks + 1 }, wait: { until: io.sys.now + tenth } };
}
