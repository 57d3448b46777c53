import { call, say } from '../../client.ts';
import { atMost } from '../../flags/arity.ts';
import { listFlag, textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';

/** docker volume create: a folder of the engine's for files that outlive containers. */
export const volumeCreate: Verb = {
  names: ['volume create'],
  usage: '[OPTIONS] [VOLUME]',
  flags: 'driver,d:string label:label opt,o:map',
  arity: atMost(1),
  run(client, flags, [name]) {
    const labels = listFlag(flags, 'label').map((text): [string, string] => {
      const cut = text.indexOf('=');
      return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
    });
    const body = {
      Name: name ?? '',
      Driver: textFlag(flags, 'driver') ?? 'local',
      Labels: Object.fromEntries(labels),
      DriverOpts: Object.fromEntries(listFlag(flags, 'opt').map((text) => text.split(/=(.*)/s, 2))),
    };
    const made = call(client, { method: 'POST', path: '/volumes/create', body }) as { readonly Name: string };
    say(client, made.Name);
    return done;
  },
};
