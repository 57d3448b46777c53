import type { Id, Us } from '../../kernel/json.ts';

/** A network that a user made. */
export interface Network {
  readonly id: Id;
  readonly name: string;
  readonly created: Us;
  /** As `--scope` says; only local networks exist. */
  readonly scope: string;
  /** CIDR notation. */
  readonly subnet: string;
  /** Its configuration as inspect shows it: a gateway that nobody asked for in a given subnet is not in it. */
  readonly config: PoolConfig;
  /** The user chose the subnet, so containers may choose their addresses. */
  readonly chosen: boolean;
  /** The bridge's address. */
  readonly gateway: string;
  /** The bridge's name on the host. */
  readonly bridge: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly labels: { readonly [name: string]: string };
  readonly options: { readonly [name: string]: string };
  readonly ipamOptions: { readonly [name: string]: string };
}

/** One address pool of a network, in the Engine API's words. */
export interface PoolConfig {
  readonly Subnet: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: { readonly [name: string]: string };
}

/** What a container wants of a network, running or not; it has an Endpoint there while it runs. */
export interface EndpointConfig {
  /** Of the network, once it was found. */
  readonly networkId: Id;
  /** `null` when nothing was said, `{}` when `network connect` said nothing. */
  readonly ipam: { readonly IPv4Address?: string } | null;
  readonly aliases: readonly string[] | null;
  readonly driverOpts: { readonly [name: string]: string } | null;
  readonly gwPriority: number;
  /** `NAME:ALIAS`: names that it alone has for others there. */
  readonly links?: readonly string[];
  readonly mac?: string;
  /** The names that it answers to there: its own, its aliases, its short id. Only user networks resolve names. */
  readonly dnsNames: readonly string[] | null;
}

/** A running container's place on a network. Those on `host` and `none` have no address. */
export interface Endpoint {
  /** The network as the container calls it: the key among its networks. */
  readonly network: string;
  readonly networkId: Id;
  readonly endpointId: Id;
  readonly ip: string;
  readonly prefix: number;
  /** None on an internal network. */
  readonly gateway: string;
  readonly mac: string;
  /** The end of the veth pair on the host. */
  readonly veth: string;
  readonly bridge: string;
}

/** An endpoint as clients ask for it. */
export interface EndpointSettings {
  readonly IPAMConfig?: { readonly IPv4Address?: string } | null;
  readonly Aliases?: readonly string[] | null;
  readonly Links?: readonly string[] | null;
  readonly MacAddress?: string;
  readonly DriverOpts?: { readonly [name: string]: string } | null;
  readonly GwPriority?: number;
}

/** The body of POST /networks/create. */
export interface NetworkCreateBody {
  readonly Name: string;
  readonly Driver?: string;
  readonly Scope?: string;
  readonly Internal?: boolean;
  readonly Attachable?: boolean;
  readonly Ingress?: boolean;
  readonly ConfigOnly?: boolean;
  readonly ConfigFrom?: { readonly Network: string };
  readonly EnableIPv4?: boolean;
  readonly EnableIPv6?: boolean;
  readonly IPAM?: {
    readonly Driver?: string;
    readonly Options?: { readonly [name: string]: string };
    readonly Config?: readonly PoolConfig[];
  };
  readonly Options?: { readonly [name: string]: string };
  readonly Labels?: { readonly [name: string]: string };
}
