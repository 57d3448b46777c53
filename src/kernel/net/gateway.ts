import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { ownStack, stackOf } from './interfaces.ts';

/** The default route of a namespace: the next hop and the interface. */
export interface DefaultRoute {
  readonly via: string;
  readonly dev: string;
}

/** Makes this the namespace's only default route; without one there is none. */
export function setDefaultRoute(m: Machine, ns: Id, route: DefaultRoute | undefined): void {
  const others = stackOf(m, ns).routes.filter(({ to }) => to !== 'default');
  ownStack(m, ns).routes = route ? [{ to: 'default', ...route }, ...others] : others;
}
