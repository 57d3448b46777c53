import { describe, expect, it } from 'vitest';
import { transferSize } from '../../../src/cli/progress/bytes.ts';
import { plainStart, printPlain } from '../../../src/cli/progress/plain.ts';
import { emptyTrace, take } from '../../../src/cli/progress/trace.ts';
import { drawTty, ttyStart } from '../../../src/cli/progress/tty.ts';

const at = (seconds: number): string => `2026-01-01T00:00:${String(seconds).padStart(2, '0')}Z`;

describe('plain progress', () => {
  it('prints steps as they come and interrupts one for another that is over', () => {
    const trace = emptyTrace();
    const lines: string[] = [];
    let state = plainStart;
    const show = (): void => {
      state = printPlain(trace, state, (line) => lines.push(line));
    };
    take(trace, { vertexes: [{ digest: 'a', name: 'RUN a', started: at(1) }] });
    take(trace, { logs: [{ vertex: 'a', stream: 1, data: 'b25lCnR3', timestamp: at(2) }] }); // one, tw
    show();
    take(trace, { vertexes: [{ digest: 'b', name: 'COPY b', started: at(2), completed: at(3) }] });
    show();
    take(trace, { logs: [{ vertex: 'a', stream: 1, data: 'bwo=', timestamp: at(3) }] }); // o
    take(trace, { vertexes: [{ digest: 'a', name: 'RUN a', started: at(1), completed: at(4) }] });
    show();
    expect(lines).toEqual([
      '#0 building with "default" instance using docker driver',
      '',
      '#1 RUN a',
      '#1 1.000 one',
      '#1 ...',
      '',
      '#2 COPY b',
      '#2 DONE 1.0s',
      '',
      '#1 RUN a',
      '#1 1.000 two',
      '#1 DONE 3.0s',
    ]);
  });

  it('keeps the last lines of a step that fails', () => {
    const trace = emptyTrace();
    take(trace, { vertexes: [{ digest: 'a', name: 'RUN a', started: at(1) }] });
    take(trace, { logs: [{ vertex: 'a', stream: 2, data: 'b25lCg==', timestamp: at(1) }] });
    take(trace, { vertexes: [{ digest: 'a', name: 'RUN a', started: at(1), completed: at(2), error: 'no' }] });
    expect(trace.failures).toEqual([{ name: 'RUN a', lines: ['0.000 one'] }]);
  });

  it('writes sizes as units does', () => {
    expect([0, 527, 1_080_000, 4_780].map(transferSize)).toEqual(['0B', '527B', '1.08MB', '4.78kB']);
  });
});

describe('the live view', () => {
  it('has lines of the terminal and tells what goes on', () => {
    const trace = emptyTrace();
    take(trace, { vertexes: [{ digest: 'a', name: '[1/2] FROM x', started: at(1), completed: at(1), cached: true }] });
    take(trace, { vertexes: [{ digest: 'b', name: '[2/2] RUN y', started: at(1) }] });
    take(trace, { logs: [{ vertex: 'b', stream: 1, data: 'aGkK', timestamp: at(2) }] });
    const frame = { cols: 60, rows: 20, now: at(3), color: false, over: false };
    const { state, text } = drawTty(trace, ttyStart, frame);
    const shown = text
      .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
      .trim()
      .split('\n');
    expect(shown.map((line) => line.trimEnd().replace(/ {2,}/g, '  '))).toEqual([
      '[+] Building 2.0s (1/2)  docker:default',
      ' => CACHED [1/2] FROM x  0.0s',
      ' => [2/2] RUN y  2.0s',
      ' => => # hi',
    ]);
    expect(shown[1]).toHaveLength(59);
    expect(state.lines).toBe(4);
    // a screen that is too low shows what goes on
    const low = drawTty(trace, state, { ...frame, rows: 4 }).text;
    expect(low).not.toContain('FROM x');
  });
});
