import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../../kernel/program.ts';
import { parseSignal } from '../../../kernel/signals.ts';
import type { StartIo } from '../../makers/io.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { toolIo } from '../io.ts';
import { type Bundle, readBundle } from './bundle.ts';
import { type EnterState, enter, stepEnter } from './exec.ts';
import { usage } from './help.ts';
import { becomeProgram, findProgram, type InitState, isolate } from './init.ts';
import { listContainers, showProcesses, showState } from './list.ts';
import { logError, timeText } from './say.ts';
import { exampleSpec } from './spec.ts';
import { defaultRoot, destroy, folderOf, load, processesOf, type Saved, save, statusOf } from './state.ts';

/** A command line after the global options: the words, and the options among them. */
export interface Call {
  readonly io: StartIo;
  readonly root: string;
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

/** Waiting for a container's first process (`run`), being it, or entering a container (`exec`). */
export type RuncState =
  | { readonly waits: Saved; readonly root: string; readonly keep: boolean }
  | { readonly init: InitState }
  | { readonly enter: EnterState };

/** Options of each command; those with a value end with `=`. What is not listed is refused by name. */
const commandOptions: { readonly [command: string]: string } = {
  run: 'bundle= b= detach d keep pid-file= no-new-keyring',
  create: 'bundle= b= pid-file= no-new-keyring',
  start: '',
  state: '',
  kill: 'all a',
  delete: 'force f',
  list: 'format= f= quiet q',
  ps: 'format= f=',
  exec: 'cwd= env= e= tty t user= u= detach d pid-file= process= p= cap= c= no-new-privs',
  spec: 'bundle= b=',
  pause: '',
  resume: '',
};

const notSimulated = ['checkpoint', 'restore', 'events', 'update', 'features'];

/** `runc` 1.3: containers from bundles, by the system calls of the process itself. */
export function runc(exec: Exec, sys: Sys): Next<RuncState> {
  const io = toolIo('runc', exec, sys);
  const rest = [...io.args];
  let root = defaultRoot;
  for (let word = rest[0]; word?.startsWith('-'); word = rest[0]) {
    rest.shift();
    if (/^--?root(?:=|$)/.test(word)) root = word.includes('=') ? word.replace(/^[^=]*=/, '') : (rest.shift() ?? '');
    else if (/^(?:--help|-h)$/.test(word)) return print(io, usage);
    else if (/^(?:--version|-v)$/.test(word)) return print(io, 'runc version 1.3.6\nspec: 1.2.1\n');
    else return logError(io, `the option ${word} is not simulated`);
  }
  const command = rest.shift();
  if (command === undefined || command === 'help' || command === 'h') return print(io, usage);
  if (notSimulated.includes(command)) return logError(io, `runc ${command} is not simulated`);
  const known = Object.hasOwn(commandOptions, command) ? commandOptions[command] : undefined;
  if (known === undefined) return logError(io, `No help topic for '${command}'\n`, 3);
  const call = readCall(io, root, command, known.split(' '), rest);
  if ('exit' in call) return call;
  return act(command, call);
}

function print(io: StartIo, text: string): { readonly exit: number } {
  io.out(encodeUtf8(text));
  return { exit: 0 };
}

function readCall(
  io: StartIo,
  root: string,
  command: string,
  known: readonly string[],
  rest: string[],
): Call | { readonly exit: number } {
  const options = new Map<string, string>();
  for (let word = rest[0]; word !== undefined && /^-./.test(word); word = rest[0]) {
    rest.shift();
    if (word === '--') break;
    const [, name = '', value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (known.includes(name)) options.set(name, value ?? '');
    else if (known.includes(`${name}=`)) {
      const given = value ?? rest.shift() ?? '';
      options.set(
        name,
        name === 'env' || name === 'e' ? [options.get('env'), given].filter(Boolean).join('\0') : given,
      );
      if (name === 'e') options.set('env', options.get('e') ?? '');
    } else if (
      /^(?:console-socket|no-pivot|no-subreaper|pidfd-socket|preserve-fds|rootless|additional-gids|ignore-paused|process-label|apparmor)$/.test(
        name,
      )
    )
      return logError(io, `the option --${name} is not simulated`);
    else return logError(io, `flag provided but not defined: -${name}`);
  }
  const counts: { readonly [command: string]: number } = { list: 0, spec: 0 };
  const least = counts[command] ?? 1;
  if (
    rest.length < least ||
    (rest.length > least && ['run', 'create', 'start', 'state', 'list', 'spec', 'delete'].includes(command))
  )
    return logError(io, `runc: "${command}" requires exactly ${least} argument(s)`);
  return { io, root, words: rest, options };
}

function act(command: string, call: Call): Next<RuncState> {
  const { io, root, words } = call;
  const { sys } = io;
  const [id = ''] = words;
  if (command === 'spec') return writeSpec(call);
  if (command === 'list') return listContainers(call);
  if (command === 'run' || command === 'create') return begin(command, call);
  const saved = load(sys, root, id);
  if (command === 'delete' && !saved && (call.options.has('force') || call.options.has('f'))) return { exit: 0 };
  if (!saved)
    return command === 'exec'
      ? logError(io, 'exec failed: container does not exist', 255)
      : logError(io, 'container does not exist');
  const status = statusOf(sys, root, saved);
  switch (command) {
    case 'state':
      return showState(call, saved, status);
    case 'ps':
      return showProcesses(call, saved);
    case 'start':
      if (status === 'running' || status === 'paused') return logError(io, 'cannot start an already running container');
      if (status === 'stopped') return logError(io, 'cannot start a container that has stopped');
      return release(io, root, saved);
    case 'kill':
      return kill(call, saved, status, words[1] ?? 'SIGTERM');
    case 'delete':
      return remove(call, saved, status);
    case 'pause':
    case 'resume': {
      if (command === 'pause' && status !== 'running' && status !== 'created')
        return logError(io, 'container not running');
      if (command === 'resume' && status !== 'paused') return logError(io, 'container not paused');
      sys.fs.writeFile(`/sys/fs/cgroup${saved.cgroup}/cgroup.freeze`, command === 'pause' ? '1' : '0');
      return { exit: 0 };
    }
    default: {
      const next = enter(call, saved, status);
      return 'state' in next ? ({ ...next, state: { enter: next.state } } as Next<RuncState>) : next;
    }
  }
}

function writeSpec({ io, options }: Call): { readonly exit: number } {
  const folder = options.get('bundle') ?? options.get('b');
  if (folder !== undefined) {
    const failed = io.sys.chdir(folder);
    if (failed) return logError(io, `chdir ${folder}: ${strerror(failed).toLowerCase()}`);
  }
  if (!isErrno(io.sys.fs.stat('config.json'))) return logError(io, 'File config.json exists. Remove it first');
  const failed = io.sys.fs.writeFile('config.json', JSON.stringify(exampleSpec(), null, '\t'), { mode: 0o666 });
  return failed ? logError(io, `open config.json: ${strerror(failed).toLowerCase()}`) : { exit: 0 };
}

/** `create` and `run`: a child in a new PID namespace isolates itself and waits at exec.fifo, or goes on at once. */
function begin(command: 'run' | 'create', call: Call): Next<RuncState> {
  const { io, root, options, words } = call;
  const { sys } = io;
  const [id = ''] = words;
  const wrong = (text: string) => logError(io, `runc ${command} failed: ${text}`);
  const bundle = readBundle(sys, options.get('bundle') ?? options.get('b') ?? '.', id);
  if (typeof bundle === 'string') return wrong(bundle);
  if (!/^[\w+.-]+$/.test(id)) return wrong('invalid container ID format');
  if (sys.uid !== 0) return wrong('rootless container requires user namespaces');
  const detached = command === 'create' || options.has('detach') || options.has('d');
  if (bundle.terminal && detached)
    return wrong('cannot allocate tty if runc will detach without setting console socket');
  if (bundle.terminal && !sys.isatty(0)) return wrong('open /dev/tty: no such device or address');
  const folder = folderOf(root, id);
  if (!isErrno(sys.fs.stat(folder))) return wrong('container with given ID already exists');
  makeDirectories(sys, folder);
  if (bundle.namespaces.includes('pid')) {
    const failed = sys.isolation.unshare(['pid']);
    if (failed) return wrong(`failed to unshare namespaces: ${strerror(failed)}`);
  }
  sys.fs.mkfifo(`${folder}/exec.fifo`, 0o622);
  const fifo = sys.fs.open(`${folder}/exec.fifo`, { read: true });
  if (isErrno(fifo)) return wrong(`mkfifo exec.fifo: ${strerror(fifo).toLowerCase()}`);
  const pid = sys.fork({ init: { bundle, fifo } });
  sys.close(fifo);
  if (isErrno(pid)) return wrong(`unable to start container process: ${strerror(pid).toLowerCase()}`);
  const started = sys.processes().find((process) => process.pid === pid)?.started ?? sys.now;
  const saved: Saved = {
    id,
    pid,
    bundle: bundle.folder,
    rootfs: bundle.rootfs,
    created: timeText(sys.now, true),
    owner: 'root',
    cgroup: bundle.cgroup,
    started,
  };
  save(sys, root, saved);
  const file = options.get('pid-file');
  if (file !== undefined) sys.fs.writeFile(file, String(pid));
  if (command === 'run') release(io, root, saved);
  if (detached) return { exit: 0 };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) sys.onSignal(signal, 'catch');
  return { state: { waits: saved, root, keep: options.has('keep') }, wait: { child: pid } };
}

/** Lets the first process go on: `runc start` opens the FIFO at which it waits. */
function release(io: StartIo, root: string, saved: Saved): { readonly exit: number } {
  const path = `${folderOf(root, saved.id)}/exec.fifo`;
  const fd = io.sys.fs.open(path, { write: true });
  if (!isErrno(fd)) {
    io.sys.write(fd, '0');
    io.sys.close(fd);
  }
  io.sys.fs.unlink(path);
  return { exit: 0 };
}

function kill({ io, options }: Call, saved: Saved, status: string, name: string): { readonly exit: number } {
  const signal = parseSignal(name);
  if (signal === undefined) return logError(io, `unknown signal "${name}"`);
  const all = options.has('all') || options.has('a');
  if (all) for (const pid of processesOf(io.sys, saved)) io.sys.kill(pid, signal);
  if (all) return { exit: 0 };
  if (status === 'stopped') return logError(io, 'container not running');
  const failed = io.sys.kill(saved.pid, signal);
  return failed ? logError(io, strerror(failed).toLowerCase()) : { exit: 0 };
}

function remove({ io, root, options }: Call, saved: Saved, status: string): { readonly exit: number } {
  const force = options.has('force') || options.has('f');
  if (status !== 'stopped' && status !== 'created' && !force)
    return logError(io, `cannot delete container ${saved.id} that is not stopped: ${status}`);
  if (status !== 'stopped') io.sys.kill(saved.pid, 'SIGKILL');
  destroy(io.sys, root, saved);
  return { exit: 0 };
}

/** Goes on with what waits, or is a container's process to be. */
export function stepRunc(state: RuncState, wake: Wake, sys: Sys): Next<RuncState> {
  if ('enter' in state) {
    const next = stepEnter(state.enter, sys);
    return 'state' in next ? ({ ...next, state: { enter: next.state } } as Next<RuncState>) : next;
  }
  if ('init' in state) return stepInit(state.init, wake, sys);
  const { waits } = state;
  if (wake.on === 'signal') sys.kill(waits.pid, wake.signal);
  const got = sys.reap(waits.pid);
  if (got === 'again') return { state, wait: { child: waits.pid } };
  if (!state.keep) destroy(sys, state.root, waits);
  return { exit: isErrno(got) ? 1 : got.exit.code };
}

/** `runc init`: woken first by the fork, then by whoever starts the container. */
function stepInit({ bundle, fifo }: InitState, wake: Wake, sys: Sys): Next<RuncState> {
  const io = toolIo('runc', { path: '', argv: [], env: {} }, sys);
  const failed = (text: string) => logError(io, `runc run failed: ${text}`);
  if (wake.on === 'forked') {
    sys.setTitle('runc init');
    const wrong = isolate(sys, bundle) ?? programIsThere(sys, bundle);
    if (wrong !== undefined) return failed(wrong);
  }
  const got = sys.read(fifo, 1);
  if (got === 'again') return { state: { init: { bundle, fifo } }, wait: { readable: [fifo] } };
  sys.close(fifo);
  const next = becomeProgram(sys, bundle, bundle.args, bundle.cwd);
  return typeof next === 'string' ? failed(next) : next;
}

function programIsThere(sys: Sys, bundle: Bundle): string | undefined {
  const found = findProgram(sys, bundle.args, bundle.env);
  return typeof found === 'string' ? found : undefined;
}
