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
  readonly peer?: { readonly index: number; readonly elsewhere: boolean; readonly ns?: Id };
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

/** Sockets and what can be asked of the network namespace that the process is in. IPv4 only. */
export interface NetCalls {
  interfaces(): readonly InterfaceInfo[];
  /** May this process change interfaces, addresses and routes (CAP_NET_ADMIN)? */
  mayConfigure(): boolean;
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
