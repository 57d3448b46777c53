import type { Actions } from '../actions.ts';
import { plural } from '../quantities.ts';
import type { NetworkTexts } from './network-texts.ts';

/** What happens to networks, in full sentences. */
export const networkSentences: NetworkTexts = {
  'network-create': (d) =>
    `The network ${d.name} is a bridge on this host, ${d.bridge}: a virtual switch with the addresses ${d.subnet}, of which it takes ${d.gateway} itself. ${
      d.internal
        ? 'It is internal: its containers get no default route, so they reach each other and nothing outside.'
        : 'Its containers reach each other through it and the world outside over it; firewall rules keep other bridges out.'
    }`,
  'network-remove': (d) => `The bridge ${d.bridge} is deleted, and the addresses of ${d.name} can be given out again.`,
  'network-connect': (d) =>
    d.address === ''
      ? `The daemon notes that ${d.container} is to be on ${d.network}. It does not run, so it gets an address there when it starts.`
      : `The container ${d.container} is on ${d.network} too, as ${d.address}: a running container gets one more interface in its network namespace, without a restart.`,
  'network-disconnect': (d) =>
    d.address === ''
      ? `The daemon strikes ${d.network} from the record of ${d.container}. It does not run, so there is no interface to remove.`
      : `The veth pair that joined ${d.container} to ${d.network} is deleted: the interface with ${d.address} vanishes from the running container.`,
  link: (d) =>
    `Docker writes the line "${d.address} ${d.alias}" into the /etc/hosts of ${d.container}, and variables that tell of ${d.target}. That is the legacy --link: only this container knows the name, in this direction. On a network of your own, containers find each other by name without it.`,
  'dns-names': (d) =>
    `The daemon's name server, which the container asks at ${d.server}, answers to ${d.names.join(', ')} from now on for all that share a network with it. The default bridge has no such server.`,
  'join-network': (d) =>
    `The container ${d.container} gets no network namespace of its own: it joins that of ${d.target}. Both have the same interfaces, addresses and ports, and reach each other at localhost.`,
  'list-networks': (d) =>
    `The daemon lists ${d.shown} of its ${plural(d.total, 'network')}. Three are always there: bridge for containers that ask for nothing, host for those that share the host's interfaces, none for those that get no interface but lo.`,
  'network-prune': (d) =>
    d.removed.length === 0
      ? 'Every network that users made has a running container on it, or there is none: nothing is removed.'
      : `${plural(d.removed.length, 'network')} without a running container removed: ${d.removed.join(', ')}. A stopped container does not count; it cannot start any more without its network.`,
};

/** The same in a few words. */
export const networkBriefs: NetworkTexts = {
  'network-create': (d) =>
    `bridge ${d.bridge} with ${d.gateway}, addresses ${d.subnet}${d.internal ? '; internal: no way out' : ''}`,
  'network-remove': (d) => `bridge ${d.bridge} deleted; the addresses of ${d.name} are free`,
  'network-connect': (d) =>
    d.address === ''
      ? `noted: ${d.container} gets an address on ${d.network} when it starts`
      : `${d.container} has one more interface: ${d.address} on ${d.network}`,
  'network-disconnect': (d) =>
    d.address === ''
      ? `${d.network} struck from the record of ${d.container}`
      : `${d.container} loses its interface on ${d.network} (${d.address})`,
  link: (d) => `link: ${d.container} calls ${d.target} ${d.alias} (${d.address} in /etc/hosts)`,
  'dns-names': (d) => `name server ${d.server} knows ${names(d)}`,
  'join-network': (d) => `${d.container} shares the network namespace of ${d.target}: same address, same ports`,
  'list-networks': (d) => `${d.shown} of ${plural(d.total, 'network')}; bridge, host and none are always there`,
  'network-prune': (d) => `${plural(d.removed.length, 'network')} without a running container removed`,
};

function names(d: Actions['dns-names']): string {
  return d.names.join(', ');
}
