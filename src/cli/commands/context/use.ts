import { keepCurrentContext } from '../../auth-config.ts';
import { complain, say } from '../../client.ts';
import { contextExists, defaultContext, dropContext, readContext } from '../../contexts/store.ts';
import { joinErrors } from '../../errors.ts';
import { atLeast, countOf, noArgs } from '../../flags/arity.ts';
import { boolFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';

/** docker context use: the context that commands use from now on. */
export const contextUse: Verb = {
  names: ['context use'],
  usage: 'CONTEXT',
  flags: '',
  arity: countOf(1),
  run(client, _flags, [name = ''], env) {
    if (name !== defaultContext) readContext(client.sys, client.folder ?? '', name);
    keepCurrentContext(client, name === defaultContext ? undefined : name);
    say(client, name);
    complain(client, `Current context is now ${JSON.stringify(name)}`);
    if (env.DOCKER_HOST && name !== defaultContext) {
      const how = `To use ${JSON.stringify(name)}, either set the global --context flag, or unset DOCKER_HOST environment variable.`;
      complain(client, `Warning: DOCKER_HOST environment variable overrides the active context. ${how}`);
    }
    return done;
  },
};

/** docker context show: the name of the context in use. */
export const contextShow: Verb = {
  names: ['context show'],
  usage: '',
  flags: '',
  arity: noArgs,
  run(client) {
    say(client, client.endpoint.context ?? defaultContext);
    return done;
  },
};

/** docker context rm: forgets contexts. */
export const contextRm: Verb = {
  names: ['context rm', 'context remove'],
  usage: 'CONTEXT [CONTEXT...]',
  flags: 'force,f',
  arity: atLeast(1),
  run(client, flags, names) {
    const force = boolFlag(flags, 'force');
    const { folder = '', sys } = client;
    const errors: string[] = [];
    for (const name of names) {
      const quoted = JSON.stringify(name);
      const inUse = name === client.endpoint.context;
      if (name === defaultContext) errors.push('context "default" cannot be removed');
      else if (!force && !contextExists(sys, folder, name)) errors.push(`context ${quoted} does not exist`);
      else if (!force && inUse) errors.push(`context ${quoted} is in use, set -f flag to force remove`);
      else {
        if (inUse) keepCurrentContext(client, undefined);
        dropContext(sys, folder, name);
        say(client, name);
      }
    }
    const problem = joinErrors(errors);
    if (problem) throw problem;
    return done;
  },
};
