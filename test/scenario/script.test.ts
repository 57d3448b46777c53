import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript, ScriptError } from '../../src/scenario/script.ts';
import { plainWords } from '../../src/scenario/words.ts';

describe('a plain text script', () => {
  const source = '# both\n# of these\n\n#en English\n#ko 한국어\ndocker ps\n\ndocker run \\\n  alpine\n# end';

  it('has commands, and remarks in the language that is asked for', () => {
    expect(parseScript(source, 'en')).toEqual([
      { kind: 'remark', text: 'both of these' },
      { kind: 'remark', text: 'English' },
      { kind: 'command', line: 'docker ps', number: 6 },
      { kind: 'command', line: 'docker run alpine', number: 8 },
      { kind: 'remark', text: 'end' },
    ]);
    expect(parseScript(source, 'ko')[1]).toEqual({ kind: 'remark', text: '한국어' });
  });

  it('is refused when it is too long, has too many commands, or is not text', () => {
    const code = (text: string) => {
      try {
        parseScript(text, 'en');
        return undefined;
      } catch (error) {
        return error instanceof ScriptError ? `${error.code}:${error.line}` : error;
      }
    };
    expect(code('x'.repeat(300_000))).toBe('too-long:1');
    expect(code('true\n'.repeat(1001))).toBe('too-many:1001');
    expect(code('true\necho \x1b[2J')).toBe('binary:2');
  });

  it('any text is read or refused by a ScriptError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        try {
          for (const item of parseScript(text, 'ko')) expect(item.kind).toMatch(/remark|command/);
        } catch (error) {
          expect(error).toBeInstanceOf(ScriptError);
        }
      }),
    );
  });
});

describe('words that a shell would pass on as they stand', () => {
  it.each([
    ['docker run -d --name web nginx', ['docker', 'run', '-d', '--name', 'web', 'nginx']],
    [
      `docker exec web sh -c 'echo "$HOME" > /x; ls | wc'`,
      ['docker', 'exec', 'web', 'sh', '-c', 'echo "$HOME" > /x; ls | wc'],
    ],
    [`docker ps --format "{{.Names}} x"'y'z`, ['docker', 'ps', '--format', '{{.Names}} xyz']],
  ])('%s', (line, words) => expect(plainWords(line)).toEqual(words));

  it.each([
    'docker ps | wc -l',
    'docker rm $(docker ps -aq)',
    'docker ps > x',
    'a; b',
    'a && b',
    'echo *',
    'echo "$x"',
    `echo 'x`,
  ])('needs a shell: %s', (line) => expect(plainWords(line)).toBeUndefined());
});
