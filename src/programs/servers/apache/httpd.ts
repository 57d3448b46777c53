import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { type Connection, serve } from '../../network/server.ts';
import { logTime } from '../nginx/variables.ts';
import { answer } from './answer.ts';
import { type ApacheConfig, readApache } from './config.ts';

type State = {
  readonly role: 'parent' | 'child';
  readonly config: ApacheConfig;
  readonly version: string;
  readonly listeners: readonly number[];
  readonly children: readonly number[];
  readonly connections: readonly Connection[];
  readonly ending: boolean;
};

const serverRoot = '/usr/local/apache2';
/** StartServers of the event MPM. */
const startServers = 3;

/** Apache's httpd, as the image of this name runs it: a parent and three children that serve files. */
export const apacheProgram: Program<State> = { start, step };

function start(exec: Exec, sys: Sys): Next<State> {
  const version = exec.env.HTTPD_VERSION ?? '2.4.66';
  let file = `${serverRoot}/conf/httpd.conf`;
  let test = false;
  let foreground = false;
  const args = exec.argv.slice(1);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-v') {
      sys.write(1, `Server version: Apache/${version} (Unix)\n`);
      return { exit: 0 };
    }
    if (arg === '-t') test = true;
    else if (arg === '-DFOREGROUND') foreground = true;
    else if (arg === '-D') foreground = args[++i] === 'FOREGROUND' || foreground;
    else if (arg === '-f') file = args[++i] ?? file;
    else {
      sys.write(2, `drydock: httpd ${arg} is not simulated\n`);
      return { exit: 1 };
    }
  }
  const config = readApache(sys, serverRoot, file);
  if (typeof config === 'string') {
    sys.write(2, config);
    return { exit: 1 };
  }
  const unnamed = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${ownAddress(sys)}. Set the 'ServerName' directive globally to suppress this message\n`;
  if (config.name === null) sys.write(2, unnamed);
  if (test) {
    sys.write(2, 'Syntax OK\n');
    return { exit: 0 };
  }
  if (config.name === null) sys.write(2, unnamed);
  const listeners: number[] = [];
  for (const port of config.ports) {
    const fd = sys.net.listen('0.0.0.0', port);
    if (isErrno(fd)) {
      const why = fd.errno === 'EACCES' ? '(13)Permission denied' : '(98)Address already in use';
      sys.write(2, `${why}: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\n`);
      sys.write(2, 'no listening sockets available, shutting down\nAH00015: Unable to open logs\n');
      return { exit: 1 };
    }
    listeners.push(fd);
  }
  const state: State = { role: 'parent', config, version, listeners, children: [], connections: [], ending: false };
  if (foreground) return parent(sys, state);
  const child = sys.fork(state);
  return { exit: isErrno(child) ? 1 : 0 };
}

function ownAddress(sys: Sys): string {
  const found = sys.net.interfaces().find(({ kind, addresses }) => kind !== 'loopback' && addresses.length > 0);
  return found?.addresses[0]?.replace(/\/.*/, '') ?? '127.0.0.1';
}

/** `[Sun Nov 22 22:23:06.875123 2026] [MODULE:LEVEL] [pid 1:tid 1] TEXT`. */
function log(sys: Sys, module: string, text: string): void {
  const date = new Date(sys.now / 1000);
  const [, day = '', number = '', month = '', year = ''] = /^(\w+), (\d+) (\w+) (\d+)/.exec(date.toUTCString()) ?? [];
  const fraction = String(sys.now % 1_000_000).padStart(6, '0');
  const time = `${date.toISOString().slice(11, 19)}.${fraction}`;
  const stamp = `${day} ${month} ${number} ${time} ${year}`;
  sys.write(2, `[${stamp}] [${module}:notice] [pid ${sys.pid}:tid ${sys.pid}] ${text}\n`);
}

function parent(sys: Sys, state: State): Next<State> {
  for (const signal of ['SIGTERM', 'SIGWINCH', 'SIGCHLD', 'SIGHUP', 'SIGUSR1'] as const) sys.onSignal(signal, 'catch');
  log(sys, 'mpm_event', `AH00489: Apache/${state.version} (Unix) configured -- resuming normal operations`);
  log(sys, 'core', "AH00094: Command line: 'httpd -D FOREGROUND'");
  const children: number[] = [];
  for (let i = 0; i < startServers; i++) {
    const pid = sys.fork({ ...state, role: 'child' });
    if (!isErrno(pid)) children.push(pid);
  }
  tell(sys, 'httpd', 'server-ready', { program: 'httpd', port: state.config.ports[0] ?? 80, workers: children.length });
  return { state: { ...state, role: 'parent', children }, wait: {} };
}

function step(from: State, wake: Wake, sys: Sys): Next<State> {
  if (from.role === 'child') return child(from, wake, sys);
  if (wake.on === 'forked') {
    sys.setsid();
    return parent(sys, from);
  }
  let state = from;
  if (wake.on === 'signal' && (wake.signal === 'SIGTERM' || wake.signal === 'SIGWINCH')) {
    const graceful = wake.signal === 'SIGWINCH';
    log(
      sys,
      'mpm_event',
      graceful ? 'AH00492: caught SIGWINCH, shutting down gracefully' : 'AH00491: caught SIGTERM, shutting down',
    );
    for (const pid of state.children) sys.kill(pid, 'SIGTERM');
    state = { ...state, ending: true };
  }
  for (let ended = sys.reap('any'); ended !== 'again' && !isErrno(ended); ended = sys.reap('any')) {
    const { pid } = ended;
    state = { ...state, children: state.children.filter((each) => each !== pid) };
  }
  return state.ending && state.children.length === 0 ? { exit: 0 } : { state, wait: { child: 'any' } };
}

function child(state: State, wake: Wake, sys: Sys): Next<State> {
  if (wake.on === 'forked') sys.onSignal('SIGPIPE', 'ignore');
  const { connections, wait } = serve(sys, state.listeners, state.connections, (request) => {
    const reply = answer(sys, state.config, state.version, request);
    const status = reply.head.first.split(' ')[1] ?? '';
    const size = reply.body.length === 0 ? '-' : String(reply.body.length);
    const client = request.remote.replace(/:\d+$/, '');
    sys.write(1, `${client} - - [${logTime(sys.now)}] "${request.head.first}" ${status} ${size}\n`);
    return reply;
  });
  return { state: { ...state, connections }, wait };
}
