import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addTypedLine, readTypedLines, typedLinesFile } from '../../src/session/typed-lines.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'drydock-lines-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('keeps lines in order, for their owner only', () => {
  expect(readTypedLines(join(home, 'new'))).toEqual([]);
  addTypedLine(join(home, 'new'), 'docker ps');
  addTypedLine(join(home, 'new'), 'echo 안녕');
  expect(readTypedLines(join(home, 'new'))).toEqual(['docker ps', 'echo 안녕']);
  if (process.platform !== 'win32') expect(statSync(typedLinesFile(join(home, 'new'))).mode & 0o077).toBe(0);
});

it('does not grow for ever', () => {
  writeFileSync(typedLinesFile(home), Array.from({ length: 2500 }, (_x, i) => `line ${i}\n`).join(''));
  expect(readTypedLines(home)).toHaveLength(1000);
  expect(readFileSync(typedLinesFile(home), 'utf8').split('\n')[0]).toBe('line 1500');
});

it('goes on without where nothing can be written', () => {
  writeFileSync(join(home, 'file'), '');
  addTypedLine(join(home, 'file', 'below'), 'docker ps');
  expect(readTypedLines(join(home, 'file', 'below'))).toEqual([]);
});
