import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/kernel/draft.ts';
import { type Errno, isErrno } from '../../../src/kernel/errno.ts';
import type { FileCalls } from '../../../src/kernel/fs/calls.ts';
import { changes, fold } from '../../../src/kernel/fs/layers.ts';
import { mount } from '../../../src/kernel/fs/mounts.ts';
import type { DirNode, FileNode, TreeNode } from '../../../src/kernel/fs/node.ts';
import { newOverlay, snapshot, upperChanges, upperLayer } from '../../../src/kernel/fs/overlay.ts';
import { fileCalls } from '../../../src/kernel/fs/sys-files.ts';
import { emptyDir, isUnder, makeTree, rootMeta } from '../../../src/kernel/fs/tree.ts';
import type { Machine } from '../../../src/kernel/machine.ts';
import { deepFreeze, machineOn, worldWith } from './machine.ts';

/** The simplest file system there is: paths to contents; directories are null. Hard-linked files share a box. */
class Model {
  readonly nodes = new Map<string, { bytes: string } | null>([['/', null]]);

  private parent(path: string): string {
    return path.slice(0, path.lastIndexOf('/')) || '/';
  }
  /** Why the way to `path` cannot be gone. */
  private way(path: string): string | undefined {
    for (let at = this.parent(path); at !== '/'; at = this.parent(at)) {
      const above = this.nodes.get(this.parent(at));
      if (above === undefined) continue;
      const node = this.nodes.get(at);
      if (node === undefined) return above === null ? 'ENOENT' : 'ENOTDIR';
      if (node !== null) return 'ENOTDIR';
    }
    return undefined;
  }
  private below(path: string): string[] {
    return [...this.nodes.keys()].filter((other) => other !== path && isUnder(other, path));
  }
  mkdir(path: string): string | undefined {
    const lost = this.way(path);
    if (lost) return lost;
    if (this.nodes.has(path)) return 'EEXIST';
    this.nodes.set(path, null);
    return undefined;
  }
  write(path: string, bytes: string, append: boolean): string | undefined {
    const lost = this.way(path);
    if (lost) return lost;
    const node = this.nodes.get(path);
    if (node === null) return 'EISDIR';
    if (node) node.bytes = append ? node.bytes + bytes : bytes;
    else this.nodes.set(path, { bytes });
    return undefined;
  }
  unlink(path: string): string | undefined {
    const lost = this.way(path);
    if (lost) return lost;
    const node = this.nodes.get(path);
    if (node === undefined) return 'ENOENT';
    if (node === null) return 'EISDIR';
    this.nodes.delete(path);
    return undefined;
  }
  rmdir(path: string): string | undefined {
    const lost = this.way(path);
    if (lost) return lost;
    const node = this.nodes.get(path);
    if (node === undefined) return 'ENOENT';
    if (node !== null) return 'ENOTDIR';
    if (this.below(path).length > 0) return 'ENOTEMPTY';
    this.nodes.delete(path);
    return undefined;
  }
  link(from: string, to: string): string | undefined {
    const lost = this.way(from);
    if (lost) return lost;
    const node = this.nodes.get(from);
    if (node === undefined) return 'ENOENT';
    const lostTo = this.way(to);
    if (lostTo) return lostTo;
    if (this.nodes.has(to)) return 'EEXIST';
    if (node === null) return 'EPERM';
    this.nodes.set(to, node);
    return undefined;
  }
  rename(from: string, to: string): string | undefined {
    const lost = this.way(from) ?? this.way(to);
    if (lost) return lost;
    const node = this.nodes.get(from);
    if (node === undefined) return 'ENOENT';
    const old = this.nodes.get(to);
    if (from === to) return undefined;
    if (node === null && isUnder(to, from)) return 'EINVAL';
    if (isUnder(from, to)) return 'ENOTEMPTY';
    if (old === null && node !== null) return 'EISDIR';
    if (old && node === null) return 'ENOTDIR';
    if (old === null && this.below(to).length > 0) return 'ENOTEMPTY';
    if (old && old === node) return undefined;
    const moved = [from, ...this.below(from)];
    for (const path of moved) {
      const value = this.nodes.get(path);
      this.nodes.delete(path);
      if (value !== undefined) this.nodes.set(to + path.slice(from.length), value);
    }
    return undefined;
  }
  /** Directories and contents in order of their paths. */
  all(): [string, string | null][] {
    return [...this.nodes]
      .map(([path, node]): [string, string | null] => [path, node === null ? null : node.bytes])
      .sort(byPath);
  }
}

const byPath = (a: [string, unknown], b: [string, unknown]): number => (a[0] < b[0] ? -1 : 1);

type Op =
  | { op: 'mkdir' | 'unlink' | 'rmdir'; path: string }
  | { op: 'write' | 'append'; path: string; bytes: string }
  | { op: 'rename' | 'link'; path: string; to: string };

const paths = ['/a', '/b', '/a/a', '/a/b', '/b/a', '/a/a/a', '/a/b/c', '/b/a/c'];
const path = fc.constantFrom(...paths);
const bytes = fc.constantFrom('', 'x', 'yz');
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ op: fc.constantFrom('mkdir' as const, 'unlink' as const, 'rmdir' as const), path }),
  fc.record({ op: fc.constantFrom('write' as const, 'append' as const), path, bytes }),
  fc.record({ op: fc.constantFrom('rename' as const, 'link' as const), path, to: path }),
);
const ops = fc.array(anyOp, { maxLength: 40 });

const name = (result: Errno | undefined): string | undefined => result?.errno;

function perform(fs: FileCalls, op: Op): string | undefined {
  switch (op.op) {
    case 'write':
    case 'append':
      return name(fs.writeFile(op.path, op.bytes, { append: op.op === 'append' }));
    case 'rename':
    case 'link':
      return name(fs[op.op](op.path, op.to));
    default:
      return name(fs[op.op](op.path));
  }
}

function imitate(model: Model, op: Op): string | undefined {
  switch (op.op) {
    case 'write':
    case 'append':
      return model.write(op.path, op.bytes, op.op === 'append');
    case 'rename':
    case 'link':
      return model[op.op](op.path, op.to);
    default:
      return model[op.op](op.path);
  }
}

function everything(fs: FileCalls, at = '/'): [string, string | null][] {
  const names = fs.list(at);
  if (isErrno(names)) {
    const file = fs.readFile(at);
    return isErrno(file) ? [] : [[at, file.bytes]];
  }
  const below = names.flatMap((each) => everything(fs, at === '/' ? `/${each}` : `${at}/${each}`));
  return ([[at, null]] as [string, string | null][]).concat(below).sort(byPath);
}

const file = (data: string): FileNode => ({ t: 'file', ...rootMeta(1, 0o644), data });
const base = deepFreeze(
  makeTree(
    new Draft(),
    [
      ['/a/a/a', file('low')],
      ['/a/b', emptyDir(1)],
      ['/b/a', file('other')],
    ],
    rootMeta(1),
  ),
);

function onOverlay(): { m: Machine; fs: FileCalls; id: string; model: Model } {
  const m = machineOn(deepFreeze(worldWith()));
  const id = newOverlay(m, base);
  mount(m, 'M', { point: '/', fs: id });
  const model = new Model();
  for (const dir of ['/a', '/a/a', '/a/b', '/b']) model.mkdir(dir);
  model.write('/a/a/a', 'low', false);
  model.write('/b/a', 'other', false);
  return { m, fs: fileCalls(m, 1), id, model };
}

/** Without the marks that only an overlay's own tree has, and hard links resolved. */
function plain(node: TreeNode, m: Machine, fs: string): unknown {
  if (node.t === 'hard') {
    const { nlink: _, ...rest } = m.kernel.filesystems[fs]?.inodes[node.inode] ?? {};
    return rest;
  }
  if (node.t !== 'dir') return node;
  const { opaque: _, ...rest } = node;
  return {
    ...rest,
    entries: Object.fromEntries(Object.entries(node.entries).map(([key, child]) => [key, plain(child, m, fs)])),
  };
}

describe('file calls against a map of paths', () => {
  it('on a disk: same answers, same files', () => {
    fc.assert(
      fc.property(ops, (sequence) => {
        const m = machineOn(deepFreeze(worldWith()));
        const fs = fileCalls(m, 1);
        const model = new Model();
        for (const op of sequence) expect([op, perform(fs, op)]).toEqual([op, imitate(model, op)]);
        expect(everything(fs)).toEqual(model.all());
      }),
    );
  });

  it('on an overlay: same answers (but for lower directories that move), same files, and the layer says it all', () => {
    fc.assert(
      fc.property(ops, (sequence) => {
        const { m, fs, id, model } = onOverlay();
        for (const op of sequence) {
          m.world.now += 1;
          const answer = perform(fs, op);
          if (answer === 'EXDEV') continue;
          expect([op, answer]).toEqual([op, imitate(model, op)]);
        }
        expect(everything(fs)).toEqual(model.all());
        const tree = snapshot(m, id);
        const layer = deepFreeze(upperLayer(m, id));
        const folded = fold([base, layer]);
        expect(folded).toEqual(plain(tree, m, id));
        expect(upperChanges(m, id)).toEqual(changes(base, folded));
      }),
      { numRuns: 300 },
    );
  });

  it('a draft never changes the world that it began with, nor an earlier snapshot', () => {
    fc.assert(
      fc.property(ops, ops, (first, second) => {
        const { m, fs, id } = onOverlay();
        for (const op of first) perform(fs, op);
        const kept: DirNode = deepFreeze(snapshot(m, id));
        const before = JSON.stringify(kept);
        for (const op of second) perform(fs, op);
        expect(JSON.stringify(kept)).toBe(before);
      }),
    );
  });
});
