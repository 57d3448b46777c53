import type { TopAnswer } from '../../../engine/api.ts';
import { call, say } from '../../client.ts';
import { atLeast } from '../../flags/arity.ts';
import { tabulate } from '../../format/tabwriter.ts';
import { done, type Verb } from '../../verb.ts';
import { containerName } from '../each.ts';

/** docker top: a container's processes as the host's ps shows them. */
export const top: Verb = {
  names: ['top', 'container top'],
  usage: 'CONTAINER [ps OPTIONS]',
  flags: '',
  arity: atLeast(1),
  argumentsEndFlags: true,
  run(client, _flags, [container = '', ...psArgs]) {
    const path = `/containers/${containerName(container)}/top`;
    const query = psArgs.length > 0 ? { query: { ps_args: psArgs.join(' ') } } : {};
    const answer = call(client, { method: 'GET', path, ...query }) as unknown as TopAnswer;
    const rows = [answer.Titles, ...answer.Processes].map((cells) => cells.join('\t'));
    for (const line of tabulate(rows, { least: 20, padding: 3 })) say(client, line);
    return done;
  },
};
