import { ApiError } from '../../errors.ts';
import { each } from '../each.ts';
import { networkInPath } from './inspect.ts';

/** docker network rm: removes networks that no container runs on. */
export const networkRm = each({
  names: ['network rm', 'network remove'],
  usage: 'NETWORK [NETWORK...]',
  flags: 'force,f',
  order: 'one-by-one',
  request: (name) => ({ method: 'DELETE', path: `/networks/${networkInPath(name)}` }),
  silent: (error, force) => force && error instanceof ApiError && error.status === 404,
  epilogue: () => 'exit status 1',
});
