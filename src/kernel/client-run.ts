import type { ByteString } from './bytes.ts';
import { type Errno, isErrno } from './errno.ts';
import { abandonProcess, execProcess } from './exec.ts';
import { newFile, setFd } from './files.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import { newPipe, ownPipe, pipeEnd, releasePipe, writePipe } from './pipes.ts';
import { cloneProcess, ownProcess } from './process.ts';
import type { Exec } from './program.ts';
import { ownRun } from './runs.ts';
import { sendSignal, signalGroup } from './signal-delivery.ts';
import type { Signal } from './signals.ts';
import type { Run } from './state.ts';
import { freeTtyName, hangUpTty, newTty, ownTty, removeTty, resizeTty, typeTty } from './tty.ts';
import { wakeSleepers } from './wait.ts';
import { nextSeq } from './world.ts';

export interface RunOptions {
  readonly exec: Exec;
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Which of the client's descriptors are a terminal, and its size. */
  readonly tty?: { readonly fds: readonly (0 | 1 | 2)[]; readonly cols: number; readonly rows: number };
  /** Processor time that it may use, µs. */
  readonly budget: number;
  /** As in Run. */
  readonly client: number;
  /** The process whose child it is, in whose namespaces; absent: process 1. */
  readonly parent?: number;
}

/** Starts a program on a host as a client's command. Returns the run's id, or why the file cannot be executed. */
export function startRun(m: Machine, options: RunOptions): Id | Errno {
  const id = `r${nextSeq(m)}`;
  const pid = cloneProcess(m, options.parent ?? 1, {
    program: 'run',
    fds: {},
    cwd: options.cwd,
    pgid: 0,
    cgroup: '/user.slice',
  });
  if (isErrno(pid)) return pid;
  const { uid, gid, groups } = options;
  Object.assign(ownProcess(m, pid), { sid: pid, run: id, uid, gid, groups, ...(uid === 0 ? {} : { caps: [] }) });
  const { tty: terminal } = options;
  const tty = terminal && newTty(m, freeTtyName(m), terminal, { run: id });
  const ttyFile = tty === undefined ? undefined : newFile(m, { kind: 'tty', tty });
  if (tty !== undefined) {
    Object.assign(ownTty(m, tty), { session: pid, foreground: pid });
    ownProcess(m, pid).tty = tty;
  }
  const stdin = terminal?.fds.includes(0) ? undefined : newPipe(m);
  if (stdin !== undefined) ownPipe(m, stdin).writers += 1;
  for (const fd of [0, 1, 2] as const) {
    if (ttyFile !== undefined && terminal?.fds.includes(fd)) setFd(m, pid, fd, ttyFile);
    else if (fd === 0) setFd(m, pid, 0, pipeEnd(m, stdin ?? '', 'read'));
    else setFd(m, pid, fd, newFile(m, { kind: 'run', run: id, fd }));
  }
  const run: Run = {
    id,
    host: m.hostId,
    pid,
    out: [],
    closed: [],
    budget: options.budget,
    client: options.client,
    ...(tty === undefined ? {} : { tty }),
    ...(stdin === undefined ? {} : { stdin }),
  };
  m.draft.own(m.world, 'runs')[id] = m.draft.adopt(run);
  m.run = id;
  const failed = execProcess(m, pid, options.exec);
  m.run = undefined;
  if (!failed) return id;
  abandonProcess(m, pid);
  endRun(m, id);
  return failed;
}

/** What a client passes on: what was typed or piped in, the end of it, a signal, a new window size, a closed output. */
export type RunInput =
  | { readonly bytes: ByteString }
  | { readonly eof: true }
  | { readonly signal: Signal }
  | { readonly resize: { readonly cols: number; readonly rows: number } }
  | { readonly closed: 1 | 2 };

/** Passes input on to a run; returns how many bytes were taken (a full pipe takes fewer). */
export function feedRun(m: Machine, id: Id, input: RunInput): number {
  const run = m.world.runs[id];
  if (!run) return 0;
  if ('bytes' in input) {
    if (run.tty !== undefined && run.stdin === undefined) {
      typeTty(m, run.tty, input.bytes);
      return input.bytes.length;
    }
    const taken = run.stdin === undefined ? 0 : writePipe(m, run.stdin, input.bytes);
    return typeof taken === 'number' ? taken : isErrno(taken) ? input.bytes.length : 0;
  }
  if ('eof' in input) {
    if (run.stdin !== undefined) {
      releasePipe(m, run.stdin, 'write');
      const { stdin: _stdin, ...rest } = run;
      m.draft.own(m.world, 'runs')[id] = rest;
    }
  } else if ('signal' in input) {
    const group = run.tty === undefined ? run.pid : (m.kernel.ttys[run.tty]?.foreground ?? run.pid);
    if (isErrno(signalGroup(m, group, input.signal))) sendSignal(m, run.pid, input.signal);
  } else if ('resize' in input) {
    if (run.tty !== undefined) resizeTty(m, run.tty, input.resize.cols, input.resize.rows);
  } else {
    const owned = ownRun(m, id);
    if (owned) owned.closed = [...run.closed, input.closed];
    wakeSleepers(m, id);
  }
  return 0;
}

/** Does a process sleep until the client's input comes? */
export function wantsInput(m: Machine, id: Id): boolean {
  const run = m.world.runs[id];
  const key = run?.stdin ?? run?.tty;
  return key !== undefined && (m.index.sleepers.get(key)?.size ?? 0) > 0;
}

/** A run is over and printed: nothing of it is kept. Its terminal hangs up. */
export function endRun(m: Machine, id: Id): void {
  const run = m.world.runs[id];
  if (!run) return;
  if (run.stdin !== undefined) releasePipe(m, run.stdin, 'write');
  if (run.tty !== undefined) {
    hangUpTty(m, run.tty);
    removeTty(m, run.tty);
  }
  delete m.draft.own(m.world, 'runs')[id];
}
