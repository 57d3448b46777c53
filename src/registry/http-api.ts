import type { ByteString } from '../kernel/bytes.ts';
import { isDigest } from '../oci/digest.ts';
import { hasBlob, manifestOf, type Registry, repositoryOf, withoutManifest } from './registry.ts';

/** A request to a registry: the target as sent, with its query. */
export interface RegistryRequest {
  readonly method: string;
  readonly target: string;
}

export interface RegistryReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: ByteString;
}

/** The reply, and the registry as it is afterwards when the request changed it. */
export interface Replied {
  readonly reply: RegistryReply;
  readonly registry?: Registry;
}

const version = ['Docker-Distribution-Api-Version', 'registry/2.0'] as const;

/**
 * Answers a request as the Distribution project's registry does (OCI distribution specification). What clients of other
 * kinds than the simulated engines would need (uploads, contents of layers) is refused with 501.
 */
export function answer(registry: Registry, { method, target }: RegistryRequest): Replied {
  const [path = '', query = ''] = target.split('?');
  if (path === '/') return { reply: { status: 200, headers: [['Cache-Control', 'no-cache']], body: '' } };
  if (path === '/v2') return { reply: moved() };
  const reading = method === 'GET' || method === 'HEAD';
  if (path === '/v2/') return { reply: reading ? json(200, '{}') : notAllowed('GET') };
  if (path === '/v2/_catalog') return { reply: reading ? catalog(registry, query) : notAllowed('GET') };
  const [, name = '', kind = '', last = ''] =
    /^\/v2\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)\/(tags\/list|manifests\/|blobs\/)(.*)$/.exec(path) ?? [];
  if (kind === 'tags/list' && last === '') return { reply: reading ? tags(registry, name) : notAllowed('GET') };
  if (kind === 'manifests/') return manifest(registry, method, name, last);
  if (kind === 'blobs/') return { reply: blob(registry, method, name, last) };
  return { reply: plain(404, '404 page not found\n') };
}

function catalog(registry: Registry, query: string): RegistryReply {
  const parameters = new URLSearchParams(query);
  const most = Number(parameters.get('n') ?? '100');
  const last = parameters.get('last') ?? '';
  const names = Object.keys(registry.repositories).sort();
  const rest = names.filter((name) => name > last);
  const shown = rest.slice(0, most);
  const next = new URLSearchParams({ last: shown.at(-1) ?? '', n: String(most) }).toString();
  const more = rest.length > shown.length ? ([['Link', `</v2/_catalog?${next}>; rel="next"`]] as const) : [];
  return json(200, JSON.stringify({ repositories: shown }), more);
}

function tags(registry: Registry, name: string): RegistryReply {
  const repository = repositoryOf(registry, name);
  if (!repository) {
    return failure(404, 'NAME_UNKNOWN', 'repository name not known to registry', { name });
  }
  return json(200, JSON.stringify({ name, tags: repository.tags.map(([tag]) => tag) }));
}

function manifest(registry: Registry, method: string, name: string, reference: string): Replied {
  if (method === 'PUT') return { reply: notSimulated() };
  const found = manifestOf(registry, name, reference);
  if (!found) {
    const detail = reference.includes(':') ? { Name: name, Revision: reference } : { Tag: reference };
    return { reply: failure(404, 'MANIFEST_UNKNOWN', 'manifest unknown', detail) };
  }
  if (method === 'DELETE') {
    if (!isDigest(reference)) return { reply: failure(405, 'UNSUPPORTED', 'The operation is unsupported.', null) };
    const registryAfter = withoutManifest(registry, name, found.digest);
    return { reply: { status: 202, headers: [version], body: '' }, registry: registryAfter };
  }
  if (method !== 'GET' && method !== 'HEAD') return { reply: notAllowed('DELETE, GET, HEAD, PUT') };
  const { mediaType = '' } = registry.blobs[found.digest] ?? {};
  const headers = [
    ['Content-Type', mediaType],
    ['Docker-Content-Digest', found.digest],
    version,
    ['Etag', `"${found.digest}"`],
  ] as const;
  return { reply: { status: 200, headers, body: found.bytes } };
}

function blob(registry: Registry, method: string, name: string, digest: string): RegistryReply {
  const found = hasBlob(registry, name, digest) ? registry.blobs[digest] : undefined;
  if (digest.startsWith('uploads/') || digest === '') return notSimulated();
  if (!found) return failure(404, 'BLOB_UNKNOWN', 'blob unknown to registry', digest);
  if (method !== 'GET' && method !== 'HEAD') return notAllowed('DELETE, GET, HEAD');
  if (found.bytes === undefined && method === 'GET') return notSimulated();
  const headers = [['Content-Type', 'application/octet-stream'], ['Docker-Content-Digest', digest], version] as const;
  return { status: 200, headers, body: found.bytes ?? '' };
}

function json(status: number, body: string, more: RegistryReply['headers'] = []): RegistryReply {
  return {
    status,
    headers: [['Content-Type', 'application/json; charset=utf-8'], version, ...more],
    body: status === 200 && body !== '{}' ? `${body}\n` : body,
  };
}

function failure(status: number, code: string, message: string, detail: unknown): RegistryReply {
  const body = `${JSON.stringify({ errors: [{ code, message, detail }] })}\n`;
  return { status, headers: [['Content-Type', 'application/json; charset=utf-8'], version], body };
}

function plain(status: number, body: string, more: RegistryReply['headers'] = []): RegistryReply {
  const type = ['Content-Type', 'text/plain; charset=utf-8'] as const;
  return { status, headers: [...more, type, version, ['X-Content-Type-Options', 'nosniff']], body };
}

function moved(): RegistryReply {
  const headers = [['Content-Type', 'text/html; charset=utf-8'], version, ['Location', '/v2/']] as const;
  return { status: 301, headers, body: '<a href="/v2/">Moved Permanently</a>.\n\n' };
}

function notAllowed(methods: string): RegistryReply {
  return plain(405, 'Method not allowed\n', [['Allow', methods]]);
}

function notSimulated(): RegistryReply {
  const message = 'drydock: this call of the registry is not simulated; docker push and pull are';
  return failure(501, 'UNSUPPORTED', message, null);
}
