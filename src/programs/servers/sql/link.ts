import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { type Errno, isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Reply, Request } from './serve.ts';

/** A client's connection: its descriptor, and what has come of the next reply. */
export type Link = { readonly fd: number; readonly received: string };

/** Connects to a server by its host's name and port: the connection, `unknown` (name) or why not. */
export function openLink(sys: Sys, host: string, port: number): Link | 'unknown' | Errno {
  const [address] = sys.net.resolve(host);
  if (address === undefined) return 'unknown';
  const fd = sys.net.connect(address, port);
  return isErrno(fd) ? fd : { fd, received: '' };
}

export function sendRequest(sys: Sys, link: Link, request: Request): void {
  sys.write(link.fd, encodeUtf8(`${JSON.stringify(request)}\n`));
}

/** The next reply with what is left; `wait`: not yet; `lost`: the server has gone. */
export function receiveReply(
  sys: Sys,
  from: Link,
): { readonly reply: Reply; readonly link: Link } | { readonly wait: Link } | 'lost' {
  let link = from;
  for (;;) {
    const end = link.received.indexOf('\n');
    if (end >= 0) {
      const reply = JSON.parse(decodeUtf8(link.received.slice(0, end))) as Reply;
      return { reply, link: { ...link, received: link.received.slice(end + 1) } };
    }
    const got = sys.read(link.fd, 65536);
    if (got === 'again') return { wait: link };
    if (got === 'eof' || isErrno(got)) return 'lost';
    link = { ...link, received: link.received + got.bytes };
  }
}
