import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/kernel/json.ts';
import { realFiles } from '../../src/session/files.ts';
import { load } from '../../src/session/load.ts';
import { Memory } from '../../src/session/memory.ts';
import { checksum, Pack } from '../../src/session/pack.ts';
import type { Root } from '../../src/session/pieces.ts';
import { save } from '../../src/session/save.ts';
import { container, inFolder } from './worlds.ts';

/** A pack in a file: what one process remembers, and what the next one that opens it sees. */
function inPack<T>(f: (pack: { memory: Memory; reopened(): Memory; added(value: Json): number }) => T): Promise<T> {
  return inFolder((folder) => {
    const path = `${folder}/pack-1`;
    const memory = new Memory(new Pack(realFiles, path, 0));
    const reopened = () => {
      memory.pack.flush();
      return new Memory(new Pack(realFiles, path, memory.pack.end));
    };
    const added = (value: Json) => {
      save(memory, value);
      const bytes = memory.pack.waiting;
      memory.pack.flush();
      return bytes;
    };
    return f({ memory, reopened, added });
  });
}

const loadRoot = (memory: Memory, root: Root) => load(memory, root.kind, root.ref);

const names = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('__proto__', '한글', '10', 'toString'));
const strings = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.tuple(fc.string({ unit: 'binary', maxLength: 5 }), fc.integer({ min: 0, max: 900 })).map(([s, n]) => s.repeat(n)),
  fc.constant('\ud800 한'.repeat(500)),
);
const scalars = fc.oneof(
  strings,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.boolean(),
  fc.constant(null),
);

/** JSON in which later values hold earlier ones, so that much is shared; some of it is large. */
const sharedJson: fc.Arbitrary<Json> = fc
  .array(
    fc.record({
      shape: fc.constantFrom('record', 'list', 'dir', 'many', 'longList'),
      leaves: fc.array(fc.tuple(names, scalars), { maxLength: 6 }),
      picks: fc.array(fc.tuple(names, fc.nat()), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((plans) => {
    const made: Json[] = [];
    for (const { shape, leaves, picks } of plans) {
      const members: [string, Json][] = [
        ...leaves,
        ...picks.flatMap(([name, n]): [string, Json][] =>
          made.length ? [[`p${name}`, made[n % made.length] ?? null]] : [],
        ),
      ];
      const many = shape === 'many' || shape === 'longList' ? Array.from({ length: 60 }, (_, i) => container(i)) : [];
      const numbered = many.map((value, i): [string, Json] => [`m${i}`, value]);
      const record = Object.fromEntries([...members, ...numbered]);
      const list = [...members.map(([, value]) => value), ...many];
      if (shape === 'list' || shape === 'longList') made.push(list);
      else made.push(shape === 'dir' ? { t: 'dir', mode: 493, uid: 0, gid: 0, mtime: 5, entries: record } : record);
    }
    return { all: made, last: made.at(-1) ?? null };
  });

/** Every directory node below a value, by its path; identity is what counts. */
function nodes(value: Json, path = '', found = new Map<string, object>(), seen = new Set<object>()) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return found;
  if ((value as { t?: Json }).t === 'dir') found.set(path, value);
  for (const [key, member] of Object.entries(value)) {
    if (found.size < 200) nodes(member ?? null, `${path}/${key}`, found, new Set(seen).add(value));
  }
  return found;
}

describe('saving and loading', () => {
  it('gives back what was saved', () =>
    fc.assert(
      fc.asyncProperty(sharedJson, (value) =>
        inPack(({ memory, reopened }) => {
          const root = save(memory, value);
          const loaded = loadRoot(reopened(), root);
          expect(JSON.stringify(loaded)).toBe(JSON.stringify(value));
        }),
      ),
      { numRuns: 60 },
    ));

  it('keeps directories that were one object one object', () =>
    fc.assert(
      fc.asyncProperty(sharedJson, (value) =>
        inPack(({ memory, reopened }) => {
          const root = save(memory, value);
          const before = nodes(value);
          const after = nodes(loadRoot(reopened(), root));
          expect([...after.keys()]).toEqual([...before.keys()]);
          const twin = new Map<object, object | undefined>();
          for (const [path, node] of before) {
            if (twin.has(node)) expect(after.get(path)).toBe(twin.get(node));
            twin.set(node, after.get(path));
          }
        }),
      ),
      { numRuns: 60 },
    ));

  it('writes nothing for what is saved or loaded already, nor for a copy of it', () =>
    fc.assert(
      fc.asyncProperty(sharedJson, (value) =>
        inPack(({ added, memory, reopened }) => {
          added(value);
          expect(added(value)).toBe(0);
          expect(added(structuredClone(value))).toBe(0);
          const root = save(memory, value);
          const again = reopened();
          expect(save(again, loadRoot(again, root))).toEqual(root);
          expect(save(again, { ...(loadRoot(again, root) as object) })).toEqual(root);
          expect(again.pack.waiting).toBe(0);
        }),
      ),
      { numRuns: 60 },
    ));

  it('loads what one process saved and another changed', () =>
    fc.assert(
      fc.asyncProperty(sharedJson, fc.nat(), names, scalars, (value, n, name, scalar) =>
        inPack(({ memory, reopened }) => {
          const root = save(memory, value);
          const other = reopened();
          const loaded = loadRoot(other, root) as { all: Json[]; last: Json };
          const all = loaded.all.map((item, i) =>
            i === n % loaded.all.length && !Array.isArray(item) ? { ...(item as object), [`z${name}`]: scalar } : item,
          );
          const changed = save(other, { ...loaded, all });
          other.pack.flush();
          memory.pack.extend(other.pack.end);
          expect(JSON.stringify(loadRoot(memory, changed))).toBe(JSON.stringify({ ...loaded, all }));
        }),
      ),
      { numRuns: 60 },
    ));

  it('keeps any other value', () =>
    inPack(({ memory, reopened }) => {
      const long = Array.from({ length: 3000 }, (_, i) => i);
      const values = [null, 0, 'x', '한'.repeat(2000), 'x'.repeat(5000), [], {}, long, { a: { b: {} } }];
      const roots = values.map((value) => save(memory, value));
      const other = reopened();
      expect(roots.map((root) => loadRoot(other, root))).toEqual(values);
    }));

  it('leaves out undefined members, as JSON does', () =>
    inPack(({ memory, reopened }) => {
      const root = save(memory, { a: undefined, b: 1 });
      expect(Object.keys(loadRoot(reopened(), root) as object)).toEqual(['b']);
    }));

  it.each([Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n, Symbol('x')])(
    'refuses what is not plain data: %s',
    (value) =>
      inPack(({ memory }) => {
        expect(() => save(memory, { a: [value as unknown as Json] })).toThrow('not plain data');
      }),
  );

  it('saves and loads what is nested more deeply than the stack is high', () =>
    inPack(({ memory, reopened }) => {
      let deep: Json = 1;
      for (let i = 0; i < 20_000; i++) deep = i % 2 ? { d: deep } : [deep];
      const root = save(memory, { deep });
      let loaded: Json | undefined = (loadRoot(reopened(), root) as { deep: Json }).deep;
      for (let i = 0; i < 20_000; i++) loaded = Object.values(loaded as object)[0];
      expect(loaded).toBe(1);
    }));
});

describe('what a change costs', () => {
  const containers = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`c${i}`, container(i)]));

  it('one entry of a thousand: its neighbourhood', () =>
    inPack(({ added, memory, reopened }) => {
      added({ containers });
      expect(added({ containers: { ...containers, c500: { ...(containers.c500 as object), x: 1 } } })).toBeLessThan(
        20_000,
      );
      const { c700: _removed, ...rest } = containers;
      expect(added({ containers: rest })).toBeLessThan(20_000);
      const other = reopened();
      const loaded = loadRoot(other, save(memory, { containers })) as { containers: typeof containers };
      save(other, { containers: { ...loaded.containers, c3: container(3000) } });
      expect(other.pack.waiting).toBeLessThan(20_000);
    }));

  it('a list that grows at its end and is cut at its beginning: its ends', () =>
    inPack(({ added }) => {
      const list = Array.from({ length: 5000 }, (_, i): Json => ({ time: i, line: `line ${i}` }));
      added({ list });
      expect(added({ list: [...list, { time: 5000, line: 'one more' }] })).toBeLessThan(20_000);
      expect(added({ list: list.slice(10) })).toBeLessThan(20_000);
    }));

  it('a record that grew one by one is not in crumbs', () =>
    inPack(({ added, memory, reopened }) => {
      let grown: { [key: string]: Json } = {};
      let written = 0;
      for (let i = 0; i < 300; i++) {
        grown = { ...grown, [`c${i}`]: container(i) };
        written += added({ grown });
      }
      expect(written / 300).toBeLessThan(16_000);
      const root = save(memory, { grown });
      const other = reopened();
      let reads = 0;
      const read = other.pack.read.bind(other.pack);
      other.pack.read = (ref) => {
        reads++;
        return read(ref);
      };
      JSON.stringify(loadRoot(other, root));
      expect(reads).toBeLessThan(300 / 4);
    }));

  it('a file in a tree of five thousand: its directories', () =>
    inPack(({ added }) => {
      const dir = (entries: { [name: string]: Json }): Json => ({
        t: 'dir',
        mode: 493,
        uid: 0,
        gid: 0,
        mtime: 0,
        entries,
      });
      const file = (data: string): Json => ({ t: 'file', mode: 420, uid: 0, gid: 0, mtime: 0, data });
      const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, file(`${i}`.repeat(500))]));
      added({ root: dir({ usr: dir({ lib: dir(many) }), etc: dir({}) }) });
      expect(
        added({ root: dir({ usr: dir({ lib: dir({ ...many, f99: file('new') }) }), etc: dir({}) }) }),
      ).toBeLessThan(40_000);
    }));
});

describe('reading late', () => {
  const dir = (entries: { [name: string]: Json }): Json => ({ t: 'dir', mode: 493, uid: 0, gid: 0, mtime: 0, entries });

  it('reads directories and long strings when they are asked for, once', () =>
    inPack(({ memory, reopened }) => {
      const root = save(memory, { root: dir({ sub: dir({ f: { t: 'file', data: 'x'.repeat(5000) } }) }) });
      const other = reopened();
      const loaded = loadRoot(other, root) as { root: { entries: { sub: { entries: { f: { data: string } } } } } };
      const reads: number[] = [];
      const read = other.pack.read.bind(other.pack);
      other.pack.read = (ref) => {
        reads.push(ref.length);
        return read(ref);
      };
      const { sub } = loaded.root.entries;
      expect(reads).toHaveLength(1);
      const copied = { ...sub };
      expect(copied.entries).toBe(sub.entries);
      expect(reads).toHaveLength(2);
      expect(sub.entries.f.data).toHaveLength(5000);
      expect(sub.entries.f.data).toHaveLength(5000);
      expect(reads).toEqual([reads[0], reads[1], 5000]);
    }));

  it('saves what it has not read without reading it', () =>
    inPack(({ memory, reopened }) => {
      const value = { big: { a: 'x'.repeat(5000) }, n: 1, root: dir({ sub: dir({}) }) };
      const root = save(memory, value);
      const other = reopened();
      const loaded = loadRoot(other, root) as typeof value;
      const copy = { list: [loaded.big, loaded.root] };
      other.pack.read = () => {
        throw new Error('was read');
      };
      expect(() => save(other, copy)).not.toThrow();
    }));
});

it('the checksum notices a changed bit and zeros', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (bytes, n) => {
      const before = checksum(bytes);
      const bit = n % (bytes.length * 8);
      const at = bit >> 3;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      expect(checksum(bytes)).not.toBe(before);
    }),
  );
  expect(checksum(new Uint8Array(64))).not.toBe(checksum(new Uint8Array(68)));
});
