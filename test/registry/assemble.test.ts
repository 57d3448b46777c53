import { describe, expect, it, vi } from 'vitest';
import { fold } from '../../src/kernel/fs/layers.ts';
import { lookup, treeSize } from '../../src/kernel/fs/tree.ts';
import { stubProgram } from '../../src/kernel/stub.ts';
import { chainIds } from '../../src/oci/digest.ts';
import { assemble, findProgram } from '../../src/registry/assemble.ts';
import { type CatalogImage, lookUp } from '../../src/registry/catalog.ts';
import { officialEntries, officialNames } from '../../src/registry/official.ts';
import { recordedImages } from '../../src/registry/recorded.ts';

function find(name: string): CatalogImage {
  const [repository = '', tag = 'latest'] = name.split(':');
  const result = lookUp(`library/${repository}`, tag);
  if (!result.found) throw new Error(`${name}: no ${result.missing}`);
  return result.image;
}

function root(name: string) {
  const tree = assemble(find(name)).trees.at(-1);
  if (!tree) throw new Error(`${name} has no layers`);
  return tree;
}

function text(name: string, path: string): string {
  const node = lookup(root(name), path);
  return node?.t === 'file' ? node.data : `${node?.t}`;
}

const started = (image: CatalogImage) => {
  const { Entrypoint, Cmd } = image.config;
  const words = [...(Entrypoint ?? []).slice(0, 1), ...(Cmd ?? []).slice(0, 1)];
  return words.filter((word) => !word.startsWith('-') && !word.endsWith('.yml') && !word.endsWith('.conf'));
};

describe('root file systems', () => {
  const everyName = officialNames().flatMap((repository) => {
    const entries = (officialEntries(repository) ?? []).filter(({ architectures }) =>
      architectures.includes('linux/amd64'),
    );
    return entries
      .slice(0, 4)
      .flatMap((entry) => [...entry.tags, ...entry.shared].slice(0, 1).map((tag) => `${repository}:${tag}`));
  });
  const names = [...recordedImages().map(({ name }) => name), ...everyName];

  it('hold what their entry point and command start', () => {
    const wrong = names.flatMap((name) => {
      const image = find(name);
      return started(image).flatMap((word) => (findProgram(image, root(name), word) ? [] : `${name}: ${word}`));
    });
    expect(wrong).toEqual([]);
    expect(names.length).toBeGreaterThan(400);
  });

  it('hold the interpreters of their scripts', () => {
    for (const name of names) {
      const image = find(name);
      for (const word of started(image)) {
        const path = findProgram(image, root(name), word) ?? '';
        const [, interpreter] = /^#!(\S+)/.exec(text(name, path)) ?? [];
        if (interpreter !== undefined)
          expect(findProgram(image, root(name), interpreter), `${name} ${path}`).toBeDefined();
      }
    }
  });

  it('take what the catalog says', () => {
    for (const { name, diskSize } of recordedImages()) {
      const { image, layers } = assemble(find(name));
      expect(image.layers.map(({ size }) => size)).toEqual(layers.map((layer) => treeSize(layer)));
      const sum = image.layers.reduce((bytes, { size }) => bytes + size, 0);
      const aim = diskSize ?? find(name).layers.reduce((bytes, layer) => bytes + layer.diskSize, 0);
      expect(Math.abs(sum - aim), name).toBeLessThan(Math.max(aim * 0.002, 40_000));
    }
  });

  it('are their layers folded', () => {
    for (const name of ['nginx', 'tomcat', 'redis:alpine', 'ubuntu']) {
      const { image, layers, trees } = assemble(find(name));
      expect(trees.at(-1)).toEqual(fold(layers));
      expect(image.layers.map(({ chainId }) => chainId)).toEqual(chainIds(image.layers.map(({ diffId }) => diffId)));
    }
  });

  it('are shared where layers are shared', () => {
    expect(assemble(find('adminer')).trees[0]).toBe(assemble(find('alpine')).trees[0]);
    expect(assemble(find('gcc')).trees[2]).toBe(assemble(find('rust')).trees[2]);
  });

  it('do not depend on which image was asked for first', async () => {
    const names = ['gcc', 'rust', 'golang', 'golang:alpine', 'nginx', 'php:apache', 'caddy', 'registry', 'tomcat'];
    const trees = async (order: readonly string[]) => {
      vi.resetModules();
      const { imageContent, imageOnHub } = await import('../../src/registry/hub.ts');
      const made = order.map((name) => {
        const [repository = '', tag = 'latest'] = name.split(':');
        const result = imageOnHub(`library/${repository}`, tag);
        return [name, result.found && imageContent(result.image)] as const;
      });
      return Object.fromEntries(made);
    };
    expect(await trees([...names].reverse())).toEqual(await trees(names));
  });

  it('say which system they are', () => {
    expect(text('alpine', '/etc/alpine-release')).toBe('3.24.2\n');
    expect(text('alpine', '/etc/os-release')).toContain('PRETTY_NAME="Alpine Linux v3.24"');
    expect(text('debian:bookworm-slim', '/usr/lib/os-release')).toContain('VERSION_CODENAME=bookworm');
    expect(text('debian', '/etc/debian_version')).toBe('13.7\n');
    expect(text('ubuntu:20.04', '/usr/lib/os-release')).toContain('PRETTY_NAME="Ubuntu 20.04 LTS"');
    expect(text('nginx', '/usr/lib/os-release')).toContain('trixie');
    expect(text('fedora', '/usr/lib/os-release')).toContain('ID=fedora');
  });

  it('have the accounts of their servers', () => {
    expect(text('nginx', '/etc/passwd')).toContain('\nnginx:x:101:101:');
    expect(text('redis', '/etc/passwd')).toContain('\nredis:x:999:999:');
    expect(text('redis:alpine', '/etc/passwd')).toContain('\nredis:x:999:1000:');
    expect(text('postgres', '/etc/passwd')).toContain('\npostgres:x:999:999:');
    expect(text('postgres:16-alpine', '/etc/passwd')).toContain('\npostgres:x:70:70:');
    expect(text('node', '/etc/passwd')).toContain('\nnode:x:1000:1000:');
    expect(lookup(root('redis'), '/data')).toMatchObject({ t: 'dir', uid: 999, gid: 999 });
    expect(lookup(root('redis:alpine'), '/data')).toMatchObject({ t: 'dir', uid: 999, gid: 1000 });
    expect(lookup(root('alpine'), '/tmp')).toMatchObject({ mode: 0o1777 });
    expect(lookup(root('golang'), '/go/src')).toMatchObject({ t: 'dir', mode: 0o1777 });
  });

  it('have what people look for', () => {
    expect(text('nginx', '/usr/share/nginx/html/index.html')).toContain('<title>Welcome to nginx!</title>');
    expect(text('httpd', '/usr/local/apache2/htdocs/index.html')).toBe(
      '<html><body><h1>It works!</h1></body></html>\n',
    );
    expect(stubProgram(text('hello-world', '/hello'))).toBe('hello');
    expect(stubProgram(text('debian', '/usr/bin/bash'))).toBe('bash');
    expect(stubProgram(text('debian', '/usr/bin/ls'))).toBe('coreutils/ls');
    expect(lookup(root('debian:trixie-slim'), '/usr/bin/ps')).toBeUndefined();
    expect(lookup(root('ubuntu'), '/usr/bin/ps')).toBeDefined();
    expect(lookup(root('ubuntu'), '/usr/bin/curl')).toBeUndefined();
    expect(lookup(root('python'), '/usr/bin/curl')).toBeDefined();
    expect(stubProgram(text('python', '/usr/bin/ps'))).toBe('coreutils/ps');
  });
});
