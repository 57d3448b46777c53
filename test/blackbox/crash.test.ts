// Clients that are killed, and many at once.
import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './built.ts';
import { ended, ready } from './command.ts';

beforeAll(ensureBuilt);

/** A small generator of random numbers (mulberry32): the same ones in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('kill -9', () => {
  it('at random moments of 200 commands: the session loads, and what was confirmed is there', async () => {
    const drydock = await ready();
    await drydock.out('run', '--name', 'first', 'alpine', 'true');
    // so that about two of three are hit, however fast the machine is
    const begun = performance.now();
    await drydock.out('create', '--name', 'timed', 'alpine', 'true');
    const longest = 1.5 * (performance.now() - begun);
    const next = random(20260102);
    const tried: string[] = ['first', 'timed'];
    const confirmed: string[] = ['first', 'timed'];
    const containers = async (): Promise<string[]> =>
      (await drydock.out('ps', '-a', '--format', '{{.Names}}')).split('\n');
    for (let i = 0; i < 200; i++) {
      const name = `c${i}`;
      tried.push(name);
      const child = drydock.start({}, 'create', '--name', name, 'alpine', 'true');
      const all = ended(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), next() * longest);
      const { status } = await all;
      clearTimeout(timer);
      if (status === 0) confirmed.push(name);
      if (i % 20 === 19) expect(await containers()).toEqual(expect.arrayContaining(confirmed));
    }
    const left = await containers();
    expect(left).toEqual(expect.arrayContaining(confirmed));
    expect(tried).toEqual(expect.arrayContaining(left));
    expect(confirmed.length).toBeGreaterThan(10);
    expect(confirmed.length).toBeLessThan(190);
  }, 90_000);

  it('of a client leaves the container, and frees the session at once', async () => {
    const drydock = await ready();
    const client = drydock.start(
      {},
      'run',
      '--name',
      'box',
      'alpine',
      'sh',
      '-c',
      'echo begun; sleep 100000; sleep 100000',
    );
    await once(client.stdout ?? client, 'data');
    client.kill('SIGKILL');
    await once(client, 'exit');
    expect(await drydock.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('box running');
    expect(await drydock.out('shell', '-c', 'ps | grep -c "[d]ocker run"; true')).toBe('0');
  });
});

describe('20 commands at once', () => {
  it('none is lost', async () => {
    const drydock = await ready();
    const all = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const ends = await Promise.all(
      all.map((name) => drydock.run('run', '-d', '--name', name, 'alpine', 'sleep', '1000')),
    );
    expect(ends.map(({ status, stderr }) => [status, stderr])).toEqual(all.map(() => [0, '']));
    const there = (await drydock.out('ps', '--format', '{{.Names}}')).split('\n');
    expect(there.sort()).toEqual(all.sort());
    const ids = (await drydock.out('ps', '-q', '--no-trunc')).split('\n');
    expect(new Set(ids)).toEqual(new Set(ends.map(({ stdout }) => stdout.trim())));
  });
});
