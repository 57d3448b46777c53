import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf, isDigest } from '../../src/oci/digest.ts';
import { type CatalogImage, lookUp } from '../../src/registry/catalog.ts';
import { layerRows } from '../../src/registry/disk-size.ts';
import { officialEntries, officialNames } from '../../src/registry/official.ts';
import { recordedImages } from '../../src/registry/recorded.ts';
import { mayBeOlderTag } from '../../src/registry/tags.ts';

function find(name: string, platform?: string): CatalogImage {
  const [repository = '', tag = 'latest'] = name.split(/[:@](.*)/s);
  const result = lookUp(`library/${repository}`, tag, platform);
  if (!result.found) throw new Error(`${name}: no ${result.missing}`);
  return result.image;
}

function missing(path: string, tag: string, platform?: string): string {
  const result = lookUp(path, tag, platform);
  return result.found ? 'found' : result.missing;
}

describe('recorded images', () => {
  it('are found by each of their tags and digests, as they were recorded', () => {
    for (const image of recordedImages()) {
      for (const tag of image.tags) {
        const found = find(`${image.repository}:${tag}`);
        expect(found.digest).toBe(image.indexDigest);
        expect(found.derived).toBeUndefined();
      }
      for (const digest of [image.indexDigest, image.manifestDigest]) {
        const found = find(`${image.repository}@${digest}`);
        expect([found.digest, found.manifestDigest, found.configDigest]).toEqual([
          image.indexDigest,
          image.manifestDigest,
          image.configDigest,
        ]);
        expect(found.layers.map(({ digest: d, size }) => ({ digest: d, size }))).toEqual(image.layers);
        expect(found.history).toHaveLength(image.history.length);
      }
    }
  });

  it('have a row of history for each layer', () => {
    for (const image of recordedImages()) expect(layerRows(image)).toHaveLength(image.layers.length);
  });

  it('have the digests that were recorded', () => {
    // of the images that learners meet first
    expect(find('alpine').digest).toMatch(/^sha256:5b02b42e375f/);
    expect(find('alpine').layers.map(({ digest }) => digest.slice(7, 19))).toEqual(['e2de96513ba9']);
    expect(find('hello-world').configDigest).toMatch(/^sha256:e2ac70e7319a/);
    expect(find('nginx').layers[0]?.digest).toBe(find('php:apache').layers[0]?.digest);
    expect(find('adminer').layers[0]?.digest).toBe(find('alpine').layers[0]?.digest);
  });

  it('have as many estimated sizes of layers as this', () => {
    const layers = recordedImages().flatMap(({ name }) => find(name).layers);
    const estimated = layers.filter((layer) => layer.estimated);
    expect({ layers: layers.length, estimated: estimated.length }).toEqual({ layers: 270, estimated: 249 });
    expect(recordedImages().filter(({ diskSize }) => diskSize !== undefined)).toHaveLength(15);
  });

  it('take on disk what is recorded of the whole image, to a per mille', () => {
    for (const { name, diskSize } of recordedImages()) {
      if (diskSize === undefined) continue;
      const sum = find(name).layers.reduce((bytes, layer) => bytes + layer.diskSize, 0);
      expect(Math.abs(sum - diskSize) / diskSize, name).toBeLessThan(0.001);
    }
  });

  it('write history as docker does', () => {
    expect(find('nginx').history[0]?.createdBy).toMatch(/^# debian\.sh/);
    expect(find('nginx').history.find(({ createdBy }) => createdBy.includes('groupadd'))).toMatchObject({
      createdBy: expect.stringMatching(/^RUN \/bin\/sh -c set -x/),
      comment: 'buildkit.dockerfile.v0',
    });
    expect(find('busybox').history[0]?.createdBy).toBe('BusyBox 1.38.0 (glibc), Debian 13');
    expect(find('ubuntu:24.04').history.at(-2)?.createdBy).toMatch(/^\/bin\/sh -c #\(nop\) ADD file:/);
  });
});

describe('derived images', () => {
  it('stand in for every other tag of every official repository', () => {
    let tags = 0;
    let derived = 0;
    const other: string[] = [];
    for (const repository of officialNames()) {
      for (const entry of officialEntries(repository) ?? []) {
        const [tag] = [...entry.tags, ...entry.shared];
        tags += entry.tags.length + entry.shared.length;
        const result = lookUp(`library/${repository}`, tag ?? '');
        if (result.found) derived += Number(result.image.derived !== undefined);
        else if (entry.architectures.includes('linux/amd64')) other.push(`${repository}:${tag}`);
      }
    }
    expect(other).toEqual([]);
    expect({ repositories: officialNames().length, tags, derived }).toEqual({
      repositories: 144,
      tags: 10_288,
      derived: 1962,
    });
  });

  it('keep their digests', () => {
    const image = find('busybox:1.36');
    expect(image.digest).toBe(digestOf('index of busybox:1.36'));
    expect(image.derived).toEqual({ from: 'busybox:latest' });
    expect(find(`nginx@${find('nginx:stable').digest}`)).toBe(find('nginx:stable'));
    for (const layer of image.layers) expect(isDigest(layer.digest)).toBe(true);
  });

  it.each([
    ['node:20', 'node:latest', 'NODE_VERSION=20.0.0'],
    ['nginx:1.22', 'nginx:latest', 'NGINX_VERSION=1.22.0'],
    ['python:3.12-alpine', 'python:latest', 'PYTHON_VERSION=3.12.14'],
    ['postgres:15', 'postgres:16', 'PG_MAJOR=15'],
    ['golang:1.21-alpine', 'golang:alpine', 'GOLANG_VERSION=1.21.0'],
    ['php:8.2-fpm', 'php:apache', 'PHP_VERSION=8.2.33'],
    ['openjdk:17-jdk-slim', 'eclipse-temurin:21', 'JAVA_VERSION=jdk-17.0.0+8'],
  ])('%s is %s with %s', (name, from, variable) => {
    const image = find(name);
    expect(image.derived?.from).toBe(from);
    expect(image.config.Env).toContain(variable);
  });

  it('share the layers of the operating system with recorded ones', () => {
    expect(find('python:3.12-alpine').layers[0]?.digest).toBe(find('alpine').layers[0]?.digest);
    expect(find('nginx:stable').layers[0]?.digest).toBe(find('nginx').layers[0]?.digest);
    expect(find('alpine:3.18').layers[0]?.digest).not.toBe(find('alpine').layers[0]?.digest);
  });

  it.each([
    'registry:2',
    'python:3.11',
    'ubuntu:20.04',
    'ubuntu:focal',
    'debian:10',
    'mysql:5.7',
    'redis:6',
    'traefik:v2.10',
  ])('%s is still there', (name) => {
    expect(find(name).derived).toBeDefined();
  });

  it.each([
    'node:99',
    'nginx:1.99',
    'nginx:foo',
    'ubuntu:20.4',
    'alpine:9',
    'hello-world:1',
    'python:3.12-foo',
    'alpine:',
  ])('%s never was', (name) => {
    const [repository = '', tag = ''] = name.split(':');
    expect(mayBeOlderTag(repository, tag)).toBe(false);
    expect(missing(`library/${repository}`, tag)).toBe('tag');
  });
});

describe('what there is not', () => {
  it('is told apart', () => {
    expect(missing('library/nosuch', 'latest')).toBe('repository');
    expect(missing('someone/alpine', 'latest')).toBe('repository');
    expect(missing('library/constructor', 'latest')).toBe('repository');
    expect(missing('library/alpine', 'constructor')).toBe('tag');
    expect(missing('library/alpine', digestOf('x'))).toBe('digest');
    expect(missing('library/alpine', 'latest', 'windows/amd64')).toBe('platform');
    expect(missing('library/mongo', '8.0-windowsservercore-ltsc2025')).toBe('platform');
  });

  it('is not said of other platforms', () => {
    const arm = find('alpine', 'linux/arm64');
    expect(arm.platform).toBe('linux/arm64/v8');
    expect(arm.digest).toBe(find('alpine').digest);
    expect(arm.configDigest).not.toBe(find('alpine').configDigest);
    expect(arm.derived).toEqual({ from: 'alpine:latest' });
  });
});

it('takes less than 300 kB of data', () => {
  const folder = join(import.meta.dirname, '../../src/registry/data');
  const bytes = readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  expect(bytes).toBeLessThan(300_000);
});
