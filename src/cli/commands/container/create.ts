import type { Json } from '../../../kernel/json.ts';
import { type Client, say } from '../../client.ts';
import { CliError, withHelp } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import type { Turn, Verb } from '../../verb.ts';
import { beginCreation, type Created, type Creation, checkPull, resumeCreation } from './creation.ts';
import { containerFlags, createBody } from './options.ts';

/** docker create: makes a container and prints its id; nothing runs. */
export const create: Verb = {
  names: ['create', 'container create'],
  usage: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
  flags: containerFlags,
  arity: atLeast(1),
  argumentsEndFlags: true,
  run(client, flags, args, env) {
    const body = attempt(() => {
      checkPull(flags);
      return createBody(client, flags, args, env);
    });
    return made(client, beginCreation(client, flags, body));
  },
  resume(state, _wake, client) {
    return made(client, resumeCreation(client, state as unknown as Creation));
  },
};

function made(client: Client, created: Created): Turn {
  if ('wait' in created) return { state: created.state as unknown as Json, wait: created.wait };
  say(client, created.id);
  return { exit: 0 };
}

function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw withHelp(error.message, 'create', 125);
  }
}
