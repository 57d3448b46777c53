import type { LoadMessage } from '../../../engine/images/load.ts';
import { type ByteString, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Json } from '../../../kernel/json.ts';
import { type Client, call } from '../../client.ts';
import { CliError } from '../../errors.ts';
import { noArgs } from '../../flags/arity.ts';
import { boolFlag, textFlag } from '../../flags/parse.ts';
import { loadingLine } from '../../format/loading.ts';
import type { Turn, Verb } from '../../verb.ts';
import { type Arriving, archiveFile, takeArchive } from '../archive-input.ts';
import { platformFlag } from './save.ts';

/** An archive on its way in, and how it is to be loaded. */
interface Loading extends Arriving {
  readonly quiet: boolean;
  readonly platform: string;
}

/** docker load: the images of an archive. */
export const load: Verb<Loading> = {
  names: ['load', 'image load'],
  usage: '[OPTIONS]',
  flags: 'input,i:string platform:string quiet,q',
  arity: noArgs,
  run(client, flags) {
    const path = textFlag(flags, 'input') ?? '';
    const quiet = boolFlag(flags, 'quiet') || !client.sys.isatty(1);
    if (path === '' && client.sys.isatty(0)) throw new CliError('requested load from stdin, but stdin is empty');
    const file = path === '' ? undefined : archiveFile(client, path, `/images/load?quiet=${quiet ? 1 : 0}`);
    const platform = platformFlag(textFlag(flags, 'platform')) ?? '';
    if (file !== undefined) return finish(client, file, { quiet, platform });
    return take(client, { parts: [], quiet, platform });
  },
  resume(state, wake, client) {
    return take(client, state, wake);
  },
};

function take(client: Client, state: Loading, wake?: Parameters<typeof takeArchive>[2]): Turn<Loading> {
  const taken = takeArchive(client, state, wake);
  if ('bytes' in taken) return finish(client, taken.bytes, state);
  if ('exit' in taken) return taken;
  return { state: { ...state, ...taken.state }, wait: taken.wait };
}

function finish(
  client: Client,
  tar: ByteString,
  { quiet, platform }: { readonly quiet: boolean; readonly platform: string },
): Turn<Loading> {
  const query = { quiet: quiet ? '1' : '0', ...(platform === '' ? {} : { platform }) };
  const answer = call(client, { method: 'POST', path: '/images/load', query, body: { tar } as Json });
  const size = client.sys.winsize(1);
  const columns = isErrno(size) ? 80 : size.cols;
  for (const message of answer as unknown as readonly LoadMessage[]) {
    if ('error' in message) throw new CliError(message.error);
    if ('stream' in message) client.output.push([1, encodeUtf8(message.stream)]);
    else if (!quiet) client.output.push([1, encodeUtf8(loadingLine(message, columns))]);
  }
  return { exit: 0 };
}
