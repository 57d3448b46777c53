import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  familiarName,
  familiarReference,
  formatReference,
  InvalidReference,
  nameOf,
  parseReference,
  trimReference,
  withDefaultTag,
} from '../../src/oci/reference.ts';

interface Vector {
  readonly s: string;
  readonly err?: string;
  readonly canonical?: string;
  readonly domain?: string;
  readonly familiar?: string;
  readonly path?: string;
  readonly tag?: string;
  readonly digest?: string;
}

const fixture = join(import.meta.dirname, 'fixtures', 'references.json');
const vectors = JSON.parse(readFileSync(fixture, 'utf8')) as readonly Vector[];

function outcome(s: string): Vector {
  try {
    const reference = parseReference(s);
    const canonical = formatReference(withDefaultTag(reference));
    return { s, canonical, familiar: familiarReference(reference), ...reference };
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    return { s, err: error.message };
  }
}

describe('references', () => {
  it.each(vectors)('$s', (vector) => {
    expect(outcome(vector.s)).toEqual(vector);
  });

  it('names digests that cannot be', () => {
    const hex = 'a'.repeat(64);
    expect(outcome(`x@sha1:${hex}`).err).toBe('unsupported digest algorithm');
    expect(outcome(`x@sha256:${hex}a`).err).toBe('invalid checksum digest length');
    expect(outcome(`x@sha256:${hex.toUpperCase()}`).err).toBe('invalid checksum digest format');
  });

  it('takes names apart', () => {
    const reference = parseReference('index.docker.io/alpine:3@sha256:'.concat('0'.repeat(64)));
    expect(nameOf(reference)).toBe('docker.io/library/alpine');
    expect(familiarName(reference)).toBe('alpine');
    expect(withDefaultTag(reference)).toBe(reference);
    expect(formatReference(trimReference(reference))).toBe('docker.io/library/alpine');
    expect(familiarName(parseReference('library/a/b'))).toBe('library/a/b');
  });

  it('reads its own writing', () => {
    const component = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+)?$/);
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);
    const domain = fc.constantFrom('', 'localhost/', 'localhost:5000/', 'ghcr.io/', '[::1]:80/');
    fc.assert(
      fc.property(domain, fc.array(component, { minLength: 1, maxLength: 3 }), fc.option(tag), (host, path, t) => {
        const reference = parseReference(`${host}${path.join('/')}${t === null ? '' : `:${t}`}`);
        expect(parseReference(formatReference(reference))).toEqual(reference);
        expect(parseReference(familiarReference(reference))).toEqual(reference);
      }),
    );
  });
});
