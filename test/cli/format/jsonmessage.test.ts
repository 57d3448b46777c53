import { describe, expect, it } from 'vitest';
import type { Output } from '../../../src/cli/client.ts';
import { showProgress } from '../../../src/cli/format/jsonmessage.ts';
import type { Sys } from '../../../src/kernel/program.ts';

function shown(cols: number, messages: readonly object[]): string {
  const output: Output[] = [];
  const client = { sys: {} as Sys, endpoint: { host: '' }, output };
  showProgress(client, { fd: 1, cols, ids: [] }, messages as never);
  return output.map(([, bytes]) => bytes).join('');
}

const layer = (id: string, status: string, current?: number, total?: number) => ({
  status,
  id,
  progressDetail: current === undefined ? {} : { current, ...(total === undefined ? {} : { total }) },
});

// the expected bytes are those of a recording of Docker 28.5.2 (which the terminal had given carriage returns)
describe('progress messages', () => {
  it('are lines where there is no terminal, without those that only move a bar', () => {
    const messages = [layer('a', 'Preparing'), layer('a', 'Pushing', 512, 3), layer('a', 'Pushed')];
    expect(shown(0, [...messages, { status: 'done' }])).toBe('a: Preparing\na: Pushed\ndone\n');
  });

  it('write over the line of their layer on a terminal', () => {
    expect(shown(80, [{ status: 'Pulling from x', id: 'latest' }, layer('a', 'Waiting'), layer('b', 'Waiting')])).toBe(
      'latest: Pulling from x\n\n\x1b[1A\x1b[2K\ra: Waiting \r\x1b[1B\n\x1b[1A\x1b[2K\rb: Waiting \r\x1b[1B',
    );
    expect(shown(80, [layer('a', 'Waiting'), layer('b', 'Waiting'), layer('a', 'Pull complete')])).toContain(
      '\x1b[2A\x1b[2K\ra: Pull complete \r\x1b[2B',
    );
  });

  it.each([
    [80, layer('a', 'Downloading', 32_350, 2_002_000), 'a: Downloading  32.35kB/2.002MB'],
    [120, layer('a', 'Pushing', 33_280, 2_000_000), `a: Pushing [>${' '.repeat(50)}]  33.28kB/2MB`],
    [120, layer('a', 'Pushing', 4_129_280, 6_000_000), `a: Pushing [${'='.repeat(34)}>${' '.repeat(16)}]  4.129MB/6MB`],
    [120, layer('a', 'Pushing', 512, 3), `a: Pushing [${'='.repeat(50)}>]     512B`],
    [120, layer('a', 'Pushing', 1536), 'a: Pushing  1.536kB'],
    [120, layer('a', 'Extracting', 96, 96), `a: Extracting [${'='.repeat(50)}>]      96B/96B`],
  ])('in %i columns %j', (cols, message, expected) => {
    expect(shown(cols, [message])).toBe(`\n\x1b[1A\x1b[2K\r${expected}\r\x1b[1B`);
  });

  it('end with the error of the engine', () => {
    expect(() => shown(80, [{ error: 'denied', errorDetail: { message: 'denied' } }])).toThrow(/^denied$/);
  });
});
