import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { World } from '../../src/kernel/state.ts';
import { SessionError } from '../../src/session/errors.ts';
import { type Files, realFiles } from '../../src/session/files.ts';
import { currentSchema, migrated } from '../../src/session/schema.ts';
import { openSession, type Session } from '../../src/session/store.ts';
import { container, counted, countOf, inFolder, worldWith } from './worlds.ts';

const open = (home: string, files: Files = realFiles, more: { cleanFrom?: number; patience?: number } = {}) =>
  openSession(home, 'default', { create: worldWith, files, ...more });

const count = (session: Session) =>
  session.transact(({ world }) => ({ world: counted(world), result: countOf(world) + 1 }));
const peek = (session: Session) => session.transact(({ world }) => ({ world, result: countOf(world) }));

const folderOf = (home: string) => `${home}/sessions/default`;
const packOf = (home: string) => {
  const name = fs.readdirSync(folderOf(home)).find((found) => found.startsWith('pack-'));
  return `${folderOf(home)}/${name}`;
};

const headPath = (home: string) => `${folderOf(home)}/head.json`;
/** The head in the file's text: its last line. */
const headIn = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';
/** Makes the file so long that the next head begins it anew. */
const lengthenHead = (home: string) =>
  fs.writeFileSync(headPath(home), `${' '.repeat(40_000)}\n${fs.readFileSync(headPath(home), 'utf8')}`);

async function problem(f: () => unknown): Promise<SessionError> {
  try {
    await f();
  } catch (error) {
    if (error instanceof SessionError) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
}

/** One run of a command, as a client does it. */
const run = (session: Session, label: string, change: (world: World) => World, changed = true) =>
  session.transact((turn) => {
    turn.begin(label, label);
    const world = change(turn.world);
    turn.end(label, { label, changed, trace: [{ did: label }] });
    return { world, result: undefined };
  });

describe('a session', () => {
  it('keeps what was saved, for this process and the next', () =>
    inFolder(async (home) => {
      const session = open(home);
      expect(await count(session)).toBe(1);
      expect(await count(session)).toBe(2);
      expect(await peek(open(home))).toBe(2);
    }));

  it('sees what another process saved', () =>
    inFolder(async (home) => {
      const [a, b] = [open(home), open(home)];
      await count(a);
      await count(b);
      expect(await count(a)).toBe(3);
    }));

  it('queues transactions of one process', () =>
    inFolder(async (home) => {
      const session = open(home);
      const results = await Promise.all(Array.from({ length: 10 }, () => count(session)));
      expect(results).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }));

  it('hands out the same objects as long as nobody else saves', () =>
    inFolder(async (home) => {
      const session = open(home);
      const first = await session.transact(({ world }) => ({ world, result: world }));
      const second = await session.transact(({ world }) => ({ world, result: world }));
      expect(second).toBe(first);
    }));

  it('keeps the objects that another process did not change', () =>
    inFolder(async (home) => {
      const session = open(home);
      const big = { containers: Object.fromEntries([1, 2, 3].map((n) => [n, container(n)])) };
      await session.transact(({ world }) => ({
        world: { ...world, registries: { ...world.registries, big } },
        result: 0,
      }));
      await count(open(home));
      const again = await session.transact(({ world }) => ({
        world,
        result: (world.registries.big as typeof big).containers,
      }));
      expect(again).toBe(big.containers);
    }));

  it('writes nothing when the world stays the same', () =>
    inFolder(async (home) => {
      const session = open(home);
      await count(session);
      const writes: string[] = [];
      const watched = {
        ...realFiles,
        renameSync: (from: fs.PathLike, to: fs.PathLike) => {
          writes.push(`${to}`);
          fs.renameSync(from, to);
        },
      };
      await open(home, watched).transact(({ world }) => ({ world: { ...world }, result: 0 }));
      await peek(open(home, watched));
      expect(writes).toEqual([]);
    }));

  it('stays as it was when the transaction throws', () =>
    inFolder(async (home) => {
      const session = open(home);
      await count(session);
      const failing = session.transact((turn) => {
        turn.begin('x', 'x');
        turn.end('x', { label: 'x', changed: true, trace: 'x'.repeat(3000) });
        throw new Error('in the kernel');
      });
      await expect(failing).rejects.toThrow('in the kernel');
      expect(await peek(session)).toBe(1);
      expect(await count(session)).toBe(2);
      expect(await peek(open(home))).toBe(2);
    }));

  it('works in a folder with a Korean name', () =>
    inFolder(async (home) => {
      await count(open(`${home}/도커 연습`));
      expect(await peek(open(`${home}/도커 연습`))).toBe(1);
    }));
});

describe('history', () => {
  const set = (n: number) => (world: World) => ({ ...world, registries: { ...world.registries, n } });
  const value = (session: Session) => session.transact(({ world }) => ({ world, result: world.registries.n }));
  const undo = (session: Session) =>
    session.transact((turn) => {
      const { world, step } = turn.undo();
      return { world, result: step.label };
    });
  const redo = (session: Session) =>
    session.transact((turn) => {
      const { world, step } = turn.redo();
      return { world, result: step.label };
    });

  it('goes back and forth', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', set(1));
      await run(session, 'two', set(2));
      expect(await undo(open(home))).toBe('two');
      expect(await value(session)).toBe(1);
      expect(await undo(session)).toBe('one');
      expect(await value(session)).toBeUndefined();
      expect((await problem(() => undo(session))).code).toBe('nothing-to-undo');
      expect(await redo(session)).toBe('one');
      expect(await redo(session)).toBe('two');
      expect((await problem(() => redo(session))).code).toBe('nothing-to-redo');
      expect(await value(open(home))).toBe(2);
      expect(await undo(session)).toBe('two');
      await run(session, 'three', set(3));
      expect((await problem(() => redo(session))).code).toBe('nothing-to-redo');
      expect(await undo(session)).toBe('three');
      expect(await value(session)).toBe(1);
    }));

  it('has one step for a run of several turns', () =>
    inFolder(async (home) => {
      const session = open(home);
      await session.transact((turn) => {
        turn.begin('r', 'run -it');
        return { world: set(1)(turn.world), result: 0 };
      });
      await session.transact((turn) => ({ world: set(2)(turn.world), result: 0 }));
      await session.transact((turn) => {
        turn.end('r', { label: 'run -it', changed: true, trace: 1 });
        return { world: set(3)(turn.world), result: 0 };
      });
      expect(await undo(session)).toBe('run -it');
      expect(await value(session)).toBeUndefined();
    }));

  it('has no step for a run that only looked, and keeps what can be redone', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', set(1));
      await undo(session);
      await run(session, 'ps', (world) => ({ ...world, now: world.now + 1 }), false);
      await session.transact((turn) => {
        turn.end('never begun', { label: 'logs', changed: false, trace: 'looked' });
        return { world: turn.world, result: 0 };
      });
      const history = await session.transact((turn) => ({ world: turn.world, result: turn.history() }));
      expect(history.undo).toEqual([]);
      expect(history.redo.map((step) => step.label)).toEqual(['one']);
      expect(await redo(session)).toBe('one');
    }));

  it('orders runs that overlap by their beginnings', () =>
    inFolder(async (home) => {
      const session = open(home);
      await session.transact((turn) => {
        turn.begin('a', 'a');
        return { world: set(1)(turn.world), result: 0 };
      });
      await run(session, 'b', set(2));
      await session.transact((turn) => {
        turn.end('a', { label: 'a', changed: true, trace: 0 });
        return { world: set(3)(turn.world), result: 0 };
      });
      expect(await undo(session)).toBe('b');
      expect(await value(session)).toBe(1);
      expect(await undo(session)).toBe('a');
    }));

  it('keeps the explanations', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', set(1));
      await run(session, 'two', set(2));
      await run(session, 'ps', (world) => world, false);
      const traces = await open(home).transact((turn) => ({
        world: turn.world,
        result: [turn.trace(), turn.trace(0), turn.trace(1), turn.trace(2)].map((found) => [
          found?.step.label,
          found?.trace,
        ]),
      }));
      expect(traces).toEqual([
        ['ps', [{ did: 'ps' }]],
        ['two', [{ did: 'two' }]],
        ['one', [{ did: 'one' }]],
        [undefined, undefined],
      ]);
    }));

  it('resets, which can be undone', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', set(1));
      await session.transact((turn) => ({ world: turn.reset('reset'), result: 0 }));
      expect(await value(session)).toBeUndefined();
      expect(await undo(session)).toBe('reset');
      expect(await value(session)).toBe(1);
    }));

  it('starts over, with nothing to go back to', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', set(1));
      await session.transact((turn) => ({ world: turn.startOver(), result: 0 }));
      expect(await value(session)).toBeUndefined();
      expect((await problem(() => undo(session))).code).toBe('nothing-to-undo');
      expect(await session.transact((turn) => ({ world: turn.world, result: turn.trace() }))).toBeUndefined();
    }));

  it('makes the world once when it starts over where nothing was', () =>
    inFolder(async (home) => {
      let made = 0;
      const create = () => {
        made += 1;
        return worldWith();
      };
      const session = openSession(home, 'default', { create, files: realFiles });
      await session.transact((turn) => ({ world: turn.startOver(), result: 0 }));
      expect(made).toBe(1);
    }));

  it(
    'keeps a hundred steps, all of them through clean-ups',
    () =>
      inFolder(async (home) => {
        const session = open(home, realFiles, { cleanFrom: 100_000 });
        const page = (n: number) => ({ [`page${n % 20}`]: `${n} `.repeat(2000), node: container(n) });
        const packs = new Set<string>();
        for (let n = 1; n <= 150; n++) {
          await run(session, `run ${n}`, (world) => ({ ...world, registries: { ...world.registries, n, ...page(n) } }));
          packs.add(packOf(home));
        }
        expect(packs.size).toBeGreaterThan(2);
        expect(fs.readdirSync(folderOf(home)).filter((name) => name.startsWith('pack-'))).toHaveLength(1);
        const other = open(home);
        for (let n = 150; n > 50; n--) {
          const { world, trace } = await other.transact((turn) => ({
            world: turn.world,
            result: { world: turn.world.registries, trace: turn.trace(0)?.trace },
          }));
          expect(trace).toEqual([{ did: `run ${n}` }]);
          expect(world).toMatchObject({ n, ...page(n) });
          await undo(other);
        }
        expect((await problem(() => undo(other))).code).toBe('nothing-to-undo');
        for (let n = 51; n <= 150; n++) await redo(other);
        expect(await value(open(home))).toBe(150);
      }),
    60_000,
  );

  it('a world in hand can be read when its pack was cleaned away', () =>
    inFolder(async (home) => {
      const writer = open(home);
      await run(writer, 'x', (world) => ({ ...world, registries: { long: 'long '.repeat(1000) } }));
      const world = await open(home).transact((turn) => ({ world: turn.world, result: turn.world }));
      const cleaner = open(home, realFiles, { cleanFrom: 1 });
      const before = packOf(home);
      await count(cleaner);
      expect(packOf(home)).not.toBe(before);
      expect(world.registries.long).toHaveLength(5000);
    }));
});

describe('what can go wrong', () => {
  const failing = (errno: string, on: (name: keyof Files, path: string) => boolean): Files => {
    const paths = new Map<number, string>();
    const error = () => Object.assign(new Error(errno), { code: errno });
    return {
      ...realFiles,
      openSync: (path, ...rest) => {
        if (on('openSync', `${path}`)) throw error();
        const fd = fs.openSync(path, ...rest);
        paths.set(fd, `${path}`);
        return fd;
      },
      renameSync: (from, to) => {
        if (on('renameSync', `${to}`)) throw error();
        fs.renameSync(from, to);
      },
      writeSync: ((fd: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
        if (!on('writeSync', paths.get(fd) ?? '')) return fs.writeSync(fd, bytes, offset, length, position);
        fs.writeSync(fd, bytes, offset, length >> 1, position);
        throw error();
      }) as Files['writeSync'],
    };
  };

  const places: [string, (name: keyof Files, path: string) => boolean][] = [
    ['the lock', (name, path) => name === 'writeSync' && path.endsWith('lock')],
    ['making the lock', (name, path) => name === 'openSync' && path.endsWith('lock')],
    ['the pieces', (name, path) => name === 'writeSync' && path.includes('pack-')],
    ['the head', (name, path) => name === 'writeSync' && path.includes('head')],
    ['renaming the head', (name, path) => name === 'renameSync' && path.includes('head')],
  ];

  it.each(places)('a full disk at %s: the old state is kept, and later runs work', (where, on) =>
    inFolder(async (home) => {
      let full = false;
      const session = open(
        home,
        failing('ENOSPC', (name, path) => full && on(name, path)),
      );
      await count(session);
      if (where === 'renaming the head') lengthenHead(home);
      full = true;
      for (let i = 0; i < 2; i++) {
        const error = await problem(() => count(session));
        expect(error.code).toBe('no-space');
        expect(error.waysOut).toContain('free space');
      }
      expect(fs.readdirSync(folderOf(home)).sort()).toEqual(['head.json', expect.stringMatching(/^pack-/)]);
      expect(await peek(open(home))).toBe(1);
      full = false;
      expect(await count(session)).toBe(2);
      expect(await peek(open(home))).toBe(2);
    }),
  );

  it('a full disk at the very first save', () =>
    inFolder(async (home) => {
      let full = true;
      const session = open(
        home,
        failing('ENOSPC', (name, path) => full && name === 'writeSync' && path.includes('pack-')),
      );
      expect((await problem(() => count(session))).code).toBe('no-space');
      full = false;
      expect(await count(session)).toBe(1);
      expect(await count(open(home))).toBe(2);
    }));

  it('a full disk at a clean-up does no harm', () =>
    inFolder(async (home) => {
      await count(open(home));
      const old = packOf(home);
      const files = failing('ENOSPC', (name, path) => name === 'writeSync' && path.includes('pack-') && path !== old);
      expect(await count(open(home, files, { cleanFrom: 1 }))).toBe(2);
      expect(await count(open(home))).toBe(3);
      expect(packOf(home)).toBe(old);
    }));

  it.each([
    ['EROFS', 'read-only'],
    ['EACCES', 'denied'],
    ['EIO', 'failed'],
  ])('%s: %s', (errno, code) =>
    inFolder(async (home) => {
      await count(open(home));
      const error = await problem(() =>
        count(
          open(
            home,
            failing(errno, (name) => name === 'openSync'),
          ),
        ),
      );
      expect(error.code).toBe(code);
      expect(error.waysOut).toContain('set DRYDOCK_HOME');
    }),
  );

  it.each([
    ['no JSON', '{"format":1,'],
    ['empty', ''],
    ['something else', '[]'],
    ['without a world', '{"format":1,"revision":3,"undo":[],"redo":[]}'],
  ])('a damaged head (%s): nothing is changed', (_, text) =>
    inFolder(async (home) => {
      await count(open(home));
      fs.writeFileSync(`${folderOf(home)}/head.json`, text);
      const error = await problem(() => count(open(home)));
      expect([error.code, error.waysOut]).toEqual(['damaged', ['session new']]);
      expect(fs.readFileSync(`${folderOf(home)}/head.json`, 'utf8')).toBe(text);
      expect(fs.statSync(packOf(home)).size).toBeGreaterThan(0);
    }),
  );

  it.each(['{"format":1,', '{"format":1,"rev'.padEnd(3000, 'x')])(
    'a head that was not written to its end does not count (%#)',
    (torn) =>
      inFolder(async (home) => {
        await count(open(home));
        for (let n = 2; n < 5; n++) {
          fs.appendFileSync(headPath(home), torn);
          expect(await peek(open(home))).toBe(n - 1);
          expect(await count(open(home))).toBe(n);
        }
      }),
  );

  it('the file of heads does not grow for ever', () =>
    inFolder(async (home) => {
      for (let n = 1; n < 60; n++) await count(open(home));
      lengthenHead(home);
      await count(open(home));
      expect(fs.statSync(headPath(home)).size).toBeLessThan(1000);
      expect(await peek(open(home))).toBe(60);
    }));

  it('a lost head is not taken for a new session', () =>
    inFolder(async (home) => {
      await count(open(home));
      fs.unlinkSync(`${folderOf(home)}/head.json`);
      expect((await problem(() => count(open(home)))).code).toBe('damaged');
    }));

  const damages: [string, (path: string) => void][] = [
    ['cut short', (path) => fs.truncateSync(path, fs.statSync(path).size - 8)],
    ['empty', (path) => fs.truncateSync(path, 0)],
    ['missing', (path) => fs.unlinkSync(path)],
    ['full of zeros', (path) => fs.writeFileSync(path, Buffer.alloc(fs.statSync(path).size))],
    ['another one', (path) => fs.writeFileSync(path, 'x'.repeat(fs.statSync(path).size))],
  ];

  it.each(damages)('a pack that is %s: nothing is changed', (_, damage) =>
    inFolder(async (home) => {
      await run(open(home), 'one', counted);
      const head = fs.readFileSync(`${folderOf(home)}/head.json`, 'utf8');
      damage(packOf(home));
      const error = await problem(() => count(open(home)));
      expect([error.code, error.waysOut]).toEqual(['damaged', ['undo', 'reset', 'session new']]);
      expect(fs.readFileSync(`${folderOf(home)}/head.json`, 'utf8')).toBe(head);
      expect(fs.existsSync(`${folderOf(home)}/lock`)).toBe(false);
    }),
  );

  it('a damaged world can be undone or reset', () =>
    inFolder(async (home) => {
      const session = open(home);
      await run(session, 'one', counted);
      await run(session, 'two', (world) => ({ ...world, registries: { two: 'two '.repeat(100) } }));
      const bytes = fs.readFileSync(packOf(home));
      const at = bytes.lastIndexOf('two two');
      bytes[at] = 0x58;
      fs.writeFileSync(packOf(home), bytes);
      expect((await problem(() => peek(open(home)))).code).toBe('damaged');
      await open(home).transact((turn) => ({ world: turn.reset('reset'), result: 0 }));
      expect(await peek(open(home))).toBe(0);
      const undo = () => open(home).transact((turn) => ({ world: turn.undo().world, result: 0 }));
      expect((await problem(undo)).code).toBe('damaged'); // back to the damaged one: refused, and nothing is lost
      expect(await peek(open(home))).toBe(0);
    }));

  it('newer files and newer worlds', () =>
    inFolder(async (home) => {
      await count(open(home));
      const path = `${folderOf(home)}/head.json`;
      const text = fs.readFileSync(path, 'utf8');
      fs.writeFileSync(path, JSON.stringify({ ...JSON.parse(headIn(text)), format: 2, world: 'in some other way' }));
      expect(await problem(() => peek(open(home)))).toMatchObject({ code: 'newer', data: { found: 2, known: 1 } });
      fs.writeFileSync(path, text);
      await open(home).transact(({ world }) => ({ world: { ...world, schema: currentSchema + 1 }, result: 0 }));
      const error = await problem(() => peek(open(home)));
      expect(error).toMatchObject({ code: 'newer', waysOut: ['upgrade', 'session new'] });
    }));

  it('a world whose programs cannot be carried over is refused until it is reset', () =>
    inFolder(async (home) => {
      await open(home).transact(({ world }) => ({ world: { ...world, schema: currentSchema - 1 }, result: 0 }));
      const error = await problem(() => peek(open(home)));
      expect(error).toMatchObject({ code: 'older', waysOut: ['reset', 'session new'] });
      await open(home).transact((turn) => ({ world: turn.reset('reset'), result: 0 }));
      expect(await peek(open(home))).toBe(0);
    }));

  it('older worlds are brought up to date, step by step', () => {
    const steps = {
      1: (world: object) => ({ ...world, two: true }),
      2: (world: object) => ({ ...world, three: true }),
    };
    expect(migrated({ schema: 1 }, 'head', 3, steps)).toEqual({ schema: 3, two: true, three: true });
    expect(() => migrated({ schema: 0 }, 'head', 3, steps)).toThrow('older drydock (version 0');
    expect(() => migrated({ schema: 4 }, 'head', 3, steps)).toThrow('newer');
    expect(() => migrated([], 'head')).toThrow('no world');
  });
});
