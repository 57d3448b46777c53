// Whatever a Dockerfile holds, the parser answers with stages or with its own error, in time that grows with the text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../src/builder/dockerfile/errors.ts';
import { excerpt } from '../../../src/builder/dockerfile/excerpt.ts';
import { checkDockerfile } from '../../../src/builder/dockerfile/lint/check.ts';
import { checkReport } from '../../../src/builder/dockerfile/lint/report.ts';
import { parseDockerfile } from '../../../src/builder/dockerfile/parse.ts';
import { detectSyntax } from '../../../src/builder/dockerfile/syntax.ts';

const machine = { os: 'linux', architecture: 'amd64' };

function check(source: string) {
  const { warnings, error } = checkDockerfile(source, {
    parameters: { buildArgs: {}, target: '', buildPlatform: machine, targetPlatform: machine },
    features: { parents: true, security: true },
    baseOf: () => ({ env: {}, shellSet: false, onbuild: ['RUN a'] }),
    everyStage: true,
    isIgnored: () => true,
  });
  return checkReport({ name: 'Dockerfile', text: source }, warnings, error);
}

const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const pieces = fc.constantFrom(
  ...[
    'FROM',
    'RUN',
    'COPY',
    'ADD',
    'ENV',
    'ARG',
    'LABEL',
    'EXPOSE',
    'HEALTHCHECK',
    'ONBUILD',
    'SHELL',
    'VOLUME',
    'CMD',
  ],
  ...[
    'AS',
    'a',
    'b=c',
    '"q q"',
    "'s'",
    '--from=a',
    '--mount=type=cache,target=/x',
    '--platform=$P',
    '["j", "k"]',
    '[1]',
  ],
  ...[
    '<<EOF',
    '<<-"X"',
    'EOF',
    'X',
    '$a',
    '${a:-b}',
    '${',
    '# check=error=true',
    '# escape=`',
    '#',
    '\\',
    '`',
    '80-90/UDP',
  ],
  ...['\n', '\n', '\n', '\\\n', ' ', ' ', '\t', '\r\n', '\xff', '\xc3\xa0'],
);
const dockerfiles = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(' '));

describe('any text', () => {
  it.each([
    ['bytes', bytes],
    ['pieces of Dockerfiles', dockerfiles],
    ['what follows FROM', fc.oneof(bytes, dockerfiles).map((text) => `FROM a\n${text}`)],
  ])('of %s is parsed or refused', (_name, texts) => {
    fc.assert(
      fc.property(texts, (source) => {
        detectSyntax(source);
        const { status, stderr } = check(source);
        expect([0, 1]).toContain(status);
        try {
          const { stages } = parseDockerfile(source);
          for (const { range, instructions } of stages) {
            let last = range.end;
            for (const each of instructions) {
              expect(each.range.start).toBeGreaterThan(last);
              last = each.range.end;
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
          expect(stderr).toMatch(/^ERROR: /);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('may be nested deeply', () => {
    expect(check(`FROM a\n${'ONBUILD '.repeat(8000)}x\n`).status).toBe(1);
    expect(check(`FROM a\nUSER ${'${a:-'.repeat(12_000)}\n`).status).toBe(1);
    expect(check(`FROM a\nRUN ${'['.repeat(60_000)}\n`).status).toBe(0);
    expect(check(`FROM a\nRUN ${'['.repeat(30_000)}${']'.repeat(30_000)}\n`).status).toBe(0);
    expect(check(`FROM a\nRUN ${'['.repeat(9000)}${']'.repeat(9000)}\n`).status).toBe(1);
  });
});

describe('large files', () => {
  // work that grew with the square of the lines would not end in a test's time
  const lines = 50_000;

  it.each([
    ['instructions', `FROM a\n${'ENV a=$b c="d e"\n'.repeat(lines)}`],
    ['continuation lines', `FROM a\nRUN x${' \\\n  && echo a'.repeat(lines)}\n`],
    ['comments', `${'# c\n'.repeat(lines)}FROM a\n`],
    ['lines of a here-document', `FROM a\nRUN <<EOF\n${'echo a\n'.repeat(lines)}EOF\n`],
    ['stages', `FROM a AS s\nCOPY a b\n`.repeat(lines / 2)],
  ])('of many %s are parsed', (_name, text) => {
    expect(parseDockerfile(text).stages.length).toBeGreaterThan(0);
  });
});

describe('excerpts', () => {
  const text = 'one\ntwo\nthree\nfour\nfive\nsix\n';

  it('show two lines around one, and one around more', () => {
    expect(excerpt('D', text, [{ start: 4, end: 4 }])).toBe(
      'D:4\n--------------------\n   2 |     two\n   3 |     three\n   4 | >>> four\n   5 |     five\n   6 |     six\n--------------------\n',
    );
    expect(excerpt('D', text, [{ start: 3, end: 4 }])).toBe(
      'D:3\n--------------------\n   2 |     two\n   3 | >>> three\n   4 | >>> four\n   5 |     five\n--------------------\n',
    );
    expect(excerpt('D', 'one', [{ start: 1, end: 1 }])).toContain('   1 | >>> one\n');
    expect(excerpt('D', text, [{ start: 0, end: 0 }])).toBe('');
    expect(excerpt('D', text, [])).toBe('');
  });
});
