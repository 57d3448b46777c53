import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUint8Array } from '../../src/kernel/bytes.ts';
import { saveArchive } from '../../src/oci/archive.ts';
import { expand, UnknownCompression } from '../../src/oci/expand.ts';
import { gunzip } from '../../src/oci/gunzip.ts';
import { InflateError } from '../../src/oci/inflate.ts';
import { layerParts } from '../../src/oci/layer-archive.ts';
import { InvalidArchive, type LoadedLayer, loadArchive } from '../../src/oci/load-archive.ts';
import { cook } from '../../src/oci/recipe.ts';
import { readTar, type TarEntry, writeTar } from '../../src/oci/tar.ts';

// `docker save` of Docker 28.5.2: an image of `docker import` (GNU tar, pax, a hard link) and one committed from it
const packed = readFileSync(new URL('fixtures/saved-image.tar.gz', import.meta.url));
const saved = fromUint8Array(gunzipSync(packed));

const partsOf =
  ({ recipe, tree, layer }: LoadedLayer) =>
  () =>
    (recipe && cook(recipe, tree)) ?? layerParts(layer);

describe('an archive of the real docker save', () => {
  it('is read', () => {
    const [top, base, ...more] = loadArchive(saved);
    expect(more).toEqual([]);
    expect(top?.references).toEqual(['ci/fixture:1']);
    expect(base?.references).toEqual(['ci/fixture:base']);
    expect(top?.parent).toBe(base?.image.id);
    expect(top?.image).toMatchObject({ author: 'A <B>', architecture: 'amd64' });
    expect(top?.image.history.map(({ comment }) => comment)).toEqual(['two files', 'with a note']);
    expect(top?.image.config).toMatchObject({ Env: ['A=1'], Cmd: ['x'] });
    expect(top?.image.layers.map(({ size }) => size)).toEqual([8, 5]);
    expect(top?.layers.map(({ recipe }) => recipe !== undefined)).toEqual([true, false]);
    const { etc, note } = top?.layers[1]?.tree.entries ?? {};
    expect(note).toMatchObject({ t: 'file', data: 'more\n' });
    expect(etc?.t === 'dir' && etc.entries).toMatchObject({
      hi: { t: 'file', data: 'hello\n', mode: 0o640 },
      hard: { t: 'file', data: 'hello\n' },
      link: { t: 'link', target: 'hi' },
    });
  });

  it('is written again to the byte', () => {
    const folder = readTar(saved).find(({ path }) => path === 'blobs/sha256');
    const images = loadArchive(saved).map(({ image, layers, references, parent }) => ({
      image: { ...image, ...(parent === undefined ? {} : { parent }) },
      references: references.map((name) => `docker.io/${name}`),
      layers: layers.map(partsOf),
    }));
    const { parts, rehashed } = saveArchive(images, (folder?.mtime ?? 0) * 1_000_000);
    expect(rehashed).toEqual([]);
    const again = parts.join('');
    expect(readTar(again)).toEqual(readTar(saved));
    expect(again).toBe(saved);
  });

  it('is read out of gzip too', () => {
    expect(gunzip(fromUint8Array(packed))).toBe(saved);
    expect(loadArchive(fromUint8Array(packed))).toEqual(loadArchive(saved));
  });
});

describe('gunzip', () => {
  it('undoes gzip', () => {
    const levels = fc.constantFrom(0, 1, 6, 9);
    const texts = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.string({ maxLength: 50 }).map((s) => Buffer.from(s.repeat(80))),
    );
    fc.assert(
      fc.property(texts, levels, (bytes, level) => {
        const one = fromUint8Array(gzipSync(bytes, { level }));
        expect(gunzip(one)).toBe(fromUint8Array(bytes));
        expect(gunzip(one + one)).toBe(fromUint8Array(bytes).repeat(2));
        expect(() => gunzip(one.slice(0, -10))).toThrow(InflateError);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves other bytes, and refuses other kinds of compression', () => {
    expect(gunzip('plain')).toBeUndefined();
    expect(expand('plain')).toBe('plain');
    for (const magic of ['BZh9', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd'])
      expect(() => expand(magic)).toThrow(UnknownCompression);
  });
});

describe('archives that are no images', () => {
  const file = (path: string, data: string): TarEntry => ({
    path,
    type: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 0,
    data,
    target: '',
    major: 0,
    minor: 0,
  });
  const layers = (...paths: string[]) => JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: paths }]);
  const config = (...ids: string[]) => file('c.json', JSON.stringify({ rootfs: { type: 'layers', diff_ids: ids } }));
  const id = `sha256:${'1'.repeat(64)}`;

  it.each([
    ['nothing', [], 'open FOLDER/repositories: no such file or directory'],
    ['a folder', [{ ...file('blobs', ''), type: 'dir' as const }], 'open FOLDER/blobs/json: no such file or directory'],
    ['half a manifest', [file('manifest.json', '{')], 'unexpected EOF'],
    ['no configuration', [file('manifest.json', layers())], 'open FOLDER/c.json: no such file or directory'],
    ['no layers', [file('manifest.json', layers()), file('c.json', '{}')], 'invalid image JSON, no RootFS key'],
    [
      'too few layers',
      [file('manifest.json', layers()), config(id)],
      'invalid manifest, layers length mismatch: expected 0, got 1',
    ],
    ['a missing layer', [file('manifest.json', layers('l.tar')), config(id)], 'open FOLDER/l.tar: no such file'],
    [
      'another layer',
      [file('manifest.json', layers('l.tar')), config(id), file('l.tar', writeTar([]))],
      `invalid diffID for layer 0: expected "${id}", got "sha256:5f70bf18a086`,
    ],
  ])('%s', (_what, entries, message) => {
    expect(() => loadArchive(writeTar(entries))).toThrow(message);
  });

  it('tell what they are', () => {
    expect(() => loadArchive(writeTar([]))).toThrow(InvalidArchive);
  });
});
