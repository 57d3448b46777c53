import { type Errno, isErrno, strerror } from '../../kernel/errno.ts';
import type { Sys } from '../../kernel/program.ts';
import type { UnpackedFile } from './contents.ts';

/** Makes a directory with all above it. */
export function makeDirectories(sys: Sys, path: string): void {
  const names = path.split('/').filter((name) => name !== '');
  for (let i = 1; i <= names.length; i++) sys.fs.mkdir(`/${names.slice(0, i).join('/')}`, 0o755);
}

/** Writes a package's files; what went wrong, or undefined. */
export function unpackFiles(sys: Sys, files: readonly UnpackedFile[]): string | undefined {
  for (const file of files) {
    makeDirectories(sys, file.path.slice(0, file.path.lastIndexOf('/')));
    const failed = writeOne(sys, file);
    if (failed) return `${file.path}: ${strerror(failed)}`;
  }
  return undefined;
}

function writeOne(sys: Sys, file: UnpackedFile): Errno | undefined {
  if (!isErrno(sys.fs.stat(file.path, { follow: false }))) sys.fs.unlink(file.path);
  if (file.link !== undefined) return sys.fs.symlink(file.link, file.path);
  return writeSized(sys, file.path, file.bytes, file.size, file.mode);
}

/** Writes a file that takes `size` bytes, of which only `bytes` are kept. */
export function writeSized(sys: Sys, path: string, bytes: string, size?: number, mode = 0o644): Errno | undefined {
  const failed = sys.fs.writeFile(path, bytes, { mode }) ?? sys.fs.chmod(path, mode);
  if (failed !== undefined || size === undefined || size <= bytes.length) return failed;
  return sys.fs.declareSize(path, size);
}

/** Removes a package's files, and the directories that become empty. */
export function removeFiles(sys: Sys, paths: readonly string[]): void {
  for (const path of paths) {
    sys.fs.unlink(path);
    for (let at = path; at.lastIndexOf('/') > 0; ) {
      at = at.slice(0, at.lastIndexOf('/'));
      if (standing.has(at) || sys.fs.rmdir(at) !== undefined) break;
    }
  }
}

/** Directories of the base system. */
const standing = new Set(
  '/bin /etc /sbin /usr /usr/bin /usr/lib /usr/lib/x86_64-linux-gnu /usr/sbin /usr/share /usr/share/doc /usr/games /var /var/log /var/www'.split(
    ' ',
  ),
);
