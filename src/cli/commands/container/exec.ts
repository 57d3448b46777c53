import type { ExecInspect } from '../../../engine/api.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call, inPath, openStream } from '../../client.ts';
import { ApiError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { boolFlag, listFlag, textFlag } from '../../flags/parse.ts';
import { type Attended, attend, matchSize } from '../../streams/attended.ts';
import { detachKeys } from '../../streams/detach-keys.ts';
import { openSession } from '../../streams/session.ts';
import { catchTermination } from '../../streams/signals.ts';
import { outputSize, requireTty } from '../../streams/terminal.ts';
import { done, type Turn, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';
import { readEnvironment } from '../environment.ts';

/** docker exec: one more process in a running container. */
export const exec: Verb = {
  names: ['exec', 'container exec'],
  usage: '[OPTIONS] CONTAINER COMMAND [ARG...]',
  flags: `detach,d detach-keys:string env,e:env env-file:list interactive,i privileged tty,t user,u:string
    workdir,w:string`,
  arity: atLeast(2),
  argumentsEndFlags: true,
  run(client, flags, [container = '', ...command], env) {
    const { sys } = client;
    const environment = readEnvironment(client, env, listFlag(flags, 'env-file'), listFlag(flags, 'env'));
    const path = `/containers/${containerName(container)}`;
    call(client, { method: 'GET', path: `${path}/json` });
    const detached = boolFlag(flags, 'detach');
    const tty = boolFlag(flags, 'tty');
    const stdin = !detached && boolFlag(flags, 'interactive');
    if (!detached) requireTty(sys, stdin, tty);
    const keyNames = textFlag(flags, 'detach-keys');
    const keys = detachKeys(keyNames);
    if (keys === undefined) throw new ApiError(400, `Invalid escape keys (${keyNames}) provided`);
    const [rows, cols] = outputSize(sys);
    const console = tty && rows > 0 ? { ConsoleSize: [rows, cols] } : {};
    const body: Json = {
      AttachStdin: stdin,
      AttachStdout: !detached,
      AttachStderr: !detached,
      Tty: tty,
      Cmd: command,
      Env: environment,
      WorkingDir: textFlag(flags, 'workdir') ?? '',
      User: textFlag(flags, 'user') ?? '',
      Privileged: boolFlag(flags, 'privileged'),
      ...(keyNames ? { DetachKeys: keyNames } : {}),
      ...console,
    };
    const { Id } = call(client, { method: 'POST', path: `${path}/exec`, body }) as { readonly Id: string };
    const target = `/exec/${inPath(Id)}`;
    const start = {
      method: 'POST',
      path: `${target}/start`,
      body: { Detach: detached, Tty: tty, ...console },
    } as const;
    if (detached) {
      call(client, start);
      return done;
    }
    catchTermination(client);
    if (tty) sys.onSignal('SIGWINCH', 'catch');
    const session = openSession(client, openStream(client, start), { tty, stdin, keys });
    if (tty && sys.isatty(0)) matchSize(client, target);
    return attention(client, { target, session, interrupt: 'leave', detachFails: true, interrupts: 0 });
  },
  resume(state, wake, client) {
    return attention(client, state as unknown as Attended, wake);
  },
};

function attention(client: Client, state: Attended, wake?: Parameters<typeof attend>[2]): Turn {
  const now = attend(client, state, wake);
  if (now.over === 'left') return { exit: now.exit };
  if (now.over === false) return { state: now.state as unknown as Json, wait: now.wait };
  const answer = call(client, { method: 'GET', path: `${state.target}/json` });
  return { exit: (answer as unknown as ExecInspect).ExitCode ?? 0 };
}
