import { ApiError, CliError } from '../../errors.ts';
import { boolFlag } from '../../flags/parse.ts';
import { each } from '../each.ts';

/** docker rm: removes containers; with --force also running ones, and missing ones are only mentioned. */
export const rm = each({
  names: ['rm', 'container rm', 'container remove'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'force,f link,l volumes,v',
  order: 'together',
  request: (name, flags) => {
    const bare = name.replace(/^\/+|\/+$/g, '');
    if (bare === '') throw new CliError('container name cannot be empty');
    return {
      method: 'DELETE',
      path: `/containers/${encodeURIComponent(bare)}`,
      query: {
        ...(boolFlag(flags, 'force') ? { force: '1' } : {}),
        ...(boolFlag(flags, 'link') ? { link: '1' } : {}),
        ...(boolFlag(flags, 'volumes') ? { v: '1' } : {}),
      },
    };
  },
  forgiven: (error, force) => force && error instanceof ApiError && error.status === 404,
});
