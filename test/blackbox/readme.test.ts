// The README's tour, typed line by line by a newcomer, gives what the README shows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bin, ensureBuilt } from './built.ts';
import { Drydock, ready } from './command.ts';
import { hasTmux, Terminal } from './terminal.ts';

beforeAll(ensureBuilt);

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Shown {
  readonly command: string;
  readonly lines: readonly string[];
}

/** The commands of all blocks of a kind, each with the lines shown for it. */
function tour(kind = 'console', prompt = '$ '): Shown[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown: { command: string; lines: string[] }[] = [];
  for (const [, block = ''] of readme.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, 'gms'))) {
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith(prompt)) shown.push({ command: line.slice(prompt.length), lines: [] });
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

  it.skipIf(!hasTmux)('shows what the classroom shell shows', async () => {
    const prompt = 'learner@drydock:~$ ';
    const shown = tour('classroom', prompt);
    expect(shown.length).toBeGreaterThan(5);
    const { home } = await ready();
    const terminal = await Terminal.open(home, { cols: 118, rows: 60 }, { DRYDOCK_EXPLAIN: 'brief' });
    await terminal.enter('drydock');
    await terminal.shows(/~\$$/);
    for (const { command, lines } of shown) {
      await terminal.enter('clear');
      await terminal.shows(/^learner@drydock:~\$$/);
      await terminal.enter(command);
      const screen = await terminal.shows(/^learner.*\n(?:.*\n)*learner@drydock:~\$$/);
      const printed = masked(screen.split('\n').slice(1, -1).join('\n')).map((line) => `${line}\n`);
      expect(printed.join(''), command).toMatch(pattern(lines));
    }
  });
});
