import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerfileError } from '../../../src/builder/dockerfile/errors.ts';
import { argumentValue, proxiesIn } from '../../../src/builder/dockerfile/expand/arguments.ts';
import { expandInstruction } from '../../../src/builder/dockerfile/expand/instruction.ts';
import { expandWord } from '../../../src/builder/dockerfile/expand/word.ts';
import { parseDockerfile } from '../../../src/builder/dockerfile/parse.ts';
import { encodeUtf8 } from '../../../src/kernel/bytes.ts';

const values: { readonly [name: string]: string } = {
  FILE: 'a/b/c.tar.gz',
  EMPTY: '',
  TWO: 'x  y',
  TAG: '3.22',
  STAR: 'a*b',
};
const lookUp = (name: string) => values[name];
const expand = (word: string) => expandWord(word, lookUp, { escape: '\\' }).text;

describe('variables', () => {
  it.each([
    ['v$TAG-x', 'v3.22-x'],
    ['${TAG}0', '3.220'],
    ['${NO:-d}${EMPTY:-e}${EMPTY-f}', 'de'],
    ['${TAG:+set}${EMPTY:+set}${EMPTY+also}', 'setalso'],
    ['${NO:-${TAG}}', '3.22'],
    ['${FILE#*/}', 'b/c.tar.gz'],
    ['${FILE##*/}', 'c.tar.gz'],
    ['${FILE%.*}', 'a/b/c.tar'],
    ['${FILE%%.*}', 'a/b/c'],
    ['${FILE/\\//-}', 'a-b/c.tar.gz'],
    ['${FILE//\\//-}', 'a-b-c.tar.gz'],
    ['${FILE//?.*/!}', 'a/b/!'],
    ['${FILE//*/!}', '!'],
    ['${FILE//b/[$0]}', 'a/[]/c.tar.gz'],
    ['${STAR#a\\*}', 'b'],
    ["'$TAG'", '$TAG'],
    ['"$TAG"', '3.22'],
    ['\\$TAG \\\\$TAG', '$TAG \\3.22'],
    ['$ $. $', '$ $. $'],
    ['값$TAG', '값3.22'],
  ])('%s → %s', (word, result) => {
    expect(expand(word)).toBe(result);
  });

  it.each([
    ['${NO:?is needed}', 'failed to process "${NO:?is needed}": NO: is needed'],
    ['${NO?}', 'failed to process "${NO?}": NO: is not allowed to be unset'],
    ['${EMPTY:?}', 'failed to process "${EMPTY:?}": EMPTY: is not allowed to be empty'],
    ['${TAG^^}', 'failed to process "${TAG^^}": unsupported modifier (^) in substitution'],
    ['${TAG', 'failed to process "${TAG": unsupported modifier (\ufffd) in substitution'],
    ['${TAG:-x', 'failed to process "${TAG:-x": syntax error: missing \'}\''],
    ['${:x}', 'failed to process "${:x}": syntax error: bad substitution'],
    ['"x', 'failed to process "\\"x": unexpected end of statement while looking for matching double-quote'],
  ])('%s: %s', (word, message) => {
    expect(() => expand(word)).toThrow(new DockerfileError('expansion', message));
  });

  it('are cut into words where they are not quoted', () => {
    expect(expandWord('a$TWO "$TWO" b\\ c', lookUp, { escape: '\\' }).words).toEqual(['ax', 'y', 'x  y', 'b c']);
  });

  it('are told apart: found and missing', () => {
    const { used, missing } = expandWord('$TAG $NO ${ALSO:-x}', lookUp, { escape: '\\' });
    expect([[...used], [...missing]]).toEqual([['TAG'], ['NO', 'ALSO']]);
  });
});

describe('laws', () => {
  const text = fc.string({ unit: 'grapheme' });
  const option = { escape: '\\' } as const;

  it('single quotes keep everything', () => {
    fc.assert(
      fc.property(text, (word) => {
        fc.pre(!word.includes("'"));
        expect(expandWord(`'${word}'`, lookUp, option).text).toBe(word);
      }),
    );
  });

  it('escaping every character keeps everything', () => {
    fc.assert(
      fc.property(text, (word) => {
        const escaped = Array.from(word, (char) => `\\${char}`).join('');
        expect(expandWord(escaped, lookUp, option).text).toBe(word);
      }),
    );
  });

  it('a variable is its value, and a missing one its default', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(expandWord('${X}', () => value, option).text).toBe(value);
        expect(expandWord('"${X}"', () => value, option).words).toEqual(value === '' ? [] : [value]);
        expect(expandWord('${X:-$Y}', (name) => (name === 'Y' ? value : undefined), option).text).toBe(value);
      }),
    );
  });

  it('what is taken off and what is left make the value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '/', '.') }),
        fc.constantFrom('*/', '?', '*.'),
        (value, pattern) => {
          for (const mark of ['#', '##', '%', '%%']) {
            const own = mark.startsWith('#') ? pattern : Array.from(pattern).reverse().join('');
            const rest = expandWord(`\${X${mark}${own}}`, () => value, option).text;
            expect(mark.startsWith('#') ? value.endsWith(rest) : value.startsWith(rest)).toBe(true);
          }
        },
      ),
    );
  });

  it('nothing but a DockerfileError is thrown', () => {
    const word = fc.string({
      unit: fc.constantFrom('$', '{', '}', ':', '-', '?', '#', '%', '/', '*', '\\', '"', "'", 'X', '<', ' '),
    });
    fc.assert(
      fc.property(word, (source) => {
        try {
          expandWord(source, () => 'ab', option);
        } catch (error) {
          expect(error).toBeInstanceOf(DockerfileError);
        }
      }),
      { numRuns: 2000 },
    );
    expect(() => expandWord('${X:-'.repeat(50_000), lookUp, option)).toThrow(DockerfileError);
  });
});

describe('instructions', () => {
  const first = (text: string) => {
    const [instruction] = parseDockerfile(encodeUtf8(`FROM alpine\n${text}\n`)).stages[0]?.instructions ?? [];
    if (!instruction) throw new Error('no instruction');
    return expandInstruction(instruction, lookUp, '\\');
  };

  it('expand where BuildKit does', () => {
    expect(first('COPY --chown=$TAG $FILE /$TAG/')).toMatchObject({
      sources: ['a/b/c.tar.gz'],
      destination: '/3.22/',
      chown: '3.22',
    });
    expect(first('ENV a=$TAG b="$TWO"')).toMatchObject({
      pairs: [
        { key: 'a', value: '3.22' },
        { key: 'b', value: 'x  y' },
      ],
    });
    expect(first('EXPOSE $TWO')).toMatchObject({ ports: ['x', 'y'] });
    expect(first('RUN --mount=type=cache,target=/$TAG echo $TAG')).toMatchObject({
      command: { words: ['echo $TAG'] },
      mounts: [{ type: 'cache', target: '/3.22', readOnly: false }],
    });
    expect(first('COPY <<EOF <<"RAW" /x\n"$TAG" \\$TAG\nEOF\n$TAG\nRAW')).toMatchObject({
      inline: [{ data: '"3.22" $TAG\n' }, { data: '$TAG\n' }],
    });
  });

  it('say where they fail', () => {
    expect(() => first('USER ${NO:?who}')).toThrow(
      expect.objectContaining({ code: 'expansion', places: [{ start: 2, end: 2 }] }),
    );
  });
});

describe('arguments', () => {
  const sources = { given: { A: 'given' }, global: new Map([['G', 'global']]), lookUp };

  it('are given, or have a default, or are global', () => {
    expect(argumentValue({ key: 'A', value: '${NO:?never looked at}' }, sources, '\\')).toBe('given');
    expect(argumentValue({ key: 'G', value: 'own-$TAG' }, sources, '\\')).toBe('own-3.22');
    expect(argumentValue({ key: 'G' }, sources, '\\')).toBe('global');
    expect(argumentValue({ key: 'N' }, sources, '\\')).toBeUndefined();
  });

  it('may be proxies without being declared', () => {
    expect(proxiesIn({ HTTP_PROXY: 'x', no_proxy: 'y', A: 'z' })).toEqual({ http_proxy: 'x', no_proxy: 'y' });
  });
});
