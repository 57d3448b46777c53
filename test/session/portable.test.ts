// A state as one file, and files that only look like one.
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packWorld, unpackWorld } from '../../src/session/portable.ts';
import { Sandbox } from '../support/sandbox.ts';

const sandbox = new Sandbox();
sandbox.docker('run', '-d', '--name', 'one', 'alpine', 'sleep', '99');
sandbox.docker('pull', 'nginx');
const { world } = sandbox;
const packed = packWorld(world);

/** A file with other lines in it. */
const file = (lines: readonly string[], head: object = {}) =>
  gzipSync(
    `${JSON.stringify({ format: 'drydock session', version: 1, schema: 2, nodes: lines.length, ...head })}\n${lines.map((line) => `${line}\n`).join('')}`,
  );
const fault = (bytes: Uint8Array) => {
  const read = unpackWorld(bytes);
  return 'fault' in read ? read.fault : 'world';
};

describe('a session file', () => {
  it('gives the same world again, and is small', () => {
    const read = unpackWorld(packed);
    expect('world' in read && read.world).toEqual(JSON.parse(JSON.stringify(world)));
    expect(packed.length).toBeLessThan(100_000);
  });

  it('gives a world that goes on', () => {
    const read = unpackWorld(packed);
    if (!('world' in read)) throw new Error(read.fault);
    const again = new Sandbox(read.world);
    expect(again.docker('exec', 'one', 'echo', 'hi').stdout).toBe('hi\n');
    expect(again.docker('run', '--rm', 'nginx', 'echo', 'new').stdout).toBe('new\n');
  });

  it('keeps what is shared together', () => {
    const once = packWorld({ ...world, registries: { a: [1, 2, 3] } } as never).length;
    const often = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`r${i}`, world.hosts]));
    expect(packWorld({ ...world, registries: often } as never).length).toBeLessThan(once + 2000);
  });

  it.each<[string, () => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(0), 'no-session-file'],
    ['text', () => new TextEncoder().encode('hello'), 'no-session-file'],
    ['another gzip', () => gzipSync('hello'), 'no-session-file'],
    ['one that is cut', () => packed.slice(0, packed.length / 2), 'no-session-file'],
    ['a newer version', () => file(['{"o":[]}'], { version: 2 }), 'newer'],
    ['a newer world', () => file(['{"o":[]}'], { schema: 99 }), 'newer'],
    ['an older world', () => file(['{"o":[["schema",1]]}'], { schema: 1 }), 'older'],
    ['no lines', () => file([]), 'damaged'],
    ['fewer lines than it says', () => file(['{"o":[]}'], { nodes: 2 }), 'damaged'],
    ['a line that is not JSON', () => file(['{']), 'damaged'],
    ['a part that comes later', () => file(['[[0]]']), 'damaged'],
    ['a part before the first', () => file(['[]', '[[-1]]']), 'damaged'],
    ['a part by name', () => file(['[]', '[["length"]]']), 'damaged'],
    ['raw objects', () => file(['{"schema":2}']), 'damaged'],
    ['a world of nothing', () => file(['{"o":[["schema",2]]}']), 'damaged'],
    [
      'hosts that are none',
      () =>
        file([
          '{"o":[]}',
          '{"o":[["schema",2],["now",1],["wallOffset",1],["seq",1],["seed",""],["hosts",[0]],["registries",[0]],["runs",[0]]]}',
        ]),
      'damaged',
    ],
    [
      'a list of lists of lists',
      () => file(['[]', ...Array.from({ length: 1000 }, (_, i) => `[[${i}]]`)]),
      'too-large',
    ],
    [
      'a little that becomes a lot',
      () => file(['[1,1,1]', ...Array.from({ length: 60 }, (_, i) => `[[${i}],[${i}]]`)]),
      'too-large',
    ],
    ['zeros without end', () => gzipSync(Buffer.alloc(500 * 1024 * 1024)), 'too-large'],
  ])('is refused: %s', (_what, make, expected) => expect(fault(make())).toBe(expected));

  it('has no names that reach beyond it', () => {
    const lines = gunzipSync(file(['{"o":[["__proto__",1],["constructor",2]]}'])).toString();
    expect(lines).toContain('__proto__');
    expect(fault(file(['{"o":[["__proto__",1]]}', '{"o":[["schema",2],["__proto__",[0]]]}']))).toBe('damaged');
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });

  it('with any byte changed is the same, another world, or refused', () => {
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), (i, by) => {
        const bytes = packed.slice();
        bytes[i] = (bytes[i] ?? 0) ^ by;
        expect(['world', 'no-session-file', 'damaged', 'too-large', 'newer', 'older']).toContain(fault(bytes));
      }),
      { numRuns: 60 },
    );
  });

  it('with any lines is refused, soon', () => {
    const part = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.tuple(fc.nat(5)));
    const line = fc.oneof(fc.array(part), fc.record({ o: fc.array(fc.tuple(fc.string(), part)) }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        expect(fault(file(lines.map((each) => JSON.stringify(each))))).toBe('damaged');
      }),
    );
  });
});
