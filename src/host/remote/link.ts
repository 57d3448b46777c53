import { type Errno, fail, isErrno } from '../../kernel/errno.ts';
import { abandonProcess } from '../../kernel/exec.ts';
import { holdFile, releaseFile } from '../../kernel/files.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Id, Json } from '../../kernel/json.ts';
import type { Machine, Service } from '../../kernel/machine.ts';
import { joinStreams } from '../../kernel/net/wire.ts';
import { cloneProcess, finishJob, giveFd, ownProcess } from '../../kernel/process.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { makeReady } from '../../kernel/wait.ts';
import { desktopOf, hiddenEngine } from '../desktop/backend.ts';
import { step } from '../step.ts';
import { sshAddress } from './address.ts';
import type { Pump } from './dial-stdio.ts';
import { engineService } from './names.ts';
import { reach } from './reach.ts';

/** A request for the engine at `host`; or what became of a job that an engine had been asked for. */
type LinkRequest = { readonly host: string; readonly request: Json } | JobDone;

interface JobDone {
  readonly done: Id;
  readonly reply: Json;
  readonly client: { readonly host: Id; readonly pid: number };
}

/** A process beside the engine that passes on what a client elsewhere sends. */
export interface Agent {
  readonly there: Machine;
  readonly pid: number;
  /** The engine's service as this agent is to ask it. */
  readonly machine: Machine;
}

/**
 * Answers as the engine's own service does, or `{ unreachable }`: why nothing answers there, in the words of the program that was to
 * make the connection. ENOENT: there is no such engine.
 */
export const linkService: Service = {
  stateless: true,
  request(m, pid, message) {
    const asked = message as unknown as LinkRequest;
    if ('done' in asked) return jobDone(m, asked);
    const agent = asked.host.startsWith('ssh://') ? overSsh(m, pid, asked.host) : hidden(m, pid, asked.host);
    if (agent === undefined) return fail('ENOENT');
    if (typeof agent === 'string') return { reply: { unreachable: agent } };
    return ask(m, pid, agent, asked.request);
  },
};

function jobDone(m: Machine, { done, reply, client }: JobDone): ServiceAnswer {
  if (m.world.hosts[client.host]) finishJob(m.peer(client.host), client.pid, done, reply);
  return { reply: null };
}

function overSsh(m: Machine, pid: number, host: string): Agent | string {
  const address = sshAddress(host);
  const failed = (status: number, stderr: string) =>
    `command [${address.command}] has exited with exit status ${status}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${stderr}\n`;
  const reached = reach(m, pid, address);
  if (typeof reached === 'string') return failed(255, reached);
  const { there, account, sshd } = reached;
  const agent = startAgent(there, sshd, '/usr/bin/docker', ['docker', 'system', 'dial-stdio']);
  if (isErrno(agent)) return failed(254, 'bash: fork: retry: Resource temporarily unavailable');
  const { uid, gid, groups } = account;
  Object.assign(ownProcess(there, agent), { uid, gid, groups, caps: uid === 0 ? ownProcess(there, agent).caps : [] });
  const problem = dialProblem(there, groups, uid, address.socket);
  if (problem !== undefined) {
    abandonProcess(there, agent);
    return problem === 'no-docker'
      ? failed(127, 'bash: line 1: docker: command not found')
      : failed(1, `failed to open the raw stream connection: dial unix ${problem}`);
  }
  tellOnce(m, () =>
    step(m, 'ssh', 'ssh-connect', {
      host: address.host,
      user: account.name,
      address: reached.address,
      port: address.port,
      pid: agent,
      program: 'docker system dial-stdio',
    }),
  );
  return { there, pid: agent, machine: there };
}

/** Why `docker system dial-stdio` gets no connection there: docker is missing, or what dial(2) said. */
function dialProblem(
  there: Machine,
  groups: readonly number[],
  uid: number,
  socket = '/var/run/docker.sock',
): string | undefined {
  if (!hasDocker(there)) return 'no-docker';
  const engine = there.host.services[engineService] as { readonly daemon?: number } | undefined;
  const running = engine?.daemon !== undefined && there.kernel.processes[engine.daemon] !== undefined;
  const usual = socket === '/var/run/docker.sock' || socket === '/run/docker.sock';
  if (!running || !usual) return `${socket}: connect: no such file or directory`;
  return uid === 0 || groups.includes(dockerGroup) ? undefined : `${socket}: connect: permission denied`;
}

/** As in src/engine/service.ts. */
const dockerGroup = 988;

function hasDocker(there: Machine): boolean {
  return !isErrno(fileCalls(there, 1).stat('/usr/bin/docker'));
}

function hidden(m: Machine, pid: number, host: string): Agent | undefined {
  const desktop = desktopOf(m);
  if (!desktop?.sockets.includes(host)) return undefined;
  return hiddenEngine(m, pid, desktop, (there, parent, path, argv) => startAgent(there, parent, path, argv));
}

/** The process that passes things on; not scheduled before there is something to wait for. */
function startAgent(there: Machine, parent: number, path: string, argv: readonly string[]): number | Errno {
  const agent = cloneProcess(there, parent, { program: 'dial-stdio', pgid: 0, fds: {}, cgroup: '/system.slice' });
  if (isErrno(agent)) return agent;
  Object.assign(ownProcess(there, agent), { sid: agent, path, argv });
  return agent;
}

/** Asks the engine through its agent, which goes on with the stream or the job that the answer leaves. */
function ask(m: Machine, pid: number, { there, pid: agent, machine }: Agent, request: Json): ServiceAnswer | Errno {
  const run = machine.run;
  machine.run = m.run;
  const answer = there.software.services.get(engineService)?.request(machine, agent, request) ?? fail('ENOENT');
  machine.run = run;
  if (isErrno(answer) || ('reply' in answer && answer.fd === undefined)) {
    abandonProcess(there, agent);
    return answer;
  }
  const { near, far } = joinStreams(m, there);
  const fd = giveFd(m, pid, near);
  const line = giveFd(there, agent, far);
  if (isErrno(fd) || isErrno(line)) {
    for (const [machine, file] of [
      [m, near],
      [there, far],
    ] as const) {
      holdFile(machine, file);
      releaseFile(machine, file);
    }
    abandonProcess(there, agent);
    return fail('EMFILE');
  }
  const job = 'job' in answer ? answer.job : undefined;
  const pump: Pump = {
    engine: answer.fd ?? null,
    line,
    toLine: '',
    toEngine: '',
    inputOver: false,
    outputOver: false,
    job: job ?? null,
    client: { host: m.hostId, pid, job: `${there.hostId}:${job ?? ''}` },
  };
  ownProcess(there, agent).state = pump as unknown as Json;
  makeReady(there, agent, { on: 'yielded' });
  const opened = answer.fd === undefined ? {} : { fd };
  return 'job' in answer ? { job: pump.client.job, ...opened } : { reply: answer.reply, fd };
}

/** One connection is told of once in a turn. */
function tellOnce(m: Machine, tell: () => void): void {
  if (!m.trace.some(({ action, run }) => action === 'ssh-connect' && run === m.run)) tell();
}
