import type { UserFiles } from '../../engine/user-files.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import { dirName } from '../../kernel/fs/tree.ts';
import type { Client } from '../client.ts';
import { CliError } from '../errors.ts';
import { userFiles } from '../user-files.ts';

/** Where an archive goes: a file, or the standard output. */
export interface ArchiveOutput {
  write(parts: readonly ByteString[]): void;
}

const kinds: { readonly [type: string]: string } = {
  dir: 'a directory',
  link: 'a symbolic link directly',
  fifo: 'a named pipe (FIFO)',
  socket: 'a socket',
  char: 'a character device file',
  block: 'a block device file',
};
/** So many bytes are written at a time. */
const chunk = 1 << 20;

/**
 * Checks where an archive is to go, before the engine is asked for it. `what` is what failed when it cannot go there.
 * Throws CliError with the real client's words; a terminal is refused.
 */
export function archiveOutput(client: Client, path: string, what: string): ArchiveOutput {
  if (path === '') {
    if (client.sys.isatty(1)) {
      throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    }
    return {
      write: (parts) => {
        for (const part of joined(parts)) client.output.push([1, part]);
      },
    };
  }
  const files = userFiles(client.sys);
  const problem = problemAt(files, path);
  if (problem !== undefined) throw new CliError(`${what}: ${problem}`);
  return {
    write: (parts) => {
      let append = false;
      for (const part of joined(parts)) {
        const failed = files.writeFile(path, part, { append, mode: 0o600 });
        if (failed) throw new CliError(`${what}: write ${path}: ${strerror(failed).toLowerCase()}`);
        append = true;
      }
    },
  };
}

function problemAt(files: UserFiles, path: string): string | undefined {
  const folder = path.includes('/') ? dirName(path) : '.';
  const there = files.stat(folder);
  if (isErrno(there)) return `invalid output path: stat ${folder}: ${strerror(there).toLowerCase()}`;
  if (there.type !== 'dir') return `invalid output path: stat ${folder}: not a directory`;
  const old = files.stat(path, { follow: false });
  const kind = isErrno(old) ? undefined : kinds[old.type];
  return kind === undefined ? undefined : `cannot write to ${kind}`;
}

/** Pieces of a useful size: small ones together. */
function* joined(parts: readonly ByteString[]): Generator<ByteString> {
  let small: ByteString[] = [];
  let size = 0;
  for (const part of parts) {
    if (size + part.length < chunk) {
      small.push(part);
      size += part.length;
      continue;
    }
    yield small.join('');
    small = [];
    size = 0;
    for (let at = 0; at < part.length; at += chunk) yield part.slice(at, at + chunk);
  }
  yield small.join('');
}
