import { containerName, each } from '../each.ts';

/** docker pause: freezes all processes of each container. */
export const pause = each({
  names: ['pause', 'container pause'],
  usage: 'CONTAINER [CONTAINER...]',
  flags: '',
  order: 'together',
  request: (name) => ({ method: 'POST', path: `/containers/${containerName(name)}/pause` }),
});

/** docker unpause: lets them go on. */
export const unpause = each({
  names: ['unpause', 'container unpause'],
  usage: 'CONTAINER [CONTAINER...]',
  flags: '',
  order: 'together',
  request: (name) => ({ method: 'POST', path: `/containers/${containerName(name)}/unpause` }),
});
