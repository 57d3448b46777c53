import { isErrno, strerror } from '../../kernel/errno.ts';
import { cleanPath, dirName, joinPath } from '../../kernel/fs/tree.ts';
import { packTree, unpackTree } from '../../oci/pack.ts';
import type { TarEntry } from '../../oci/tar.ts';
import type { Client } from '../client.ts';
import { CliError } from '../errors.ts';
import { userFiles } from '../user-files.ts';
import type { Destination, Packed } from './arrange.ts';

/** A path of the client as an absolute one; a slash or `/.` at its end stays. With `output`, its folder must be there. */
export function resolveLocal(client: Client, path: string, output = false): string {
  const files = userFiles(client.sys);
  const whole = cleanPath(path.startsWith('/') ? path : joinPath(files.cwd(), path));
  const tail = /\/\.$/.test(path) || path === '.' ? '/.' : path.endsWith('/') && whole !== '/' ? '/' : '';
  if (output && isErrno(files.stat(dirName(whole)))) {
    throw new CliError(`invalid output path: directory ${JSON.stringify(dirName(whole))} does not exist`);
  }
  return whole + tail;
}

/** What is at the path where files are to go, links followed. Throws CliError. */
export function followLocal(client: Client, path: string): Destination {
  const stat = userFiles(client.sys).stat(path);
  if (!isErrno(stat)) return { path, kind: stat.type === 'dir' ? 'dir' : 'file' };
  if (stat.errno === 'ENOENT') return { path, kind: undefined };
  throw new CliError(`stat ${path}: ${strerror(stat).toLowerCase()}`);
}

/** A file or folder of the client as an archive. Throws CliError with the real client's words. */
export function packLocal(client: Client, path: string, follow: boolean): Packed {
  const files = userFiles(client.sys);
  const whole = resolveLocal(client, path);
  const bare = whole.replace(/(?:\/\.?)$/, '') || '/';
  const stat = files.stat(bare, { follow });
  if (isErrno(stat)) throw new CliError(`${follow ? 'stat' : 'lstat'} ${whole}: ${strerror(stat).toLowerCase()}`);
  const folder = stat.type === 'dir';
  if (!folder && bare !== whole) throw new CliError('not a directory');
  const real = follow ? files.realpath(bare) : bare;
  if (isErrno(real)) throw new CliError(`stat ${whole}: ${strerror(real).toLowerCase()}`);
  const base = whole.endsWith('/.') || whole === '/' ? '.' : bare.slice(bare.lastIndexOf('/') + 1);
  const entries = packTree(files, real, base);
  if (isErrno(entries)) throw new CliError(`open ${whole}: ${strerror(entries).toLowerCase()}`);
  return { base, folder, entries };
}

/** Unpacks an archive into a folder of the client: only files that the user has named, or inside a folder named. */
export function unpackLocal(client: Client, dir: string, entries: readonly TarEntry[]): void {
  const problem = unpackTree(userFiles(client.sys), dir, entries);
  if (!problem) return;
  if ('errno' in problem) throw new CliError(`open ${problem.path}: ${strerror(problem.errno).toLowerCase()}`);
  const [old, now] = problem.clash === 'directory' ? ['non-directory', 'directory'] : ['directory', 'non-directory'];
  throw new CliError(`cannot overwrite ${old} ${JSON.stringify(problem.path)} with ${now} ${JSON.stringify(dir)}`);
}
