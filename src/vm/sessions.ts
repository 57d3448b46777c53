import { type Errno, fail, isErrno } from '../kernel/errno.ts';
import { abandonProcess, execProcess } from '../kernel/exec.ts';
import { setFd } from '../kernel/files.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { joinPipes } from '../kernel/net/wire.ts';
import { newPipe, pipeEnd } from '../kernel/pipes.ts';
import { cloneProcess, finishJob, giveFd, ownProcess } from '../kernel/process.ts';
import type { Exit, ServiceAnswer } from '../kernel/program.ts';
import { nextSeq } from '../kernel/world.ts';
import { accountOf } from '../programs/accounts.ts';
import { refuse } from './refuse.ts';
import type { GuestCommand, VmAnswer } from './requests.ts';
import { type GuestSession, hostOf, hypervisor, hypervisorState, type VirtualMachine } from './state.ts';
import { step } from './step.ts';

/** The service that sshd is in a guest: it is told when a session's process has ended. */
export const sessionService = 'guest-sshd';

/**
 * Runs a command in a guest as sshd does for ssh: a child of sshd there, as the user. Its input and output are pipes that lead to the
 * client on the host; the job is done with its exit status (`{ code }`), or with `{ gone: true }` when the guest went away.
 */
export function execInGuest(
  m: Machine,
  client: number,
  vm: VirtualMachine,
  { user, argv, env = {} }: GuestCommand,
): ServiceAnswer | Errno {
  if (vm.guest === undefined || vm.state !== 'running') return refuse('not-running');
  const guest = m.peer(vm.guest);
  const account = accountOf(guest, user);
  const sshd = Object.values(guest.kernel.processes).find(({ program }) => program === 'sshd');
  if (!sshd) return refuse('not-running');
  if (!account) return refuse('no-such-user');
  const pid = cloneProcess(guest, sshd.pid, { pgid: 0, fds: {}, cwd: account.home, cgroup: '/user.slice' });
  if (isErrno(pid)) return pid;
  const { uid, gid, groups, home, shell } = account;
  Object.assign(ownProcess(guest, pid), { sid: pid, uid, gid, groups, ...(uid === 0 ? {} : { caps: [] }) });
  const streams = connect(m, client, guest, pid);
  if (isErrno(streams)) {
    abandonProcess(guest, pid);
    return streams;
  }
  const base = {
    USER: user,
    LOGNAME: user,
    HOME: home,
    SHELL: shell,
    PATH: uid === 0 ? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' : userPath,
    LANG: 'C.UTF-8',
  };
  const [path = ''] = argv;
  const failed = execProcess(guest, pid, { path, argv, env: { ...base, ...env } });
  if (failed) {
    abandonProcess(guest, pid);
    return failed;
  }
  step(m, 'sshd', 'guest-login', { vm: vm.name, user, program: path, pid });
  const job = `vm${nextSeq(m)}`;
  const state = hypervisor(m);
  state.sessions ??= m.draft.adopt({});
  (m.draft.own(state, 'sessions') as { [key: string]: GuestSession })[`${vm.guest}:${pid}`] = { client, job };
  return { reply: { ok: true, streams: { ...streams, pid, job } } satisfies VmAnswer };
}

/** As sshd and /etc/login.defs set it for users. */
const userPath = '/usr/local/bin:/usr/bin:/bin:/usr/games';

/** The three pipes of a session: descriptors of the client, and 0, 1 and 2 of the process in the guest. */
function connect(
  m: Machine,
  client: number,
  guest: Machine,
  pid: number,
): { readonly stdin: number; readonly stdout: number; readonly stderr: number } | Errno {
  const taken: number[] = [];
  for (const fd of [0, 1, 2] as const) {
    const near = newPipe(m);
    const far = newPipe(guest);
    const end = giveFd(m, client, pipeEnd(m, near, fd === 0 ? 'write' : 'read'));
    if (isErrno(end)) return end;
    setFd(guest, pid, fd, pipeEnd(guest, far, fd === 0 ? 'read' : 'write'));
    if (fd === 0) joinPipes(m, near, guest, far);
    else joinPipes(guest, far, m, near);
    taken.push(end);
  }
  const [stdin = -1, stdout = -1, stderr = -1] = taken;
  return { stdin, stdout, stderr };
}

/** A process that sshd of a guest had started has ended: whoever waits on the host is told. */
export function sessionEnded(guest: Machine, pid: number, exit: Exit): void {
  const m = hostOf(guest);
  if (m) finish(m, `${guest.hostId}:${pid}`, { code: exit.code });
}

/** A guest has gone: all who waited for something in it are told. */
export function endSessions(m: Machine, name: string): void {
  for (const key of Object.keys(hypervisorState(m).sessions ?? {})) {
    if (key.startsWith(`${m.hostId}/${name}:`)) finish(m, key, { gone: true });
  }
}

function finish(m: Machine, key: string, reply: { readonly code: number } | { readonly gone: true }): void {
  const session = hypervisorState(m).sessions?.[key];
  if (!session) return;
  delete (m.draft.own(hypervisor(m), 'sessions') as { [key: string]: GuestSession })[key];
  finishJob(m, session.client, session.job, reply);
}

/** Writes a file in a guest, as scp does. */
export function putFile(
  m: Machine,
  vm: VirtualMachine,
  file: { readonly path: string; readonly bytes: string; readonly mode: number; readonly user: string },
): ServiceAnswer | Errno {
  if (vm.guest === undefined) return refuse('not-running');
  const guest = m.peer(vm.guest);
  const account = accountOf(guest, file.user);
  const calls = fileCalls(guest, 1);
  const failed =
    calls.writeFile(file.path, file.bytes, { mode: file.mode }) ??
    calls.chmod(file.path, file.mode) ??
    (account ? calls.chown(file.path, account.uid, account.gid) : fail('EINVAL'));
  return failed ?? { reply: { ok: true } satisfies VmAnswer };
}
