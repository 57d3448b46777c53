import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import type { Settings } from './context.ts';
import { parseCommand } from './resp.ts';
import type { Databases } from './values.ts';

/** What a snapshot begins with. What follows is JSON here: the real format's compression is of no use to anybody. */
const magic = 'REDIS0012 drydock ';

function dumpPath({ dir, file }: Settings): string {
  return `${dir.replace(/\/$/, '')}/${file}`;
}

/** Where the append-only file is. */
export function logPath({ dir }: Settings): string {
  return `${dir.replace(/\/$/, '')}/appendonlydir/appendonly.aof.1.incr.aof`;
}

/** Writes a snapshot; false when that fails. */
export function saveSnapshot(sys: Sys, settings: Settings, databases: Databases): boolean {
  const bytes = encodeUtf8(`${magic}${JSON.stringify(databases)}`);
  return sys.fs.writeFile(dumpPath(settings), bytes, { mode: 0o600 }) === undefined;
}

/** The snapshot, when there is one. */
export function loadSnapshot(sys: Sys, settings: Settings): Databases | undefined {
  const read = sys.fs.readFile(dumpPath(settings));
  const text = isErrno(read) ? '' : decodeUtf8(read.bytes);
  return text.startsWith(magic) ? (JSON.parse(text.slice(magic.length)) as Databases) : undefined;
}

/** The commands of the append-only file; undefined when there is none. */
export function loadLog(sys: Sys, settings: Settings): readonly (readonly string[])[] | undefined {
  const read = sys.fs.readFile(logPath(settings));
  if (isErrno(read)) return undefined;
  const commands: (readonly string[])[] = [];
  let { bytes } = read;
  for (let parsed = parseCommand(bytes); parsed; parsed = parseCommand(bytes)) {
    commands.push(parsed.words);
    bytes = parsed.rest;
  }
  return commands;
}

/** Makes an empty append-only file. */
export function beginLog(sys: Sys, settings: Settings): void {
  const path = logPath(settings);
  makeDirectories(sys, path.slice(0, path.lastIndexOf('/')));
  sys.fs.writeFile(path.replace('.incr.aof', '.base.rdb'), magic);
  sys.fs.writeFile(path, '');
}
