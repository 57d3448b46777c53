import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/programs/shell/syntax/parser.ts';
import { NeedMore, SyntaxProblem } from '../../../src/programs/shell/syntax/scanner.ts';
import type { Command } from '../../../src/programs/shell/syntax/tree.ts';

function parseAll(text: string, aliases: { readonly [name: string]: string } = {}): Command[] {
  const commands: Command[] = [];
  let rest = { text, pos: 0, line: 1 };
  for (;;) {
    const parsed = parseLine({ ...rest, final: true, aliases });
    if (!parsed.command) return commands;
    commands.push(parsed.command);
    rest = parsed;
  }
}

function problemOf(text: string): string | undefined {
  try {
    parseAll(text);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message;
    throw error;
  }
}

const isIncomplete = (text: string) => {
  try {
    parseLine({ text, pos: 0, line: 1, final: false, aliases: {} });
    return false;
  } catch (error) {
    if (error instanceof NeedMore) return true;
    if (error instanceof SyntaxProblem) return false;
    throw error;
  }
};

describe('parseLine', () => {
  it('takes one command line at a time', () => {
    expect(parseAll('echo a; echo b\necho c\n')).toHaveLength(2);
    expect(parseAll('if a\nthen b\nfi\n\n# nothing\n')).toHaveLength(1);
  });

  it.each([
    ['if true', 'unexpected end of file (expecting "then")'],
    ['echo a; fi', 'unexpected "fi"'],
    ['for x y', 'unexpected word (expecting "do")'],
    ['case x in a) echo', 'unexpected end of file (expecting ";;")'],
    ['echo "abc', 'unterminated quoted string'],
    ['echo ${x', "missing '}'"],
    ['echo ${x!y}', 'bad substitution'],
    ['a-b() { :; }', 'bad function name'],
    ['echo > | x', 'unexpected "|"'],
    ['f() { :; } x', 'unexpected word'],
    ['function', 'unexpected end of file (expecting word)'],
    ['cat <<< x', 'unexpected redirection'],
  ])('says of %s what ash says', (script, message) => {
    expect(problemOf(script)).toBe(message);
  });

  it.each([
    'if true\n',
    'echo "a\n',
    "echo 'a\n",
    'echo a \\\n',
    'cat <<E\nx\n',
    'echo $(\n',
    'echo ${x:-\n',
    'f() {\n',
    'a |\n',
    'a &&\n',
    'echo $((1+\n',
  ])('waits for more after %j', (script) => {
    expect(isIncomplete(script)).toBe(true);
  });

  it.each(['echo a\n', 'cat <<E\nx\nE\n', '\n', 'a; b &\n', 'echo $(a) `b`\n'])('is content with %j', (script) => {
    expect(isIncomplete(script)).toBe(false);
  });

  it('expands aliases, but none inside itself', () => {
    expect(parseAll('ls x\n', { ls: 'ls -l' })).toEqual(parseAll('ls -l x\n'));
    expect(parseAll('s l\n', { s: 'sudo ', l: 'ls' })).toEqual(parseAll('sudo ls\n'));
  });

  it('ends with a tree, a complaint or a wish for more, whatever the text', () => {
    const piece = fc.constantFrom(
      'if',
      'then',
      'fi',
      'do',
      'done',
      'case',
      'esac',
      'in',
      'for',
      '{',
      '}',
      '(',
      ')',
      ';',
      ';;',
      '&',
      '&&',
      '|',
      '$(',
      '${',
      '$((',
      '`',
      '"',
      "'",
      '\\',
      '<<E',
      '>',
      '\n',
      'E',
      'a',
      ' ',
      '$x',
      '#',
      '!',
      '((',
      '))',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        problemOf(pieces.join(' '));
        problemOf(pieces.join(''));
        isIncomplete(pieces.join(''));
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses what nests too deep', () => {
    expect(problemOf('('.repeat(5000))).toBe('too deep');
    expect(problemOf('$('.repeat(5000))).toBe('too deep');
    expect(problemOf('${x:-'.repeat(5000))).toBe('too deep');
    expect(problemOf('"$(echo '.repeat(5000))).toBe('too deep');
  });
});
