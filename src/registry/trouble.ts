import type { Machine } from '../kernel/machine.ts';
import { hubId, registryIn, setRegistry } from './store.ts';

/** A registry that answers every request with 503, or that gives so many images more to those who have not logged in. */
export type Trouble = { readonly state: 'down' } | { readonly state: 'limited'; readonly left: number };

/** Docker Hub is in trouble from now on; `up`: it is all right again. */
export function troubleHub(m: Machine, trouble: Trouble | { readonly state: 'up' }): void {
  const { trouble: _before, ...registry } = registryIn(m, hubId);
  setRegistry(m, hubId, trouble.state === 'up' ? registry : { ...registry, trouble });
}
