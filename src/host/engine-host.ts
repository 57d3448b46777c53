import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { World } from '../kernel/state.ts';

/** The host whose engine a docker client on `host` talks to by itself: that host, or the virtual machine that hides in it; undefined without one. */
export function engineHostOf(world: World, host: Id): Id | undefined {
  const services = world.hosts[host]?.services;
  if (services?.dockerd !== undefined) return host;
  const { vm } = (services?.desktop ?? {}) as { readonly vm?: Id };
  return vm !== undefined && world.hosts[vm]?.services.dockerd !== undefined ? vm : undefined;
}

/** The same as a machine. */
export function engineOf(m: Machine): Machine | undefined {
  const host = engineHostOf(m.world as World, m.hostId);
  return host === undefined ? undefined : host === m.hostId ? m : m.peer(host);
}
