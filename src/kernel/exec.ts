import { emit } from './emit.ts';
import { type Errno, fail, isErrno } from './errno.ts';
import { closeFd, holdFile, releaseFile } from './files.ts';
import { hasFlag } from './fs/mounts.ts';
import { type Found, find } from './fs/path.ts';
import { mayExecute } from './fs/permission.ts';
import { access } from './fs/sys-files.ts';
import type { Id, Json } from './json.ts';
import type { Machine } from './machine.ts';
import { bury, cloneProcess, ownProcess } from './process.ts';
import type { Exec, Program, SpawnOptions } from './program.ts';
import { type FileOwner, gainedPrivileges } from './setuid.ts';
import { stubProgram } from './stub.ts';
import { makeReady } from './wait.ts';

/** binfmt_script gives up after so many interpreters that are scripts themselves. */
const maxInterpreters = 4;

interface Image {
  readonly program: string;
  /** What the call named, and what runs for it: the interpreter, when that was a script. */
  readonly asked: Exec;
  readonly exec: Exec;
  /** Set when the file has the set-user-ID bit. */
  readonly owner?: FileOwner;
}

/**
 * Finds what execve(2) of this file would run, as the process `pid`: a program's name, scripts resolved to their interpreters.
 * `known`: where the path leads, when the caller has found that already.
 */
export function findImage(m: Machine, pid: number, exec: Exec, known?: Found): Image | Errno {
  const process = m.kernel.processes[pid];
  if (!process) return fail('ESRCH');
  let { path, argv } = exec;
  for (let depth = 0; depth <= maxInterpreters; depth++) {
    const found = depth === 0 && known ? known : find(m, pid, path);
    if (isErrno(found)) return found;
    if (found.node.t !== 'file') return fail('EACCES');
    const denied = access(process, found, mayExecute);
    if (denied) return denied;
    const { data, mode, uid } = found.node;
    const program = stubProgram(data);
    if (program !== undefined) {
      const owner = mode & 0o4000 && !hasFlag(found.mount, 'nosuid') ? { owner: { uid } } : {};
      return { program, asked: exec, exec: { path, argv, env: exec.env }, ...owner };
    }
    const script = /^#![ \t]*([^ \t\n]+)[ \t]*([^\n]*?)[ \t]*(?:\n|$)/.exec(data);
    if (!script) return fail('ENOEXEC');
    const [, interpreter = '', argument = ''] = script;
    argv = [interpreter, ...(argument === '' ? [] : [argument]), path, ...argv.slice(1)];
    path = interpreter;
  }
  return fail('ELOOP');
}

/** execve(2): the process goes on with another program; what was caught is default again. */
export function execProcess(m: Machine, pid: number, exec: Exec, options: SpawnOptions = {}): Errno | undefined {
  const image = findImage(m, pid, exec);
  if (isErrno(image)) return image;
  replaceImage(m, pid, image, options);
  return undefined;
}

/** fork and execve in one: a child that runs the file. Nothing is left behind when it cannot. */
export function spawnProcess(m: Machine, parent: number, exec: Exec, options: SpawnOptions = {}): number | Errno {
  const image = findImage(m, parent, exec);
  if (isErrno(image)) return image;
  const { fds, cwd, pgid } = options;
  const pid = cloneProcess(m, parent, {
    forked: true,
    ...(fds ? { fds } : {}),
    ...(cwd === undefined ? {} : { cwd }),
    ...(pgid === undefined ? {} : { pgid }),
  });
  if (isErrno(pid)) return pid;
  emit(m, 'kernel', 'clone', { pid, parent });
  replaceImage(m, pid, image, options.ignore ? { ignore: options.ignore } : {});
  return pid;
}

/** fork(2) for programs that are data: the child runs the same program from `state`. */
export function forkProcess(m: Machine, parent: number, state: Json, options: SpawnOptions = {}): number | Errno {
  const { fds, cwd, pgid } = options;
  const pid = cloneProcess(m, parent, {
    forked: true,
    state,
    ...(fds ? { fds } : {}),
    ...(cwd === undefined ? {} : { cwd }),
    ...(pgid === undefined ? {} : { pgid }),
  });
  if (isErrno(pid)) return pid;
  if (options.ignore) ownProcess(m, pid).ignored = options.ignore;
  makeReady(m, pid, { on: 'forked' });
  return pid;
}

/** Undoes a clone that came to nothing: its descriptors are closed and its number is free. */
export function abandonProcess(m: Machine, pid: number): void {
  for (const fd of Object.keys(m.kernel.processes[pid]?.fds ?? {})) closeFd(m, pid, Number(fd));
  bury(m, pid);
}

function replaceImage(m: Machine, pid: number, image: Image, options: SpawnOptions): void {
  const process = ownProcess(m, pid);
  if (options.fds) {
    const fds: { [fd: string]: Id } = {};
    for (const [fd, mine] of Object.entries(options.fds)) {
      const file = process.fds[mine];
      if (file === undefined) continue;
      fds[fd] = file;
      holdFile(m, file);
    }
    for (const file of Object.values(process.fds)) releaseFile(m, file);
    process.fds = m.draft.adopt(fds);
  }
  Object.assign(process, gainedPrivileges(m, process, image.owner));
  const { path, argv, env } = image.exec;
  Object.assign(process, { program: image.program, state: null, path, argv, env, caught: [], pending: [] });
  if (options.ignore) process.ignored = options.ignore;
  if (options.cwd !== undefined) process.cwd = options.cwd;
  emit(m, 'kernel', 'execve', {
    path: image.asked.path,
    argv: image.asked.argv,
    pid,
    inside: process.pids[process.ns.pid] ?? pid,
    release: m.kernel.release,
    ...(m.hostId.includes('/') ? { guest: true as const } : {}),
  });
  makeReady(m, pid, { on: 'start' });
}

/** What runs when a file names a program that is not there: it says so and fails. */
export const notSimulated: Program = {
  start(exec, sys) {
    sys.write(2, `drydock: ${exec.path} is not simulated\n`);
    return { exit: 126 };
  },
  step: () => ({ exit: 126 }),
};
