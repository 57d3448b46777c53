import { encodeUtf8 } from '../../kernel/bytes.ts';
import { type Errno, strerror } from '../../kernel/errno.ts';
import { normalAddress, parseCidr } from '../../kernel/net/address.ts';
import type { StartIo } from '../makers/io.ts';
import { netnsFile } from './netns-files.ts';

/** `ip address|link|route` with a verb that changes something; the exit status. Words as iproute2's, or busybox's. */
export function changeNetwork(io: StartIo, object: string, words: readonly string[]): number {
  const [verb = '', ...args] = words;
  switch (object) {
    case 'link':
      return changeLink(io, verb, args);
    case 'address':
      return changeAddress(io, verb, args);
    case 'route':
      return changeRoute(io, verb, args);
    default:
      return say(io, `changing ${object} with ip is not simulated`, 1);
  }
}

function say(io: StartIo, text: string, status: number): number {
  io.err(encodeUtf8(`${io.style.flavour === 'busybox' ? 'ip: ' : ''}${text}\n`));
  return status;
}

const isBusybox = (io: StartIo): boolean => io.style.flavour === 'busybox';

function noDevice(io: StartIo, name: string): number {
  return isBusybox(io) ? say(io, `can't find device '${name}'`, 1) : say(io, `Cannot find device "${name}"`, 1);
}

function answer(io: StartIo, failed: Errno | undefined): number {
  return failed ? say(io, `RTNETLINK answers: ${strerror(failed)}`, 2) : 0;
}

function exists(io: StartIo, name: string): boolean {
  return io.sys.net.interfaces().some((link) => link.name === name);
}

function changeLink(io: StartIo, verb: string, args: readonly string[]): number {
  if ('add'.startsWith(verb)) return addLink(io, args);
  if ('set'.startsWith(verb) || 'change'.startsWith(verb)) return setLink(io, args);
  if ('delete'.startsWith(verb)) {
    const name = (args[0] === 'dev' ? args[1] : args[0]) ?? '';
    if (name === '') return say(io, 'Not enough information: "dev" argument is required.', 255);
    return exists(io, name) ? answer(io, io.sys.net.links.remove(name)) : noDevice(io, name);
  }
  return say(io, `"ip link ${verb}" is not simulated`, 1);
}

interface End {
  name: string | undefined;
  netns: string | undefined;
  mac: string | undefined;
}

function addLink(io: StartIo, args: readonly string[]): number {
  const words = [...args];
  const ends: [End, End] = [
    { name: undefined, netns: undefined, mac: undefined },
    { name: undefined, netns: undefined, mac: undefined },
  ];
  let kind: string | undefined;
  let end: End = ends[0];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'name' || word === 'dev') end.name = words.shift();
    else if (word === 'type') kind = words.shift();
    else if (word === 'netns') end.netns = words.shift();
    else if (word === 'address') end.mac = words.shift();
    else if (word === 'peer' && kind === 'veth') {
      end = ends[1];
      if (words[0] !== 'name' && words[0] !== undefined && words[0] !== 'netns') end.name = words.shift();
    } else if (end.name === undefined && !['link', 'mtu', 'txqueuelen'].includes(word)) end.name = word;
    else return say(io, `"ip link add … ${word}" is not simulated`, 1);
  }
  if (kind === undefined) return say(io, 'Not enough information: "type" argument is required', 1);
  if (!io.sys.net.mayConfigure()) return answer(io, { errno: 'EPERM' });
  const real = /^(?:dummy|vlan|macvlan|ipvlan|macvtap|vxlan|tun|tap|bond|ifb|gre|sit|ipip|wireguard|vrf|team)$/;
  if (real.test(kind)) return say(io, `links of type ${kind} are not simulated`, 1);
  if (kind !== 'bridge' && kind !== 'veth') return answerUnknown(io);
  for (const { name } of ends)
    if (name !== undefined && (name.length > 15 || /[/\s:]/.test(name)))
      return say(io, `Error: argument "${name}" is wrong: "name" not a valid ifname`, 255);
  const places = ends.map(({ netns }) => (netns === undefined ? undefined : netnsFile(io.sys, netns)));
  const missing = ends.find(({ netns }, at) => netns !== undefined && places[at] === undefined);
  if (missing) return badNetns(io, missing.netns ?? '');
  const name = ends[0].name ?? freeName(io, kind);
  const peer = ends[1].name;
  const failed = io.sys.net.links.add({ name, kind, ...(kind === 'veth' && peer !== undefined ? { peer } : {}) });
  if (failed) return answer(io, failed);
  if (ends[0].mac !== undefined) io.sys.net.links.setMac(name, ends[0].mac);
  const other = peer ?? otherEnd(io, name);
  const moves = [
    [name, places[0]],
    [other, places[1]],
  ] as const;
  for (const [which, path] of moves) {
    const refused = path === undefined || which === undefined ? undefined : io.sys.net.links.move(which, path);
    if (refused) return answer(io, refused);
  }
  return 0;
}

function answerUnknown(io: StartIo): number {
  return isBusybox(io) ? say(io, 'RTNETLINK answers: Not supported', 2) : say(io, 'Error: Unknown device type.', 2);
}

function badNetns(io: StartIo, name: string): number {
  return say(io, `Error: argument "${name}" is wrong: Invalid "netns" value\n`, 255);
}

function freeName(io: StartIo, kind: string): string {
  for (let n = 0; ; n++) if (!exists(io, `${kind}${n}`)) return `${kind}${n}`;
}

function otherEnd(io: StartIo, name: string): string | undefined {
  const links = io.sys.net.interfaces();
  const index = links.find((link) => link.name === name)?.peer?.index;
  return links.find((link) => link.index === index)?.name;
}

function setLink(io: StartIo, args: readonly string[]): number {
  const words = args[0] === 'dev' ? args.slice(1) : [...args];
  let name = words[0];
  if (name === undefined) return say(io, 'Not enough information: "dev" argument is required.', 255);
  const target = words.includes('netns') ? words[words.indexOf('netns') + 1] : undefined;
  if (target !== undefined && netnsFile(io.sys, target) === undefined) return badNetns(io, target);
  if (!exists(io, name)) return isBusybox(io) ? say(io, 'SIOCGIFFLAGS: No such device', 1) : noDevice(io, name);
  const { links } = io.sys.net;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    let failed: Errno | undefined;
    if (word === 'up' || word === 'down') {
      failed = links.setUp(name, word === 'up');
      if (failed && isBusybox(io)) return say(io, `SIOCSIFFLAGS: ${strerror(failed)}`, 2);
    } else if (word === 'nomaster') failed = links.setMaster(name, undefined);
    else if (!['name', 'master', 'netns', 'mtu', 'address'].includes(word)) {
      if (/^(?:arp|multicast|promisc|allmulticast|txqueuelen|qlen|alias|type|vf|group)$/.test(word))
        return say(io, `"ip link set … ${word}" is not simulated`, 1);
      return isBusybox(io)
        ? say(io, `either "dev" is duplicate, or "${word}" is garbage`, 1)
        : say(io, `Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
    } else {
      at += 1;
      if (value === undefined) return say(io, 'Command line is not complete. Try option "help"', 255);
      if (word === 'master') {
        if (!exists(io, value)) return say(io, `Error: argument "${value}" is wrong: Device does not exist\n`, 255);
        failed = links.setMaster(name, value);
      } else if (word === 'netns') {
        const path = netnsFile(io.sys, value);
        if (path === undefined) return badNetns(io, value);
        failed = links.move(name, path);
      } else if (word === 'mtu') failed = links.setMtu(name, Number(value));
      else if (word === 'address') {
        if (!/^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(value)) return say(io, `"${value}" is invalid lladdr.`, 1);
        failed = links.setMac(name, value.toLowerCase());
      } else {
        failed = links.rename(name, value);
        if (!failed) name = value;
      }
    }
    if (failed) return answer(io, failed);
  }
  return 0;
}

function changeAddress(io: StartIo, verb: string, args: readonly string[]): number {
  const words = [...args];
  let [cidr, dev]: [string | undefined, string | undefined] = [undefined, undefined];
  let broadcast = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'dev') dev = words.shift();
    else if (word === 'brd' || word === 'broadcast') broadcast = words.shift() !== undefined;
    else if (['scope', 'label', 'peer', 'metric', 'valid_lft', 'preferred_lft'].includes(word))
      return say(io, `"ip address … ${word}" is not simulated`, 1);
    else if (word !== 'local') cidr = word;
  }
  if (verb !== '' && 'flush'.startsWith(verb)) return flush(io, dev ?? cidr);
  const adds = ['add', 'replace', 'append', 'change'].some((known) => known.startsWith(verb));
  if (cidr === undefined || dev === undefined) {
    if (cidr !== undefined && !parseCidr(cidr) && !cidr.includes(':')) return badPrefix(io, cidr);
    return say(io, 'Not enough information: "dev" argument is required.', 1);
  }
  if (cidr.includes(':')) return say(io, 'IPv6 addresses are not simulated', 1);
  if (!parseCidr(cidr)) return badPrefix(io, cidr);
  if (!exists(io, dev)) return noDevice(io, dev);
  const failed = adds ? io.sys.net.links.addAddress(dev, cidr, broadcast) : io.sys.net.links.removeAddress(dev, cidr);
  if (failed?.errno === 'EEXIST' && !isBusybox(io)) return say(io, 'Error: ipv4: Address already assigned.', 2);
  if (failed?.errno === 'EADDRNOTAVAIL' && !isBusybox(io)) return say(io, 'Error: ipv4: Address not found.', 2);
  return answer(io, failed);
}

function badPrefix(io: StartIo, text: string): number {
  return isBusybox(io)
    ? say(io, `an inet prefix is expected rather than "${text}"`, 1)
    : say(io, `Error: any valid prefix is expected rather than "${text}".`, 1);
}

function flush(io: StartIo, dev: string | undefined): number {
  const link = io.sys.net.interfaces().find(({ name }) => name === dev);
  if (!link) return dev === undefined ? say(io, 'Flush requires arguments.', 255) : noDevice(io, dev);
  for (const cidr of link.addresses) {
    const failed = io.sys.net.links.removeAddress(link.name, cidr);
    if (failed) return answer(io, failed);
  }
  return 0;
}

function changeRoute(io: StartIo, verb: string, args: readonly string[]): number {
  const words = [...args];
  let [to, via, dev]: (string | undefined)[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'via') via = words.shift();
    else if (word === 'dev') dev = words.shift();
    else if (['src', 'metric', 'proto', 'scope', 'table'].includes(word))
      return say(io, `"ip route … ${word}" is not simulated`, 1);
    else if (word !== 'to') to = word;
  }
  if (to === undefined) return say(io, 'Not enough information: a destination is required.', 1);
  const target = to === '0.0.0.0/0' ? 'default' : to === 'default' || to.includes('/') ? to : `${to}/32`;
  if (target !== 'default' && !parseCidr(target)) return badPrefix(io, to);
  if (via !== undefined && normalAddress(via) === undefined)
    return say(io, `Error: any valid address is expected rather than "${via}".`, 1);
  if (dev !== undefined && !exists(io, dev)) return noDevice(io, dev);
  const { links } = io.sys.net;
  if ('delete'.startsWith(verb)) {
    const found = io.sys.net.routes().find((route) => route.to === target);
    const fits = (via === undefined || found?.via === via) && (dev === undefined || found?.dev === dev);
    return answer(io, fits ? links.removeRoute(target) : { errno: 'ESRCH' });
  }
  if ('flush'.startsWith(verb)) return say(io, '"ip route flush" is not simulated', 1);
  if (verb !== 'add' && verb !== 'append' && verb !== 'a') links.removeRoute(target);
  const failed = links.addRoute({
    to: target,
    ...(via === undefined ? {} : { via }),
    ...(dev === undefined ? {} : { dev }),
  });
  if (failed?.errno === 'ENETUNREACH' && !isBusybox(io)) return say(io, 'Error: Nexthop has invalid gateway.', 2);
  if (failed?.errno === 'ENETDOWN' && !isBusybox(io)) return say(io, 'Error: Device for nexthop is not up.', 2);
  return answer(io, failed);
}
