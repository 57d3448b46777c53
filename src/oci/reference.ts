/** What an image is called: `docker.io/library/alpine:3.22@sha256:…` in its parts. */
export interface Reference {
  /** Empty when the first part is no host name and no path can do without it (`a_b.com/x`). */
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** A text that is no reference; the message is the one that the real client and engine print. */
export class InvalidReference extends Error {
  override readonly name = 'InvalidReference';
}

const defaultDomain = 'docker.io';
const legacyDomain = 'index.docker.io';
const officialPrefix = 'library/';
export const defaultTag = 'latest';

// the grammar of distribution/reference (regexp.go), with the same names
const pathComponent = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const remoteName = `${pathComponent}(?:/${pathComponent})*`;
const domainComponent = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])`;
const domainAndPort = `${host}(?::[0-9]+)?`;
const namePattern = `(?:${domainAndPort}/)?${remoteName}`;
const tagPattern = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
const digestPattern = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const referenceRegexp = new RegExp(`^(${namePattern})(?::(${tagPattern}))?(?:@(${digestPattern}))?$`);
const anchoredName = new RegExp(`^(?:(${domainAndPort})/)?(${remoteName})$`);
const identifier = /^[a-f0-9]{64}$/;
const longestPath = 255;
const digestLengths: { readonly [algorithm: string]: number } = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * A reference as people type it, with the default domain (`docker.io`, `library/` for official images) filled in but
 * without a default tag: `ParseNormalizedNamed` of distribution/reference. Throws InvalidReference.
 */
export function parseReference(text: string): Reference {
  if (identifier.test(text)) {
    throw new InvalidReference(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const [domain, remainder] = splitDomain(text);
  const colon = remainder.indexOf(':');
  const remote = colon < 0 ? remainder : remainder.slice(0, colon);
  if (remote.toLowerCase() !== remote) {
    throw new InvalidReference(`invalid reference format: repository name (${remote}) must be lowercase`);
  }
  return parseFull(`${domain}/${remainder}`);
}

function splitDomain(name: string): [domain: string, remainder: string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const rest = name.slice(slash + 1);
  const isDomain = slash >= 0 && (first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first);
  if (!isDomain) return [defaultDomain, name.includes('/') ? name : officialPrefix + name];
  const domain = first === legacyDomain ? defaultDomain : first;
  return [domain, domain === defaultDomain && !rest.includes('/') ? officialPrefix + rest : rest];
}

function parseFull(text: string): Reference {
  const [, name, tag, digest] = referenceRegexp.exec(text) ?? [];
  if (name === undefined) {
    const why = referenceRegexp.test(text.toLowerCase()) ? ': repository name must be lowercase' : '';
    throw new InvalidReference(`invalid reference format${why}`);
  }
  const [, domain = '', path = name] = anchoredName.exec(name) ?? [];
  if (path.length > longestPath) {
    throw new InvalidReference(`repository name must not be more than ${longestPath} characters`);
  }
  if (digest !== undefined) checkDigest(digest);
  return { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function checkDigest(digest: string): void {
  const [algorithm = '', encoded = ''] = digest.split(':');
  const length = Object.hasOwn(digestLengths, algorithm) ? digestLengths[algorithm] : undefined;
  if (length === undefined) throw new InvalidReference('unsupported digest algorithm');
  if (encoded.length !== length) throw new InvalidReference('invalid checksum digest length');
  if (!/^[a-f0-9]+$/.test(encoded)) throw new InvalidReference('invalid checksum digest format');
}

/** The name without tag and digest: `docker.io/library/alpine`. */
export function nameOf({ domain, path }: Reference): string {
  return domain === '' ? path : `${domain}/${path}`;
}

/** The name as people write it: `docker.io/library/alpine` is `alpine`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== defaultDomain) return nameOf({ domain, path });
  const rest = path.startsWith(officialPrefix) ? path.slice(officialPrefix.length) : path;
  return rest.includes('/') ? path : rest;
}

function suffix({ tag, digest }: Reference): string {
  return `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** A reference in full: `docker.io/library/alpine:3.22`. */
export function formatReference(reference: Reference): string {
  return nameOf(reference) + suffix(reference);
}

/** A reference as people write it: `alpine:3.22`. */
export function familiarReference(reference: Reference): string {
  return familiarName(reference) + suffix(reference);
}

/** The reference with `latest` where it has neither tag nor digest. */
export function withDefaultTag(reference: Reference): Reference {
  const { tag, digest } = reference;
  return tag === undefined && digest === undefined ? { ...reference, tag: defaultTag } : reference;
}

/** The reference without tag and digest. */
export function trimReference({ domain, path }: Reference): Reference {
  return { domain, path };
}
