import { dirName, joinPath } from '../../kernel/fs/tree.ts';
import { readTar, type TarEntry, writeTar } from '../../oci/tar.ts';
import { type Client, call } from '../client.ts';
import { containerName } from '../commands/each.ts';
import { ApiError, CliError } from '../errors.ts';

/** What a path of a container is. `target`: where a link leads; `kind`: what is there, links followed. */
export interface RemoteStat {
  readonly type: string;
  readonly target: string;
  readonly kind: 'dir' | 'file' | undefined;
}

/** Asks what a path of a container is; undefined when it cannot be told. Throws CliError when the engine is away. */
export function remoteStat(client: Client, container: string, path: string, links = 5): RemoteStat | undefined {
  try {
    const answer = call(client, request('HEAD', container, path)) as { stat: { type: string; linkTarget: string } };
    const { type, linkTarget } = answer.stat;
    if (type !== 'link') return { type, target: '', kind: type === 'dir' ? 'dir' : 'file' };
    const target = linkTarget.startsWith('/') ? linkTarget : joinPath(dirName(path), linkTarget);
    const end = links > 0 ? remoteStat(client, container, target, links - 1) : undefined;
    return { type, target: end?.type === 'link' ? end.target : target, kind: end?.kind };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return undefined;
  }
}

/** Fetches a file or folder of a container; `named` is the path whose last name it is to have. Throws CliError. */
export function fetchFiles(
  client: Client,
  container: string,
  path: string,
  named: string,
): { readonly folder: boolean; readonly entries: readonly TarEntry[] } {
  const answer = call(client, request('GET', container, path)) as { stat: { type: string }; tar: string };
  const entries = readTar(answer.tar);
  const base = entries[0]?.path ?? '.';
  const name = named.slice(named.lastIndexOf('/') + 1) || base;
  const renamed =
    named === path ? entries : entries.map((each) => ({ ...each, path: name + each.path.slice(base.length) }));
  return { folder: answer.stat.type === 'dir', entries: renamed };
}

/** Has the engine unpack files into a folder of a container. Throws CliError. */
export function sendFiles(client: Client, container: string, dir: string, entries: readonly TarEntry[]): void {
  const body = { tar: writeTar(entries) };
  call(client, { ...request('PUT', container, dir, { noOverwriteDirNonDir: 'true' }), body });
}

function request(
  method: 'HEAD' | 'GET' | 'PUT',
  container: string,
  path: string,
  more: { [key: string]: string } = {},
) {
  if (container === '') throw new CliError('must specify at least one container source');
  return { method, path: `/containers/${containerName(container)}/archive`, query: { path, ...more } };
}
