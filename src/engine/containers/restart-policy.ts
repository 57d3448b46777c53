import { type Id, millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, setTimer } from '../../kernel/process.ts';
import type { HostConfig } from '../api.ts';
import { EngineError } from '../errors.ts';
import { type Container, engineState, serviceName, updateContainer, updateState } from '../state.ts';
import { step } from '../step.ts';
import { start } from './start.ts';

/** The engine waits 100 ms before the first restart and twice as long before each further one, at most a minute. */
const firstDelay: Us = 100 * millisecond;
const longestDelay: Us = 60 * second;
/** A container that ran for longer than this begins again with the first delay. */
const settled: Us = 10 * second;

/** Refuses what the engine refuses (transcript 23). */
export function checkPolicy({ RestartPolicy: policy }: Partial<HostConfig>): void {
  if (!policy) return;
  const { Name: name, MaximumRetryCount: count } = policy;
  const refuse = (why: string): EngineError => new EngineError('bad-parameter', 400, `invalid restart policy: ${why}`);
  if (!['', 'no', 'always', 'on-failure', 'unless-stopped'].includes(name)) {
    throw refuse(`unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`);
  }
  if (count < 0) throw refuse('maximum retry count cannot be negative');
  if (count > 0 && name !== 'on-failure') throw refuse("maximum retry count can only be used with 'on-failure'");
}

/** A container has ended with this status: plans its restart if its policy says so. Tells whether it does. */
export function planRestart(m: Machine, container: Container, code: number): boolean {
  const { id, restartCount, state } = container;
  if (container.stoppedByUser || !wantsRestart(container, code)) return false;
  const ran = m.world.now - (state.startedAt ?? m.world.now);
  const last = ran > settled ? 0 : (container.backoff ?? 0);
  const backoff = last === 0 ? firstDelay : Math.min(last * 2, longestDelay);
  updateContainer(m, id, { backoff });
  updateState(m, id, { status: 'restarting' });
  setTimer(m, serviceName, `restart:${id}`, m.world.now + backoff);
  step(m, 'dockerd', 'plan-restart', {
    container: id,
    policy: container.hostConfig.RestartPolicy?.Name ?? '',
    delay: backoff,
    count: restartCount + 1,
  });
  return true;
}

function wantsRestart({ hostConfig, restartCount }: Container, code: number): boolean {
  const { Name, MaximumRetryCount: most } = hostConfig.RestartPolicy ?? { Name: 'no', MaximumRetryCount: 0 };
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return Name === 'on-failure' && code !== 0 && (most === 0 || restartCount < most);
}

/** The delay is over. */
export function restartNow(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  if (container?.state.status !== 'restarting') return;
  const counted = updateContainer(m, id, { restartCount: container.restartCount + 1 });
  try {
    start(m, counted);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    updateState(m, id, { status: 'exited' });
  }
}

/** The user has stopped or killed it: no policy starts it again before the user does. A planned restart is called off. */
export function stopRestarting(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  if (!container) return;
  updateContainer(m, id, { stoppedByUser: true });
  if (container.state.status !== 'restarting') return;
  clearTimer(m, serviceName, `restart:${id}`);
  updateState(m, id, { status: 'exited' });
}

/** Containers that wait for their restart. */
export function restarting(m: Machine): readonly Id[] {
  const prefix = 'restart:';
  return m.kernel.timers.flatMap(({ service, key }) =>
    service === serviceName && key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
  );
}
