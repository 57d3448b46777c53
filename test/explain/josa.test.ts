import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finalSound, josa, type Particle } from '../../src/explain/josa.ts';

describe('josa', () => {
  it.each<[string, Particle, string]>([
    ['컨테이너', '을/를', '컨테이너를'],
    ['이미지', '이/가', '이미지가'],
    ['커널', '은/는', '커널은'],
    ['커널', '으로/로', '커널로'],
    ['레이어', '으로/로', '레이어로'],
    ['네임스페이스', '과/와', '네임스페이스와'],
    ['프로그램', '으로/로', '프로그램으로'],
    ['2110', '이/가', '2110이'],
    ['2114', '이/가', '2114가'],
    ['1', '으로/로', '1로'],
    ['7', '을/를', '7을'],
    ['c5be3a01b2ac', '과/와', 'c5be3a01b2ac와'],
    ['137', '으로/로', '137로'],
    ['0', '으로/로', '0으로'],
    ['0', '이에요/예요', '0이에요'],
    ['2', '이에요/예요', '2예요'],
    ['172.17.0.2', '은/는', '172.17.0.2는'],
    ['web', '을/를', 'web을'],
    ['nginx', '이/가', 'nginx가'],
    ['alpine', '으로/로', 'alpine으로'],
    ['redis', '은/는', 'redis는'],
    ['shell', '으로/로', 'shell로'],
    ['apple', '으로/로', 'apple로'],
    ['my-app', '이라/라', 'my-app이라'],
    ['host', '이/가', 'host가'],
    ['net', '을/를', 'net을'],
    ['root', '은/는', 'root는'],
    ['SIGTERM', '을/를', 'SIGTERM을'],
    ['SIGKILL', '으로/로', 'SIGKILL로'],
    ['SIGINT', '은/는', 'SIGINT는'],
    ['SIGHUP', '은/는', 'SIGHUP은'],
    ['SIGQUIT', '을/를', 'SIGQUIT을'],
    ['VM', '이/가', 'VM이'],
    ['PID', '은/는', 'PID는'],
    ['db', '을/를', 'db를'],
    ['html', '으로/로', 'html로'],
    ['/docker-entrypoint.sh', '을/를', '/docker-entrypoint.sh를'],
    ['/bin/sleep', '이/가', '/bin/sleep이'],
    ['"web"', '은/는', '"web"은'],
    ['프로세스 2114(안에서는 PID 1)', '이/가', '프로세스 2114(안에서는 PID 1)가'],
    ['64 MiB', '을/를', '64 MiB를'],
    ['', '을/를', '를'],
  ])('%s with %s is %s', (word, particle, expected) => {
    expect(josa(word, particle)).toBe(expected);
  });

  it('keeps the word and adds one of the two forms', () => {
    const forms = { '은/는': ['은', '는'], '이/가': ['이', '가'], '으로/로': ['으로', '로'] } as const;
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom<keyof typeof forms>('은/는', '이/가', '으로/로'),
        (word, particle) => {
          const result = josa(word, particle);
          expect(result.startsWith(word)).toBe(true);
          expect(forms[particle]).toContain(result.slice(word.length));
        },
      ),
    );
  });

  it('knows the final consonant of every syllable', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0xac00, max: 0xd7a3 }), (code) => {
        const hasFinal = String.fromCharCode(code).normalize('NFD').length === 3;
        expect(finalSound(String.fromCharCode(code)) === 'none').toBe(!hasFinal);
      }),
    );
  });
});
