import { officialEntries } from './official.ts';

const debianNames = ['wheezy', 'jessie', 'stretch', 'buster', 'bullseye', 'bookworm', 'trixie'] as const;
const ubuntuNames = ['trusty', 'xenial', 'bionic', 'focal', 'jammy', 'noble', 'resolute'] as const;
/** Version numbers by code name, for what an image says of itself. */
export const debianVersions: { readonly [name: string]: string | undefined } = Object.fromEntries(
  debianNames.map((name, i) => [name, String(7 + i)]),
);
export const ubuntuVersions: { readonly [name: string]: string | undefined } = Object.fromEntries(
  ubuntuNames.map((name, i) => [name, `${14 + 2 * i}.04`]),
);

const debian = new RegExp(`\\b(?:${debianNames.join('|')})\\b`);
const ubuntu = new RegExp(`\\b(?:${ubuntuNames.join('|')})\\b`);

/** The parts of a tag: `3.12.1-slim-bookworm` is 3.12.1 and `-slim-bookworm`. */
export interface TagParts {
  readonly prefix: string;
  readonly version: readonly number[];
  readonly rest: string;
}

export function tagParts(tag: string): TagParts {
  const [, prefix = '', digits = '', rest = ''] = /^([a-z]*)(\d+(?:\.\d+)*)(.*)$/.exec(tag) ?? [];
  // a date is no version
  if (digits === '' || /^\d{6}/.test(digits)) return { prefix: tag, version: [], rest: '' };
  return { prefix, version: digits.split('.').map(Number), rest };
}

/** Stands for the numbers of a tag that has some. */
const digitsOf = (version: readonly number[]): string => (version.length === 0 ? '' : 'N');

/** What tags that differ in numbers and code names have in common. */
function shapeOf({ prefix, version, rest }: TagParts): string {
  // what is only built before its release now was built after it earlier
  const released = `${prefix}${digitsOf(version)}${rest}`.replace(/-(?:ea|rc|beta)(?:-?\d+)?/, '');
  return released
    .replace(debian, 'D')
    .replace(ubuntu, 'U')
    .replace(/\d+(?:\.\d+)*/g, 'N');
}

/**
 * Does Docker Hub still have this tag, though official-images does not build it any more? Old tags stay there, but which
 * ones there were is not recorded. The rule here: a tag is taken to exist when it is built like a listed one (numbers and
 * code names aside), and its version is not newer than what is listed.
 */
export function mayBeOlderTag(repository: string, tag: string): boolean {
  const listed = (officialEntries(repository) ?? []).flatMap(({ tags, shared }) => [...tags, ...shared]).map(tagParts);
  if (oldCodeName(repository, tag)) return true;
  const parts = tagParts(tag);
  const { version } = parts;
  if (version.length === 0) return listed.some((other) => other.version.length === 0 && sameNames(other, parts));
  if (repository === 'ubuntu' && !/^\d\d\.(?:04|10)$/.test(tag)) return false;
  const shape = shapeOf(parts);
  const alike = listed.filter((other) => other.version.length > 0 && shapeOf(other) === shape);
  const longest = Math.max(0, ...alike.map((other) => other.version.length));
  const versions = listed.filter(({ prefix }) => prefix === parts.prefix).map((other) => other.version);
  return version.length <= longest && notNewer(version, versions);
}

function oldCodeName(repository: string, tag: string): boolean {
  if (repository === 'debian') return new RegExp(`^${debian.source}(?:-slim)?$`).test(tag);
  return repository === 'ubuntu' && new RegExp(`^${ubuntu.source}$`).test(tag);
}

function sameNames(a: TagParts, b: TagParts): boolean {
  return codeNameOf(b.prefix + b.rest) !== undefined && shapeOf(a) === shapeOf(b);
}

/** Goes down the numbers: with the same beginning as listed ones a number is at most theirs; a smaller one settles it. */
function notNewer(version: readonly number[], listed: readonly (readonly number[])[]): boolean {
  let alike = listed.filter((other) => other.length > 0);
  for (const [i, number] of version.entries()) {
    const numbers = alike.flatMap((other) => other[i] ?? []);
    if (numbers.length === 0) return true;
    const greatest = Math.max(...numbers);
    if (number > greatest) return false;
    alike = alike.filter((other) => other[i] === number);
    if (alike.length === 0) return version.slice(i + 1).every((part) => part < 100);
  }
  return true;
}

/** The distribution that a tag names: a code name of Debian or Ubuntu, or `alpine`. */
export function codeNameOf(tag: string): string | undefined {
  return debian.exec(tag)?.[0] ?? ubuntu.exec(tag)?.[0] ?? (/\balpine/.test(tag) ? 'alpine' : undefined);
}
