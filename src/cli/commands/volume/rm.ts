import { inPath } from '../../client.ts';
import { boolFlag } from '../../flags/parse.ts';
import { each } from '../each.ts';

/** docker volume rm: removes volumes that no container has. */
export const volumeRm = each({
  names: ['volume rm', 'volume remove'],
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  flags: 'force,f',
  order: 'one-by-one',
  request: (name, flags) => ({
    method: 'DELETE',
    path: `/volumes/${inPath(name)}`,
    query: boolFlag(flags, 'force') ? { force: '1' } : {},
  }),
});
