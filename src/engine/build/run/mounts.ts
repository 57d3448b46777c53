import type { BuildMount, RunOp } from '../../../builder/graph/vertex.ts';
import type { DirNode, TreeNode } from '../../../kernel/fs/node.ts';
import { newFilesystem } from '../../../kernel/fs/overlay.ts';
import { emptyDir, joinPath, setKey } from '../../../kernel/fs/tree.ts';
import type { Id, Rec } from '../../../kernel/json.ts';
import type { Machine } from '../../../kernel/machine.ts';
import { EngineError } from '../../errors.ts';
import type { Binding } from '../../runc-further.ts';
import { sourceOf } from '../cached.ts';
import { select } from '../files/select.ts';
import type { Source } from '../files/source.ts';
import { newRecordId } from '../records.ts';
import { type BuildJob, buildState, type CacheMount, ownBuild, updateJob } from '../state.ts';
import type { Point } from './mount-points.ts';

/** What the `--mount`s of a RUN come to. */
export interface Mounts {
  readonly bindings: readonly Binding[];
  readonly tmpfs: { readonly [path: string]: string };
  readonly points: readonly Point[];
  /** Secrets that are handed over as variables. */
  readonly env: Rec<string>;
  /** File systems that were made for it, and those of caches by id. */
  readonly filesystems: readonly Id[];
  readonly caches: Rec<Id>;
}

/** Prepares the mounts of a RUN. Throws EngineError for a required secret that was not given. */
export function prepareMounts(m: Machine, job: BuildJob, op: RunOp): Mounts {
  const bindings: Binding[] = [];
  const tmpfs: { [path: string]: string } = {};
  const points: Point[] = [];
  const env: { [name: string]: string } = {};
  const filesystems: Id[] = [];
  const caches: { [id: string]: Id } = {};
  const bind = (each: BuildMount, fs: Id, root: string, file: boolean, readonly: boolean): void => {
    bindings.push({ destination: each.target, fs, root, file, readonly });
    points.push({ path: each.target, file });
  };
  for (const each of op.mounts) {
    const { mount } = each;
    if (mount.type === 'tmpfs') {
      tmpfs[each.target] = mount.sizeLimit === undefined ? '' : `size=${mount.sizeLimit}`;
      points.push({ path: each.target, file: false });
    } else if (mount.type === 'secret') {
      const id = mount.id ?? mount.source ?? each.target.slice(each.target.lastIndexOf('/') + 1);
      const secret = Object.hasOwn(job.request.secrets, id) ? job.request.secrets[id] : undefined;
      if (secret === undefined) {
        if (mount.required) throw new EngineError('bad-parameter', 400, `secret ${id}: not found`);
        continue;
      }
      if (mount.env !== undefined) env[mount.env === '' ? id : mount.env] = secret;
      if (mount.env !== undefined && mount.target === undefined) continue;
      const meta = { mode: mount.mode ?? 0o400, uid: mount.uid ?? 0, gid: mount.gid ?? 0, mtime: m.world.now };
      const fs = newFilesystem(m, 'tmpfs', {
        root: folderOf('secret', { t: 'file', ...meta, data: secret }, m.world.now),
      });
      filesystems.push(fs);
      bind(each, fs, '/secret', true, true);
    } else if (mount.type === 'ssh') {
      if (mount.required) throw new EngineError('bad-parameter', 400, `unset ssh forward key ${mount.id ?? 'default'}`);
    } else if (mount.type === 'cache') {
      const id = `${mount.id ?? each.target} ${mount.sharing === 'private' ? newRecordId(m) : ''}`.trim();
      const fs = newFilesystem(m, 'ext4', { root: cacheTree(m, job, each, id) });
      filesystems.push(fs);
      caches[id] = fs;
      bind(each, fs, '/', false, mount.readOnly);
    } else bindFiles(m, job, each, filesystems, bind);
  }
  return { bindings, tmpfs, points, env, filesystems, caches };
}

function folderOf(name: string, node: TreeNode, now: number): DirNode {
  const entries: { [name: string]: TreeNode } = {};
  setKey(entries, name, node);
  return { ...emptyDir(now), entries };
}

function bindFiles(
  m: Machine,
  job: BuildJob,
  each: BuildMount,
  filesystems: Id[],
  bind: (each: BuildMount, fs: Id, root: string, file: boolean, readonly: boolean) => void,
): void {
  const { mount, input } = each;
  if (input === undefined) throw new EngineError('bad-parameter', 400, 'bind mount without a source');
  const source = sourceOf(m, job, input);
  const path = joinPath('/', mount.source ?? '/');
  const found = select(source, path);
  const [only] = 'missing' in found ? [] : found;
  if (!only) {
    const words = `failed to calculate checksum of ref ${newRecordId(m)}: ${JSON.stringify(path)}: not found`;
    throw new EngineError('bad-parameter', 400, words);
  }
  const node = loaded(source, only.path, only.node);
  const file = node.t !== 'dir';
  const fs = newFilesystem(m, 'ext4', { root: node.t === 'dir' ? node : folderOf('file', node, m.world.now) });
  filesystems.push(fs);
  bind(each, fs, file ? '/file' : '/', file, mount.readOnly);
}

/** Files with their contents: a process may read any of them. */
function loaded(source: Source, path: string, node: TreeNode): TreeNode {
  if (node.t === 'file') return source.load(node, path);
  if (node.t !== 'dir') return node;
  const entries: { [name: string]: TreeNode } = {};
  for (const [name, child] of Object.entries(node.entries))
    setKey(entries, name, loaded(source, joinPath(path, name), child));
  return { ...node, entries };
}

/** With --no-cache the first RUN that has a cache begins with an empty one (asked of a real engine); those after it share that. */
function renews(m: Machine, build: Id, id: string): boolean {
  const job = buildState(m).jobs[build];
  if (!job?.request.noCache || job.renewed?.includes(id)) return false;
  updateJob(m, build, { renewed: [...(job.renewed ?? []), id] });
  return true;
}

function cacheTree(m: Machine, job: BuildJob, { mount, input }: BuildMount, id: string): DirNode {
  const { mounts } = buildState(m);
  const now = m.world.now;
  const known = Object.hasOwn(mounts, id) && !renews(m, job.id, id) ? mounts[id] : undefined;
  const { mode = 0o755, uid = 0, gid = 0 } = mount;
  const first: DirNode = { ...emptyDir(now, mode), uid, gid };
  const from = input === undefined ? undefined : sourceOf(m, job, input);
  const root = known?.tree ?? (from ? loaded(from, '/', from.root) : first);
  const tree = root.t === 'dir' ? root : first;
  const record: CacheMount = known
    ? { ...known, used: now, uses: known.uses + 1 }
    : { id: newRecordId(m), tree, created: now, used: now, uses: 1 };
  (ownBuild(m, 'mounts') as { [id: string]: CacheMount })[id] = record;
  return tree;
}
