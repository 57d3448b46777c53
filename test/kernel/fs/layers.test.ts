import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/kernel/draft.ts';
import { changes, diff, fold } from '../../../src/kernel/fs/layers.ts';
import type { DirNode, FileNode, TreeNode } from '../../../src/kernel/fs/node.ts';
import { insert, lookup, makeTree, remove, rootMeta, treeSize } from '../../../src/kernel/fs/tree.ts';
import { deepFreeze } from './machine.ts';

const file = (data: string, mtime = 1): FileNode => ({ t: 'file', ...rootMeta(mtime, 0o644), data });
const tree = (...files: (readonly [string, TreeNode])[]): DirNode => makeTree(new Draft(), files, rootMeta(0));

/** A random tree over few names, so that two of them collide often. */
const name = fc.constantFrom('a', 'b', 'c', '__proto__', '7');
const anyTree: fc.Arbitrary<DirNode> = fc.letrec<{ dir: DirNode; node: TreeNode }>((tie) => ({
  dir: fc
    .record({
      entries: fc.uniqueArray(fc.tuple(name, tie('node')), { maxLength: 4, selector: ([n]) => n }),
      mtime: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ entries, mtime }): DirNode => ({ t: 'dir', ...rootMeta(mtime), entries: Object.fromEntries(entries) })),
  node: fc.oneof(
    { maxDepth: 3 },
    fc
      .record({ data: fc.constantFrom('', 'x', 'yy'), mtime: fc.integer({ min: 0, max: 2 }) })
      .map((f) => file(f.data, f.mtime)),
    fc.constantFrom('a', '/b').map((target): TreeNode => ({ t: 'link', ...rootMeta(0, 0o777), target })),
    tie('dir'),
  ),
})).dir;

describe('layers', () => {
  it('a node that was stored and read again is no difference', () => {
    const base = tree(['/etc/a', file('a')], ['/etc/b', file('b')]);
    const again = JSON.parse(JSON.stringify(tree(['/etc/a', file('a')], ['/etc/b', file('c')]))) as DirNode;
    expect(treeSize(diff(base, again))).toBe(1);
    expect(lookup(diff(base, again), '/etc/a')).toBeUndefined();
  });

  it('fold(base, diff(base, tree)) is the tree again', () => {
    fc.assert(
      fc.property(anyTree, anyTree, (base, next) => {
        deepFreeze([base, next]);
        expect(fold([base, diff(base, next)])).toEqual(next);
      }),
    );
  });

  it('the diff of equal trees by identity is empty, and fold keeps what a layer does not touch', () => {
    fc.assert(
      fc.property(anyTree, (base) => {
        const empty = diff(base, base);
        expect(empty.entries).toEqual({});
        expect(fold([base, empty])).toBe(base);
      }),
    );
  });

  it('folding in two steps is folding at once', () => {
    fc.assert(
      fc.property(anyTree, anyTree, anyTree, (a, b, c) => {
        expect(fold([fold([a, diff(a, b)]), diff(b, c)])).toEqual(fold([a, diff(a, b), diff(b, c)]));
      }),
    );
  });

  it('costs what changed: an untouched neighbour is not in the layer', () => {
    const base = tree(['/usr/lib/big', { ...file('stub'), size: 192_000_000 }], ['/etc/passwd', file('root')]);
    const draft = new Draft();
    const root = draft.copy(base);
    insert(draft, root, '/etc/passwd', file('root\nme', 2));
    const layer = diff(base, root);
    expect(Object.keys(layer.entries)).toEqual(['etc']);
    expect(treeSize(layer)).toBe(7);
  });

  it('whiteouts delete, opaque directories hide', () => {
    const base = tree(['/a/x', file('1')], ['/a/y', file('2')], ['/b', file('3')]);
    const layer: DirNode = {
      t: 'dir',
      ...rootMeta(0),
      entries: {
        a: { t: 'dir', ...rootMeta(0), opaque: true, entries: { z: file('4'), w: { t: 'whiteout' } } },
        b: { t: 'whiteout' },
        nothing: { t: 'whiteout' },
      },
    };
    expect(fold([base, layer])).toEqual(tree(['/a/z', file('4')]));
  });

  it('names of one inode leave as files with the content', () => {
    const base = tree();
    const next: DirNode = { ...base, entries: { a: { t: 'hard', inode: 'i1' }, b: { t: 'hard', inode: 'i1' } } };
    const layer = diff(base, next, { i1: { ...file('same'), nlink: 2 } });
    expect(layer.entries).toEqual({ a: file('same'), b: file('same') });
    expect(layer.entries.a).toBe(layer.entries.b);
    expect(treeSize(next, { i1: file('same') })).toBe(4);
  });
});

describe('changes', () => {
  it('lists what docker diff lists: changed directories first, deletions after what is there', () => {
    const base = tree(
      ['/etc/passwd', file('root')],
      ['/etc/group', file('g')],
      ['/home/u/f', file('f')],
      ['/tmp/t', file('t')],
    );
    const draft = new Draft();
    const root = draft.copy(base);
    insert(draft, root, '/etc/passwd', file('root\nchanged', 2));
    insert(draft, root, '/made', file('x'));
    insert(draft, root, '/dir/x', file('x'), rootMeta(2));
    remove(draft, root, '/home');
    expect(changes(base, root).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'A /dir',
      'A /dir/x',
      'C /etc',
      'C /etc/passwd',
      'A /made',
      'D /home',
    ]);
  });

  it('a directory whose time alone moved did not change; a mode did', () => {
    const base = tree(['/a/x', file('1')], ['/b/x', file('1')]);
    const draft = new Draft();
    const root = draft.copy(base);
    const a = lookup(root, '/a');
    const b = lookup(root, '/b');
    if (a?.t === 'dir') insert(draft, root, '/a', { ...a, mtime: 9 });
    if (b?.t === 'dir') insert(draft, root, '/b', { ...b, mode: 0o700 });
    expect(changes(base, root)).toEqual([{ path: '/b', kind: 'C' }]);
  });

  it('is empty exactly when nothing but directory times differs', () => {
    const strip = (node: TreeNode): unknown =>
      node.t === 'dir'
        ? {
            ...node,
            mtime: 0,
            entries: Object.fromEntries(Object.entries(node.entries).map(([n, c]) => [n, strip(c)])),
          }
        : node.t === 'file'
          ? { ...node, data: node.data.length }
          : node.t === 'link'
            ? { ...node, target: node.target.length }
            : node;
    fc.assert(
      fc.property(anyTree, anyTree, (base, next) => {
        const same = JSON.stringify(sorted(strip(base))) === JSON.stringify(sorted(strip(next)));
        expect(changes(base, next).length === 0).toBe(same);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, part]) => [key, sorted(part)])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}
