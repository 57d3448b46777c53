import { encodeUtf8 } from '../../kernel/bytes.ts';
import { contains, normalAddress, prefixOf } from '../../kernel/net/address.ts';
import type { RouteInfo } from '../../kernel/net/calls.ts';
import { complain, type StartIo } from '../makers/io.ts';
import type { IpView } from './ip-show.ts';

/** `ip route show [default | PREFIX] [dev NAME]`. */
export function showRoutes(io: StartIo, args: readonly string[], view: IpView): number {
  let device: string | undefined;
  let wanted: string | undefined;
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === 'dev') device = words.shift();
    else if (word === 'default' || /^[\d.]+(\/\d+)?$/.test(word)) wanted = word;
    else return complain(io, `"${word}" is not simulated`);
  }
  const links = io.sys.net.interfaces();
  if (view.family === 'inet6') return 0;
  for (const route of io.sys.net.routes()) {
    if ((device !== undefined && route.dev !== device) || (wanted !== undefined && route.to !== wanted)) continue;
    const down = links.some(({ name, carrier }) => name === route.dev && !carrier);
    io.out(encodeUtf8(`${routeLine(route, view, device !== undefined)}${down && !view.busybox ? 'linkdown ' : ''}\n`));
  }
  return 0;
}

function routeLine(route: RouteInfo, { busybox }: IpView, deviceKnown: boolean): string {
  const dev = deviceKnown ? '' : `dev ${route.dev} `;
  if (route.via !== undefined) return `${route.to} via ${route.via} ${dev}`;
  const src = route.src === undefined ? '' : `src ${route.src} `;
  return busybox ? `${route.to} ${dev}scope link  ${src}` : `${route.to} ${dev}proto kernel scope link ${src}`;
}

/** `ip route get ADDRESS`, for iproute2. */
export function getRoute(io: StartIo, args: readonly string[], { busybox }: IpView): number {
  if (busybox) return complain(io, '"route get" is not simulated');
  const ip = normalAddress(args[0] ?? '');
  if (ip === undefined || args.length !== 1) {
    io.err(encodeUtf8(`Error: any valid prefix is expected rather than "${args[0] ?? ''}".\n`));
    return 1;
  }
  const links = io.sys.net.interfaces();
  const own = links.some(({ kind, addresses }) =>
    addresses.some((cidr) => cidr.startsWith(`${ip}/`) || (kind === 'loopback' && contains(cidr, ip))),
  );
  if (own) return print(io, `local ${ip} dev lo src ${ip} uid ${io.sys.uid} \n    cache <local> `);
  const [best] = io.sys.net
    .routes()
    .filter(({ to }) => contains(to, ip))
    .toSorted((a, b) => prefixOf(b.to) - prefixOf(a.to));
  if (!best) {
    io.err('RTNETLINK answers: Network is unreachable\n');
    return 2;
  }
  const source = best.src ?? links.find(({ name }) => name === best.dev)?.addresses[0]?.split('/')[0] ?? '';
  const via = best.via === undefined ? '' : `via ${best.via} `;
  return print(io, `${ip} ${via}dev ${best.dev} src ${source} uid ${io.sys.uid} \n    cache `);
}

function print(io: StartIo, text: string): number {
  io.out(encodeUtf8(`${text}\n`));
  return 0;
}
