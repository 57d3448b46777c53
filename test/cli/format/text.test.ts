import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/cli/format/duration.ts';
import { portList } from '../../../src/cli/format/ports.ts';
import { tabulate } from '../../../src/cli/format/tabwriter.ts';
import { TemplateError } from '../../../src/cli/format/template/error.ts';
import { readTemplate, render } from '../../../src/cli/format/template/template.ts';
import { goTime } from '../../../src/cli/format/timestamp.ts';

describe('columns', () => {
  const columns = (...lines: string[]) => tabulate(lines, { least: 10, padding: 3 });

  it('are as wide as their widest cell', () => {
    expect(columns('ID\tNAMES', 'abcdefghij\tx')).toEqual(['ID           NAMES', 'abcdefghij   x']);
    expect(columns('A\tB', 'x')).toEqual(['A         B', 'x']);
    expect(columns('…€\tB')).toEqual(['…€        B']);
  });

  it('begin anew after a line that does not reach so far', () => {
    expect(columns('long-long-cell\tb', 'x', 'y\tz')).toEqual(['long-long-cell   b', 'x', 'y         z']);
  });
});

describe('ports', () => {
  const tcp = (PrivatePort: number, IP?: string, PublicPort?: number) => ({
    PrivatePort,
    Type: 'tcp' as const,
    ...(IP === undefined ? {} : { IP }),
    ...(PublicPort === undefined ? {} : { PublicPort }),
  });
  it.each([
    [[], ''],
    [[tcp(80)], '80/tcp'],
    [[tcp(82), tcp(80), tcp(81), tcp(443)], '80-82/tcp, 443/tcp'],
    [[tcp(80, '0.0.0.0', 8080), tcp(443)], '443/tcp, 0.0.0.0:8080->80/tcp'],
    [[tcp(80, '::', 80), tcp(81, '::', 81)], '[::]:80-81->80-81/tcp'],
  ])('%j', (ports, text) => {
    expect(portList(ports)).toBe(text);
  });
});

describe('times', () => {
  it('are printed as Go prints them', () => {
    expect(goTime(1_795_376_360)).toBe('2026-11-22 19:39:20 +0000 UTC');
  });
  it.each([
    ['1h30m', 5400],
    ['-1.5s', -1.5],
    ['0', 0],
    ['100ms', 0.1],
  ])('%s', (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds);
  });
  it.each([
    ['x', 'time: invalid duration "x"'],
    ['5', 'time: missing unit in duration "5"'],
    ['5y', 'time: unknown unit "y" in duration "5y"'],
    ['', 'time: invalid duration ""'],
  ])('%j is none', (text, message) => {
    expect(() => parseDuration(text)).toThrow(message);
  });
});

describe('a hostile template', () => {
  const data = { type: { kind: 'any' }, data: { a: 'x' } } as const;
  it.each([
    '{{range 1000000000}}x{{end}}',
    '{{define "t"}}{{template "t"}}{{end}}{{template "t"}}',
    '{{range 2000}}{{range 2000}}x{{end}}{{end}}',
    `{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`,
    '{{if 1}}'.repeat(5000),
  ])('%.40s is stopped', (source) => {
    expect(() => render(readTemplate(source), data)).toThrow(TemplateError);
  });

  it('is told of, whatever it is', () => {
    const parts = fc.constantFrom(
      '{{',
      '}}',
      '.a',
      '$x',
      ':=',
      '"',
      '(',
      ')',
      '|',
      'range',
      'end',
      'if',
      ' ',
      '1',
      'printf',
      'index',
      '.',
      ',',
      '-',
      "'",
      '`',
      'é',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(parts), (words) => {
        try {
          render(readTemplate(words.join('')), data);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
