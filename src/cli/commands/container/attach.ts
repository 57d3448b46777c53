import type { Id } from '../../../kernel/json.ts';
import { ask, type Client, openStream } from '../../client.ts';
import { ApiError, CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { type Attended, attention, matchSize } from '../../streams/attended.ts';
import { detachKeys } from '../../streams/detach-keys.ts';
import { openSession } from '../../streams/session.ts';
import { catchAll, catchTermination } from '../../streams/signals.ts';
import { requireTty } from '../../streams/terminal.ts';
import type { Verb } from '../../verb.ts';
import { containerName } from '../each.ts';
import { type ContainerFacts, inspectContainer } from './facts.ts';

/** docker attach: connects the client's streams with those of a container that runs. */
export const attach: Verb = {
  names: ['attach', 'container attach'],
  usage: '[OPTIONS] CONTAINER',
  flags: 'detach-keys:string no-stdin sig-proxy',
  arity: exactly(1),
  run(client, flags, [container = '']) {
    const path = `/containers/${containerName(container)}`;
    const job = waitJob(client, path);
    const facts = running(client, path);
    const { Tty: tty, OpenStdin: openStdin } = facts.Config;
    const noStdin = boolFlag(flags, 'no-stdin');
    requireTty(client.sys, !noStdin, tty);
    const keys = detachKeys(textFlag(flags, 'detach-keys'));
    if (keys === undefined) throw new CliError('unable to upgrade to tcp, received 400');
    const forwards = boolFlag(flags, 'sig-proxy', true) && !tty;
    if (forwards) catchAll(client);
    else catchTermination(client);
    const stdin = !noStdin && openStdin;
    const query = { stream: '1', stdout: '1', stderr: '1', ...(stdin ? { stdin: '1' } : {}) };
    const fd = openStream(client, { method: 'POST', path: `${path}/attach`, query });
    running(client, path);
    const session = openSession(client, fd, { tty, stdin, keys });
    const target = `/containers/${facts.Id}`;
    if (tty) {
      client.sys.onSignal('SIGWINCH', 'catch');
      // a program that already drew its screen draws it again when the size changes, so it is changed twice
      matchSize(client, target, 1);
      matchSize(client, target);
    }
    return attention(client, {
      target,
      session,
      ...(job === undefined ? {} : { job }),
      ...(forwards ? { forwardTo: facts.Id } : {}),
      interrupt: 'hang-up',
      detachFails: true,
      interrupts: 0,
    });
  },
  resume(state, wake, client) {
    return attention(client, state as unknown as Attended, wake);
  },
};

/** Asked before the container is looked at, so that its end cannot be missed. */
function waitJob(client: Client, path: string): Id | undefined {
  try {
    const answer = ask(client, { method: 'POST', path: `${path}/wait` });
    return 'job' in answer ? answer.job : undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return undefined; // looking at the container will say the same
  }
}

function running(client: Client, path: string): ContainerFacts {
  const facts = inspectContainer(client, path);
  const { Running, Paused, Restarting } = facts.State;
  if (!Running) throw new CliError('You cannot attach to a stopped container, start it first');
  if (Paused) throw new CliError('You cannot attach to a paused container, unpause it first');
  if (Restarting) throw new CliError('You cannot attach to a restarting container, wait until it is running');
  return facts;
}
