import { call, complain, inPath } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { exactly } from '../../flags/arity.ts';
import { done, type Verb } from '../../verb.ts';

/** docker rename: another name for a container. */
export const rename: Verb = {
  names: ['rename', 'container rename'],
  usage: 'CONTAINER NEW_NAME',
  flags: '',
  arity: exactly(2),
  run(client, _flags, args) {
    const [from = '', to = ''] = args.map((name) => name.trim());
    if (from === '' || to === '') throw new CliError('Error: Neither old nor new names may be empty');
    try {
      call(client, { method: 'POST', path: `/containers/${inPath(from)}/rename`, query: { name: to } });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      complain(client, error.message);
      throw new CliError(`Error: failed to rename container named ${from}`);
    }
    return done;
  },
};
