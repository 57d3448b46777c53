import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, fail, isErrno } from '../../kernel/errno.ts';
import { abandonProcess, execProcess } from '../../kernel/exec.ts';
import { newFile, setFd } from '../../kernel/files.ts';
import type { Id, Json, Rec } from '../../kernel/json.ts';
import type { Machine, Service } from '../../kernel/machine.ts';
import { joinPipes, joinStreams } from '../../kernel/net/wire.ts';
import { newPipe, pushPipe, readPipe, releasePipe, streamEnd, writePipe } from '../../kernel/pipes.ts';
import { cloneProcess, finishJob, giveFd, ownProcess } from '../../kernel/process.ts';
import type { Exit, ServiceAnswer } from '../../kernel/program.ts';
import {
  freeTtyName,
  hangUpTty,
  newTty,
  ownTty,
  removeTty,
  resizeTty,
  takeTtyOutput,
  typeTty,
} from '../../kernel/tty.ts';
import { nextSeq } from '../../kernel/world.ts';
import { hostText } from '../../programs/accounts.ts';
import { step } from '../step.ts';
import { sshService } from './names.ts';
import { type Destination, type Reached, reach } from './reach.ts';

/** What the ssh program asks for. */
export type SshRequest =
  | {
      readonly op: 'open';
      readonly to: Destination;
      /** Absent: a login shell. */
      readonly command?: string;
      readonly tty?: { readonly cols: number; readonly rows: number; readonly term: string };
    }
  | { readonly op: 'resize'; readonly session: Id; readonly host: Id; readonly cols: number; readonly rows: number };

/** What it gets: where the session is, and the descriptor for standard error when that is a stream of its own. */
export type SshAnswer =
  | { readonly refused: string }
  | { readonly session: Id; readonly host: Id; readonly job: Id; readonly err: number | null };

/** A session, as the host that it runs on keeps it. */
interface Session {
  readonly pid: number;
  readonly client: { readonly host: Id; readonly pid: number; readonly job: Id };
  readonly terminal?: { readonly tty: Id; readonly toClient: Id; readonly fromClient: Id };
}

/** The sessions of a host's sshd, in `host.services.sshd`. */
interface SshState {
  readonly sessions: Rec<Session>;
}

/** sshd's own part: shells and commands of users who come from other computers, each on a terminal or on plain streams. */
export const sessionService: Service = {
  stateless: true,
  request(m, pid, message) {
    const asked = message as unknown as SshRequest;
    if (asked.op === 'open') return open(m, pid, asked);
    const there = m.world.hosts[asked.host] ? m.peer(asked.host) : undefined;
    const tty = there && sessionsOf(there)[asked.session]?.terminal?.tty;
    if (there && tty !== undefined) resizeTty(there, tty, asked.cols, asked.rows);
    return { reply: null };
  },
  io: pump,
  childExited(m, pid, exit) {
    const found = Object.entries(sessionsOf(m)).find(([, session]) => session.pid === pid);
    if (found) finish(m, found[0], exit);
  },
};

function open(m: Machine, pid: number, asked: SshRequest & { readonly op: 'open' }): ServiceAnswer | Errno {
  const reached = reach(m, pid, asked.to);
  if (typeof reached === 'string') return { reply: { refused: reached } };
  const { there } = reached;
  const id = `s${nextSeq(m)}`;
  const child = cloneProcess(there, reached.sshd, {
    program: 'run',
    fds: {},
    cwd: reached.account.home,
    pgid: 0,
    cgroup: '/user.slice',
  });
  if (isErrno(child)) return child;
  const client = { host: m.hostId, pid, job: `${there.hostId}:${id}` };
  const opened = asked.tty ? onTerminal(m, there, pid, child, id, asked.tty) : onStreams(m, there, pid, child);
  if (isErrno(opened)) {
    abandonProcess(there, child);
    return opened;
  }
  const { terminal } = opened;
  const sessions = m.draft.own(ownState(there), 'sessions') as { [id: string]: Session };
  sessions[id] = { pid: child, client, ...(terminal ? { terminal } : {}) };
  const failed = startShell(m, reached, child, asked, terminal?.tty);
  if (failed) return failed;
  step(m, 'ssh', 'ssh-connect', {
    host: asked.to.host,
    user: reached.account.name,
    address: reached.address,
    port: asked.to.port,
    pid: child,
    program: asked.command ?? reached.account.shell,
  });
  const reply = { session: id, host: there.hostId, job: client.job, err: opened.err };
  return { reply, fd: opened.fd };
}

interface Opened {
  readonly fd: number;
  readonly err: number | null;
  readonly terminal?: Session['terminal'];
}

function onStreams(m: Machine, there: Machine, pid: number, child: number): Opened | Errno {
  const main = joinStreams(m, there);
  const errors = joinStreams(m, there);
  setFd(there, child, 0, main.far);
  setFd(there, child, 1, main.far);
  setFd(there, child, 2, errors.far);
  const fd = giveFd(m, pid, main.near);
  const err = giveFd(m, pid, errors.near);
  if (isErrno(fd)) return fd;
  return isErrno(err) ? err : { fd, err };
}

function onTerminal(
  m: Machine,
  there: Machine,
  pid: number,
  child: number,
  id: Id,
  size: { readonly cols: number; readonly rows: number },
): Opened | Errno {
  const master = { service: sshService, key: id };
  const tty = newTty(there, freeTtyName(there), size, master);
  const toClient = newPipe(there, { producer: master });
  const fromClient = newPipe(there, { consumer: master });
  const rx = newPipe(m);
  const tx = newPipe(m);
  const near = streamEnd(m, rx, tx);
  joinPipes(m, tx, there, fromClient);
  joinPipes(there, toClient, m, rx);
  const fd = giveFd(m, pid, near);
  if (isErrno(fd)) return fd;
  const file = newFile(there, { kind: 'tty', tty });
  for (const number of [0, 1, 2]) setFd(there, child, number, file);
  Object.assign(ownTty(there, tty), { session: child, foreground: child });
  ownProcess(there, child).tty = tty;
  return { fd, err: null, terminal: { tty, toClient, fromClient } };
}

function startShell(
  m: Machine,
  { there, account, address, source }: Reached,
  child: number,
  asked: SshRequest & { readonly op: 'open' },
  tty: Id | undefined,
): Errno | undefined {
  const { uid, gid, groups, home, name, shell } = account;
  const process = ownProcess(there, child);
  Object.assign(process, { sid: child, uid, gid, groups, ...(uid === 0 ? {} : { caps: [] }) });
  if (m.run !== undefined) process.run = m.run;
  const env: Rec<string> = {
    USER: name,
    LOGNAME: name,
    HOME: home,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    SHELL: shell,
    LANG: 'C.UTF-8',
    SSH_CONNECTION: `${source} 52110 ${address} ${asked.to.port}`,
    ...(tty === undefined ? {} : { SSH_TTY: `/dev/${there.kernel.ttys[tty]?.name ?? ''}` }),
    ...(asked.tty ? { TERM: asked.tty.term } : {}),
  };
  const base = shell.slice(shell.lastIndexOf('/') + 1);
  const argv = asked.command === undefined ? [`-${base}`] : [base, '-c', asked.command];
  if (asked.command === undefined && tty !== undefined) greet(there, tty);
  const run = there.run;
  there.run = m.run;
  const failed = execProcess(there, child, { path: shell, argv, env });
  there.run = run;
  return failed && fail(failed.errno);
}

/** What a login shows first on Ubuntu (/etc/update-motd.d/00-header). */
function greet(there: Machine, tty: Id): void {
  const name = /^PRETTY_NAME="(.*)"$/m.exec(hostText(there, '/etc/os-release') ?? '')?.[1];
  if (!name?.startsWith('Ubuntu')) return;
  const { release, machine } = there.kernel;
  const owned = ownTty(there, tty);
  owned.output += encodeUtf8(`Welcome to ${name} (GNU/Linux ${release} ${machine})\r\n\r\n`);
}

/** Moves what a terminal shows to its client, and what the client types to the terminal. */
function pump(m: Machine, id: Id): void {
  const terminal = sessionsOf(m)[id]?.terminal;
  if (!terminal) return;
  const { tty, toClient, fromClient } = terminal;
  const pipe = m.kernel.pipes[toClient];
  const room = pipe ? pipe.capacity - pipe.bytes.length : 0;
  const shown = room > 0 ? takeTtyOutput(m, tty, room) : '';
  if (shown !== '') writePipe(m, toClient, shown);
  for (;;) {
    const got = readPipe(m, fromClient, 65_536);
    if (got === 'again') return;
    if (got === 'eof' || isErrno(got)) {
      hangUpTty(m, tty);
      return;
    }
    typeTty(m, tty, got.bytes);
  }
}

function finish(m: Machine, id: Id, exit: Exit): void {
  const session = sessionsOf(m)[id];
  if (!session) return;
  delete (m.draft.own(ownState(m), 'sessions') as { [id: string]: Session })[id];
  if (session.terminal) {
    const { tty, toClient, fromClient } = session.terminal;
    hangUpTty(m, tty);
    pushPipe(m, toClient, takeTtyOutput(m, tty));
    removeTty(m, tty);
    releasePipe(m, toClient, 'write');
    releasePipe(m, fromClient, 'read');
  }
  answerClient(m, session, exit.signal === undefined ? exit.code : 255);
}

function answerClient(m: Machine, { client }: Session, code: number): void {
  if (m.world.hosts[client.host]) finishJob(m.peer(client.host), client.pid, client.job, { code });
}

/** All sessions of a host that goes away end as broken ones. */
export function breakSessions(m: Machine): void {
  for (const session of Object.values(sessionsOf(m))) answerClient(m, session, 255);
}

function sessionsOf(m: Machine): Rec<Session> {
  return (m.host.services[sshService] as unknown as SshState | undefined)?.sessions ?? {};
}

function ownState(m: Machine): { -readonly [K in keyof SshState]: SshState[K] } {
  const services = m.draft.own(m.host, 'services');
  services[sshService] ??= m.draft.adopt({ sessions: {} }) as unknown as Json;
  return m.draft.own(services, sshService) as never;
}
