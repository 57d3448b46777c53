import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Io } from '../../makers/io.ts';

/** The files of users and groups; the ones with a `shadow` in their names may be missing. */
export type DatabaseFile = '/etc/passwd' | '/etc/group' | '/etc/shadow' | '/etc/gshadow';

/** The rows of one of the files, each cut at its colons; undefined when there is no such file. */
export function rows(io: Io, file: DatabaseFile): string[][] | undefined {
  const got = io.sys.fs.readFile(file);
  if (isErrno(got)) return undefined;
  return decodeUtf8(got.bytes)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':'));
}

/** Writes rows back; a file that is not there is not made. False: it may not be written. */
function writeRows(io: Io, file: DatabaseFile, list: readonly (readonly string[])[]): boolean {
  const text = list.map((row) => `${row.join(':')}\n`).join('');
  return io.sys.fs.writeFile(file, encodeUtf8(text)) === undefined;
}

/** Adds a row, where the file exists. */
export function addRow(io: Io, file: DatabaseFile, row: readonly string[]): boolean {
  const list = rows(io, file);
  return list === undefined ? file.includes('shadow') : writeRows(io, file, [...list, row]);
}

/** Removes the rows of a name. */
export function removeRow(io: Io, file: DatabaseFile, name: string): void {
  const list = rows(io, file);
  if (list?.some((row) => row[0] === name))
    writeRows(
      io,
      file,
      list.filter((row) => row[0] !== name),
    );
}

/** Changes the row of a name. */
export function changeRow(io: Io, file: DatabaseFile, name: string, change: (row: string[]) => string[]): void {
  const list = rows(io, file);
  if (list)
    writeRows(
      io,
      file,
      list.map((row) => (row[0] === name ? change(row) : row)),
    );
}

/** Puts a user into a group, or takes it out. */
export function setMember(io: Io, group: string, user: string, member: boolean): void {
  for (const file of ['/etc/group', '/etc/gshadow'] as const) {
    if (rows(io, file) === undefined) continue;
    changeRow(io, file, group, ([name = '', password = '', id = '', members = '']) => {
      const others = members.split(',').filter((one) => one !== '' && one !== user);
      return [name, password, id, (member ? [...others, user] : others).join(',')];
    });
  }
}

/** A number that no row of these files has in its third field: upwards from `from`, or downwards to `to`. */
export function freeId(io: Io, files: readonly DatabaseFile[], from: number, to: number): number {
  const used = new Set(files.flatMap((file) => (rows(io, file) ?? []).map((row) => Number(row[2]))));
  const step = from <= to ? 1 : -1;
  for (let id = from; id !== to + step; id += step) if (!used.has(id)) return id;
  return to;
}

/** Days since 1970, as shadow(5) counts. */
export function today(io: Io): string {
  return String(Math.floor(io.sys.now / 86_400_000_000));
}

/** Makes a home directory with what /etc/skel has. */
export function makeHome(io: Io, home: string, uid: number, gid: number, mode: number): boolean {
  const { fs } = io.sys;
  if (fs.mkdir(home, 0o755) !== undefined) return false;
  const names = fs.list('/etc/skel');
  for (const name of isErrno(names) ? [] : names) {
    const file = fs.readFile(`/etc/skel/${name}`);
    if (isErrno(file)) continue;
    fs.writeFile(`${home}/${name}`, file.bytes, { mode: 0o644 });
    fs.chown(`${home}/${name}`, uid, gid);
  }
  fs.chown(home, uid, gid);
  fs.chmod(home, mode);
  return true;
}
