import { call } from '../../client.ts';
import { exactly } from '../../flags/arity.ts';
import { textFlag } from '../../flags/parse.ts';
import { done, type Verb } from '../../verb.ts';
import { archiveOutput } from '../archive-output.ts';
import { containerName } from '../each.ts';

/** docker export: a container's files as an archive. */
export const exportVerb: Verb = {
  names: ['export', 'container export'],
  usage: '[OPTIONS] CONTAINER',
  flags: 'output,o:string',
  arity: exactly(1),
  run(client, flags, [container = '']) {
    const output = archiveOutput(client, textFlag(flags, 'output') ?? '', 'failed to export container');
    const path = `/containers/${containerName(container)}/export`;
    const { parts } = call(client, { method: 'GET', path }) as { readonly parts: readonly string[] };
    output.write(parts);
    return done;
  },
};
