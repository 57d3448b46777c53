import type { Sys } from '../../kernel/program.ts';

/** The addresses of this machine's name, as `hostname -i` prints them; empty when the name does not resolve. */
export function ownAddresses(sys: Sys): readonly string[] {
  return sys.net.resolve(sys.uname().hostname);
}
