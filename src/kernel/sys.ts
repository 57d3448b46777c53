import type { ByteString } from './bytes.ts';
import { type Errno, fail, isErrno } from './errno.ts';
import { execProcess, forkProcess, spawnProcess } from './exec.ts';
import { addFd, closeFd, freeFds, setFd } from './files.ts';
import type { FileCalls } from './fs/calls.ts';
import { isDir } from './fs/generated.ts';
import { find, standAt } from './fs/path.ts';
import { fileCalls, readOpenFile, writeOpenFile } from './fs/sys-files.ts';
import type { IsolationCalls } from './isolation/calls.ts';
import { isolationCalls } from './isolation/isolation.ts';
import { capableOver, insideId, outsideId } from './isolation/users.ts';
import { checkRead } from './job-control.ts';
import type { Json } from './json.ts';
import type { Machine } from './machine.ts';
import { namespaceOf, setNamespace } from './namespaces.ts';
import type { NetCalls } from './net/calls.ts';
import { countTraffic, netCalls } from './net/sockets.ts';
import { newPipe, pipeEnd, readPipe, writePipe } from './pipes.ts';
import { priority } from './priority.ts';
import { groupIn, ownProcess, reapChild, setGroup, toHostGroup, toHostPid } from './process.ts';
import { listProcesses } from './process-list.ts';
import type { Exec, ProcessInfo, ReadResult, Replaced, ServiceAnswer, SpawnOptions, Sys, Termios } from './program.ts';
import { limitOf, mostFiles, type ResourceLimit, type ResourceName } from './rlimits.ts';
import { writeRun } from './runs.ts';
import { sendSignal } from './signal-delivery.ts';
import type { Signal } from './signals.ts';
import type { Process } from './state.ts';
import { ownTty, readTty, writeTty } from './tty.ts';
import { random } from './world.ts';

/** A process that was killed in the middle of its own step goes on calling: this ends the step. */
export class ProcessGone extends Error {}

/** Processor time that clone(2) takes, µs. */
const forkTime = 50;

/** The system calls of one process during one of its steps. */
export class SystemCalls implements Sys {
  /** Processor time that the step may still use, µs. */
  left: number;
  private readonly m: Machine;
  private readonly hostPid: number;
  private files: FileCalls | undefined;

  constructor(m: Machine, hostPid: number, slice: number) {
    this.m = m;
    this.hostPid = hostPid;
    this.left = slice;
  }

  private get self(): Process {
    const process = this.m.kernel.processes[this.hostPid];
    if (!process || 'zombie' in process.status) throw new ProcessGone();
    return process;
  }

  get now(): number {
    return this.m.world.now;
  }
  get pid(): number {
    return this.self.pids[this.self.ns.pid] ?? 0;
  }
  get ppid(): number {
    return this.m.kernel.processes[this.self.parent]?.pids[this.self.ns.pid] ?? 0;
  }
  get uid(): number {
    return this.idOf('uids', this.self.uid);
  }
  get gid(): number {
    return this.idOf('gids', this.self.gid);
  }
  get groups(): readonly number[] {
    return this.self.groups.map((gid) => this.idOf('gids', gid));
  }
  /** As the process's user namespace shows it. */
  private idOf(which: 'uids' | 'gids', id: number): number {
    return insideId(this.m, this.self.ns.user, which, id);
  }
  get real(): { readonly uid: number; readonly gid: number } {
    const { uid, gid } = this.self.real ?? this.self;
    return { uid: this.idOf('uids', uid), gid: this.idOf('gids', gid) };
  }
  spend(ops: number): boolean {
    this.left -= ops;
    return this.left > 0;
  }

  read(fd: number, max: number): ReadResult {
    const id = this.self.fds[fd];
    const file = id === undefined ? undefined : this.m.kernel.files[id];
    switch (file?.kind) {
      case 'pipe':
        return file.end === 'read' ? readPipe(this.m, file.pipe, max) : fail('EBADF');
      case 'stream':
        return readPipe(this.m, file.rx, max);
      case 'tty':
        return checkRead(this.m, this.hostPid, file.tty) ?? readTty(this.m, file.tty, max);
      case 'device':
        return readDevice(this.m, file.device, max);
      case 'file':
      case 'text':
        return readOpenFile(this.m, id ?? '', max);
      case 'listen':
        return fail('ENOTCONN');
      default:
        return fail('EBADF');
    }
  }

  write(fd: number, bytes: ByteString): number | 'again' | Errno {
    const id = this.self.fds[fd];
    const file = id === undefined ? undefined : this.m.kernel.files[id];
    switch (file?.kind) {
      case 'pipe':
        return file.end === 'write' ? this.orSigpipe(writePipe(this.m, file.pipe, bytes)) : fail('EBADF');
      case 'stream': {
        const sent = this.orSigpipe(writePipe(this.m, file.tx, bytes));
        if (typeof sent === 'number') countTraffic(this.m, file, sent);
        return sent;
      }
      case 'run':
        return this.orSigpipe(writeRun(this.m, file.run, file.fd, bytes));
      case 'tty':
        return writeTty(this.m, file.tty, bytes);
      case 'device':
        return file.device === 'full' ? fail('ENOSPC') : bytes.length;
      case 'file':
      case 'text':
        return writeOpenFile(this.m, id ?? '', bytes, this.hostPid);
      case 'listen':
        return fail('ENOTCONN');
      default:
        return fail('EBADF');
    }
  }

  private orSigpipe<T>(result: T | Errno): T | Errno {
    if (isErrno(result) && result.errno === 'EPIPE') sendSignal(this.m, this.hostPid, 'SIGPIPE', this.hostPid);
    return result;
  }

  pipe(): readonly [number, number] | Errno {
    const [read, write] = freeFds(this.self, 2);
    if (read === undefined || write === undefined) return fail('EMFILE');
    const pipe = newPipe(this.m);
    setFd(this.m, this.hostPid, read, pipeEnd(this.m, pipe, 'read'));
    setFd(this.m, this.hostPid, write, pipeEnd(this.m, pipe, 'write'));
    return [read, write];
  }
  close(fd: number): Errno | undefined {
    return closeFd(this.m, this.hostPid, fd);
  }
  dup(fd: number, to?: number, least = 0): number | Errno {
    const file = this.self.fds[fd];
    if (file === undefined) return fail('EBADF');
    if (to === undefined) return addFd(this.m, this.hostPid, file, least);
    if (to < 0 || to >= mostFiles(this.self)) return fail('EBADF');
    if (to !== fd) setFd(this.m, this.hostPid, to, file);
    return to;
  }
  isOpen(fd: number): boolean {
    return this.self.fds[fd] !== undefined;
  }
  fds(): readonly number[] {
    return Object.keys(this.self.fds).map(Number);
  }

  spawn(exec: Exec, options?: SpawnOptions): number | Errno {
    this.left -= forkTime;
    return this.seen(spawnProcess(this.m, this.hostPid, exec, options));
  }
  fork(state: Json, options?: SpawnOptions): number | Errno {
    this.left -= forkTime;
    return this.seen(forkProcess(this.m, this.hostPid, state, options));
  }
  private seen(pid: number | Errno): number | Errno {
    return isErrno(pid) ? pid : (this.m.kernel.processes[pid]?.pids[this.self.ns.pid] ?? pid);
  }
  exec(exec: Exec, options?: SpawnOptions): Replaced | Errno {
    return execProcess(this.m, this.hostPid, exec, options) ?? { replaced: true };
  }
  reap(pid: number | 'any'): ReturnType<Sys['reap']> {
    return reapChild(this.m, this.hostPid, pid);
  }
  kill(pid: number, signal: Signal | 0): Errno | undefined {
    const { ns } = this.self;
    if (pid <= 0) return this.killGroup(pid, signal);
    const target = this.m.kernel.processes[toHostPid(this.m, ns.pid, pid) ?? 0];
    if (!target) return fail('ESRCH');
    if (!this.maySignal(target)) return fail('EPERM');
    return signal === 0 ? undefined : sendSignal(this.m, target.pid, signal, this.hostPid);
  }
  /** Its own user's processes, those of all with CAP_KILL (kill(2)). */
  private maySignal(target: Process): boolean {
    const { uid, real } = this.self;
    const own = target.uid === uid || target.real?.uid === uid || real?.uid === target.uid;
    return own || this.self.caps.includes('CAP_KILL');
  }
  private killGroup(pid: number, signal: Signal | 0): Errno | undefined {
    const { ns, pgid } = this.self;
    const group = pid === 0 ? pgid : toHostGroup(this.m, ns.pid, -pid);
    const all = Object.values(this.m.kernel.processes).filter(
      (p) => !('zombie' in p.status) && p.pids[ns.pid] !== undefined && this.maySignal(p),
    );
    // kill(-1): everyone but process 1 and the caller
    const targets =
      pid === -1
        ? all.filter((p) => p.pids[ns.pid] !== 1 && p.pid !== this.hostPid)
        : all.filter((p) => p.pgid === group);
    if (targets.length === 0) return fail('ESRCH');
    if (signal !== 0) for (const target of targets) sendSignal(this.m, target.pid, signal, this.hostPid);
    return undefined;
  }
  onSignal(signal: Signal, how: 'default' | 'ignore' | 'catch'): void {
    const process = ownProcess(this.m, this.hostPid);
    process.caught = process.caught.filter((s) => s !== signal);
    process.ignored = process.ignored.filter((s) => s !== signal);
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') return;
    if (how === 'catch') process.caught = [...process.caught, signal];
    if (how === 'ignore') process.ignored = [...process.ignored, signal];
  }
  disposition(signal: Signal): 'default' | 'ignore' | 'catch' {
    const { caught, ignored } = this.self;
    if (caught.includes(signal)) return 'catch';
    return ignored.includes(signal) ? 'ignore' : 'default';
  }
  ignoredSignals(): readonly Signal[] {
    return this.self.ignored;
  }
  setsid(): number | Errno {
    const process = ownProcess(this.m, this.hostPid);
    if (process.pgid === process.pid) return fail('EPERM');
    setGroup(this.m, process.pid, process.pid);
    process.sid = process.pid;
    delete process.tty;
    return this.pid;
  }
  setpgid(pid: number, pgid: number): Errno | undefined {
    const { ns } = this.self;
    const target = pid === 0 ? this.hostPid : toHostPid(this.m, ns.pid, pid);
    const process = target === undefined ? undefined : this.m.kernel.processes[target];
    if (!process || target === undefined) return fail('ESRCH');
    const group = pgid === 0 ? target : toHostGroup(this.m, ns.pid, pgid);
    if (group === undefined) return fail('EPERM');
    setGroup(this.m, target, group);
    return undefined;
  }
  getpgid(pid: number): number | Errno {
    const target = pid === 0 ? this.hostPid : toHostPid(this.m, this.self.ns.pid, pid);
    const process = target === undefined ? undefined : this.m.kernel.processes[target];
    return process ? groupIn(this.m, this.self.ns.pid, process) : fail('ESRCH');
  }
  nice(pid: number, to?: number): number | Errno {
    return priority(this.m, this.self, pid, to);
  }
  processes(): readonly ProcessInfo[] {
    if (this.m.kernel.sysname !== undefined) return listProcesses(this.m, this.self.ns.pid);
    const proc = find(this.m, this.hostPid, '/proc');
    const fs = 'errno' in proc ? undefined : this.m.kernel.filesystems[proc.mount.fs];
    if (fs?.type !== 'proc') return [];
    const { user } = this.self.ns;
    return listProcesses(this.m, fs.ns ?? this.self.ns.pid, user);
  }

  cwd(): string {
    return this.self.cwd;
  }
  chdir(path: string): Errno | undefined {
    const place = find(this.m, this.hostPid, path);
    if ('errno' in place) return place;
    if (!isDir(place.node)) return fail('ENOTDIR');
    const denied = this.fs.access(path, 1);
    if (denied) return denied;
    standAt(ownProcess(this.m, this.hostPid), place.at);
    return undefined;
  }
  umask(mask?: number): number {
    const old = this.self.umask;
    if (mask !== undefined) ownProcess(this.m, this.hostPid).umask = mask & 0o777;
    return old;
  }
  limit(name: ResourceName, change?: ResourceLimit): ResourceLimit | Errno {
    const old = limitOf(this.m.kernel, this.self, name);
    if (!change) return old;
    const [soft, hard] = change.map((value) => (value < 0 ? Number.POSITIVE_INFINITY : value)) as [number, number];
    if (soft > hard) return fail('EINVAL');
    const most = old[1] < 0 ? Number.POSITIVE_INFINITY : old[1];
    if (hard > most && !this.self.caps.includes('CAP_SYS_RESOURCE')) return fail('EPERM');
    const process = ownProcess(this.m, this.hostPid);
    process.limits = { ...process.limits, [name]: change };
    return change;
  }
  uname(): ReturnType<Sys['uname']> {
    const { release, version, machine, sysname = 'Linux' } = this.m.kernel;
    return {
      sysname,
      hostname: namespaceOf(this.m, this.self.ns.uts, 'uts').hostname,
      release,
      version,
      machine,
    };
  }
  sethostname(name: string): Errno | undefined {
    if (!capableOver(this.m, this.self, 'CAP_SYS_ADMIN', this.self.ns.uts)) return fail('EPERM');
    const uts = namespaceOf(this.m, this.self.ns.uts, 'uts');
    setNamespace(this.m, this.self.ns.uts, { ...uts, hostname: name });
    return undefined;
  }
  setuid(uid: number, gid: number, groups: readonly number[]): Errno | undefined {
    const { user } = this.self.ns;
    const wanted = outsideId(this.m, user, 'uids', uid);
    const group = outsideId(this.m, user, 'gids', gid);
    if (wanted === undefined || group === undefined) return fail('EINVAL');
    const { caps } = this.self;
    if (group !== this.self.gid && !caps.includes('CAP_SETGID')) return fail('EPERM');
    if (!caps.includes('CAP_SETUID'))
      return wanted === this.self.uid && group === this.self.gid ? undefined : fail('EPERM');
    const process = ownProcess(this.m, this.hostPid);
    const further = groups.map((each) => outsideId(this.m, user, 'gids', each) ?? each);
    Object.assign(process, { uid: wanted, gid: group, groups: further, ...(uid === 0 ? {} : { caps: [] }) });
    delete process.real;
    return undefined;
  }

  private ttyOf(fd: number): string | undefined {
    const file = this.m.kernel.files[this.self.fds[fd] ?? ''];
    return file?.kind === 'tty' && this.m.kernel.ttys[file.tty] ? file.tty : undefined;
  }
  isatty(fd: number): boolean {
    return this.ttyOf(fd) !== undefined;
  }
  termios(fd: number, change?: Partial<Termios>): Termios | Errno {
    const id = this.ttyOf(fd);
    const tty = id === undefined ? undefined : this.m.kernel.ttys[id];
    if (!tty || id === undefined) return fail('ENOTTY');
    if (!change) return tty.termios;
    const termios = { ...tty.termios, ...change };
    Object.assign(ownTty(this.m, id), { termios });
    return termios;
  }
  winsize(fd: number): { cols: number; rows: number } | Errno {
    const tty = this.m.kernel.ttys[this.ttyOf(fd) ?? ''];
    return tty ? { cols: tty.cols, rows: tty.rows } : fail('ENOTTY');
  }
  foreground(fd: number, pgid?: number): number | Errno {
    const id = this.ttyOf(fd);
    const tty = id === undefined ? undefined : this.m.kernel.ttys[id];
    if (!tty || id === undefined) return fail('ENOTTY');
    const ns = this.self.ns.pid;
    if (pgid === undefined) {
      const member = Object.values(this.m.kernel.processes).find((p) => p.pgid === tty.foreground);
      return member ? groupIn(this.m, ns, member) : 0;
    }
    const group = toHostGroup(this.m, ns, pgid);
    if (group === undefined) return fail('EPERM');
    ownTty(this.m, id).foreground = group;
    return pgid;
  }

  get fs(): FileCalls {
    this.files ??= fileCalls(this.m, this.self.pid);
    return this.files;
  }
  get isolation(): IsolationCalls {
    return isolationCalls(this.m, this.self.pid);
  }
  get net(): NetCalls {
    return netCalls(this.m, this.self.pid);
  }

  request(service: string, message: Json): ServiceAnswer | Errno {
    const found = this.m.software.services.get(service);
    if (!found || (!found.stateless && this.m.host.services[service] === undefined)) return fail('ENOENT');
    return found.request(this.m, this.self.pid, message);
  }
  setTitle(title: string): void {
    ownProcess(this.m, this.hostPid).argv = [title];
  }
  note(actor: string, action: string, data: Json): void {
    const { m } = this;
    m.trace.push({ at: m.world.now, actor, action, data, ...(m.run === undefined ? {} : { run: m.run }) });
  }
  random(): number {
    return random(this.m);
  }
}

function readDevice(m: Machine, device: 'null' | 'zero' | 'full' | 'random', max: number): ReadResult {
  if (device === 'null') return 'eof';
  const length = Math.min(max, 65536);
  if (device !== 'random') return { bytes: '\0'.repeat(length) };
  let bytes = '';
  while (bytes.length < length) bytes += String.fromCharCode(random(m) & 0xff);
  return { bytes };
}
