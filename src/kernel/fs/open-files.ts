import type { ByteString } from '../bytes.ts';
import { decodeUtf8 } from '../bytes.ts';
import { type Errno, fail } from '../errno.ts';
import { ownFile } from '../files.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import type { ReadResult } from '../program.ts';
import { sendSignal } from '../signal-delivery.ts';
import { roomFor } from './capacity.ts';
import { viewAt } from './generated.ts';
import { fileOf, setFile } from './inodes.ts';
import type { FileNode } from './node.ts';
import { fileSize } from './tree.ts';

/** read(2) of an open file of kind `file` or `text`: at most `max` bytes from its offset. EISDIR, EBADF. */
export function readOpenFile(m: Machine, id: Id, max: number): ReadResult {
  const file = m.kernel.files[id];
  if (file?.kind === 'text') return advance(m, id, file.text, file.offset, max);
  if (file?.kind !== 'file' || !file.read) return fail('EBADF');
  const node = fileOf(m, file);
  return node ? advance(m, id, node.data, file.offset, max) : fail('EISDIR');
}

function advance(m: Machine, id: Id, data: ByteString, offset: number, max: number): ReadResult {
  if (offset >= data.length || max <= 0) return 'eof';
  const bytes = data.slice(offset, offset + max);
  setOffset(m, id, offset + bytes.length);
  return { bytes };
}

function setOffset(m: Machine, id: Id, offset: number): void {
  const file = ownFile(m, id);
  if (file.kind === 'file' || file.kind === 'text') file.offset = offset;
}

/**
 * write(2) to an open file of kind `file` or `text`: how many bytes were taken (fewer than given when the file system
 * is about to be full, or the process may not make a larger file). EBADF, ENOSPC; EFBIG, and SIGXFSZ, beyond RLIMIT_FSIZE; for a generated file what its handler says.
 */
export function writeOpenFile(m: Machine, id: Id, bytes: ByteString, pid?: number): number | Errno {
  const file = m.kernel.files[id];
  if (file?.kind === 'text') return writeGenerated(m, file.fs, file.path, bytes, pid);
  if (file?.kind !== 'file' || !file.write) return fail('EBADF');
  const node = fileOf(m, file);
  if (!node) return fail('EBADF');
  if (bytes === '') return 0;
  const offset = file.append ? node.data.length : file.offset;
  const largest = pid === undefined ? undefined : fileSizeLimit(m, pid);
  if (largest !== undefined && offset >= largest) {
    sendSignal(m, pid ?? 0, 'SIGXFSZ', pid);
    return fail('EFBIG');
  }
  const end = Math.min(offset + bytes.length, largest ?? Number.POSITIVE_INFINITY);
  const taken = bytes.slice(0, roomFor(m, file.fs, fileSize(node), end) - offset);
  if (taken === '') return fail('ENOSPC');
  setFile(m, file, withBytes(node, offset, taken, m.world.now));
  setOffset(m, id, offset + taken.length);
  return taken.length;
}

/** RLIMIT_FSIZE of a process, when it has one. */
function fileSizeLimit(m: Machine, pid: number): number | undefined {
  const soft = m.kernel.processes[pid]?.limits?.fsize?.[0] ?? -1;
  return soft < 0 ? undefined : soft;
}

/** The file with `bytes` at `offset`; a gap is filled with NULs. What it declares beyond its stored bytes stays declared. */
export function withBytes(node: FileNode, offset: number, bytes: ByteString, now: number): FileNode {
  const { data } = node;
  const end = offset + bytes.length;
  const before = offset <= data.length ? data.slice(0, offset) : data + '\0'.repeat(offset - data.length);
  // joining strings makes a rope, so that appending is cheap however long the file is
  const next = offset === data.length ? data + bytes : before + bytes + data.slice(end);
  const grown = { ...node, data: next, mtime: now };
  return node.size === undefined ? grown : { ...grown, size: node.size + Math.max(0, next.length - data.length) };
}

/** The file cut or filled up with NULs to `size` bytes. */
export function resized(node: FileNode, size: number, now: number): FileNode {
  const { size: _declared, ...rest } = node;
  const { data } = node;
  const next = size <= data.length ? data.slice(0, size) : data + '\0'.repeat(size - data.length);
  return { ...rest, data: next, mtime: now };
}

function writeGenerated(m: Machine, fsId: Id, path: string, bytes: ByteString, pid = 0): number | Errno {
  const fs = m.kernel.filesystems[fsId];
  const node = fs && viewAt(m, pid, fs, path);
  if (node?.t !== 'gfile' || !node.write) return fail('EBADF');
  return node.write(decodeUtf8(bytes)) ?? bytes.length;
}
