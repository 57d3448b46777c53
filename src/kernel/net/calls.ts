import type { Errno } from '../errno.ts';
import type { Id } from '../json.ts';

export interface InterfaceInfo {
  readonly name: string;
  readonly index: number;
  readonly kind: 'loopback' | 'bridge' | 'veth' | 'ether';
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** Is anything at the other end? A bridge without ports that are up has none (NO-CARRIER). */
  readonly carrier: boolean;
  /** CIDR notation: `172.17.0.2/16`. */
  readonly addresses: readonly string[];
  /** The bridge that it is attached to, by name. */
  readonly master?: string;
  /** A veth's other end: its index, and whether it is in another namespace, and which. */
  readonly peer?: {
    readonly index: number;
    readonly elsewhere: boolean;
    readonly ns?: Id;
    readonly name?: string;
    readonly up?: boolean;
  };
  /** Those of the addresses that have no broadcast address. */
  readonly plain?: readonly string[];
  /** Made with ip(8): it has a transmit queue, and no discipline for it before it is up for the first time. */
  readonly byHand?: 'new' | 'used';
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

export interface RouteInfo {
  readonly to: string;
  readonly via?: string;
  readonly dev: string;
  readonly src?: string;
}

export interface SocketInfo {
  readonly proto: 'tcp' | 'udp';
  readonly state: 'LISTEN' | 'ESTABLISHED';
  readonly local: string;
  readonly remote?: string;
  readonly pid?: number;
  readonly comm?: string;
  /** The descriptor by which that process holds it. */
  readonly fd?: number;
}

/** Changing interfaces, addresses and routes of the process's network namespace. EPERM without CAP_NET_ADMIN over it. */
export interface LinkCalls {
  /** A bridge, or a pair of virtual cards (`peer`: the name of the other end); down. EEXIST. */
  add(link: { readonly name: string; readonly kind: 'bridge' | 'veth'; readonly peer?: string }): Errno | undefined;
  /** EOPNOTSUPP for what is no virtual device. */
  remove(name: string): Errno | undefined;
  setUp(name: string, up: boolean): Errno | undefined;
  rename(name: string, to: string): Errno | undefined;
  setMaster(name: string, master: string | undefined): Errno | undefined;
  setMac(name: string, mac: string): Errno | undefined;
  setMtu(name: string, mtu: number): Errno | undefined;
  /** To the network namespace behind a file (`/run/netns/NAME`, `/proc/PID/ns/net`). */
  move(name: string, path: string): Errno | undefined;
  /** `broadcast`: with the network's broadcast address, which ip(8) adds only when told. */
  addAddress(name: string, cidr: string, broadcast: boolean): Errno | undefined;
  removeAddress(name: string, cidr: string): Errno | undefined;
  addRoute(route: { readonly to: string; readonly via?: string; readonly dev?: string }): Errno | undefined;
  removeRoute(to: string): Errno | undefined;
  /** A DHCP server (dnsmasq) answers on the bridge from now on, with addresses of its network. */
  serveDhcp(name: string): Errno | undefined;
  /** What the DHCP server on the link behind an interface gives it. ENODEV: no such interface; ETIMEDOUT: nobody answers. */
  lease(name: string): { readonly ip: string; readonly prefix: number; readonly router: string } | Errno;
}

/** Sockets and what can be asked of the network namespace that the process is in. IPv4 only. */
export interface NetCalls {
  interfaces(): readonly InterfaceInfo[];
  /** May this process change interfaces, addresses and routes (CAP_NET_ADMIN)? */
  mayConfigure(): boolean;
  readonly links: LinkCalls;
  routes(): readonly RouteInfo[];
  sockets(): readonly SocketInfo[];
  /** A listening TCP socket. `address` 0.0.0.0 means all. EADDRINUSE, EADDRNOTAVAIL, EACCES (below 1024 without the right). */
  listen(address: string, port: number): number | Errno;
  /** Takes a waiting connection; again when there is none (wait for the descriptor to be readable). */
  accept(fd: number): { readonly fd: number; readonly remote: string } | 'again' | Errno;
  /** A TCP connection, or why not: ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT. */
  connect(address: string, port: number): number | Errno;
  /** Ends the sending direction of a connection, as shutdown(2) with SHUT_WR; the other side reads end of file. */
  shutdown(fd: number): Errno | undefined;
  /** Asks the name server at `server`: the addresses, `nxdomain`, or why no answer comes. /etc/hosts is not looked at. */
  query(server: string, name: string): readonly string[] | 'nxdomain' | Errno;
  /** A name's addresses by /etc/hosts and the namespace's resolver; empty when it does not resolve. */
  resolve(name: string): readonly string[];
  /** Round trip in microseconds, or why nothing comes back. */
  ping(address: string): { readonly rtt: number; readonly ttl: number } | Errno;
}
