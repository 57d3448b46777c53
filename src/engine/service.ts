import { fail } from '../kernel/errno.ts';
import type { Id, Json } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import type { Process } from '../kernel/state.ts';
import type { ApiRequest } from './api.ts';
import { buildMoved, buildOutput, buildProcessEnded, buildTimer } from './build/entry.ts';
import { buildTaskOf } from './build/state.ts';
import { childExited } from './containers/exit.ts';
import { restartNow } from './containers/restart-policy.ts';
import { stopTimeout } from './containers/stop.ts';
import { crashNow } from './crash.ts';
import { storedBytes } from './disk.ts';
import { EngineError, errorResponse } from './errors.ts';
import { probe, probeTimeout } from './health/monitor.ts';
import { pullMoved, pullTimer } from './images/pull.ts';
import { progressMoved } from './progress.ts';
import { pushMoved, pushTimer } from './registry/push.ts';
import { route } from './router.ts';
import { engineState } from './state.ts';
import { step } from './step.ts';
import { endIo, streamIo } from './streams.ts';
import { dropReader } from './watch/events.ts';

/** The docker group's number on the simulated hosts; the socket is `root:docker`, mode 0660. */
export const dockerGroup = 988;

/** Is it one of the user's own processes on a computer where these have other files and another network than the engine (WSL 2)? */
function worksApart(m: Machine, caller: Process): boolean {
  const session = m.kernel.processes[m.host.made?.session ?? 0];
  return session !== undefined && caller.ns.net === session.ns.net;
}

/** dockerd: answers requests, and is told when processes end, timers are due and streams move. */
export const dockerd: Service = {
  request(m, pid, message) {
    const caller = m.kernel.processes[pid];
    if (caller && worksApart(m, caller)) return fail('ENOENT');
    if (!m.kernel.processes[engineState(m).daemon]) return fail('ECONNREFUSED');
    if (caller && caller.uid !== 0 && !caller.groups.includes(dockerGroup)) return fail('EACCES');
    const request = message as unknown as ApiRequest;
    try {
      const answer = route(m, pid, request);
      note(m, request, 'reply' in answer ? statusOf(answer.reply) : 200);
      return answer;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      note(m, request, error.status);
      return { reply: { ...errorResponse(error), code: error.code } };
    }
  },
  stored: storedBytes,
  childExited(m, pid, exit) {
    if (buildTaskOf(m, pid)) buildProcessEnded(m, pid, exit);
    else childExited(m, pid, exit);
  },
  timer(m, key) {
    // a daemon that has ended starts nothing; when it starts again, it looks at the policies itself
    if (/^(?:restart|health|probe):/.test(key) && !m.kernel.processes[engineState(m).daemon]) return;
    if (key.startsWith('stop:')) stopTimeout(m, key.slice('stop:'.length));
    else if (key.startsWith('pull:')) pullTimer(m, key.slice('pull:'.length));
    else if (key.startsWith('push:')) pushTimer(m, key.slice('push:'.length));
    else if (key.startsWith('health:')) probe(m, key.slice('health:'.length));
    else if (key.startsWith('events:')) dropReader(m, key.slice('events:'.length));
    else if (key.startsWith('probe:')) probeTimeout(m, key.slice('probe:'.length));
    else if (key.startsWith('restart:')) restartNow(m, key.slice('restart:'.length));
    else if (key.startsWith('build:')) buildTimer(m, key.slice('build:'.length));
    else if (key.startsWith('crash:')) crashNow(m, key.slice('crash:'.length));
    else if (key.startsWith('io:')) endIo(m, key.slice('io:'.length));
  },
  io(m, key) {
    if (key.startsWith('progress:')) workMoved(m, key.slice('progress:'.length));
    else if (key.startsWith('build:')) buildOutput(m, key.slice('build:'.length));
    else streamIo(m, key);
  },
};

/** Who is told when the client of a stream of progress has read (`room`) or is gone, by the kind in the stream's owner. */
const workers: { readonly [kind: string]: (m: Machine, id: Id, event: 'room' | 'gone') => void } = {
  build: buildMoved,
  pull: pullMoved,
  push: pushMoved,
};

function workMoved(m: Machine, stream: Id): void {
  const moved = progressMoved(m, stream);
  if (!moved) return;
  const cut = moved.owner.indexOf(':');
  if (moved.event === 'gone') dropReader(m, stream);
  workers[moved.owner.slice(0, cut)]?.(m, moved.owner.slice(cut + 1), moved.event);
}

function statusOf(reply: Json): number {
  const status = reply !== null && typeof reply === 'object' && 'status' in reply ? reply.status : undefined;
  return typeof status === 'number' ? status : 200;
}

function note(m: Machine, request: ApiRequest, status: number): void {
  step(m, 'docker', 'request', { method: request.method, path: request.path, status });
}
