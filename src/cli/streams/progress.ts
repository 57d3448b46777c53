import type { ApiRequest } from '../../engine/api.ts';
import { type ByteString, decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Json } from '../../kernel/json.ts';
import type { Wait } from '../../kernel/program.ts';
import { type Client, openStream } from '../client.ts';

/** A stream of JSON messages from the engine that a verb follows. Plain data: keep it in the verb's state. */
export interface Following {
  readonly [key: string]: Json;
  readonly fd: number;
  /** The beginning of a message whose rest has not come. */
  readonly partial: ByteString;
}

/** What has come; without `following` the stream is over. */
export interface Followed {
  readonly messages: readonly Json[];
  readonly following?: Following;
}

/** How much is read at a time, bytes. */
const chunk = 65_536;

/** Asks for something that the engine tells of as it goes on. Throws ApiError, ConnectionError. */
export function openProgress(client: Client, request: ApiRequest): Following {
  return { fd: openStream(client, request), partial: '' };
}

/** What the verb waits for: its turn comes when there are messages, or the stream is over. */
export function progressWait({ fd }: Following): Wait {
  return { readable: [fd] };
}

/** Reads all messages that are there. A message `{ error }` is the engine's last word: the work failed. */
export function readProgress(client: Client, following: Following): Followed {
  const { fd } = following;
  let bytes = following.partial;
  let open = true;
  for (;;) {
    const got = client.sys.read(fd, chunk);
    if (got === 'again') break;
    if (got === 'eof' || isErrno(got)) {
      open = false;
      client.sys.close(fd);
      break;
    }
    bytes += got.bytes;
  }
  const lines = bytes.split('\n');
  const partial = lines.pop() ?? '';
  const messages = lines.filter((line) => line !== '').map((line) => JSON.parse(decodeUtf8(line)) as Json);
  return open ? { messages, following: { fd, partial } } : { messages };
}

/** Gives up: the engine is told by the closed stream. */
export function closeProgress(client: Client, { fd }: Following): void {
  client.sys.close(fd);
}
