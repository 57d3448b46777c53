import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { printable } from '../explain/width.ts';
import { begin, snapshot } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import { Stage } from '../scenario/stage.ts';
import { lessonTexts } from '../scenario/texts/texts.ts';
import { type PortableFault, packWorld, unpackWorld } from '../session/portable.ts';
import { newSession, useSession } from '../session/sessions.ts';
import { openSession } from '../session/store.ts';
import { restartClock, wallClock } from './clock.ts';
import { dataHome, openCurrent } from './commands.ts';
import { firstHost } from './first-host.ts';
import { type Options, simulatedEnv } from './options.ts';
import { hangUpRun } from './runs.ts';
import { say } from './say.ts';
import { lessonSoftware } from './scenario-machine.ts';

const largest = 64 * 1024 * 1024;

/** `drydock session export FILE`: the state of the session in use as one file. Nothing that is there is written over. */
export async function exportSession(path: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const texts = lessonTexts(options.lang).portable;
  const world = await openCurrent(env).transact((turn) => {
    const sim = begin(turn.world, lessonSoftware());
    // what runs on a terminal here cannot go on there
    for (const id of Object.keys(sim.world.runs)) hangUpRun(sim, id);
    return { world: turn.world, result: snapshot(sim) };
  });
  const bytes = packWorld(world);
  try {
    writeFileSync(path, bytes, { flag: 'wx' });
  } catch {
    say([`drydock: ${texts.cannotWrite({ file: printable(path) })}`]);
    return 1;
  }
  say([texts.exported({ file: printable(path), kilobytes: Math.ceil(bytes.length / 1000) })]);
  return 0;
}

/** `drydock session import FILE [NAME]`: a new session with the state in a file; it is the one in use then. */
export async function importSession(
  path: string,
  name: string | undefined,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const texts = lessonTexts(options.lang).portable;
  const found = readWorldFile(path);
  if ('fault' in found) {
    say([`drydock: ${texts.fault[found.fault]({ file: printable(path) })}`]);
    return 1;
  }
  const home = dataHome(env);
  const own =
    name ??
    basename(path)
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40);
  const wanted = own === '' ? 'imported' : own;
  newSession(home, wanted);
  const create = (): World => restartClock(found.world, wallClock());
  await openSession(home, wanted, { create }).transact((turn) => ({ world: turn.world, result: undefined }));
  useSession(home, wanted);
  say([texts.imported({ name: wanted })]);
  return 0;
}

/** The world in a file; it has been tried out, as whoever wrote the file may have meant no good. */
export function readWorldFile(
  path: string,
): { readonly world: World } | { readonly fault: PortableFault | 'unreadable' } {
  let bytes: Uint8Array;
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return { fault: 'unreadable' };
    if (stat.size > largest) return { fault: 'too-large' };
    bytes = readFileSync(path);
  } catch {
    return { fault: 'unreadable' };
  }
  const read = unpackWorld(bytes);
  if ('fault' in read) return read;
  return works(read.world) ? read : { fault: 'damaged' };
}

/** Commands that read all of the engine's state. */
const trial = ['docker ps -a', 'docker images -a', 'docker network ls', 'docker volume ls', 'docker system df', 'ls /'];

function works(world: World): boolean {
  try {
    if (!world.hosts[firstHost] || hasHiddenNames(world)) return false;
    const stage = new Stage(world, lessonSoftware(), { host: firstHost, env: simulatedEnv([], {}) });
    return trial.every((line) => stage.line(line).status === 0);
  } catch {
    return false;
  }
}

/** Names of containers, images and the like are printed as they stand: they must have nothing that a terminal obeys. */
function hasHiddenNames(world: World): boolean {
  const dockerd = world.hosts[firstHost]?.services.dockerd;
  if (typeof dockerd !== 'object' || dockerd === null || Array.isArray(dockerd)) return true;
  const state = dockerd as { readonly [key: string]: unknown };
  const hidden = /[\x00-\x1f\x7f-\x9f]/;
  const lists = ['containers', 'names', 'tags', 'images', 'networks', 'userNetworks', 'volumes'];
  return lists.some((list) =>
    Object.entries((state[list] ?? {}) as object).some(([key, value]: [string, unknown]) => {
      const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : '';
      return hidden.test(key) || (typeof name === 'string' && hidden.test(name));
    }),
  );
}
