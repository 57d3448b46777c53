import { engineState } from '../engine/state.ts';
import { endRun } from '../kernel/client-run.ts';
import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import { cutWires } from '../kernel/net/wire.ts';
import { finishJob } from '../kernel/process.ts';
import { forgetHost } from './keys.ts';
import { learner } from './linux.ts';
import type { Pump } from './remote/dial-stdio.ts';
import { engineService } from './remote/names.ts';
import { breakSessions } from './remote/sessions.ts';
import { step } from './step.ts';

/** What came of it. */
export type RemovedHost = { readonly did: 'removed' } | { readonly did: 'no-such-host' | 'first-host' | 'in-use' };

/** Takes a computer out of the world, with what hides in it: connections to it break. `m` is the world's first one. */
export function removeHost(m: Machine, name: Id): RemovedHost {
  if (name === m.hostId) return { did: 'first-host' };
  if (!m.world.hosts[name]?.made) return { did: 'no-such-host' };
  if (m.world.seat === name) return { did: 'in-use' };
  const gone = Object.keys(m.world.hosts).filter((id) => id === name || id.startsWith(`${name}/`));
  let containers = 0;
  for (const id of gone) {
    const host = m.peer(id);
    if (host.host.services[engineService] !== undefined) {
      containers += Object.keys(engineState(host).containers).length;
    }
    breakSessions(host);
    breakJobs(host);
    for (const run of Object.values(m.world.runs)) if (run.host === id) endRun(host, run.id);
  }
  for (const id of gone) delete m.draft.own(m.world, 'hosts')[id];
  for (const id of Object.keys(m.world.hosts)) {
    const other = m.peer(id);
    for (const each of gone) cutWires(other, each);
    const user = other.host.made?.user ?? learner.name;
    if (!isErrno(fileCalls(other, 1).stat('/etc/passwd'))) forgetHost(other, user, name);
  }
  step(m, 'drydock', 'host-remove', { name, containers });
  return { did: 'removed' };
}

/** Clients elsewhere that wait for an engine's job here are told that nothing will come of it. */
function breakJobs(host: Machine): void {
  for (const { program, state } of Object.values(host.kernel.processes)) {
    if (program !== 'dial-stdio' || state === null) continue;
    const { job, client } = state as unknown as Pump;
    if (job === null || !host.world.hosts[client.host]) continue;
    const reply = { status: 500, body: { message: 'unexpected EOF' } };
    finishJob(host.peer(client.host), client.pid, client.job, reply);
  }
}
