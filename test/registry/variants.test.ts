import { describe, expect, it } from 'vitest';
import { lookup } from '../../src/kernel/fs/tree.ts';
import { assemble } from '../../src/registry/assemble.ts';
import { type CatalogImage, lookUp } from '../../src/registry/catalog.ts';
import { communityImage } from '../../src/registry/community.ts';
import { layerRows } from '../../src/registry/disk-size.ts';

function official(name: string): CatalogImage {
  const [repository = '', tag = 'latest'] = name.split(':');
  const found = lookUp(`library/${repository}`, tag);
  if (!found.found) throw new Error(`${name}: no ${found.missing}`);
  return found.image;
}

function community(name: string): CatalogImage {
  const [path = '', tag = 'latest'] = name.split(':');
  const found = communityImage(path, tag, 'linux/amd64');
  if (!found?.found) throw new Error(`${name} is not known`);
  return found.image;
}

const rows = ({ history }: CatalogImage): string => history.map(({ createdBy }) => createdBy).join('\n');
function has(image: CatalogImage, path: string): boolean {
  const tree = assemble(image).trees.at(-1);
  return tree !== undefined && lookup(tree, path) !== undefined;
}

describe('Yarn 1 in images of Node.js', () => {
  it('is in those up to 25, whatever they were derived from', () => {
    for (const name of ['node:20', 'node:22', 'node:24-slim', 'node:24-alpine', 'node:22-alpine']) {
      const image = official(name);
      expect(rows(image), name).toContain('YARN_VERSION=1.22.22');
      expect(image.config.Env, name).toContain('YARN_VERSION=1.22.22');
      expect(has(image, '/usr/local/bin/yarn'), name).toBe(true);
      expect(layerRows({ history: image.history.map((row) => ({ ...row, instruction: row.createdBy })) })).toHaveLength(
        image.layers.length,
      );
    }
  });

  it('is not in those of 26, nor is corepack', () => {
    for (const name of ['node:latest', 'node:26-slim', 'node:26-alpine']) {
      const image = official(name);
      expect(rows(image), name).not.toMatch(/yarn/i);
      expect(image.config.Env.join(' '), name).not.toContain('YARN');
      expect(has(image, '/usr/local/bin/yarn'), name).toBe(false);
      expect(has(image, '/usr/local/bin/corepack'), name).toBe(false);
    }
    expect(has(official('node:24-alpine'), '/usr/local/bin/corepack')).toBe(true);
  });
});

describe("PHP's process manager", () => {
  it('has rows and settings of its own', () => {
    for (const name of ['php:8.3-fpm', 'php:8.2-fpm-alpine']) {
      const image = official(name);
      expect(rows(image), name).toMatch(/php-fpm\.conf\.default[\s\S]*STOPSIGNAL SIGQUIT[\s\S]*CMD \["php-fpm"\]$/);
      expect(rows(image), name).not.toMatch(/apache|EXPOSE map\[80\/tcp/);
      expect(image.config.StopSignal).toBe('SIGQUIT');
      expect(has(image, '/usr/local/etc/php-fpm.d/www.conf'), name).toBe(true);
    }
    expect(has(official('php:8.3-cli'), '/usr/local/etc/php-fpm.conf')).toBe(false);
  });

  it('Apache has the folders that a2enconf and a2ensite change', () => {
    const image = official('php:8.3-apache');
    expect(has(image, '/etc/apache2/sites-available/000-default.conf')).toBe(true);
    expect(has(image, '/usr/sbin/a2enconf')).toBe(true);
    expect(has(image, '/var/www/html/index.html')).toBe(false);
  });
});

describe("images of Docker Hub's users", () => {
  it('are built on the official one that their Dockerfile names', () => {
    const image = community('tiangolo/uvicorn-gunicorn-fastapi:python3.9-slim');
    const below = official('python:3.9-slim');
    expect(image.layers.slice(0, below.layers.length)).toEqual(below.layers);
    expect(image.derived).toEqual({ from: 'python:3.9-slim' });
    expect(image.config.Env).toEqual(expect.arrayContaining([...below.config.Env, 'PYTHONPATH=/app']));
    expect(image.config.Cmd).toEqual(['/start.sh']);
    for (const path of ['/start.sh', '/app/main.py', '/usr/local/bin/gunicorn', '/usr/local/bin/uvicorn'])
      expect(has(image, path), path).toBe(true);
    expect(has(community('tiangolo/uvicorn-gunicorn:python3.9-slim'), '/usr/local/bin/fastapi')).toBe(false);
  });

  it('node on Alpine has yarn, but for the slim ones', () => {
    expect(has(community('mhart/alpine-node:14'), '/usr/local/bin/yarn')).toBe(true);
    expect(has(community('mhart/alpine-node:slim-14'), '/usr/bin/npm')).toBe(false);
    expect(community('mhart/alpine-node:14').config.Env).toContain('VERSION=v14.17.3');
  });

  it('others, and tags that no Dockerfile is known of, are not known', () => {
    expect(communityImage('tiangolo/uvicorn-gunicorn', 'python2.7', 'linux/amd64')).toBeUndefined();
    expect(communityImage('mhart/alpine-node', '26', 'linux/amd64')).toBeUndefined();
    expect(communityImage('somebody/something', 'latest', 'linux/amd64')).toBeUndefined();
    expect(communityImage('constructor', 'latest', 'linux/amd64')).toBeUndefined();
  });
});
