import { type Id, second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { newTty, removeTty, resizeTty } from '../../kernel/tty.ts';
import { randomHex } from '../../kernel/world.ts';
import type { ApiResponse, ExecCreateBody, ExecInspect } from '../api.ts';
import { EngineError, notRunning, raise } from '../errors.ts';
import { processLimitsOf } from '../isolation.ts';
import { findContainer } from '../lookup.ts';
import { linkProblem } from '../networks/links.ts';
import { runcExec, startExitCode } from '../runc.ts';
import { type Container, type Exec, engine, engineState, serviceName, type TaskIo, taskOf } from '../state.ts';
import { closeIo, makeIo, openStream, sayToClients } from '../streams.ts';
import { noteExec } from '../watch/events.ts';
import { environment } from './environment.ts';

/** How long the engine can still be asked about an exec that has ended. */
const kept = 300 * second;

/** POST /containers/ID/exec: a further process for a running container, not started yet. */
export function createExec(m: Machine, reference: string, body: ExecCreateBody): ApiResponse {
  const container = running(m, findContainer(m, reference));
  const id = randomHex(m, 64);
  const { stdin, stdout, stderr } = { stdin: body.AttachStdin, stdout: body.AttachStdout, stderr: body.AttachStderr };
  const exec: Exec = {
    id,
    container: container.id,
    argv: body.Cmd,
    env: body.Env ?? [],
    privileged: body.Privileged ?? false,
    tty: body.Tty,
    attach: { stdin, stdout, stderr },
    running: false,
    pid: 0,
    ...(body.WorkingDir ? { cwd: body.WorkingDir } : {}),
    ...(body.User ? { user: body.User } : {}),
  };
  if (container.links) raise(linkProblem(m, container));
  const execs = m.draft.own(engine(m), 'execs') as { [id: string]: Exec };
  for (const old of Object.values(execs)) {
    if (old.finishedAt !== undefined && m.world.now - old.finishedAt > kept) delete execs[old.id];
  }
  execs[id] = exec;
  noteExec(m, container, exec, 'exec_create');
  return { status: 201, body: { Id: id } };
}

function running(m: Machine, container: Container): Container {
  if (container.state.status === 'paused') {
    throw new EngineError(
      'container-paused',
      409,
      `Container ${container.name} is paused, unpause the container before exec`,
    );
  }
  if (!taskOf(m, container.id)) throw notRunning(container.id);
  return container;
}

/**
 * POST /exec/ID/start: the process joins the container's namespaces. A program that cannot be executed ends with 126 or
 * 127, and the runtime's words come as output, as the real engine has it (transcript 04).
 */
export function startExec(
  m: Machine,
  id: Id,
  pid: number,
  body: { readonly Detach?: boolean; readonly ConsoleSize?: readonly [number, number] },
): ServiceAnswer {
  const exec = findExec(m, id);
  const container = running(m, findContainer(m, exec.container));
  const task = taskOf(m, container.id);
  if (!task) throw notRunning(container.id);
  const owner = `x:${id}`;
  const [rows, cols] = body.ConsoleSize ?? [24, 80];
  const tty = exec.tty
    ? newTty(m, 'pts/0', { cols: cols || 80, rows: rows || 24 }, { service: serviceName, key: `out:${owner}` })
    : undefined;
  const io = makeIo(m, owner, { stdin: exec.attach.stdin, ...(tty === undefined ? {} : { tty }) });
  (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner] = io;
  const stream = body.Detach ? undefined : openStream(m, pid, { owner, ...exec.attach, framed: !exec.tty });
  const update = (change: Partial<Exec>): void => {
    (m.draft.own(engine(m), 'execs') as { [id: string]: Exec })[id] = { ...exec, ...change };
  };
  try {
    const started = runcExec(
      m,
      task.pid,
      {
        container: container.id,
        filesystems: task.filesystems,
        shim: task.shim,
        argv: exec.argv,
        env: { ...environment(m, container), ...(exec.tty ? { TERM: 'xterm' } : {}), ...pairs(exec.env) },
        cwd: exec.cwd ?? container.config.WorkingDir ?? '/',
        user: exec.user ?? container.config.User ?? '',
        privileged: exec.privileged,
        limits: processLimitsOf(container.hostConfig),
      },
      io,
    );
    update({ running: true, pid: started });
    noteExec(m, container, exec, 'exec_start');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    update({
      running: false,
      finishedAt: m.world.now,
      exitCode: error.code === 'no-such-user' ? 126 : failedExitCode(error.message),
    });
    if (tty !== undefined) removeTty(m, tty);
    const isOutput = stream !== undefined && error.code !== 'no-such-user';
    if (isOutput) sayToClients(m, owner, `${error.message}\r\n`);
    closeIo(m, owner);
    if (!isOutput) throw error;
    return { reply: { status: 101, body: null }, fd: stream };
  }
  return stream === undefined
    ? { reply: { status: 200, body: null } }
    : { reply: { status: 101, body: null }, fd: stream };
}

function pairs(env: readonly string[]): { [key: string]: string } {
  return Object.fromEntries(env.map((entry) => [entry.split('=')[0] ?? '', entry.slice(entry.indexOf('=') + 1)]));
}

/** GET /exec/ID/json. */
export function inspectExec(m: Machine, id: Id): ApiResponse {
  const exec = findExec(m, id);
  const body: ExecInspect = {
    ID: id,
    Running: exec.running,
    ExitCode: exec.running ? null : (exec.exitCode ?? null),
    Pid: exec.pid,
    ContainerID: exec.container,
  };
  return { status: 200, body: { ...body } };
}

/** POST /exec/ID/resize. */
export function resizeExec(m: Machine, id: Id, cols: number, rows: number): ApiResponse {
  const { tty } = engineState(m).io[`x:${findExec(m, id).id}`] ?? {};
  if (tty !== undefined) resizeTty(m, tty, cols, rows);
  return { status: 200, body: null };
}

function findExec(m: Machine, id: Id): Exec {
  const exec = engineState(m).execs[id];
  if (!exec) throw new EngineError('no-such-exec', 404, `No such exec instance: ${id}`);
  return exec;
}

/** 127 or 126 where the program is the reason, else 128: what the engine keeps of an exec that could not begin. */
function failedExitCode(message: string): number {
  const code = startExitCode(message);
  return code === 125 ? 128 : code;
}
