// Another process that uses a session: `node child.mjs HOME count TIMES` or `node child.mjs HOME die CALL`.
import * as fs from 'node:fs';
import type { Files } from '../../src/session/files.ts';
import { openSession } from '../../src/session/store.ts';
import { counted, countOf, worldWith } from './worlds.ts';

const [home = '', what, number] = process.argv.slice(2);

/** File operations of which the n-th is the last thing that this process does; a write is half done by then. */
function deadlyFiles(n: number): Files {
  let calls = 0;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  const deadly = Object.entries(fs).flatMap(([name, f]) => {
    if (typeof f !== 'function' || !name.endsWith('Sync')) return [];
    const counting = (...args: unknown[]) => {
      calls++;
      if (calls === n && name === 'writeSync') args[3] = Number(args[3]) >> 1;
      const result: unknown = Reflect.apply(f, fs, args);
      if (calls === n) die();
      return result;
    };
    return [[name, counting]];
  });
  return Object.fromEntries(deadly) as unknown as Files;
}

async function count(times: number) {
  const session = openSession(home, 'default', { create: worldWith, cleanFrom: 20_000 });
  for (let i = 0; i < times; i++) {
    const result = await session.transact((turn) => {
      turn.begin(`${process.pid}.${i}`, 'count');
      turn.end(`${process.pid}.${i}`, { label: 'count', changed: true, trace: [{ i }] });
      const world = counted(turn.world);
      return { world, result: countOf(world) };
    });
    fs.writeSync(1, `${result}\n`);
  }
}

async function die(call: number) {
  const session = openSession(home, 'default', { create: worldWith, cleanFrom: 1, files: deadlyFiles(call) });
  await session.transact((turn) => ({ world: counted(turn.world), result: 0 }));
}

await (what === 'die' ? die(Number(number)) : count(Number(number)));
