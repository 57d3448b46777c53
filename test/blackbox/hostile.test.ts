// Programs without end or measure: they are stopped, something is said, and the machine goes on.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { type Drydock, type Ended, ended, ready } from './command.ts';

beforeAll(ensureBuilt);

const longest = 20_000; // ms
const largest = 300; // MB

interface Measured extends Ended {
  /** The most memory that the client had at any moment, MB; 0 where the system does not tell. */
  readonly memory: number;
}

async function measured(drydock: Drydock, ...args: string[]): Promise<Measured> {
  const child = drydock.start({}, ...args);
  let memory = 0;
  const timer = setInterval(() => {
    memory = Math.max(memory, peak(child.pid ?? 0));
  }, 20);
  let length = 0;
  child.stdout?.on('data', (text: string) => {
    length += text.length;
  });
  const end = await ended(child, { limit: longest });
  clearInterval(timer);
  return { ...end, stdout: length > 1000 ? end.stdout.slice(0, 1000) : end.stdout, memory };
}

function peak(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Afterwards commands must work, and soon. */
async function expectWhole(drydock: Drydock): Promise<void> {
  const ps = await measured(drydock, 'ps');
  expect(ps).toMatchObject({ status: 0, signal: null });
  expect(ps.memory).toBeLessThan(largest);
  expect(await drydock.out('run', '--rm', 'alpine', 'sh', '-c', 'echo works | cat')).toBe('works');
  expect(await drydock.out('shell', '-c', 'echo works | cat')).toBe('works');
}

const scripts: { readonly [name: string]: readonly [script: string, message: RegExp] } = {
  'an endless loop': ['while :; do :; done', /without end/],
  'a loop of programs': ['while :; do true; ls > /dev/null; done', /without end/],
  'a fork bomb': ['b() { b | b; }; b', /can't fork/],
  'an expansion without measure': ['x=a; while :; do x=$x$x; done', /out of memory/],
  'recursion without end': ['f() { f; }; f', /./],
  'substitutions without end': ['f() { f=$(f); }; f', /./],
  'output without end': ['yes', /More than .* of output/],
  'output into a file without end': ['yes > /file', /No space left on device|without end/],
};

describe('stops', { timeout: 60_000 }, () => {
  it.each(Object.keys(scripts))('%s in a container', async (name) => {
    const [script, message] = scripts[name] ?? ['', /./];
    const drydock = await ready();
    const end = await measured(drydock, 'run', '--rm', 'alpine', 'sh', '-c', script);
    expect(end.signal).toBe(null);
    expect(end.status).toBeGreaterThan(0);
    expect(end.stderr).toMatch(message);
    expect(end.stderr).not.toMatch(/a fault in drydock|\n\s+at /);
    expect(end.memory).toBeLessThan(largest);
    await expectWhole(drydock);
  });

  it.each(['an endless loop', 'a fork bomb', 'output into a file without end'])('%s on the host', async (name) => {
    const drydock = await ready();
    const script = (scripts[name]?.[0] ?? '').replace('/file', 'file');
    const end = await measured(drydock, 'shell', '-c', script);
    expect(end.signal).toBe(null);
    expect(end.status).toBeGreaterThan(0);
    expect(end.memory).toBeLessThan(largest);
    await expectWhole(drydock);
  });

  // as on a real machine the user's own limit is reached and stays so; others are not touched, and undo is a way out
  it('a bomb that outlives its shell takes the processes of its user only', async () => {
    const drydock = await ready();
    const end = await measured(drydock, 'shell', '-c', 'b() { b | b & }; b');
    expect(end.signal).toBe(null);
    expect(await drydock.out('run', '--rm', 'alpine', 'sh', '-c', 'echo works | cat')).toBe('works');
    expect((await drydock.run('undo')).status).toBe(0);
    expect((await drydock.run('undo')).status).toBe(0);
    await expectWhole(drydock);
  });

  it('a container that computes for ever in the background', async () => {
    const drydock = await ready();
    for (const name of ['spin1', 'spin2']) {
      const end = await measured(drydock, 'run', '-d', '--name', name, 'alpine', 'sh', '-c', 'while :; do :; done');
      expect(end).toMatchObject({ status: 0, signal: null });
    }
    await expectWhole(drydock);
    expect((await measured(drydock, 'kill', 'spin1', 'spin2')).status).toBe(0);
    expect(await drydock.out('ps', '-q')).toBe('');
  });
});

describe('what computes without end', () => {
  it('hears signals all the same', async () => {
    const drydock = await ready();
    const script = 'trap "exit 9" INT; while :; do echo y; done';
    const child = drydock.start({}, 'run', '--rm', 'alpine', 'sh', '-c', script);
    const end = ended(child);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    expect(await end).toMatchObject({ status: 9, signal: null, stderr: '' });
  });
});
