/** dockerd's steps about networks. */
export interface NetworkActions {
  /** A bridge on the host with the network's first address. */
  'network-create': {
    readonly name: string;
    readonly bridge: string;
    readonly subnet: string;
    readonly gateway: string;
    readonly internal: boolean;
  };
  'network-remove': { readonly name: string; readonly bridge: string };
  /** A container gets a place on a network; one that does not run gets it when it starts (no address yet). */
  'network-connect': { readonly network: string; readonly container: string; readonly address: string };
  'network-disconnect': { readonly network: string; readonly container: string; readonly address: string };
  /** The embedded name server of a container's namespace knows these names. */
  'dns-names': { readonly container: string; readonly server: string; readonly names: readonly string[] };
  /** A link (`--link`) on the default bridge: a line in /etc/hosts, and variables. */
  readonly link: {
    readonly container: string;
    readonly target: string;
    readonly alias: string;
    readonly address: string;
  };
  /** A container shares the network namespace of another one. */
  'join-network': { readonly container: string; readonly target: string };
  'list-networks': { readonly shown: number; readonly total: number };
  'network-prune': { readonly removed: readonly string[] };
}
