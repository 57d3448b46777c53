import { decodeUtf8 } from '../kernel/bytes.ts';
import { startRun } from '../kernel/client-run.ts';
import { isErrno } from '../kernel/errno.ts';
import { second } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { drainRun } from '../kernel/runs.ts';
import { advance, begin, machineOf } from '../kernel/simulation.ts';
import type { Answer } from './checks/view.ts';
import { placeIn } from './place.ts';

const patience = 5; // seconds of simulated time
const budget = 5_000_000; // µs of processor time

/**
 * What an address of the simulation answers: curl asks it, on a copy of the world that nobody keeps. Undefined when nothing
 * answers in time.
 */
export function fetchInside(m: Machine, url: string): Answer | undefined {
  const sim = begin(m.world, m.software);
  const { home, uid, gid, groups } = placeIn(sim, m.hostId);
  const exec = { path: '/usr/bin/curl', argv: ['curl', '-s', '-i', '-m', `${patience}`, '--', url], env: {} };
  const run = startRun(machineOf(sim, m.hostId), { exec, cwd: home, uid, gid, groups, budget, client: 0 });
  if (isErrno(run)) return undefined;
  const until = sim.world.now + (patience + 1) * second;
  let text = '';
  for (let left = 20; left > 0; left--) {
    const stopped = advance(sim, { until, ops: budget / 10, run });
    for (const { fd, bytes } of drainRun(machineOf(sim, m.hostId), run)) if (fd === 1) text += bytes;
    if (stopped !== 'output' && stopped !== 'ops') break;
  }
  const head = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n/.exec(text);
  if (!head) return undefined;
  const end = text.search(/\r?\n\r?\n/);
  return { status: Number(head[1]), body: end < 0 ? '' : decodeUtf8(text.slice(end).trimStart()) };
}
