import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import type { Command, Settings } from './context.ts';
import { changes, execute } from './execute.ts';
import { beginLog, loadLog, loadSnapshot, logPath, saveSnapshot } from './persistence.ts';
import { encodeCommand, encodeReply, parseCommand, type Reply } from './resp.ts';
import { readSettings, redisVersion } from './settings.ts';
import type { Databases } from './values.ts';

type Client = {
  readonly fd: number;
  readonly input: string;
  readonly output: string;
  readonly db: number;
  readonly authenticated: boolean;
  readonly closing: boolean;
};

type State = {
  readonly settings: Settings;
  readonly listener: number;
  readonly clients: readonly Client[];
  readonly databases: Databases;
  /** Something changed since the last snapshot. */
  readonly dirty: boolean;
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A line of Redis's log: `M` of the server, `C` before it is one. */
function log(sys: Sys, text: string, level: '*' | '#' = '*', role: 'M' | 'C' = 'M'): void {
  const iso = new Date(sys.now / 1000).toISOString();
  const date = `${iso.slice(8, 10)} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)} ${iso.slice(11, 23)}`;
  sys.write(1, encodeUtf8(`${sys.pid}:${role} ${date} ${level} ${text}\n`));
}

/** redis-server: databases in memory, with snapshots and an append-only file. */
export const redisServer: Program<State> = { start, step };

function start(exec: Exec, sys: Sys): Next<State> {
  const args = exec.argv.slice(1);
  const version = redisVersion(sys, exec.env);
  if (args[0] === '--version' || args[0] === '-v') {
    sys.write(1, `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
    return { exit: 0 };
  }
  const read = readSettings(sys, args, exec.env);
  if ('fatal' in read && read.early) {
    log(sys, read.fatal, '#', 'C');
    return { exit: 1 };
  }
  overcommit(sys);
  log(sys, 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo', '*', 'C');
  log(sys, `Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${sys.pid}, just started`, '*', 'C');
  if (args.length > 0) log(sys, 'Configuration loaded', '*', 'C');
  else {
    const path = exec.argv[0] ?? 'redis-server';
    const hint = `In order to specify a config file use ${path} /path/to/redis.conf`;
    log(sys, `Warning: no config file specified, using the default config. ${hint}`, '#', 'C');
  }
  log(sys, 'monotonic clock: POSIX clock_gettime');
  if ('fatal' in read) {
    for (const line of read.fatal.split('\n')) log(sys, line, '#');
    if (!read.fatal.startsWith('drydock')) {
      log(sys, 'Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting', '#');
    }
    return { exit: 1 };
  }
  const { settings } = read;
  const listener = sys.net.listen('0.0.0.0', settings.port);
  if (isErrno(listener)) {
    log(
      sys,
      `Warning: Could not create server TCP listening socket *:${settings.port}: bind: ${strerror(listener)}`,
      '#',
    );
    log(sys, `Failed listening on port ${settings.port} (tcp), aborting.`, '#');
    return { exit: 1 };
  }
  log(sys, `Running mode=standalone, port=${settings.port}.`);
  log(sys, 'Server initialized');
  const databases = load(sys, settings);
  log(sys, 'Ready to accept connections tcp');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) sys.onSignal(signal, 'catch');
  sys.onSignal('SIGPIPE', 'ignore');
  sys.onSignal('SIGHUP', 'ignore');
  sys.setTitle(`redis-server *:${settings.port}`);
  tell(sys, 'redis-server', 'server-ready', { program: 'redis-server', port: settings.port, workers: 0 });
  return wait({ settings, listener, clients: [], databases, dirty: false });
}

function overcommit(sys: Sys): void {
  const read = sys.fs.readFile('/proc/sys/vm/overcommit_memory');
  if (isErrno(read) || read.bytes.trim() !== '0') return;
  log(
    sys,
    "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
    '#',
    'C',
  );
}

function load(sys: Sys, settings: Settings): Databases {
  if (settings.appendonly) {
    const commands = loadLog(sys, settings);
    if (commands) {
      const command = commandOf(sys, settings, {}, { db: 0, authenticated: true }, 0);
      for (const [name = '', ...args] of commands) execute(name, Object.assign(command, { args }));
      log(sys, 'DB loaded from append only file: 0.000 seconds');
      return command.databases;
    }
    beginLog(sys, settings);
    log(sys, 'Creating AOF base file appendonly.aof.1.base.rdb on server start');
    log(sys, 'Creating AOF incr file appendonly.aof.1.incr.aof on server start');
    return {};
  }
  const databases = loadSnapshot(sys, settings);
  if (!databases) return {};
  const keys = Object.values(databases).reduce((sum, each) => sum + Object.keys(each).length, 0);
  log(sys, `Loading RDB produced by version ${settings.version}`);
  log(sys, `Done loading RDB, keys loaded: ${keys}, keys expired: 0.`);
  log(sys, 'DB loaded from disk: 0.000 seconds');
  return databases;
}

function commandOf(
  sys: Sys,
  settings: Settings,
  databases: Databases,
  { db, authenticated }: { readonly db: number; readonly authenticated: boolean },
  clients: number,
): Command & { args: readonly string[] } {
  const now = Math.floor(sys.now / 1000);
  return { sys, settings, args: [], now, clients, databases, db, authenticated, after: 'nothing' };
}

function step(from: State, wake: Wake, sys: Sys): Next<State> {
  if (wake.on === 'signal' && (wake.signal === 'SIGTERM' || wake.signal === 'SIGINT')) {
    const seconds = Math.floor(sys.now / 1e6);
    sys.write(1, `${sys.pid}:signal-handler (${seconds}) Received ${wake.signal} scheduling shutdown...\n`);
    return finish(sys, from, from.settings.save !== '');
  }
  let state = from;
  const clients = [...from.clients];
  for (
    let taken = sys.net.accept(from.listener);
    taken !== 'again' && !isErrno(taken);
    taken = sys.net.accept(from.listener)
  ) {
    clients.push({ fd: taken.fd, input: '', output: '', db: 0, authenticated: false, closing: false });
  }
  const left: Client[] = [];
  for (const client of clients) {
    const result = serve(sys, { ...state, clients }, client);
    if ('ended' in result) return finish(sys, result.ended, result.save);
    state = result.state;
    if (result.client) left.push(result.client);
  }
  return wait({ ...state, clients: left });
}

function wait(state: State): Next<State> {
  const readable = [state.listener, ...state.clients.map(({ fd }) => fd)];
  return {
    state,
    wait: { readable, writable: state.clients.filter(({ output }) => output !== '').map(({ fd }) => fd) },
  };
}

type Served =
  | { readonly state: State; readonly client: Client | undefined }
  | { readonly ended: State; readonly save: boolean };

function serve(sys: Sys, from: State, before: Client): Served {
  let state = from;
  let client = before;
  for (;;) {
    const parsed = parseCommand(client.input);
    if (parsed) {
      client = { ...client, input: parsed.rest };
      const [name = '', ...args] = parsed.words;
      if (name === '') continue;
      const command = Object.assign(commandOf(sys, state.settings, state.databases, client, state.clients.length), {
        args,
      });
      const reply = execute(name, command);
      sys.spend(20);
      if (command.after.startsWith('shutdown')) {
        const save = command.after === 'shutdown' && state.settings.save !== '';
        return { ended: { ...state, databases: command.databases }, save };
      }
      state = record(sys, state, command, name, reply);
      const { db, authenticated } = command;
      client = {
        ...client,
        db,
        authenticated,
        output: client.output + encodeReply(reply),
        closing: command.after === 'close',
      };
      continue;
    }
    const got = sys.read(client.fd, 16384);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      client = { ...client, closing: true };
      break;
    }
    client = { ...client, input: client.input + got.bytes };
  }
  while (client.output !== '') {
    const taken = sys.write(client.fd, client.output);
    if (taken === 'again') return { state, client };
    client = isErrno(taken)
      ? { ...client, output: '', closing: true }
      : { ...client, output: client.output.slice(taken) };
  }
  if (!client.closing) return { state, client };
  sys.close(client.fd);
  return { state, client: undefined };
}

/** What a command leaves behind: changed data, a line in the append-only file, a snapshot. */
function record(sys: Sys, state: State, command: Command, name: string, reply: Reply): State {
  const { settings } = state;
  const { databases, args, after } = command;
  const changed = databases !== state.databases;
  if (changed && settings.appendonly && changes(name) && !('error' in reply)) {
    const select = command.db === 0 ? '' : encodeCommand(['SELECT', String(command.db)]);
    const back = command.db === 0 ? '' : encodeCommand(['SELECT', '0']);
    sys.fs.writeFile(logPath(settings), `${select}${encodeCommand([name, ...args])}${back}`, { append: true });
  }
  if (after === 'bgsave') log(sys, `Background saving started by pid ${sys.pid + 1}`);
  if (after === 'save' || after === 'bgsave') {
    const saved = saveSnapshot(sys, settings, databases);
    log(
      sys,
      saved ? 'DB saved on disk' : `Failed opening the temp RDB file for saving: Permission denied`,
      saved ? '*' : '#',
    );
    if (after === 'bgsave' && saved) log(sys, 'Background saving terminated with success');
    return { ...state, databases, dirty: !saved };
  }
  return { ...state, databases, dirty: state.dirty || changed };
}

function finish(sys: Sys, state: State, save: boolean): { readonly exit: number } {
  log(sys, 'User requested shutdown...');
  if (state.settings.appendonly) log(sys, 'Calling fsync() on the AOF file.');
  if (save) {
    log(sys, 'Saving the final RDB snapshot before exiting.');
    if (saveSnapshot(sys, state.settings, state.databases)) log(sys, 'DB saved on disk');
    else log(sys, 'Error trying to save the DB, but I am exiting anyway.', '#');
  }
  log(sys, 'Redis is now ready to exit, bye bye...', '#');
  return { exit: 0 };
}
