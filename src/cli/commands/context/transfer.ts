import { type ByteString, decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { readTar, type TarEntry, TarError, writeTar } from '../../../oci/tar.ts';
import { type Client, complain, say } from '../../client.ts';
import {
  checkContextName,
  contextExists,
  contextText,
  defaultContext,
  parsed,
  readContext,
  writeContext,
} from '../../contexts/store.ts';
import { defaultHost } from '../../endpoint.ts';
import { CliError, notSimulated } from '../../errors.ts';
import { between, exactly } from '../../flags/arity.ts';
import { userFiles } from '../../user-files.ts';
import { done, type Turn, type Verb } from '../../verb.ts';
import { type Arriving, takeArchive } from '../archive-input.ts';

/** docker context export: a context as a small archive. */
export const contextExport: Verb = {
  names: ['context export'],
  usage: '[OPTIONS] CONTEXT [FILE|-]',
  flags: '',
  arity: between(1, 2),
  run(client, _flags, [name = '', place = `${name}.dockercontext`], env) {
    if (name !== defaultContext) checkContextName(name);
    const archive = archiveOf(client, name, env.DOCKER_HOST || defaultHost);
    if (place === '-') {
      if (client.sys.isatty(1)) throw new CliError('cowardly refusing to export to a terminal, specify a file path');
      client.output.push([1, archive]);
      return done;
    }
    const files = userFiles(client.sys);
    if (!isErrno(files.stat(place, { follow: false }))) throw new CliError(`open ${place}: file exists`);
    const failed = files.writeFile(place, archive, { mode: 0o600 });
    if (failed) throw new CliError(`open ${place}: ${strerror(failed).toLowerCase()}`);
    complain(client, `Written file ${JSON.stringify(place)}`);
    return done;
  },
};

function archiveOf({ folder = '', sys }: Client, name: string, host: string): ByteString {
  const meta =
    name === defaultContext
      ? { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }
      : readContext(sys, folder, name);
  const common = { uid: 0, gid: 0, mtime: 0, target: '', major: 0, minor: 0 };
  const entries: readonly TarEntry[] = [
    { ...common, path: 'meta.json', type: 'file', mode: 0o644, data: encodeUtf8(contextText(meta)) },
    { ...common, path: 'tls', type: 'dir', mode: 0o700, data: '' },
  ];
  return writeTar(entries);
}

interface Importing extends Arriving {
  readonly name: string;
}

/** docker context import: a context out of such an archive. */
export const contextImport: Verb<Importing> = {
  names: ['context import'],
  usage: 'CONTEXT FILE|-',
  flags: '',
  arity: exactly(2),
  run(client, _flags, [name = '', place = '']) {
    checkContextName(name);
    if (contextExists(client.sys, client.folder ?? '', name)) {
      throw new CliError(`context ${JSON.stringify(name)} already exists`);
    }
    if (place === '-') return taken(client, { name, parts: [] });
    const got = userFiles(client.sys).readFile(place);
    if (isErrno(got)) throw new CliError(`open ${place}: ${strerror(got).toLowerCase()}`);
    return keep(client, name, got.bytes);
  },
  resume: (state, wake, client) => taken(client, state, wake),
};

function taken(client: Client, state: Importing, wake?: Parameters<typeof takeArchive>[2]): Turn<Importing> {
  const got = takeArchive(client, state, wake);
  if ('bytes' in got) return keep(client, state.name, got.bytes);
  return 'exit' in got ? got : { state: { ...got.state, name: state.name }, wait: got.wait };
}

function keep(client: Client, name: string, bytes: ByteString): Turn<Importing> {
  if (bytes.startsWith('PK')) throw notSimulated('importing a context from a zip file');
  const text = entriesOf(bytes).find(({ path }) => path === 'meta.json')?.data;
  const meta = text === undefined ? undefined : parsed(decodeUtf8(text));
  if (!meta) throw new CliError('invalid context: no metadata found');
  writeContext(client.sys, client.folder ?? '', { ...meta, Name: name });
  say(client, name);
  complain(client, `Successfully imported context ${JSON.stringify(name)}`);
  return done;
}

function entriesOf(bytes: ByteString): readonly TarEntry[] {
  try {
    return readTar(bytes);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw new CliError(error.message);
  }
}
