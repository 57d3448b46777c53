import { textFlag } from '../../flags/parse.ts';
import { containerName, each } from '../each.ts';

/** docker kill: a signal (SIGKILL, unless told) to each container's first process. */
export const kill = each({
  names: ['kill', 'container kill'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'signal,s:string',
  order: 'together',
  request: (name, flags) => {
    const signal = textFlag(flags, 'signal');
    return {
      method: 'POST',
      path: `/containers/${containerName(name)}/kill`,
      ...(signal ? { query: { signal } } : {}),
    };
  },
});
