import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draft } from '../../../src/kernel/draft.ts';
import type { DirNode, FileNode } from '../../../src/kernel/fs/node.ts';
import {
  compareNames,
  emptyDir,
  entryNames,
  insert,
  lookup,
  makeTree,
  remove,
  rootMeta,
  share,
  treeSize,
} from '../../../src/kernel/fs/tree.ts';
import { deepFreeze } from './machine.ts';

const file = (data: string): FileNode => ({ t: 'file', ...rootMeta(1, 0o644), data });

describe('persistent trees', () => {
  it('copies the path of a write and shares the rest', () => {
    const draft = new Draft();
    const old = deepFreeze(
      makeTree(
        new Draft(),
        [
          ['/a/b/f', file('1')],
          ['/c/g', file('2')],
        ],
        rootMeta(0),
      ),
    );
    const root = draft.copy(old);
    expect(insert(draft, root, '/a/b/h', file('3'))).toBe(true);
    expect(lookup(root, '/a/b/h')).toEqual(file('3'));
    expect(lookup(old, '/a/b/h')).toBeUndefined();
    expect(lookup(root, '/c')).toBe(lookup(old, '/c'));
  });

  it('copies each directory once per draft', () => {
    const draft = new Draft();
    const root = draft.copy(makeTree(new Draft(), [['/a/f', file('1')]], rootMeta(0)));
    insert(draft, root, '/a/g', file('2'));
    const first = lookup(root, '/a');
    insert(draft, root, '/a/h', file('3'));
    expect(lookup(root, '/a')).toBe(first);
  });

  it('share makes a snapshot that later writes leave alone', () => {
    const draft = new Draft();
    const root = draft.adopt<DirNode>(emptyDir(0));
    insert(draft, root, '/a/f', file('1'), rootMeta(0));
    share(draft, root);
    const snapshot = JSON.stringify(root);
    const next = draft.copy(root);
    insert(draft, next, '/a/g', file('2'));
    remove(draft, next, '/a/f');
    expect(JSON.stringify(root)).toBe(snapshot);
    expect(entryNames(lookup(next, '/a') as DirNode)).toEqual(['g']);
  });

  it('takes names that are properties of every object', () => {
    const draft = new Draft();
    const root = draft.adopt<DirNode>(emptyDir(0));
    expect(lookup(root, '/constructor')).toBeUndefined();
    expect(lookup(root, '/__proto__')).toBeUndefined();
    insert(draft, root, '/__proto__/x', file('1'), rootMeta(0));
    expect(lookup(JSON.parse(JSON.stringify(root)), '/__proto__/x')).toEqual(file('1'));
    share(draft, root);
    const next = draft.copy(root);
    insert(draft, next, '/__proto__/y', file('2'));
    expect(entryNames(lookup(next, '/__proto__') as DirNode)).toEqual(['x', 'y']);
    expect(remove(draft, next, '/__proto__')).toBe(true);
    expect(entryNames(next)).toEqual([]);
  });

  it('sorts names as their bytes sort', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'),
      maxLength: 4,
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('counts declared sizes', () => {
    const tree = makeTree(
      new Draft(),
      [
        ['/a', { ...file('x'), size: 1000 }],
        ['/b/c', file('four')],
      ],
      rootMeta(0),
    );
    expect(treeSize(tree)).toBe(1004);
  });
});
