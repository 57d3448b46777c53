import { readChmod } from '../../builder/graph/chmod.ts';
import type { CopyOp, Vertex } from '../../builder/graph/vertex.ts';
import type { DirNode, TreeNode } from '../../kernel/fs/node.ts';
import { dirName, joinPath } from '../../kernel/fs/tree.ts';
import type { Machine } from '../../kernel/machine.ts';
import { gunzip } from '../../oci/gunzip.ts';
import { tarToLayer } from '../../oci/layer-archive.ts';
import { TarError } from '../../oci/tar.ts';
import { EngineError } from '../errors.ts';
import { sourceOf } from './cached.ts';
import { ignoreExcluded } from './files/exclude.ts';
import { ownerOf } from './files/owner.ts';
import { type Placing, Target } from './files/place.ts';
import { type Selected, select } from './files/select.ts';
import { type Source, treeSource } from './files/source.ts';
import { commitLayer } from './layer.ts';
import { treeOf } from './records.ts';
import { type BuildJob, buildState } from './state.ts';

/** COPY and ADD: puts files in place, as a layer. Throws EngineError. */
export function copyFiles(m: Machine, job: BuildJob, vertex: Vertex, op: CopyOp): void {
  const now = buildState(m).jobs[job.id] ?? job;
  const base = treeOf(m, op.base === null ? undefined : now.steps[op.base]?.key);
  const target = new Target(base);
  const owner = ownerOf(op.chown ?? '', base);
  const mode = op.chmod ? readChmod(op.chmod) : undefined;
  const placing = { now: m.world.now, ...(owner ? { owner } : {}), ...(mode === undefined ? {} : { mode }) };
  for (const { input, path, pivot = '/' } of op.sources) {
    const source = sourceOf(m, now, input);
    const selected = select(source, path);
    if ('missing' in selected) throw new EngineError('bad-parameter', 400, `${JSON.stringify(path)}: not found`);
    const skip = ignoreExcluded(op.exclude, path);
    for (const each of selected) {
      if (skip(each.path)) continue;
      const own = op.parents ? withParents(op, each, pivot) : op;
      placeOne(target, source, each, own, { ...placing, skip });
    }
  }
  commitLayer(m, now, vertex, base, { tree: target.finish() });
}

/** With `--parents` a file goes below the destination under the path that it was asked for by (from the pivot on). */
function withParents(op: CopyOp, { node, path, asked = path }: Selected, pivot: string): CopyOp {
  const kept = pivot !== '/' && asked.startsWith(`${pivot}/`) ? asked.slice(pivot.length) : asked;
  const destination = joinPath(withoutSlash(op.destination), kept.slice(1));
  return { ...op, destination: node.t === 'dir' ? destination : `${dirName(destination)}/` };
}

function placeOne(target: Target, source: Source, { name, node, path }: Selected, op: CopyOp, placing: Placing): void {
  const { destination } = op;
  const archive = op.unpack && node.t === 'file' ? archiveIn(source, node, path, placing.now) : undefined;
  if (archive) {
    target.copy(treeSource(archive), '/', archive, withoutSlash(destination), { now: placing.now, skip: () => false });
    return;
  }
  if (node.t === 'dir') {
    target.copy(source, path, node, withoutSlash(destination), placing);
    return;
  }
  const folder = destination.endsWith('/') || target.at(destination)?.t === 'dir';
  target.copy(source, path, node, folder ? joinPath(withoutSlash(destination), name) : destination, placing);
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/$/, '');
}

/** What ADD finds in an archive; undefined: it is none. */
function archiveIn(source: Source, node: TreeNode, path: string, now: number): DirNode | undefined {
  if (node.t !== 'file') return undefined;
  const { data } = source.load(node, path);
  if (data.startsWith('BZh') || data.startsWith('\xfd7zXZ\0')) {
    throw new EngineError('not-simulated', 501, `drydock: ADD of ${path}: unpacking bzip2 and xz is not simulated`);
  }
  const tar = gunzip(data) ?? data;
  if (!tar.startsWith('ustar', 257)) return undefined;
  try {
    return tarToLayer(tar, now);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    throw new EngineError('bad-parameter', 400, `Error processing tar file(exit status 1): ${error.message}`);
  }
}
