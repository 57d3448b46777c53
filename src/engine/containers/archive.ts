import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno, strerror } from '../../kernel/errno.ts';
import type { FileCalls, Stat } from '../../kernel/fs/calls.ts';
import { baseName } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { packTree, unpackTree } from '../../oci/pack.ts';
import { readTar, TarError, writeTar } from '../../oci/tar.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError } from '../errors.ts';
import { apiTime } from '../human-duration.ts';
import { findContainer } from '../lookup.ts';
import type { Binding } from '../runc-further.ts';
import { type Container, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { bindingsOf, releaseVolumes } from '../volumes/bindings.ts';
import { noteContainer, noteMounts } from '../watch/events.ts';
import { withFiles } from './files.ts';

/**
 * HEAD and GET /containers/ID/archive?path=: what a path is (in the real API a header), and for GET an archive of it
 * beside that: `{ stat, tar }`. The archive's members begin with the last name of the path, or with `.` for `path/.`.
 */
export function getArchive(m: Machine, reference: string, path: string | undefined, packed: boolean): ApiResponse {
  const container = checked(m, reference, path);
  const wanted = path ?? '';
  noteMounts(m, container, 'mount');
  const { stat, entries, target } = withFiles(
    m,
    container,
    (files) => {
      const found = statOf(files, container, reference, wanted);
      const link = found.type === 'link' ? files.readlink(absolute(wanted)) : '';
      const name = /(?:^|\/)\.?$/.test(wanted) && wanted !== '/' ? '.' : baseName(absolute(wanted)) || '/';
      const entries = packed ? packTree(files, strip(wanted), name === '/' ? '.' : name) : [];
      if (isErrno(entries)) throw new EngineError('start-failed', 500, strerror(entries).toLowerCase());
      return { stat: found, entries, target: typeof link === 'string' ? link : '' };
    },
    bindings(m, container),
  );
  if (packed) tell(m, container, wanted, 'out', entries.length);
  noteMounts(m, container, 'unmount');
  releaseVolumes(m, container);
  const body = {
    stat: {
      name: baseName(strip(wanted)) || '/',
      size: stat.size,
      mode: stat.mode,
      mtime: apiTime(stat.mtime),
      linkTarget: target,
      type: stat.type,
    },
    ...(packed ? { tar: writeTar(entries) } : {}),
  };
  return { status: 200, body };
}

/** PUT /containers/ID/archive?path=: unpacks the archive in the body (`{ tar }`) into a folder of the container. */
export function putArchive(m: Machine, reference: string, path: string | undefined, tar: ByteString): ApiResponse {
  const container = checked(m, reference, path);
  const folder = path ?? '';
  const entries = membersOf(tar);
  noteMounts(m, container, 'mount');
  withFiles(
    m,
    container,
    (files) => {
      const stat = statOf(files, container, reference, `${strip(folder)}/`, folder);
      if (stat.type !== 'dir') throw new EngineError('bad-parameter', 400, 'extraction point is not a directory');
      if (container.hostConfig.ReadonlyRootfs) {
        throw new EngineError('bad-parameter', 403, 'container rootfs is marked read-only');
      }
      const problem = unpackTree(files, strip(folder), entries);
      if (!problem) return;
      if ('errno' in problem) {
        // something is mounted there
        const what = problem.errno.errno === 'EBUSY' ? `RemoveAll ${baseName(problem.path)}: ` : '';
        throw new EngineError('start-failed', 500, what + strerror(problem.errno).toLowerCase());
      }
      const [old, now] =
        problem.clash === 'directory' ? ['non-directory', 'directory'] : ['directory', 'non-directory'];
      throw new EngineError('bad-parameter', 400, `cannot overwrite ${old} "${problem.path}" with ${now} "/"`);
    },
    bindings(m, container),
  );
  tell(m, container, folder, 'in', entries.length);
  noteMounts(m, container, 'unmount');
  releaseVolumes(m, container);
  return { status: 200, body: null };
}

/** What is mounted over the layers: volumes, and while the container runs its network files. */
function bindings(m: Machine, container: Container): readonly Binding[] {
  const { files } = taskOf(m, container.id) ?? {};
  const theirs = (container.mounts ?? []).map(({ destination }) => destination);
  const network = ['resolv.conf', 'hostname', 'hosts'].flatMap((name): readonly Binding[] => {
    const destination = `/etc/${name}`;
    if (files === undefined || theirs.includes(destination)) return [];
    return [{ destination, fs: files, root: `/${name}`, file: true, readonly: false }];
  });
  return [...network, ...bindingsOf(m, container, true)];
}

function tell(m: Machine, container: Container, path: string, direction: 'in' | 'out', files: number): void {
  const { id } = container;
  noteContainer(m, container, direction === 'in' ? 'extract-to-dir' : 'archive-path');
  step(m, 'dockerd', 'copy', { container: id, path, direction, files, running: taskOf(m, id) !== undefined });
}

function checked(m: Machine, reference: string, path: string | undefined): Container {
  const container = findContainer(m, reference);
  if (!path) throw new EngineError('bad-parameter', 400, 'bad parameter: pathcannot be empty');
  return container;
}

function membersOf(tar: ByteString) {
  try {
    return readTar(tar);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw new EngineError('bad-parameter', 400, error.message);
  }
}

function statOf(files: FileCalls, _c: Container, reference: string, path: string, shown = path): Stat {
  const stat = files.stat(absolute(path), { follow: false });
  if (!isErrno(stat)) return stat;
  if (stat.errno === 'ENOTDIR') throw new EngineError('bad-parameter', 400, `lstat ${shown}: not a directory`);
  throw new EngineError('bad-parameter', 404, `Could not find the file ${shown} in container ${reference}`);
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** Without a slash or `/.` at the end. */
function strip(path: string): string {
  return absolute(path).replace(/(?:\/\.?)+$/, '') || '/';
}
