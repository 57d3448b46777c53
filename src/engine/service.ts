import { fail } from '../kernel/errno.ts';
import type { Json } from '../kernel/json.ts';
import type { Machine, Service } from '../kernel/machine.ts';
import type { ApiRequest } from './api.ts';
import { childExited } from './containers/exit.ts';
import { restartNow } from './containers/restart-policy.ts';
import { stopTimeout } from './containers/stop.ts';
import { EngineError, errorResponse } from './errors.ts';
import { pulled } from './images/pull.ts';
import { route } from './router.ts';
import { engineState } from './state.ts';
import { step } from './step.ts';
import { endIo, streamIo } from './streams.ts';

/** The docker group's number on the simulated hosts; the socket is `root:docker`, mode 0660. */
export const dockerGroup = 988;

/** dockerd: answers requests, and is told when processes end, timers are due and streams move. */
export const dockerd: Service = {
  request(m, pid, message) {
    const caller = m.kernel.processes[pid];
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
  childExited,
  timer(m, key) {
    if (key.startsWith('stop:')) stopTimeout(m, key.slice('stop:'.length));
    else if (key.startsWith('pull:')) pulled(m, key.slice('pull:'.length));
    else if (key.startsWith('restart:')) restartNow(m, key.slice('restart:'.length));
    else if (key.startsWith('io:')) endIo(m, key.slice('io:'.length));
  },
  io: streamIo,
};

function statusOf(reply: Json): number {
  const status = reply !== null && typeof reply === 'object' && 'status' in reply ? reply.status : undefined;
  return typeof status === 'number' ? status : 200;
}

function note(m: Machine, request: ApiRequest, status: number): void {
  step(m, 'docker', 'request', { method: request.method, path: request.path, status });
}
