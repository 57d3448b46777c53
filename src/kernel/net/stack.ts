import type { Id, Rec } from '../json.ts';

/** A network namespace's own: interfaces, routes, address translation, listening sockets, names. IPv4 addresses as text. */
export interface NetStack {
  readonly interfaces: Rec<Interface>;
  readonly routes: readonly Route[];
  readonly nat: readonly Dnat[];
  readonly forwarding: boolean;
  /** Listening sockets by `tcp:ADDRESS:PORT`. */
  readonly listeners: Rec<Listener>;
  readonly nextIndex: number;
  /** net.ipv4.ip_unprivileged_port_start; absent: the kernel's 1024. Docker sets 0 in a container. */
  readonly unprivilegedPortStart?: number;
  /** net.core.somaxconn, when it is not the kernel's 4096. */
  readonly somaxconn?: number;
  /** What the resolver of this namespace answers (a user network's embedded DNS at 127.0.0.11): name → addresses. */
  readonly names?: Rec<readonly string[]>;
  /** A program here passes on what comes for local ports that nobody else has, to the ports published on another host (a hidden VM). */
  readonly backend?: { readonly host: Id; readonly ns: Id; readonly pid: number };
}

/** One interface that a connection's bytes pass, and whether it sends (`tx`) or receives (`rx`) those of this side. */
export interface Passage {
  readonly ns: Id;
  readonly dev: string;
  readonly counts: 'tx' | 'rx';
}

export interface Interface {
  readonly name: string;
  readonly index: number;
  readonly kind: 'loopback' | 'bridge' | 'veth' | 'ether';
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** `plain`: without a broadcast address. */
  readonly addresses: readonly { readonly ip: string; readonly prefix: number; readonly plain?: true }[];
  /** Made with ip(8); `used` once it was up. */
  readonly byHand?: 'new' | 'used';
  readonly master?: string;
  /** Of a bridge: what is attached to it reaches the bridge only, not each other (a firewall rule drops it). */
  readonly portsIsolated?: true;
  /** Of a bridge: a DHCP server answers on it, and gives its own address as the router. */
  readonly dhcp?: true;
  /** Of a bridge: what the resolvers of the namespaces attached to it answer, too: name (lower case) → addresses. */
  readonly names?: Rec<readonly string[]>;
  readonly peer?: { readonly ns: Id; readonly name: string };
  /** Of a card: the local network that it is plugged into; hosts whose cards are on the same one reach each other. */
  readonly lan?: string;
  /** Of a virtual machine's card: the address of its computer, as whose its packets go out there; nobody reaches it from outside. */
  readonly nat?: string;
  /** Of a card: the host whose hypervisor plays a router with address translation (NAT) behind it. */
  readonly uplink?: Id;
  readonly rxBytes: number;
  readonly txBytes: number;
  /** Absent: none. */
  readonly rxPackets?: number;
  readonly txPackets?: number;
}

export interface Route {
  /** `default` or CIDR. */
  readonly to: string;
  readonly via?: string;
  readonly dev: string;
}

/** nat PREROUTING/OUTPUT: HOST:PORT → a container's address; `docker-proxy` stands in for local addresses. */
export interface Dnat {
  readonly proto: 'tcp' | 'udp';
  readonly hostIp: string;
  readonly hostPort: number;
  readonly toIp: string;
  readonly toPort: number;
  readonly bridge: string;
  /** The docker-proxy process that listens on the host's port. */
  readonly proxy?: number;
}

/** Where a forwarded port leads. */
export interface Forward {
  readonly host: Id;
  readonly ip: string;
  readonly port: number;
}

export interface Listener {
  /** The program that listens passes connections on to another host's address, as a hypervisor does with a forwarded port. */
  readonly forward?: Forward;
  readonly address: string;
  readonly port: number;
  /** The open file (socket) that accepts. */
  readonly file: Id;
  /** Streams that wait to be accepted. */
  readonly backlog: readonly Id[];
  readonly pid: number;
}
