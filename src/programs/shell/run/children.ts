import type { Errno } from '../../../kernel/errno.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Exec, Replaced, SpawnOptions } from '../../../kernel/program.ts';
import type { Signal } from '../../../kernel/signals.ts';
import type { Frame, ShellState } from '../state.ts';
import { commandPaths } from './lookup.ts';
import type { Shell } from './shell.ts';
import { hasOption, ShellError } from './shell.ts';
import { environment } from './variables.ts';

/** How a child differs from this process. */
export interface ChildPlace {
  /** Child's descriptor → mine, for those that are not just inherited. */
  readonly fds?: { readonly [childFd: number]: number };
  /** My descriptors that it does not get. */
  readonly without?: readonly number[];
  readonly pgid?: number;
  readonly ignore?: readonly Signal[];
}

/** The descriptors of a child: mine without the private ones, changed as told. */
export function childFds(sh: Shell, place: ChildPlace): { [childFd: number]: number } {
  const fds: { [childFd: number]: number } = {};
  for (const fd of sh.sys.fds()) if (!sh.s.privateFds.includes(fd) && !place.without?.includes(fd)) fds[fd] = fd;
  return { ...fds, ...place.fds };
}

function spawnOptions(sh: Shell, place: ChildPlace): SpawnOptions {
  const fds = sh.s.privateFds.length > 0 || place.fds || place.without ? { fds: childFds(sh, place) } : {};
  const pgid = place.pgid === undefined ? {} : { pgid: place.pgid };
  const own = ignoredSignals(sh);
  // without a list, a child ignores what this process does
  const listed = place.ignore !== undefined || own.length > 0 || isInteractive(sh);
  const ignore = [...new Set([...sh.s.ignored, ...(place.ignore ?? []), ...own])];
  return { ...fds, ...pgid, ...(listed ? { ignore } : {}) };
}

function ignoredSignals(sh: Shell): Signal[] {
  return Object.entries(sh.s.traps)
    .filter(([name, action]) => !/^(?:EXIT|ERR|DEBUG|RETURN)$/.test(name) && action === '')
    .map(([name]) => `SIG${name}` as Signal);
}

/** A child of this shell that goes on at `pc` of the innermost level, and ends with it. Its pid. */
export function forkShell(sh: Shell, pc: number, place: ChildPlace = {}): number {
  const { s, frame } = sh;
  const inFunction = s.frames.some((level) => level.kind === 'function' || level.restore.inFunction);
  const own: Frame = {
    ...frame,
    kind: 'sub',
    pc,
    source: null,
    // loops stay known, for `break` in a subshell; what is to be put back is the parent's business
    blocks: frame.blocks.filter((block) => block.b === 'loop'),
    args: [],
    words: [],
    assigned: [],
    redirects: [],
    substituted: null,
    restore: {
      outerLoops: frame.blocks.filter((block) => block.b === 'loop').length,
      ...(inFunction ? { inFunction: true } : {}),
    },
  };
  const traps = Object.fromEntries(
    Object.entries(s.traps).filter(
      ([name, action]) => (name !== 'EXIT' && action === '') || (name === 'ERR' && s.options.includes('E')),
    ),
  );
  const reset = Object.entries(s.traps)
    .filter(([name, action]) => !/^(?:EXIT|ERR|DEBUG|RETURN)$/.test(name) && action !== '')
    .map(([name]) => `SIG${name}` as Signal);
  const state: ShellState = {
    ...s,
    level: s.level + 1,
    frames: [own],
    pending: null,
    out: [],
    jobs: [],
    traps,
    signals: [],
    reset: isInteractive(sh) ? [...reset, 'SIGINT', 'SIGCHLD'] : reset,
    privateFds: [],
    options: s.options.replace('m', ''),
    // without job control, but `history | tail` knows what was typed
    terminal: s.terminal && { fd: null, history: s.terminal.history },
  };
  sh.ownVariables = false;
  sh.ownArrays.clear();
  const pid = sh.sys.fork(state, spawnOptions(sh, place));
  if (isErrno(pid)) throw cannotFork(sh, pid);
  return pid;
}

/** The kernel makes no more processes: a limit is reached, or the PID namespace is dead. */
function cannotFork(sh: Shell, error: Errno): ShellError {
  if (sh.s.flavour === 'dash') return new ShellError('Cannot fork');
  return new ShellError(`${sh.s.flavour === 'bash' ? 'fork' : "can't fork"}: ${strerror(error)}`);
}

/** Signals that an interactive shell ignores itself, but its children do not. */
export const interactiveIgnored: readonly Signal[] = ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/** Is this the shell that a person types to, and not a subshell of it? */
export function isInteractive(sh: Shell): boolean {
  return hasOption(sh, 'i') && sh.s.level === 0;
}

/** Tries to start a command wherever PATH says it may be; the first try that succeeds, or why none did. */
function attempt<T>(sh: Shell, args: readonly string[], start: (exec: Exec) => T | Errno): T | Errno {
  const [name = ''] = args;
  let failure: Errno = { errno: 'ENOENT' };
  for (const path of commandPaths(sh, name)) {
    const env = environment(sh);
    let result = start({ path, argv: args, env });
    if (isErrno(result) && result.errno === 'ENOEXEC') {
      result = start({
        path: sh.s.self,
        argv: [sh.s.flavour === 'ash' ? 'ash' : sh.s.flavour === 'bash' ? sh.s.zero : 'sh', path, ...args.slice(1)],
        env,
      });
    }
    if (!isErrno(result)) return result;
    if (result.errno !== 'ENOENT' && result.errno !== 'ENOTDIR') failure = result;
  }
  return failure;
}

/** A child that runs an external command; its pid, or why there is none. */
export function spawnCommand(sh: Shell, args: readonly string[], place: ChildPlace = {}): number | Errno {
  const options = spawnOptions(sh, place);
  const pid = attempt(sh, args, (exec) => sh.sys.spawn(exec, options));
  if (isErrno(pid) && (pid.errno === 'EAGAIN' || pid.errno === 'ENOMEM')) throw cannotFork(sh, pid);
  return pid;
}

/** Puts an external command in this process's place, or tells why not. */
export function execCommand(sh: Shell, args: readonly string[]): Replaced | Errno {
  const options = spawnOptions(sh, {});
  return attempt(sh, args, (exec) => sh.sys.exec(exec, options));
}

/** Does this shell control jobs? */
export function controlsJobs(sh: Shell): boolean {
  return hasOption(sh, 'm') && sh.s.terminal !== null && sh.s.terminal.fd !== null;
}
