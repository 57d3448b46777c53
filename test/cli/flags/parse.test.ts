import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInteger, parseNanoCpus, parseUnsigned } from '../../../src/cli/flags/numbers.ts';
import { boolFlag, type Flags, listFlag, numberFlag, parseFlags, textFlag } from '../../../src/cli/flags/parse.ts';
import { flagSpecs } from '../../../src/cli/flags/spec.ts';

const flags = flagSpecs(
  'detach,d interactive,i tty,t rm name:string env,e:env publish,p:list last,n:int memory,m:bytes',
);
const parse = (line: string, interspersed = false) =>
  parseFlags(line.split(' ').filter(Boolean), { flags, interspersed });
const plain = (values: Flags) => Object.fromEntries(values);

describe('the grammar of flags', () => {
  it.each([
    ['-dit alpine sh', { detach: [true], interactive: [true], tty: [true] }, ['alpine', 'sh']],
    ['-dp 8080:80 web', { detach: [true], publish: ['8080:80'] }, ['web']],
    ['-dp8080:80 web', { detach: [true], publish: ['8080:80'] }, ['web']],
    ['-e A=1 -eB=2 --env C=3 --env=D=4 x', { env: ['A=1', 'B=2', 'C=3', 'D=4'] }, ['x']],
    ['--rm=false --rm x', { rm: [false, true] }, ['x']],
    ['-i=0 -d=T x', { interactive: [false], detach: [true] }, ['x']],
    ['--name=a=b x', { name: ['a=b'] }, ['x']],
    ['--name= x', { name: [''] }, ['x']],
    ['--name -d x', { name: ['-d'] }, ['x']],
    ['x -d', {}, ['x', '-d']],
    ['-- -d x', {}, ['-d', 'x']],
    ['- -d', {}, ['-', '-d']],
    ['-n=3 -m 1g x', { last: [3], memory: [1073741824] }, ['x']],
  ])('%s', (line, values, args) => {
    const parsed = parse(line);
    expect([plain(parsed.flags), parsed.args]).toEqual([values, args]);
  });

  it('finds flags between arguments where they may be', () => {
    const parsed = parse('x -d y -- -t', true);
    expect([plain(parsed.flags), parsed.args]).toEqual([{ detach: [true] }, ['x', 'y', '-t']]);
  });

  it('the last one counts, but of a list all do', () => {
    const { flags: given } = parse('--name a --name b -e A -e B -n 1 -n 2 -d --detach=false x');
    expect([
      textFlag(given, 'name'),
      listFlag(given, 'env'),
      numberFlag(given, 'last'),
      boolFlag(given, 'detach', true),
    ]).toEqual(['b', ['A', 'B'], 2, false]);
    expect([textFlag(given, 'x'), listFlag(given, 'x'), numberFlag(given, 'x'), boolFlag(given, 'x', true)]).toEqual([
      undefined,
      [],
      undefined,
      true,
    ]);
  });

  it('takes any value that is assigned', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const parsed = parseFlags([`--name=${value}`, '--name', value], { flags, interspersed: true });
        expect(parsed.flags.get('name')).toEqual([value, value]);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['0x1F', 31],
    ['-010', -8],
    ['0b11', 3],
    ['1_000', 1000],
    ['+5', 5],
  ])('%s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });
  it.each(['', ' 1', '1x', '0x', '08', '1__0', '_1', '--1', '1.5'])('%j is none', (text) => {
    expect(() => parseInteger(text)).toThrow(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  });
  it('have limits', () => {
    expect(() => parseUnsigned('65536', 16)).toThrow('strconv.ParseUint: parsing "65536": value out of range');
    expect(parseUnsigned('65535', 16)).toBe(65535);
    expect(() => parseUnsigned('-1')).toThrow('invalid syntax');
  });
  it.each([
    ['1.5', 1_500_000_000],
    ['.5', 500_000_000],
    ['3/2', 1_500_000_000],
    ['1e-1', 100_000_000],
    ['-1', -1_000_000_000],
    ['2.', 2_000_000_000],
  ])('%s CPUs', (text, value) => {
    expect(parseNanoCpus(text)).toBe(value);
  });
  it.each(['', '.', 'abc', '1/0', '1 '])('%j CPUs are none', (text) => {
    expect(() => parseNanoCpus(text)).toThrow(`failed to parse ${text} as a rational number`);
  });
});
