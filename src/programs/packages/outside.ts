import { decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';

/**
 * Would packets reach a mirror in the internet? There is a way out of this network namespace, and a name server to ask.
 * (The mirror itself is not simulated: package managers have their tables.)
 */
export function reachesOutside(sys: Sys): boolean {
  if (!sys.net.routes().some(({ to }) => to === 'default' || to === '0.0.0.0/0')) return false;
  const read = sys.fs.readFile('/etc/resolv.conf');
  return !isErrno(read) && /^nameserver\s/m.test(decodeUtf8(read.bytes));
}
