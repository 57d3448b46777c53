import type { ByteString } from './bytes.ts';
import type { Mutable } from './draft.ts';
import { type Errno, fail } from './errno.ts';
import type { Id } from './json.ts';
import type { Machine } from './machine.ts';
import type { Run, RunOutput } from './state.ts';
import { runWritable, wakeSleepers } from './wait.ts';

/** The run, changeable; undefined when it is over and forgotten. */
export function ownRun(m: Machine, id: Id): Mutable<Run> | undefined {
  if (!m.world.runs[id]) return undefined;
  return m.draft.own(m.draft.own(m.world, 'runs'), id) as Mutable<Run>;
}

/** write(2) on a run's output. EPIPE when the client's reader has gone. */
export function writeRun(m: Machine, id: Id, fd: 1 | 2, bytes: ByteString): number | 'again' | Errno {
  const run = m.world.runs[id];
  if (!run || run.closed.includes(fd)) return fail('EPIPE');
  if (!runWritable(m, id)) return 'again';
  writeRunOutput(m, id, fd, bytes);
  return bytes.length;
}

/** Adds to what the client is to print, whatever is there already. */
export function writeRunOutput(m: Machine, id: Id, fd: 1 | 2, bytes: ByteString): void {
  const run = ownRun(m, id);
  if (!run || bytes === '') return;
  const out = m.draft.own(run, 'out') as RunOutput[];
  const last = out.at(-1);
  if (last && last.fd === fd && last.bytes.length < 65536) out[out.length - 1] = { fd, bytes: last.bytes + bytes };
  else out.push({ fd, bytes });
}

/** Takes all that the client is to print. */
export function drainRun(m: Machine, id: Id): readonly RunOutput[] {
  const run = m.world.runs[id];
  if (!run || run.out.length === 0) return [];
  const { out } = run;
  const owned = ownRun(m, id);
  if (owned) owned.out = [];
  wakeSleepers(m, id);
  return out;
}
