import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar, type TarEntry, TarError, writeTar } from '../../src/oci/tar.ts';

const base: TarEntry = {
  path: 'a',
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 0,
  data: '',
  target: '',
  major: 0,
  minor: 0,
};

const name = fc.oneof(
  fc.stringMatching(/^[a-z0-9._-]{1,20}$/),
  fc.constantFrom('x'.repeat(120), '한글', 'é', 'a b', 'constructor', '__proto__'),
);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const data = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const common = {
  path,
  mode: fc.integer({ min: 0, max: 0o7777 }),
  uid: fc.oneof(fc.nat(70_000), fc.constant(4_000_000_000)),
  gid: fc.nat(70_000),
  mtime: fc.nat(4_000_000_000),
};
const entry: fc.Arbitrary<TarEntry> = fc.oneof(
  fc.record({ ...common, data }).map((some): TarEntry => ({ ...base, ...some })),
  fc.record(common).map((some): TarEntry => ({ ...base, ...some, type: 'dir' })),
  fc.record({ ...common, target: path }).map((some): TarEntry => ({ ...base, ...some, type: 'link' })),
  fc.record({ ...common, target: path }).map((some): TarEntry => ({ ...base, ...some, type: 'hard' })),
  fc.record({ ...common, major: fc.nat(255), minor: fc.nat(255) }).map(
    (some): TarEntry => ({
      ...base,
      ...some,
      type: 'char',
    }),
  ),
  fc.record(common).map((some): TarEntry => ({ ...base, ...some, type: 'fifo' })),
);

describe('tar', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
        const bytes = writeTar(entries);
        expect(bytes.length % 512).toBe(0);
        expect(writeTar(entries)).toBe(bytes);
        expect(readTar(bytes)).toEqual(entries);
      }),
    );
  });

  it('says where an archive ends too early, and what is none', () => {
    const whole = writeTar([{ ...base, data: 'x'.repeat(600) }]);
    const code = (bytes: string) => {
      try {
        readTar(bytes);
        return 'read';
      } catch (error) {
        return error instanceof TarError ? error.code : error;
      }
    };
    expect(code(whole.slice(0, 700))).toBe('unexpected-eof');
    expect(code('junk\n')).toBe('unexpected-eof');
    expect(code('junk'.repeat(200))).toBe('invalid-header');
    expect(code('')).toBe('read');
  });

  const tar = spawnSync('tar', ['--version'], { encoding: 'utf8' });
  const gnu = tar.status === 0 && tar.stdout.includes('GNU tar');

  it.skipIf(!gnu)('is what GNU tar reads', () => {
    const long = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    const entries: TarEntry[] = [
      { ...base, path: 'dir', type: 'dir', mode: 0o755 },
      { ...base, path: 'dir/한글', data: 'text' },
      { ...base, path: long },
      { ...base, path: 'dir/link', type: 'link', target: 'f'.repeat(120) },
    ];
    const listed = spawnSync('tar', ['tf', '-', '--quoting-style=literal'], {
      input: Buffer.from(writeTar(entries), 'latin1'),
    });
    expect(listed.stderr.toString()).toBe('');
    expect(listed.stdout.toString().trim().split('\n')).toEqual(['dir/', 'dir/한글', long, 'dir/link']);
  });
});
