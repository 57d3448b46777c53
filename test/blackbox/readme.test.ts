// The README's tour, typed line by line by a newcomer, gives what the README shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock } from './command.ts';

beforeAll(ensureBuilt);

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

/** The commands of all console blocks, each with the lines shown for it. */
function tour(): Shown[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown: { command: string; lines: string[] }[] = [];
  for (const [, block = ''] of readme.matchAll(/^```console\n(.*?)^```$/gms)) {
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) shown.push({ command: line.slice(2), lines: [] });
      else shown.at(-1)?.lines.push(line);
    }
  }
  return shown;
}

/** Lines without what differs from run to run; an explanation's wrapped lines are one. */
function masked(text: string): string[] {
  return text
    .replace(/\r/g, '')
    .replace(/\n┆ {13,}/g, ' ')
    .replace(/\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b/g, 'ID')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** Shown lines as a pattern: `…` alone stands for any lines, within a line for any text. */
function pattern(lines: readonly string[]): RegExp {
  const escaped = (line: string) =>
    line
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
  const parts = masked(lines.join('\n')).map((line) => (line === '…' ? '(?:.*\\n)*?' : `${escaped(line)}\\n`));
  return new RegExp(`^${parts.join('')}$`);
}

describe('the README', () => {
  it('shows what its commands print', { timeout: 240_000 }, async () => {
    const drydock = new Drydock();
    const shown = tour();
    expect(shown.length).toBeGreaterThan(15);
    for (const { command, lines } of shown) {
      const typed = command.startsWith('alias')
        ? 'true'
        : command.replace(/^(?:docker|drydock) /, `node ${bin} --lang en --explain brief `);
      await drydock.run('shell', '-c', 'sleep 1'); // as long as it takes to type: a server that was started is up by then
      const { stdout, stderr } = await drydock.line(`cd ${root} && { ${typed}; } 2>&1`);
      expect(stderr).toBe('');
      const printed = masked(stdout).map((line) => `${line}\n`);
      expect(printed.join(''), command).toMatch(pattern(lines));
    }
  });
});
