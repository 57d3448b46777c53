/** An IPv4 address in dotted notation to its 32 bits; undefined when it is none. Takes the short forms of inet_aton(3) too (`127.1`). */
export function parseAddress(text: string): number | undefined {
  // by hand, since every packet's way and every container's address passes here
  let before = 0;
  let dots = 0;
  let digits = 0;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      if (digits === 10 || (digits === 1 && number === 0)) return undefined;
      number = 10 * number + digit;
      digits += 1;
    } else {
      if (text[i] !== '.' || digits === 0 || dots === 3 || number > 255) return undefined;
      before = 256 * before + number;
      dots += 1;
      digits = 0;
      number = 0;
    }
  }
  const rest = 256 ** (4 - dots);
  return digits === 0 || number >= rest ? undefined : before * rest + number;
}

/** The dotted notation of 32 bits. */
export function formatAddress(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/** The one spelling of an address (`127.1` → `127.0.0.1`), or undefined. */
export function normalAddress(text: string): string | undefined {
  const bits = parseAddress(text);
  return bits === undefined ? undefined : formatAddress(bits);
}

export interface Cidr {
  readonly ip: string;
  readonly prefix: number;
}

/** `172.17.0.2/16` to its parts; a bare address is `/32`; undefined when it is neither. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', length = '32', more] = text.split('/');
  const ip = address.split('.').length === 4 ? normalAddress(address) : undefined;
  const prefix = /^\d{1,2}$/.test(length) ? Number(length) : 33;
  return ip === undefined || prefix > 32 || more !== undefined ? undefined : { ip, prefix };
}

/** The network's first address (`172.17.0.2`, 16 → `172.17.0.0`). */
export function networkOf(ip: string, prefix: number): string {
  const size = 2 ** (32 - prefix);
  return formatAddress(Math.floor((parseAddress(ip) ?? 0) / size) * size);
}

/** The network's last address. */
export function broadcastOf(ip: string, prefix: number): string {
  return formatAddress((parseAddress(networkOf(ip, prefix)) ?? 0) + 2 ** (32 - prefix) - 1);
}

/** The netmask of a prefix length (16 → `255.255.0.0`). */
export function maskOf(prefix: number): string {
  return formatAddress(2 ** 32 - 2 ** (32 - prefix));
}

/** Is the address in the network `cidr`? `default` holds every address. */
export function contains(cidr: string, ip: string): boolean {
  if (cidr === 'default') return true;
  const network = parseCidr(cidr);
  return network !== undefined && networkOf(ip, network.prefix) === networkOf(network.ip, network.prefix);
}

/** How specific a route's destination is: its prefix length, 0 for `default`. */
export function prefixOf(cidr: string): number {
  return cidr === 'default' ? 0 : (parseCidr(cidr)?.prefix ?? 0);
}
