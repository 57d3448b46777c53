import { isErrno, strerror } from '../../kernel/errno.ts';
import { diff, fold } from '../../kernel/fs/layers.ts';
import type { DirNode, TreeNode } from '../../kernel/fs/node.ts';
import { filesystem, newFilesystem, removeFilesystem, snapshot } from '../../kernel/fs/overlay.ts';
import { baseName, emptyDir, setKey } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { type BindSource, type Container, engine, engineState } from '../state.ts';
import { step } from '../step.ts';
import { realFiles, type UserFiles, userFilesService } from '../user-files.ts';

/** At most so much of a computer's files is taken into the simulation for one bind mount. */
const mostEntries = 20_000;
const mostBytes = 64 * 1024 * 1024;

/** The files of the computer on which the process was started; undefined for one of the simulation. */
export function filesOf(m: Machine, client: number): UserFiles | undefined {
  const service = m.software.services.get(userFilesService);
  return service && realFiles((message) => service.request(m, client, message));
}

/**
 * Reads the folders of the user's computer that a container is to have, before it starts: what has changed there since
 * the last time is seen, and what the simulation wrote stays on top. Without a client that has them, the last state stays.
 */
export function readSources(m: Machine, client: number, container: Container): void {
  const files = filesOf(m, client);
  for (const { source } of container.mounts?.filter((mount) => mount.real) ?? []) {
    if (files) readSource(m, files, source);
    else if (!engineState(m).binds?.[source]) {
      throw new EngineError('not-simulated', 501, `drydock: ${source} of your computer cannot be read from in here`);
    }
  }
}

/**
 * A container is gone: forgets the folders that it alone had of the user's computer. Those that were written to stay, for
 * what the simulation wrote there is kept nowhere else.
 */
export function dropSources(m: Machine, { mounts = [] }: Container): void {
  const sources = new Set(mounts.flatMap(({ real, source }) => (real ? [source] : [])));
  for (const source of sources) {
    const bind = engineState(m).binds?.[source];
    if (!bind || isUsed(m, source)) continue;
    const written = diff(bind.read, snapshot(m, bind.fs), filesystem(m, bind.fs).inodes);
    if (Object.keys(written.entries).length > 0) continue;
    removeFilesystem(m, bind.fs);
    delete (m.draft.own(engine(m), 'binds') as { [path: string]: BindSource })[source];
  }
}

function isUsed(m: Machine, source: string): boolean {
  return Object.values(engineState(m).containers).some((container) =>
    container.mounts?.some((mount) => mount.real && mount.source === source),
  );
}

function readSource(m: Machine, files: UserFiles, source: string): void {
  const count = { entries: 0, bytes: 0 };
  const stat = files.stat(source);
  if (!isErrno(stat) && stat.type !== 'dir' && stat.type !== 'file') {
    throw new EngineError('not-simulated', 501, `drydock: a bind mount of a ${stat.type} (${source}) is not simulated`);
  }
  if (isErrno(stat) && stat.errno !== 'ENOENT') {
    throw new EngineError('start-failed', 500, `${source}: ${strerror(stat).toLowerCase()}`);
  }
  const single = !isErrno(stat) && stat.type === 'file';
  const node = isErrno(stat) ? undefined : readNode(files, source, count, source);
  const empty = emptyDir(m.world.now);
  const read: DirNode = node?.t === 'dir' ? node : { ...empty, entries: node ? { [baseName(source)]: node } : {} };
  const state = engine(m);
  state.binds ??= m.draft.adopt({});
  const old = state.binds[source];
  let fs = old?.fs;
  if (old === undefined || fs === undefined) fs = newFilesystem(m, 'ext4', { root: read });
  else {
    const written = diff(old.read, snapshot(m, fs), filesystem(m, fs).inodes);
    m.draft.own(m.draft.own(m.kernel, 'filesystems'), fs).root = fold([read, written]);
  }
  const entry: BindSource = { read, fs, ...(single ? { file: `/${baseName(source)}` } : {}) };
  (m.draft.own(state, 'binds') as { [path: string]: BindSource })[source] = entry;
  step(m, 'dockerd', 'bind-source', { source, files: count.entries });
}

/** A file, folder or link; what is neither, or may not be read, is left out. Links stay links. */
function readNode(
  files: UserFiles,
  path: string,
  count: { entries: number; bytes: number },
  source: string,
): TreeNode | undefined {
  const stat = files.stat(path, { follow: path === source });
  if (isErrno(stat)) return undefined;
  count.entries += 1;
  if (stat.type === 'file') count.bytes += stat.size;
  if (count.entries > mostEntries || count.bytes > mostBytes) {
    throw new EngineError(
      'not-simulated',
      501,
      `drydock: ${source} is too large to be bound into a simulated container (at most ${mostEntries} entries, 64 MB)`,
    );
  }
  const { mode, uid, gid, mtime } = stat;
  const meta = { mode, uid, gid, mtime };
  if (stat.type === 'link') {
    const to = files.readlink(path);
    return typeof to === 'string' ? { t: 'link', ...meta, target: to } : undefined;
  }
  if (stat.type === 'file') {
    const got = files.readFile(path);
    return isErrno(got) ? undefined : { t: 'file', ...meta, data: got.bytes };
  }
  if (stat.type !== 'dir') return undefined;
  const names = files.list(path);
  const entries: { [name: string]: TreeNode } = {};
  for (const name of isErrno(names) ? [] : names) {
    const below = readNode(files, `${path === '/' ? '' : path}/${name}`, count, source);
    if (below) setKey(entries, name, below);
  }
  return { t: 'dir', ...meta, entries };
}
