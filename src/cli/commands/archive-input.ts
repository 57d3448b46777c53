import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Wait, Wake } from '../../kernel/program.ts';
import type { Client } from '../client.ts';
import { CliError } from '../errors.ts';
import { userFiles } from '../user-files.ts';

/** What has come of an archive on the standard input: pieces, so that each is kept only once. */
export interface Arriving {
  readonly [key: string]: Json;
  readonly parts: readonly ByteString[];
}

/** A file that the user names. `request` is what a directory would have been sent with. Throws CliError. */
export function archiveFile(client: Client, path: string, request: string): ByteString {
  if (path === '') throw new CliError('open : no such file or directory');
  const files = userFiles(client.sys);
  const got = files.readFile(path);
  if (!isErrno(got)) return got.bytes;
  if (got.errno === 'EISDIR') {
    const host = 'host' in client.endpoint ? client.endpoint.host : '';
    const socket = encodeURIComponent(host.replace('unix://', ''));
    throw new CliError(`error during connect: Post "http://${socket}/v1.51${request}": read ${path}: is a directory`);
  }
  if (got.errno === 'ENODEV' && path === '/dev/null') return '';
  throw new CliError(`open ${path}: ${strerror(got).toLowerCase()}`);
}

/** Takes in what there is: the whole archive at its end, or what to wait for; `stopped` by a signal. */
export function takeArchive(
  client: Client,
  { parts }: Arriving,
  wake?: Wake,
): { readonly bytes: ByteString } | { readonly state: Arriving; readonly wait: Wait } | { readonly exit: number } {
  if (wake?.on === 'signal') return { exit: 130 };
  const all = [...parts];
  for (;;) {
    const got = client.sys.read(0, 65_536);
    if (got === 'again') return { state: { parts: all }, wait: { readable: [0] } };
    if (got === 'eof' || isErrno(got)) return { bytes: all.join('') };
    all.push(got.bytes);
  }
}
