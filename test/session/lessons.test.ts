import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessonsFile, readLessons, writeLesson } from '../../src/session/lessons.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'drydock-lessons-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('progress in scenarios', () => {
  it('is kept for each by its name, and can be forgotten', () => {
    expect(readLessons(home)).toEqual({});
    writeLesson(home, 'ports', { step: 1 });
    writeLesson(home, 'volumes', { step: 2 });
    writeLesson(home, 'ports', { step: 3 });
    expect(readLessons(home)).toEqual({ ports: { step: 3 }, volumes: { step: 2 } });
    writeLesson(home, 'ports', undefined);
    expect(readLessons(home)).toEqual({ volumes: { step: 2 } });
    expect(readdirSync(home)).toEqual(['scenarios.json']);
  });

  it.each(['', '{', '[1]', 'null', '"x"'])('a file with %j in it counts as none', (text) => {
    writeFileSync(lessonsFile(home), text);
    expect(readLessons(home)).toEqual({});
    writeLesson(home, 'ports', { step: 1 });
    expect(readLessons(home)).toEqual({ ports: { step: 1 } });
  });
});
