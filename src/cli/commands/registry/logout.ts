import { dropUser, serverKey } from '../../auth-config.ts';
import { say } from '../../client.ts';
import { atMost } from '../../flags/arity.ts';
import { done, type Verb } from '../../verb.ts';

/** docker logout: forgets who is logged in to a registry. */
export const logout: Verb = {
  names: ['logout'],
  usage: '[SERVER]',
  flags: '',
  arity: atMost(1),
  run(client, _flags, [server = '']) {
    const host = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    const key = serverKey(server);
    // it calls Docker Hub by the name that it was given
    say(client, `Removing login credentials for ${server === '' ? key : host}`);
    dropUser(client, key);
    return done;
  },
};
