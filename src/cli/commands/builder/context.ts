import type { BuildRequest } from '../../../engine/build/state.ts';
import type { ByteString } from '../../../kernel/bytes.ts';
import { isErrno, strerror } from '../../../kernel/errno.ts';
import { dirName, joinPath } from '../../../kernel/fs/tree.ts';
import type { Json } from '../../../kernel/json.ts';
import type { Client } from '../../client.ts';
import { userFiles } from '../../user-files.ts';
import { buildError, refused } from './errors.ts';

/** The standard input on its way: a Dockerfile or an archive. */
export interface Reading {
  readonly [key: string]: Json | undefined;
  readonly input: ByteString;
  /** The folder, when only the Dockerfile comes from the standard input. */
  readonly folder?: string;
  /** `-f` of an archive. */
  readonly file?: string;
  readonly request: Json;
  readonly wanted: Json;
}

type Source = Pick<BuildRequest, 'context' | 'dockerfile'>;

/** What a build is made from: a folder, or what has to be read first. Throws CliError in the client's words. */
export function contextOf(
  client: Client,
  context: string,
  file: string | undefined,
): Source | { readonly reading: Reading } {
  const begin = { input: '', request: null, wanted: null };
  if (context === '-') {
    if (file === '-') throw buildError("invalid argument: can't use stdin for both build context and dockerfile");
    return { reading: { ...begin, ...(file === undefined ? {} : { file }) } };
  }
  if (/^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(context)) {
    throw refused(`a build context from ${context} (nothing can be fetched from outside)`);
  }
  const files = userFiles(client.sys);
  const real = files.realpath(context);
  const stat = isErrno(real) ? real : files.stat(real);
  if (isErrno(real) || isErrno(stat) || stat.type !== 'dir') {
    throw buildError(`unable to prepare context: path ${JSON.stringify(context)} not found`);
  }
  if (file === '-') return { reading: { ...begin, folder: real } };
  if (file !== undefined && /^https?:\/\//.test(file)) throw refused(`a Dockerfile from ${file}`);
  if (file === undefined)
    return {
      context: { folder: real, shown: shownFolder(context) },
      dockerfile: { name: 'Dockerfile', shown: joinShown(context, 'Dockerfile'), folder: real },
    };
  const path = file.startsWith('/') ? file : joinPath(files.cwd(), file);
  const above = dirName(file.replace(/\/+$/, ''));
  const folder = files.realpath(dirName(path.replace(/\/+$/, '')));
  if (isErrno(folder))
    throw buildError(`resolve : lstat ${firstMissing(client, above)}: ${strerror(folder).toLowerCase()}`);
  const aboveStat = files.stat(folder);
  if (isErrno(aboveStat) || aboveStat.type !== 'dir') throw buildError(`stat ${above}: not a directory`);
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? 'Dockerfile';
  return { context: { folder: real, shown: shownFolder(context) }, dockerfile: { name, shown: file, folder } };
}

/** A folder as it was given, without what means nothing. */
function shownFolder(context: string): string {
  const clean = context.replace(/\/+(?:\.?\/+)*/g, '/').replace(/^(?:\.\/)+/, '');
  return clean.replace(/(?<=.)\/\.?$/, '') || '.';
}

/** The first folder on the way that is not there. */
function firstMissing(client: Client, path: string): string {
  const parts = path.split('/');
  const ways = parts.map((_part, i) => parts.slice(0, i + 1).join('/')).filter((each) => each !== '');
  return ways.find((each) => isErrno(userFiles(client.sys).stat(each))) ?? path;
}

function joinShown(folder: string, name: string): string {
  const bare = folder.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return bare === '' || bare === '.' ? name : `${bare}/${name}`;
}

const chunk = 65_536;

/** Reads on. Throws CliError for an input that is empty. */
export function readMore(client: Client, reading: Reading): Source | { readonly reading: Reading } {
  let { input } = reading;
  for (;;) {
    const got = client.sys.read(0, chunk);
    if (got === 'again') return { reading: { ...reading, input } };
    if (got === 'eof' || isErrno(got)) break;
    input += got.bytes;
  }
  const { file, folder } = reading;
  if (folder !== undefined)
    return { context: { folder }, dockerfile: { name: 'Dockerfile', shown: 'Dockerfile', bytes: input } };
  if (isArchive(input))
    return { context: { archive: input }, dockerfile: { name: file ?? 'Dockerfile', shown: file ?? 'Dockerfile' } };
  if (file !== undefined && input !== '')
    throw buildError('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles');
  return { context: {}, dockerfile: { name: 'Dockerfile', shown: 'Dockerfile', bytes: input } };
}

/** tar, or what gzip, bzip2 or xz made of one. Throws CliError for the last two. */
function isArchive(bytes: ByteString): boolean {
  if (bytes.startsWith('BZh') || bytes.startsWith('\xfd7zXZ\0'))
    throw refused('a build context compressed by bzip2 or xz');
  return bytes.startsWith('\x1f\x8b') || bytes.startsWith('ustar', 257);
}
