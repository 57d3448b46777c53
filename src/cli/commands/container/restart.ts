import { numberFlag, textFlag } from '../../flags/parse.ts';
import { containerName, each } from '../each.ts';
import { timeoutQuery } from './timeout.ts';

/** docker restart: one container after the other. */
export const restart = each({
  names: ['restart', 'container restart'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'signal,s:string timeout,t:int time:int>timeout',
  order: 'one-by-one',
  request: (name, flags) => ({
    method: 'POST',
    path: `/containers/${containerName(name)}/restart`,
    query: timeoutQuery(numberFlag(flags, 'timeout') ?? numberFlag(flags, 'time'), textFlag(flags, 'signal')),
  }),
});
