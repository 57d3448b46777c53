import { decodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Client } from '../client.ts';
import { CliError } from '../errors.ts';
import { userFiles } from '../user-files.ts';

/** `NAME=value` from files and flags, in that order; a name alone takes its value from the client's environment. */
export function readEnvironment(
  client: Client,
  env: Rec<string>,
  files: readonly string[],
  given: readonly string[],
): string[] {
  const fromFiles = files.flatMap((file) => readFile(client, file, (name) => env[name]));
  return [...fromFiles, ...given.map((entry) => withValue(entry, env))];
}

/** Labels from files and flags; a name alone has an empty value, and the last one of a name counts. */
export function readLabels(
  client: Client,
  files: readonly string[],
  given: readonly string[],
): { [name: string]: string } {
  const all = [...files.flatMap((file) => readFile(client, file, () => '')), ...given];
  const labels: { [name: string]: string } = {};
  for (const entry of all) {
    const cut = entry.indexOf('=');
    labels[cut < 0 ? entry : entry.slice(0, cut)] = cut < 0 ? '' : entry.slice(cut + 1);
  }
  return labels;
}

function withValue(entry: string, env: Rec<string>): string {
  const value = entry.includes('=') ? undefined : env[entry];
  return value === undefined ? entry : `${entry}=${value}`;
}

/** The entries of a file, one in a line; blank lines and lines that begin with `#` are passed over. Throws CliError. */
function readFile(client: Client, path: string, lookUp: (name: string) => string | undefined): string[] {
  const files = userFiles(client.sys);
  // the real client opens the path as it is: an empty one is not the current folder
  if (path === '') throw new CliError('open : no such file or directory');
  const stat = files.stat(path);
  if (!isErrno(stat) && stat.type === 'dir')
    throw new CliError(`invalid env file (${path}): read ${path}: is a directory`);
  const got = files.readFile(path);
  if (isErrno(got)) throw new CliError(`open ${path}: ${strerror(got).toLowerCase()}`);
  const lines = got.bytes.replace(/^\xef\xbb\xbf/, '').split('\n');
  return lines.flatMap((bytes, i) => oneLine(path, bytes.replace(/\r$/, ''), i + 1, lookUp));
}

function oneLine(path: string, bytes: string, number: number, lookUp: (name: string) => string | undefined): string[] {
  const text = decodeUtf8(bytes);
  if (text.includes('\ufffd') && !bytes.includes('\xef\xbf\xbd')) {
    const codes = [...bytes].map((byte) => byte.charCodeAt(0)).join(' ');
    throw new CliError(`invalid env file (${path}): invalid utf8 bytes at line ${number}: [${codes}]`);
  }
  const line = text.trimStart();
  if (line === '' || line.startsWith('#')) return [];
  const cut = line.indexOf('=');
  const name = cut < 0 ? line : line.slice(0, cut);
  if (/\s/.test(name)) throw new CliError(`invalid env file (${path}): variable '${name}' contains whitespaces`);
  if (name === '') throw new CliError(`invalid env file (${path}): no variable name on line '${line}'`);
  const value = cut < 0 ? lookUp(name) : line.slice(cut + 1);
  return value === undefined ? [] : [`${name}=${value}`];
}
