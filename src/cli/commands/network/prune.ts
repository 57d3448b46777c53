import { prune } from '../prune.ts';

/** docker network prune: removes all networks that no container runs on. */
export const networkPrune = prune({
  names: ['network prune'],
  flags: 'filter:filter force,f',
  path: '/networks/prune',
  warning: () => 'WARNING! This will remove all custom networks not used by at least one container.',
  list: 'NetworksDeleted',
  title: 'Deleted Networks:',
  space: false,
});
