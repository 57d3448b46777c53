import type { Machine } from '../../kernel/machine.ts';
import { parseCidr } from '../../kernel/net/address.ts';
import { ownInterface, stackOf } from '../../kernel/net/interfaces.ts';
import { addBridge } from '../../kernel/net/netns.ts';
import { defaultBridge, hostNetns } from '../network.ts';
import { userNetworks } from './store.ts';
import type { Network } from './types.ts';
import { networkOptions, parseBool } from './validate.ts';

/** The bridge of a network on the host, with the network's options. */
export function raiseBridge(m: Machine, { bridge, subnet, gateway, options }: Network): void {
  const host = hostNetns(m);
  addBridge(m, host, bridge, `${gateway}/${parseCidr(subnet)?.prefix ?? 32}`);
  const card = ownInterface(m, host, bridge);
  if (!card) return;
  card.mtu = Number(options[networkOptions.mtu] ?? 0) || card.mtu;
  if (parseBool(options[networkOptions.icc] ?? 'true') === false) card.portsIsolated = true;
}

/** A daemon that starts makes the bridges that the kernel has not got: those of networks from before it was booted. */
export function raiseBridges(m: Machine): void {
  const host = hostNetns(m);
  const { bridge, gateway, prefix } = defaultBridge;
  if (!stackOf(m, host).interfaces[bridge]) addBridge(m, host, bridge, `${gateway}/${prefix}`);
  for (const network of Object.values(userNetworks(m))) {
    if (!stackOf(m, host).interfaces[network.bridge]) raiseBridge(m, network);
  }
}
