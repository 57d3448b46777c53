// What learners hand in: kept as it was, recognised when it was changed, refused when it is something else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ProgressFile,
  readProgress,
  type StepCount,
  writeProgress,
} from '../../../src/scenario/class/progress-file.ts';

const step: StepCount = { lines: 3, checks: 1, hints: 2, solved: 0 };
const file: ProgressFile = {
  name: '민지',
  at: 1_790_000_000,
  scenarios: { ports: { done: 1, of: 3, at: 1_790_000_000, steps: [step, step] } },
};

describe('a progress file', () => {
  it('is read as it was written, whoever it is of', () => {
    const count = fc.nat(1_000_000);
    const steps = fc.array(fc.record({ lines: count, checks: count, hints: count, solved: count }), { maxLength: 50 });
    const scenario = fc.record({ done: fc.constant(0), of: fc.integer({ min: 0, max: 50 }), at: count, steps });
    const name = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
    const any = fc.record({ name: fc.string({ maxLength: 80 }), at: count, scenarios: fc.dictionary(name, scenario) });
    fc.assert(
      fc.property(any, (one) => {
        const read = readProgress(writeProgress(one));
        expect('file' in read && JSON.stringify(read.file)).toBe(JSON.stringify(one));
        expect(read).toMatchObject({ changed: false });
      }),
      { numRuns: 100 },
    );
  });

  it('may be formatted anew, but not changed without notice', () => {
    const text = writeProgress(file);
    expect(readProgress(JSON.stringify(JSON.parse(text)))).toEqual({ file, changed: false });
    expect(readProgress(`\ufeff${text}`)).toEqual({ file, changed: false });
    expect(readProgress(text.replace('"done": 1', '"done": 3'))).toMatchObject({ changed: true });
    expect(readProgress(text.replace('민지', '서준'))).toMatchObject({ changed: true });
    const { check: _, ...without } = JSON.parse(text);
    expect(readProgress(JSON.stringify(without))).toMatchObject({ changed: true });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"format": "drydock progress"'],
    ['other JSON', '[1, 2]'],
    ['another format', '{"format": "x", "version": 1}'],
    ['huge', ' '.repeat(300_000)],
    ['deep', '['.repeat(100_000)],
    ['a name that is none', writeProgress(file).replace('"민지"', '{"a": 1}')],
    ['a count below zero', writeProgress(file).replace('"lines": 3', '"lines": -3')],
    ['a count that is none', writeProgress(file).replace('"lines": 3', '"lines": "many"')],
    ['more done than there is', writeProgress(file).replace('"done": 1', '"done": 9')],
    ['a scenario with a path for a name', writeProgress(file).replace('"ports"', '"../../etc"')],
    ['an escape sequence for a name', writeProgress(file).replace('"ports"', '"\\u001b[2J"')],
    ['a list of steps that is none', writeProgress(file).replace(/"steps": \[[\s\S]*?\]/, '"steps": {}')],
  ])('is refused: %s', (_what, text) => expect(readProgress(text)).toEqual({ fault: 'no-progress' }));

  it('of a newer drydock is told apart', () => {
    expect(readProgress(writeProgress(file).replace('"version": 1', '"version": 7'))).toEqual({ fault: 'newer' });
  });

  it('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readProgress(text)).toEqual({ fault: 'no-progress' });
      }),
    );
  });
});
