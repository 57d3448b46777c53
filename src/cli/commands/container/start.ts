import type { ApiRequest } from '../../../engine/api.ts';
import { ask, type Client, call, complain, openStream, say } from '../../client.ts';
import { ApiError, CliError } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { boolFlag, type Flags, textFlag } from '../../flags/parse.ts';
import { type Attended, attention, matchSize } from '../../streams/attended.ts';
import { detachKeys } from '../../streams/detach-keys.ts';
import { closeSession, openSession } from '../../streams/session.ts';
import { catchAll, catchTermination } from '../../streams/signals.ts';
import type { Turn, Verb } from '../../verb.ts';
import { containerName } from '../each.ts';
import { inspectContainer } from './facts.ts';

/** docker start: starts containers that exist; with -a or -i one, whose streams are then attended. */
export const start: Verb = {
  names: ['start', 'container start'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'attach,a detach-keys:string interactive,i',
  arity: atLeast(1),
  run(client, flags, args) {
    const interactive = boolFlag(flags, 'interactive');
    if (!interactive && !boolFlag(flags, 'attach')) return startAll(client, args);
    if (args.length > 1) throw new CliError('you cannot start and attach multiple containers at once');
    return startAttached(client, flags, args[0] ?? '', interactive);
  },
  resume(state, wake, client) {
    return attention(client, state as unknown as Attended, wake);
  },
};

function startAll(client: Client, containers: readonly string[]): Turn {
  const failed: string[] = [];
  for (const container of containers) {
    try {
      call(client, { method: 'POST', path: `/containers/${containerName(container)}/start` });
      say(client, container);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      complain(client, error.message);
      failed.push(container);
    }
  }
  if (failed.length === 0) return { exit: 0 };
  complain(client, `Error: failed to start containers: ${failed.join(', ')}`);
  return { exit: 1 };
}

function startAttached(client: Client, flags: Flags, container: string, interactive: boolean): Turn {
  const facts = inspectContainer(client, `/containers/${containerName(container)}`);
  const target = `/containers/${facts.Id}`;
  const { Tty: tty, OpenStdin: openStdin } = facts.Config;
  const keys = detachKeys(textFlag(flags, 'detach-keys'));
  if (keys === undefined) throw new CliError('unable to upgrade to tcp, received 400');
  if (tty) {
    catchTermination(client);
    client.sys.onSignal('SIGWINCH', 'catch');
  } else catchAll(client);
  const stdin = interactive && openStdin;
  const query = { stream: '1', stdout: '1', stderr: '1', ...(stdin ? { stdin: '1' } : {}) };
  const fd = attachTo(client, { method: 'POST', path: `${target}/attach`, query });
  const session = openSession(client, fd, { tty, stdin, keys });
  const condition = facts.HostConfig.AutoRemove ? 'removed' : 'next-exit';
  const exited = ask(client, { method: 'POST', path: `${target}/wait`, query: { condition } });
  try {
    call(client, { method: 'POST', path: `${target}/start` });
  } catch (error) {
    closeSession(client, session);
    throw error;
  }
  if (tty) matchSize(client, target);
  return attention(client, {
    target,
    session,
    ...('job' in exited ? { job: exited.job } : {}),
    ...(tty ? {} : { forwardTo: facts.Id }),
    interrupt: 'leave',
    detachFails: false,
    interrupts: 0,
  });
}

/** A container that is paused or restarting: the real client tells the status of the answer only. */
function attachTo(client: Client, request: ApiRequest): number {
  try {
    return openStream(client, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new CliError(`unable to upgrade to tcp, received ${error.status}`);
  }
}
