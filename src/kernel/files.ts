import type { Mutable } from './draft.ts';
import { type Errno, fail } from './errno.ts';
import { releaseOrphan } from './fs/orphans.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import { closeListener } from './net/sockets.ts';
import { releasePipe } from './pipes.ts';
import { mostFiles } from './rlimits.ts';
import type { OpenFile, Process } from './state.ts';
import { nextId } from './world.ts';

type WithoutRefs<T> = T extends unknown ? Omit<T, 'refs'> : never;
/** An open file before anyone refers to it. */
export type NewOpenFile = WithoutRefs<OpenFile>;

/** Makes an open file description that nobody refers to yet; give it a descriptor (`addFd`) or hold it (`holdFile`). */
export function newFile(m: Machine, file: NewOpenFile): Id {
  const id = nextId(m, 'f');
  m.draft.own(m.kernel, 'files')[id] = m.draft.adopt({ ...file, refs: 0 } as OpenFile);
  return id;
}

/** The open file, changeable. */
export function ownFile(m: Machine, id: Id): Mutable<OpenFile> {
  return m.draft.own(m.draft.own(m.kernel, 'files'), id) as Mutable<OpenFile>;
}

/** One more reference to an open file. */
export function holdFile(m: Machine, id: Id): void {
  ownFile(m, id).refs += 1;
}

/** One reference less; the last one closes it: pipe ends end, listeners stop, files without a name vanish. */
export function releaseFile(m: Machine, id: Id): void {
  const file = ownFile(m, id);
  file.refs -= 1;
  if (file.refs > 0) return;
  delete m.draft.own(m.kernel, 'files')[id];
  switch (file.kind) {
    case 'pipe':
      releasePipe(m, file.pipe, file.end);
      break;
    case 'stream':
      releasePipe(m, file.rx, 'read');
      releasePipe(m, file.tx, 'write');
      break;
    case 'listen':
      closeListener(m, file);
      break;
    case 'file':
      if (file.orphan !== undefined) releaseOrphan(m, file.fs, file.orphan);
      break;
    default:
  }
}

/** Gives the process a descriptor for an open file: the lowest free number that is at least `least`. */
export function addFd(m: Machine, pid: number, file: Id, least = 0): number | Errno {
  const fds = fdsOf(m, pid);
  let fd = least;
  while (fds[fd] !== undefined) fd += 1;
  const process = m.kernel.processes[pid];
  if (process && fd >= mostFiles(process)) return fail('EMFILE');
  fds[fd] = file;
  holdFile(m, file);
  return fd;
}

/** The lowest free descriptor numbers of a process, `count` of them; fewer when RLIMIT_NOFILE leaves no more. */
export function freeFds(process: Process, count: number): readonly number[] {
  const free: number[] = [];
  const most = mostFiles(process);
  for (let fd = 0; fd < most && free.length < count; fd++) if (process.fds[fd] === undefined) free.push(fd);
  return free;
}

/** Makes `fd` of the process refer to this open file; what it referred to before is closed. */
export function setFd(m: Machine, pid: number, fd: number, file: Id): void {
  holdFile(m, file);
  const fds = fdsOf(m, pid);
  const old = fds[fd];
  fds[fd] = file;
  if (old !== undefined) releaseFile(m, old);
}

/** close(2). */
export function closeFd(m: Machine, pid: number, fd: number): Errno | undefined {
  const fds = fdsOf(m, pid);
  const file = fds[fd];
  if (file === undefined) return fail('EBADF');
  delete fds[fd];
  releaseFile(m, file);
  return undefined;
}

function fdsOf(m: Machine, pid: number): { [fd: string]: Id } {
  const process = m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)) as Mutable<Process>;
  return m.draft.own(process, 'fds');
}
