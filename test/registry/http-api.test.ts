import { describe, expect, it } from 'vitest';
import { dockerManifest, mediaTypes } from '../../src/oci/manifest.ts';
import { answer } from '../../src/registry/http-api.ts';
import {
  emptyRegistry,
  hasBlob,
  manifestOf,
  type Registry,
  withBlob,
  withManifest,
} from '../../src/registry/registry.ts';

const config = { mediaType: mediaTypes.dockerConfig, size: 2, digest: `sha256:${'c'.repeat(64)}` };
const manifest = dockerManifest(config, []);

function stocked(): Registry {
  let registry = emptyRegistry();
  for (const path of ['reg/all', 'reg/deb', 'app']) {
    registry = withBlob(registry, path, config.digest, { mediaType: config.mediaType, size: 2, bytes: '{}' });
    registry = withManifest(registry, path, manifest, '2');
  }
  return withManifest(registry, 'reg/all', manifest, '1');
}

const get = (target: string, method = 'GET', registry = stocked()) => answer(registry, { method, target }).reply;

describe('the API of a registry, as recorded from the Distribution project', () => {
  it.each([
    ['/', 200, ''],
    ['/v2/', 200, '{}'],
    ['/v2', 301, '<a href="/v2/">Moved Permanently</a>.\n\n'],
    ['/foo', 404, '404 page not found\n'],
    ['/v2/_catalog', 200, '{"repositories":["app","reg/all","reg/deb"]}\n'],
    ['/v2/_catalog?n=2', 200, '{"repositories":["app","reg/all"]}\n'],
    ['/v2/reg/all/tags/list', 200, '{"name":"reg/all","tags":["2","1"]}\n'],
    [
      '/v2/nosuch/tags/list',
      404,
      '{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry","detail":{"name":"nosuch"}}]}\n',
    ],
    [
      '/v2/reg/all/manifests/nope',
      404,
      '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"nope"}}]}\n',
    ],
    ['/v2/app/manifests/2', 200, manifest.bytes],
    [`/v2/app/manifests/${manifest.digest}`, 200, manifest.bytes],
    [`/v2/app/blobs/${config.digest}`, 200, '{}'],
  ])('GET %s', (target, status, body) => {
    expect(get(target)).toMatchObject({ status, body });
  });

  it('tells where a long catalog goes on, and the digest of a manifest', () => {
    expect(get('/v2/_catalog?n=2').headers).toContainEqual(['Link', '</v2/_catalog?last=reg%2Fall&n=2>; rel="next"']);
    expect(get('/v2/app/manifests/2').headers).toContainEqual(['Docker-Content-Digest', manifest.digest]);
  });

  it('refuses what only other clients need, and other methods', () => {
    expect(get('/v2/app/blobs/uploads/', 'POST').status).toBe(501);
    expect(get('/v2/app/manifests/3', 'PUT').status).toBe(501);
    expect(get('/v2/app/tags/list', 'DELETE').status).toBe(405);
  });

  it('deletes a manifest with its tags, in its repository only', () => {
    const target = `/v2/app/manifests/${manifest.digest}`;
    const { reply, registry } = answer(stocked(), { method: 'DELETE', target });
    expect(reply.status).toBe(202);
    expect(registry && manifestOf(registry, 'app', '2')).toBeUndefined();
    expect(registry && manifestOf(registry, 'reg/deb', '2')).toEqual(manifest);
    expect(registry && hasBlob(registry, 'app', config.digest)).toBe(true);
    expect(answer(stocked(), { method: 'DELETE', target: '/v2/app/manifests/2' }).reply.status).toBe(405);
  });

  it('keeps names like those of objects apart from its own', () => {
    expect(get('/v2/constructor/tags/list').status).toBe(404);
    expect(get('/v2/app/manifests/constructor').status).toBe(404);
  });
});
