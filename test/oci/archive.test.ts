import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DirNode, TreeNode } from '../../src/kernel/fs/node.ts';
import { saveArchive } from '../../src/oci/archive.ts';
import { chainIds, digestOf } from '../../src/oci/digest.ts';
import type { Image } from '../../src/oci/image.ts';
import { layerParts, layerToTar, tarToLayer } from '../../src/oci/layer-archive.ts';
import { InvalidArchive, loadArchive } from '../../src/oci/load-archive.ts';
import {
  configDocument,
  describe as descriptor,
  dockerManifest,
  InvalidConfig,
  imageOf,
  mediaTypes,
} from '../../src/oci/manifest.ts';
import { readTar, TarError, writeTar } from '../../src/oci/tar.ts';

const second = 1_000_000;
const meta = {
  mode: fc.integer({ min: 0, max: 0o7777 }),
  uid: fc.nat(70_000),
  gid: fc.nat(70_000),
  mtime: fc.nat(2_000_000_000).map((s) => s * second),
};
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9._-]{0,12}$/),
  fc.constantFrom('__proto__', 'constructor', 'é', 'long'.repeat(40)),
);
const { tree } = fc.letrec<{ tree: DirNode; node: TreeNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record({ ...meta, data: fc.string() }).map((some): TreeNode => ({ t: 'file', ...some })),
    fc.record({ ...meta, target: name }).map((some): TreeNode => ({ t: 'link', ...some })),
    fc.constant<TreeNode>({ t: 'whiteout' }),
    tie('tree'),
  ),
  tree: fc.tuple(fc.record(meta), fc.array(fc.tuple(name, tie('node')), { maxLength: 4 }), fc.boolean()).map(
    ([some, entries, opaque]): DirNode => ({
      t: 'dir',
      ...some,
      entries: Object.fromEntries(entries),
      ...(opaque ? { opaque: true as const } : {}),
    }),
  ),
}));

const config: Image['config'] = {
  Env: ['PATH=/bin', 'A=<&>'],
  Cmd: ['/hello'],
  Entrypoint: null,
  WorkingDir: '/app',
  User: '1000',
  Labels: { b: '2', a: '1' },
  ExposedPorts: ['80/tcp'],
  Volumes: ['/data'],
  StopSignal: 'SIGINT',
  Shell: ['/bin/sh', '-ec'],
  OnBuild: ['RUN true'],
  Healthcheck: { Test: ['CMD-SHELL', 'true'], Retries: 2 },
};

function make(layers: readonly DirNode[]): Image {
  const diffIds = layers.map((layer) => digestOf(layerToTar(layer)));
  const chain = chainIds(diffIds);
  const described = {
    created: '2026-01-02T03:04:05Z',
    architecture: 'amd64',
    os: 'linux',
    config,
    history: diffIds.map((_, i) => ({
      created: '2026-01-02T03:04:05Z',
      createdBy: `COPY ${i} / # buildkit`,
      comment: 'buildkit.dockerfile.v0',
      emptyLayer: false,
    })),
    author: 'me',
    comment: 'why',
  };
  return {
    id: configDocument(described, diffIds).digest,
    ...described,
    layers: diffIds.map((diffId, i) => ({ diffId, chainId: chain[i] ?? '', size: 4 })),
    repoDigests: [],
  };
}

const dir = (entries: { [name: string]: TreeNode }): DirNode => ({
  t: 'dir',
  mode: 0o755,
  uid: 0,
  gid: 0,
  mtime: 0,
  entries,
});
const file = (data: string): TreeNode => ({ t: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, data });

describe('a layer as an archive', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(tree, ({ entries, opaque }) => {
        const root: DirNode = { ...dir(entries), ...(opaque ? { opaque } : {}) };
        const tar = layerToTar(root);
        expect(layerToTar(root)).toBe(tar);
        expect(tarToLayer(tar)).toEqual(root);
      }),
    );
  });

  it('has whiteouts and opaque marks as the specification says', () => {
    const tar = layerToTar(dir({ gone: { t: 'whiteout' }, new: { ...dir({ a: file('x') }), opaque: true } }));
    expect(readTar(tar).map(({ path }) => path)).toEqual(['.wh.gone', 'new', 'new/.wh..wh..opq', 'new/a']);
  });

  it('follows hard links to the layer below and refuses to climb out', () => {
    const plain = { mode: 0o644, uid: 0, gid: 0, mtime: 0, data: '', target: '', major: 0, minor: 0 };
    const tar = writeTar([
      { ...plain, path: './b', type: 'hard', target: 'etc/a' },
      { ...plain, path: '../evil', type: 'file' },
    ]);
    expect(tarToLayer(tar, 0, dir({ etc: dir({ a: file('x') }) }))).toEqual(dir({ b: file('x') }));
  });
});

describe('docker save and load', () => {
  const layers = [dir({ hello: file('one') }), dir({ hello: { t: 'whiteout' }, bye: file('two!') })];
  const image = make(layers);
  const archives = layers.map((layer) => () => layerParts(layer));

  it('goes there and back', () => {
    const references = ['docker.io/library/hello:1', 'docker.io/a/b:1'];
    const { parts, rehashed } = saveArchive([{ image, layers: archives, references }], 0);
    const tar = parts.join('');
    expect(rehashed).toEqual([]);
    const [loaded, ...more] = loadArchive(tar);
    expect(more).toEqual([]);
    const sizes = image.layers.map((layer, i) => ({ ...layer, size: [3, 4][i] }));
    expect(loaded?.image).toEqual({ ...image, layers: sizes });
    expect(loaded?.layers.map(({ layer }) => layer)).toEqual(layers);
    expect(loaded?.references).toEqual(['hello:1', 'a/b:1']);
    const paths = readTar(tar).map(({ path }) => path);
    expect(paths.slice(0, 2)).toEqual(['blobs', 'blobs/sha256']);
    expect(paths.slice(-4)).toEqual(['index.json', 'manifest.json', 'oci-layout', 'repositories']);
    // folders, layers, their old descriptions, configuration, manifest, and the files that tell of them
    expect(paths).toHaveLength(2 + 2 + 2 + 1 + 1 + 4);
  });

  it('says which images are not what their digests say', () => {
    const recorded = { ...image, id: digestOf('recorded') };
    const { rehashed, parts } = saveArchive([{ image: recorded, layers: archives, references: [] }], 0);
    const tar = parts.join('');
    expect(rehashed).toEqual([{ from: recorded.id, to: image.id }]);
    expect(loadArchive(tar)[0]?.references).toEqual([]);
    expect(readTar(tar).some(({ path }) => path === 'repositories')).toBe(false);
  });

  it('refuses what is no archive of images', () => {
    expect(() => loadArchive('junk\n')).toThrow(TarError);
    expect(() => loadArchive(writeTar([]))).toThrow(InvalidArchive);
    expect(() => imageOf('{}', [])).toThrow(InvalidConfig);
  });
});

describe('manifests', () => {
  it('are as long as the ones that docker push sends', () => {
    const config = { mediaType: mediaTypes.dockerConfig, size: 1234, digest: digestOf('a') };
    const layer = { mediaType: mediaTypes.dockerLayer, size: 1234567, digest: digestOf('b') };
    expect(dockerManifest(config, [layer]).bytes).toHaveLength(528);
    expect(dockerManifest({ ...config, size: 123 }, [layer]).bytes).toHaveLength(527);
  });

  it('escape as Go does', () => {
    const image = make([]);
    const document = configDocument(image, []);
    expect(document.bytes).toContain('A=\\u003c\\u0026\\u003e');
    expect(document.bytes.startsWith('{"architecture":"amd64","author":"me","comment":"why","config":{"User":')).toBe(
      true,
    );
    expect(imageOf(document.bytes, [])).toEqual(image);
    expect(descriptor('x', document)).toEqual({ mediaType: 'x', size: document.bytes.length, digest: image.id });
  });
});
