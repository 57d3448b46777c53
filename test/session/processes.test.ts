// Sessions under several processes, and processes that are killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, type Session } from '../../src/session/store.ts';
import { counted, countOf, inFolder, worldWith } from './worlds.ts';

let built = '';
let child = '';

beforeAll(async () => {
  built = fs.mkdtempSync(join(tmpdir(), 'drydock-child-'));
  child = join(built, 'child.mjs');
  const entry = fileURLToPath(new URL('child.ts', import.meta.url));
  await build({
    entryPoints: [entry],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
});
afterAll(() => fs.rmSync(built, { recursive: true, force: true }));

const start = (home: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [child, home, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

const open = (home: string): Session => openSession(home, 'default', { create: worldWith });
const peek = (session: Session) => session.transact(({ world }) => ({ world, result: countOf(world) }));
const count = (session: Session) =>
  session.transact(({ world }) => ({ world: counted(world), result: countOf(world) + 1 }));

const left = (home: string) =>
  fs
    .readdirSync(`${home}/sessions/default`)
    .filter((name) => !name.startsWith('pack-'))
    .sort();

describe('several processes', () => {
  it('lose nothing', () =>
    inFolder(async (home) => {
      const children = Array.from({ length: 20 }, () => start(home, 'count', '3'));
      const ends = await Promise.all(children.map((process) => once(process, 'exit')));
      expect(ends.map(([code]) => code)).toEqual(Array(20).fill(0));
      expect(await peek(open(home))).toBe(60);
      const history = await open(home).transact((turn) => ({ world: turn.world, result: turn.history() }));
      expect(history.undo).toHaveLength(60);
      expect(left(home)).toEqual(['head.json']);
    }));

  it('tell each other of changes', () =>
    inFolder(async (home) => {
      const session = open(home);
      await count(session);
      const changed = session.changed();
      await count(session); // its own change is not news
      const other = start(home, 'count', '1');
      await changed;
      expect(await peek(session)).toBe(3);
      await once(other, 'exit');
    }));

  it('need not wait for a change', () =>
    inFolder(async (home) => {
      const session = open(home);
      await count(session);
      const stop = new AbortController();
      const changed = session.changed(stop.signal);
      stop.abort();
      await changed;
      await session.changed(stop.signal);
      expect(await count(session)).toBe(2);
    }));

  it('wait for a living holder only so long, and take over from a dead one', () =>
    inFolder(async (home) => {
      await count(open(home));
      const lock = `${home}/sessions/default/lock`;
      const impatient = () => openSession(home, 'default', { create: worldWith, patience: 20 });
      fs.writeFileSync(lock, JSON.stringify({ pid: process.pid }));
      await expect(count(impatient())).rejects.toMatchObject({ code: 'busy', data: { pid: process.pid } });
      const gone = start(home, 'count', '0');
      await once(gone, 'exit');
      fs.writeFileSync(lock, JSON.stringify({ pid: gone.pid }));
      expect(await count(impatient())).toBe(2);
      fs.writeFileSync(lock, ''); // killed between making the file and writing it, long ago
      fs.utimesSync(lock, 1, 1);
      expect(await count(impatient())).toBe(3);
      if (process.platform === 'linux') {
        fs.writeFileSync(lock, JSON.stringify({ pid: process.pid, started: '1' })); // the number was used again
        expect(await count(impatient())).toBe(4);
      }
      fs.writeFileSync(lock, JSON.stringify({ pid: gone.pid }));
      fs.writeFileSync(`${lock}.break`, JSON.stringify({ pid: gone.pid })); // killed while taking over
      expect(await count(impatient())).toBeGreaterThan(2);
      expect(left(home)).toEqual(['head.json']);
    }));
});

describe('a process that is killed', () => {
  it(
    'at any of its file operations: the old or the new state',
    () =>
      inFolder(async (home) => {
        const session = open(home);
        let before = await count(session);
        let call = 0;
        for (let signal: unknown = 'SIGKILL'; signal !== null; ) {
          call++;
          [, signal] = await once(start(home, 'die', String(call)), 'exit');
          const after = await peek(session);
          expect(after - before).toBeGreaterThanOrEqual(signal === null ? 1 : 0);
          expect(after - before).toBeLessThanOrEqual(1);
          before = await count(session);
          expect(before).toBe(after + 1);
        }
        expect(call).toBeGreaterThan(15);
      }),
    120_000,
  );

  it('at any of its first file operations: a session all the same', async () => {
    for (let call = 1, signal: unknown = 'SIGKILL'; signal !== null; call++) {
      await inFolder(async (home) => {
        [, signal] = await once(start(home, 'die', String(call)), 'exit');
        expect(await count(open(home))).toBeGreaterThan(0);
      });
    }
  }, 120_000);

  it(
    'at some moment: nothing that it confirmed is lost',
    () =>
      inFolder(async (home) => {
        let confirmed = 0;
        for (let round = 0; round < 12; round++) {
          const victim = start(home, 'count', '100000');
          const until = 1 + ((round * 7) % 23);
          let lines = 0;
          for await (const line of createInterface({ input: victim.stdout ?? process.stdin })) {
            confirmed = Number(line);
            if (++lines === until) victim.kill('SIGKILL');
          }
          const now = await peek(open(home));
          expect(now - confirmed).toBeGreaterThanOrEqual(0);
          expect(now - confirmed).toBeLessThanOrEqual(1);
        }
      }),
    120_000,
  );
});
