import { CliError } from '../errors.ts';

/** A reference to an image, with its parts as the distribution project names them. */
export interface Reference {
  readonly domain: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
  /** As people write it, with the tag that is meant when there is neither tag nor digest. */
  readonly familiar: string;
}

const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainName = `${domainPart}(?:\\.${domainPart})*`;
const domainPattern = `(?:${domainName}|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const pathPattern = `${pathPart}(?:/${pathPart})*`;
const digestPattern = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';
const pattern = new RegExp(
  `^(?:(${domainPattern})/)?(${pathPattern})(?::(\\w[\\w.-]{0,127}))?(?:@(${digestPattern}))?$`,
);

const hub = 'docker.io';

/** Is it an image's whole id, and no name? */
export function isImageId(text: string): boolean {
  return /^[a-f0-9]{64}$/.test(text);
}

/** An image's name as `docker run` takes it. Throws CliError with the distribution library's words. */
export function parseReference(text: string): Reference {
  const { domain, remainder } = splitDomain(text);
  const name = remainder.replace(/[:@].*$/s, '');
  if (isImageId(text)) {
    throw new CliError(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  if (name.toLowerCase() !== name) {
    throw new CliError(`invalid reference format: repository name (${name}) must be lowercase`);
  }
  const match = pattern.exec(`${domain}/${remainder}`);
  if (!match) throw new CliError('invalid reference format');
  // a first part that looks like a host and cannot be one is a part of the path
  const [, foundDomain = '', path = '', tag, digest] = match;
  if (path.length > 255) throw new CliError('repository name must not be more than 255 characters');
  return {
    domain: foundDomain,
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    familiar: familiar(foundDomain, path, tag, digest),
  };
}

function familiar(domain: string, path: string, tag?: string, digest?: string): string {
  const short = domain === hub ? path.replace(/^library\/(?=[^/]+$)/, '') : `${domain && `${domain}/`}${path}`;
  if (digest !== undefined) return `${short}${tag === undefined ? '' : `:${tag}`}@${digest}`;
  return `${short}:${tag ?? 'latest'}`;
}

/** The first part is a registry when it looks like a host: a dot, a colon, `localhost`, or a capital letter. */
function splitDomain(text: string): { readonly domain: string; readonly remainder: string } {
  const cut = text.indexOf('/');
  const first = text.slice(0, Math.max(0, cut));
  const isHost = cut > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  let domain = isHost ? first : hub;
  const remainder = isHost ? text.slice(cut + 1) : text;
  if (domain === 'index.docker.io') domain = hub;
  return { domain, remainder: domain === hub && !remainder.includes('/') ? `library/${remainder}` : remainder };
}
