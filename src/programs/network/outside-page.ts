import { isErrno } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { Url } from './url.ts';

/**
 * Of the internet there are a few pages, in no host of this world: the descriptor of the connection to one of them, asked
 * for over TLS; undefined for every other address.
 */
export function outsidePage(sys: Sys, url: Url): number | undefined {
  if (url.scheme !== 'https') return undefined;
  const page = sys.request('outside', { host: url.host, path: url.path });
  return isErrno(page) ? undefined : page.fd;
}
