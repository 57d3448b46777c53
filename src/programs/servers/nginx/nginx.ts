import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Program, Sys, Wake } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import { tell } from '../../actions.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { accountOf } from './build.ts';
import { parseLine, usage } from './command-line.ts';
import { type Connection, proceedWith } from './connection.ts';
import { numbered } from './load.ts';
import { logError } from './log.ts';
import { type CommandLine, type Listener, open, type Ready, readConfig, say, versionOf } from './start.ts';
import { isMistake } from './syntax.ts';

type Master = Ready & {
  readonly role: 'master';
  readonly line: CommandLine;
  readonly version: string;
  readonly workers: readonly number[];
  readonly quitting: boolean;
};

type Worker = Ready & {
  readonly role: 'worker';
  readonly version: string;
  readonly connections: readonly Connection[];
  readonly count: number;
  readonly quitting: boolean;
};

type State = Master | Worker;

const handled: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGWINCH', 'SIGCHLD'];

/** nginx: a master process that reads the configuration and listens, and workers that answer. */
export const nginxProgram: Program<State> = { start, step };

function start(exec: Exec, sys: Sys): Next<State> {
  const version = versionOf(sys, exec.env);
  const line = parseLine(exec.argv.slice(1));
  if (typeof line === 'string') {
    say(sys, line);
    return { exit: 1 };
  }
  if ('show' in line) {
    say(sys, usage(line.show, version));
    return { exit: 0 };
  }
  const config = readConfig(sys, line);
  if (isMistake(config)) {
    if (line.test) say(sys, `nginx: configuration file ${line.file} test failed\n`);
    return { exit: 1 };
  }
  if (line.test) return tested(sys, line);
  if (line.signal !== null) return signalMaster(sys, line.signal, config.pid);
  const ready = open(sys, config, []);
  if (!ready) return { exit: 1 };
  if (!config.daemon) return becomeMaster(sys, ready, line, version, exec.argv, exec.env.NGINX_VERSION !== undefined);
  const child = sys.fork({ ...ready, role: 'master', line, version, workers: [], quitting: false });
  return { exit: isErrno(child) ? 1 : 0 };
}

function tested(sys: Sys, line: CommandLine): { readonly exit: number } {
  if (!line.quiet) {
    say(sys, `nginx: the configuration file ${line.file} syntax is ok\n`);
    say(sys, `nginx: configuration file ${line.file} test is successful\n`);
  }
  if (line.dump) {
    const read = sys.fs.readFile(line.file);
    if (!isErrno(read)) sys.write(1, `# configuration file ${line.file}:\n${read.bytes}\n`);
  }
  return { exit: 0 };
}

const signals: { readonly [word: string]: Signal | undefined } = {
  stop: 'SIGTERM',
  quit: 'SIGQUIT',
  reload: 'SIGHUP',
  reopen: 'SIGUSR1',
};

function signalMaster(sys: Sys, word: string, pidFile: string): { readonly exit: number } {
  const signal = signals[word];
  if (signal === undefined) return { exit: 1 };
  const stamp = `${new Date(sys.now / 1000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} `;
  say(sys, `${stamp}[notice] ${sys.pid}#${sys.pid}: signal process started\n`);
  const read = sys.fs.readFile(pidFile);
  const fail = (text: string) => {
    say(sys, `${stamp}[error] ${sys.pid}#${sys.pid}: ${text}\n`);
    return { exit: 1 };
  };
  if (isErrno(read)) return fail(`open() "${pidFile}" failed (${numbered(read)})`);
  const text = decodeUtf8(read.bytes).trim();
  if (!/^\d+$/.test(text)) return fail(`invalid PID number "${text}" in "${pidFile}"`);
  const failed = sys.kill(Number(text), signal);
  return failed
    ? fail(`kill(${text}, ${signal === 'SIGTERM' ? 15 : signal === 'SIGQUIT' ? 3 : 1}) failed (3: No such process)`)
    : { exit: 0 };
}

function notice(sys: Sys, { config, logs }: Ready, text: string): void {
  logError(sys, config, logs, 'notice', text);
}

function becomeMaster(
  sys: Sys,
  ready: Ready,
  line: CommandLine,
  version: string,
  argv: readonly string[],
  official: boolean,
): Next<State> {
  for (const signal of handled) sys.onSignal(signal, 'catch');
  sys.onSignal('SIGPIPE', 'ignore');
  makeDirectories(sys, ready.config.pid.slice(0, ready.config.pid.lastIndexOf('/')));
  sys.fs.writeFile(ready.config.pid, `${sys.pid}\n`);
  sys.setTitle(`nginx: master process ${argv.join(' ')}`);
  notice(sys, ready, 'using the "epoll" event method');
  notice(sys, ready, `nginx/${version}`);
  const compiler = compilerOf(sys, official);
  if (compiler !== '') notice(sys, ready, `built by ${compiler} `);
  notice(sys, ready, `OS: Linux ${sys.uname().release}`);
  const limit = sys.fs.readFile('/proc/self/limits');
  const [, soft = '1024', hard = '524288'] = isErrno(limit)
    ? []
    : (/^Max open files\s+(\S+)\s+(\S+)/m.exec(limit.bytes) ?? []);
  notice(sys, ready, `getrlimit(RLIMIT_NOFILE): ${soft}:${hard}`);
  const workers = startWorkers(sys, ready, version);
  tell(sys, 'nginx', 'server-ready', {
    program: 'nginx',
    port: ready.listeners[0]?.port ?? 0,
    workers: workers.length,
  });
  return { state: { ...ready, role: 'master', line, version, workers, quitting: false }, wait: {} };
}

/** The official images tell what they were built with; the distributions' packages do not. */
function compilerOf(sys: Sys, official: boolean): string {
  if (!official) return '';
  return isErrno(sys.fs.stat('/etc/alpine-release')) ? 'gcc 14.2.0 (Debian 14.2.0-19)' : 'gcc 15.2.0 (Alpine 15.2.0)';
}

function startWorkers(sys: Sys, ready: Ready, version: string): number[] {
  notice(sys, ready, 'start worker processes');
  const workers: number[] = [];
  for (let i = 0; i < ready.config.workers; i++) {
    const state: Worker = { ...ready, role: 'worker', version, connections: [], count: 0, quitting: false };
    const pid = sys.fork(state);
    if (isErrno(pid)) {
      logError(
        sys,
        ready.config,
        ready.logs,
        'alert',
        `fork() failed while spawning "worker process" (${numbered(pid)})`,
      );
      continue;
    }
    workers.push(pid);
    notice(sys, ready, `start worker process ${pid}`);
  }
  return workers;
}

function step(state: State, wake: Wake, sys: Sys): Next<State> {
  if (state.role === 'worker') return work(state, wake, sys);
  // after `daemon on`, the child is the master
  if (wake.on === 'forked') {
    sys.setsid();
    return becomeMaster(sys, state, state.line, state.version, ['nginx'], false);
  }
  return command(state, wake, sys);
}

const numbersOf: { readonly [signal: string]: number | undefined } = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGUSR1: 10,
  SIGTERM: 15,
  SIGWINCH: 28,
};

function command(from: Master, wake: Wake, sys: Sys): Next<State> {
  let state = from;
  if (wake.on === 'signal' && wake.signal !== 'SIGCHLD') {
    const { signal } = wake;
    const number = numbersOf[signal] ?? 0;
    const what =
      signal === 'SIGHUP'
        ? ', reconfiguring'
        : signal === 'SIGQUIT'
          ? ', shutting down'
          : signal === 'SIGUSR1'
            ? ', reopening logs'
            : signal === 'SIGWINCH'
              ? ''
              : ', exiting';
    notice(sys, state, `signal ${number} (${signal}) received${what}`);
    if (signal === 'SIGHUP') state = reconfigure(state, sys);
    else if (signal === 'SIGQUIT' || signal === 'SIGTERM' || signal === 'SIGINT') {
      for (const pid of state.workers) sys.kill(pid, signal === 'SIGQUIT' ? 'SIGQUIT' : 'SIGTERM');
      state = { ...state, quitting: true };
    }
  }
  for (let ended = sys.reap('any'); ended !== 'again' && !isErrno(ended); ended = sys.reap('any')) {
    const { pid, exit } = ended;
    notice(sys, state, `signal 17 (SIGCHLD) received from ${pid}`);
    const how = exit.signal === undefined ? `exited with code ${exit.code}` : `exited on signal ${exit.code - 128}`;
    logError(
      sys,
      state.config,
      state.logs,
      exit.signal === undefined ? 'notice' : 'alert',
      `worker process ${pid} ${how}`,
    );
    const known = state.workers.includes(pid);
    state = { ...state, workers: state.workers.filter((each) => each !== pid) };
    if (known && !state.quitting && exit.signal !== undefined) {
      const one = { ...state, config: { ...state.config, workers: 1 } };
      state = { ...state, workers: [...state.workers, ...startWorkers(sys, one, state.version)] };
    }
  }
  if (state.quitting && state.workers.length === 0) {
    notice(sys, state, 'exit');
    sys.fs.unlink(state.config.pid);
    return { exit: 0 };
  }
  return { state, wait: { child: 'any' } };
}

function reconfigure(state: Master, sys: Sys): Master {
  notice(sys, state, 'reconfiguring');
  const config = readConfig(sys, state.line, false);
  if (isMistake(config)) {
    logError(sys, state.config, state.logs, 'emerg', config.mistake);
    return state;
  }
  const ready = open(sys, config, state.listeners);
  if (!ready) return state;
  notice(sys, ready, 'using the "epoll" event method');
  const workers = startWorkers(sys, ready, state.version);
  for (const pid of state.workers) sys.kill(pid, 'SIGQUIT');
  return { ...state, ...ready, workers };
}

function work(from: Worker, wake: Wake, sys: Sys): Next<State> {
  let state = from;
  if (wake.on === 'forked') {
    sys.setTitle('nginx: worker process');
    for (const signal of handled) if (signal !== 'SIGCHLD') sys.onSignal(signal, 'catch');
    sys.onSignal('SIGPIPE', 'ignore');
    const account = state.config.user === null ? undefined : accountOf(sys, state.config.user);
    if (account && sys.uid === 0) sys.setuid(account.uid, account.gid, [account.gid]);
  }
  if (wake.on === 'signal') {
    if (wake.signal === 'SIGTERM' || wake.signal === 'SIGINT') {
      notice(sys, state, 'exiting');
      notice(sys, state, 'exit');
      return { exit: 0 };
    }
    if (wake.signal === 'SIGQUIT') {
      notice(sys, state, 'gracefully shutting down');
      for (const { fd } of state.listeners) sys.close(fd);
      state = { ...state, listeners: [], quitting: true };
    }
  }
  const all = [...state.connections];
  let { count } = state;
  for (const listener of state.listeners) {
    for (
      let taken = sys.net.accept(listener.fd);
      taken !== 'again' && !isErrno(taken);
      taken = sys.net.accept(listener.fd)
    ) {
      count += 1;
      all.push(newConnection(taken, listener, count));
    }
  }
  const connections = all
    .map((one) => proceedWith({ sys, config: state.config, logs: state.logs, version: state.version }, one))
    .filter((one) => one !== undefined)
    // an idle connection is no reason to stay
    .filter((one) => !(state.quitting && one.pass === null && one.output === ''));
  if (state.quitting && connections.length === 0) {
    notice(sys, state, 'exiting');
    notice(sys, state, 'exit');
    return { exit: 0 };
  }
  const readable = [
    ...state.listeners.map(({ fd }) => fd),
    ...connections.filter(({ closing }) => !closing).map(({ fd }) => fd),
    ...connections.flatMap(({ pass }) => (pass ? [pass.x.fd] : [])),
  ];
  const writable = [
    ...connections.filter(({ output }) => output !== '').map(({ fd }) => fd),
    ...connections.flatMap(({ pass }) => (pass && pass.x.unsent !== '' ? [pass.x.fd] : [])),
  ];
  return { state: { ...state, connections, count }, wait: { readable, writable } };
}

function newConnection(
  { fd, remote }: { readonly fd: number; readonly remote: string },
  { port }: Listener,
  number: number,
): Connection {
  return { fd, number, port, remote, input: '', output: '', closing: false, pass: null };
}
