import { numberFlag, textFlag } from '../../flags/parse.ts';
import { containerName, each } from '../each.ts';
import { timeoutQuery } from './timeout.ts';

/** docker stop: asks for all containers at once; the engine answers when they have stopped. */
export const stop = each({
  names: ['stop', 'container stop'],
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  flags: 'signal,s:string timeout,t:int time:int>timeout',
  order: 'together',
  request: (name, flags) => ({
    method: 'POST',
    path: `/containers/${containerName(name)}/stop`,
    query: timeoutQuery(numberFlag(flags, 'timeout') ?? numberFlag(flags, 'time'), textFlag(flags, 'signal')),
  }),
});
