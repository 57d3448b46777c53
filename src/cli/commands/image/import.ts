import type { ByteString } from '../../../kernel/bytes.ts';
import { type Client, call, say } from '../../client.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { atLeast } from '../../flags/arity.ts';
import { type Flags, listFlag, textFlag } from '../../flags/parse.ts';
import { parseReference } from '../../format/reference.ts';
import type { Turn, Verb } from '../../verb.ts';
import { type Arriving, archiveFile, takeArchive } from '../archive-input.ts';

/** An archive on its way in, and what is to become of it. */
interface Importing extends Arriving {
  readonly query: { readonly [key: string]: string };
  readonly changes: readonly string[];
}

/** docker import: an image with one layer out of an archive of files. */
export const importVerb: Verb<Importing> = {
  names: ['import', 'image import'],
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  flags: 'change,c:list message,m:string platform:string',
  arity: atLeast(1),
  run(client, flags, [source = '', name = '']) {
    if (/^https?:\/\//.test(source)) throw notSimulated(`docker import from a URL (${source})`);
    const query = queryOf(flags, name);
    const changes = listFlag(flags, 'change');
    const search = new URLSearchParams(Object.entries(query).sort()).toString();
    const file = source === '-' ? undefined : archiveFile(client, source, `/images/create?${search}`);
    checkName(name);
    if (file !== undefined) return finish(client, file, { query, changes });
    return take(client, { parts: [], query, changes });
  },
  resume(state, wake, client) {
    return take(client, state, wake);
  },
};

function queryOf(flags: Flags, repo: string): { readonly [key: string]: string } {
  const message = textFlag(flags, 'message') ?? '';
  const platform = textFlag(flags, 'platform') ?? '';
  return {
    fromSrc: '-',
    ...(repo === '' ? {} : { repo }),
    ...(message === '' ? {} : { message }),
    ...(platform === '' ? {} : { platform: platform.toLowerCase() }),
  };
}

function checkName(name: string): void {
  if (name !== '') parseReference(name);
}

function take(client: Client, state: Importing, wake?: Parameters<typeof takeArchive>[2]): Turn<Importing> {
  const taken = takeArchive(client, state, wake);
  if ('bytes' in taken) return finish(client, taken.bytes, state);
  if ('exit' in taken) return taken;
  return { state: { ...state, ...taken.state }, wait: taken.wait };
}

function finish(
  client: Client,
  tar: ByteString,
  { query, changes }: { readonly query: { readonly [key: string]: string }; readonly changes: readonly string[] },
): Turn<Importing> {
  const request = { method: 'POST', path: '/images/create', query, body: { tar, changes } } as const;
  const [made] = call(client, request) as readonly { readonly status: string }[];
  if (!made) throw new CliError('unexpected EOF');
  say(client, made.status);
  return { exit: 0 };
}
