import type { ContainerCreateBody } from '../../../engine/api.ts';
import type { Json } from '../../../kernel/json.ts';
import { ask, type Client, call, openStream, say } from '../../client.ts';
import { CliError, withHelp } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { boolFlag, type Flags, textFlag } from '../../flags/parse.ts';
import { type Attended, attend, matchSize } from '../../streams/attended.ts';
import { detachKeys } from '../../streams/detach-keys.ts';
import { closeSession, openSession } from '../../streams/session.ts';
import { catchAll, catchTermination } from '../../streams/signals.ts';
import { requireTty } from '../../streams/terminal.ts';
import type { Turn, Verb } from '../../verb.ts';
import { beginCreation, type Created, type Creation, checkPull, resumeCreation } from './creation.ts';
import { containerFlags, createBody } from './options.ts';

/** What run keeps while it waits: for the image, then for the process. */
type RunState = { readonly creation: Creation; readonly plan: Plan } | { readonly attended: Attended };

/** What is to be done with the container once it is made. */
interface Plan {
  readonly [key: string]: Json | undefined;
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly autoRemove: boolean;
  readonly sigProxy: boolean;
  readonly keys?: string;
}

/** docker run: create, attach, wait, start; then stands between the container's streams and the client's. */
export const run: Verb = {
  names: ['run', 'container run'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  flags: `${containerFlags} detach,d detach-keys:string sig-proxy`,
  arity: atLeast(1),
  argumentsEndFlags: true,
  run(client, flags, args, env) {
    const body = wrapped(() => {
      checkPull(flags);
      return createBody(client, flags, args, env);
    }, 125);
    const plan = planOf(client, flags, body);
    const attached = { AttachStdin: plan.stdin, AttachStdout: plan.stdout, AttachStderr: plan.stderr };
    const wanted = { ...body, ...attached, StdinOnce: plan.stdin && body.StdinOnce === true };
    return made(client, plan, () => beginCreation(client, flags, wanted)) as Turn;
  },
  resume(state, wake, client) {
    const now = state as unknown as RunState;
    if ('attended' in now) return attention(client, now.attended, wake) as Turn;
    return made(client, now.plan, () => resumeCreation(client, now.creation)) as Turn;
  },
};

function planOf(client: Client, flags: Flags, body: ContainerCreateBody): Plan {
  const detached = boolFlag(flags, 'detach');
  if (!detached) requireTty(client.sys, body.AttachStdin === true, body.Tty === true);
  else if (flags.has('attach')) throw new CliError('conflicting options: cannot specify both --attach and --detach');
  const keys = textFlag(flags, 'detach-keys');
  return {
    tty: body.Tty === true,
    stdin: !detached && body.AttachStdin === true,
    stdout: !detached && body.AttachStdout === true,
    stderr: !detached && body.AttachStderr === true,
    autoRemove: body.HostConfig?.AutoRemove === true,
    sigProxy: boolFlag(flags, 'sig-proxy', true),
    ...(keys ? { keys } : {}),
  };
}

/** The container is made, or its image has to come first. */
function made(client: Client, plan: Plan, create: () => Created): Turn {
  const created = wrapped(create);
  if ('id' in created) return begin(client, created.id, plan);
  return { state: { creation: created.state, plan } as unknown as Json, wait: created.wait };
}

/** Attaches, asks to be told of the end, starts. */
function begin(client: Client, id: string, plan: Plan): Turn {
  const path = `/containers/${id}`;
  if (plan.sigProxy) catchAll(client);
  else catchTermination(client);
  const shown = plan.stdout || plan.stderr;
  if (!shown) say(client, id);
  const session = plan.stdin || shown ? attach(client, path, plan) : undefined;
  const condition = plan.autoRemove ? 'removed' : 'next-exit';
  const exited = ask(client, { method: 'POST', path: `${path}/wait`, query: { condition } });
  try {
    wrapped(() => call(client, { method: 'POST', path: `${path}/start` }));
  } catch (error) {
    if (session) closeSession(client, session);
    throw error;
  }
  if (!session) return { exit: 0 };
  if (plan.tty) matchSize(client, path);
  return attention(client, {
    target: path,
    session,
    ...('job' in exited && shown ? { job: exited.job } : {}),
    ...(plan.sigProxy ? { forwardTo: id } : {}),
    ...(shown ? {} : { inputOnly: true }),
    interrupt: 'stay',
    detachFails: false,
    interrupts: 0,
  });
}

function attach(client: Client, path: string, plan: Plan) {
  const keys = detachKeys(plan.keys);
  if (keys === undefined) throw new CliError('unable to upgrade to tcp, received 400');
  const streams = { stdin: plan.stdin, stdout: plan.stdout, stderr: plan.stderr };
  const wanted = Object.entries(streams).filter(([, on]) => on);
  const query = Object.fromEntries([['stream', '1'], ...wanted.map(([name]) => [name, '1'])]);
  const fd = openStream(client, { method: 'POST', path: `${path}/attach`, query });
  return openSession(client, fd, { tty: plan.tty, stdin: plan.stdin, keys });
}

function attention(client: Client, state: Attended, wake?: Parameters<typeof attend>[2]): Turn {
  const now = attend(client, state, wake);
  if (now.over === 'left') return { exit: now.exit };
  if (now.over === 'exited') return { exit: now.status ?? 0 };
  return { state: { attended: now.state } as unknown as Json, wait: now.wait };
}

/** A failure of run is told with a pointer to the help; its status is that of a shell where it is about the command. */
function wrapped<T>(act: () => T, exitCode?: number): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw withHelp(error.message, 'run', exitCode ?? failureStatus(error.message));
  }
}

/** 127: the command does not exist. 126: it cannot be executed. 125: something else went wrong. */
function failureStatus(message: string): number {
  if (/executable file not found|no such file or directory/.test(message)) return 127;
  return /permission denied|is a directory/.test(message) ? 126 : 125;
}
