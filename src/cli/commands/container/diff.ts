import { call, say } from '../../client.ts';
import { exactly } from '../../flags/arity.ts';
import { done, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';

const letters = ['C', 'A', 'D'];

/** docker diff: what a container has changed in its image's tree. */
export const diff: Verb = {
  names: ['diff', 'container diff'],
  usage: 'CONTAINER',
  flags: '',
  arity: exactly(1),
  run(client, _flags, [container = '']) {
    const path = `/containers/${containerName(container)}/changes`;
    const found = call(client, { method: 'GET', path }) as readonly { Kind: number; Path: string }[] | null;
    for (const { Kind, Path } of found ?? []) say(client, `${letters[Kind] ?? '?'} ${Path}`);
    return done;
  },
};
