import type { ByteString } from '../../kernel/bytes.ts';
import { decodeUtf8 } from '../../kernel/bytes.ts';
import { type Id, millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { clearTimer, endProcess, setTimer } from '../../kernel/process.ts';
import { randomHex } from '../../kernel/world.ts';
import type { HealthConfig } from '../api-host.ts';
import { environment } from '../containers/environment.ts';
import { EngineError } from '../errors.ts';
import { processLimitsOf } from '../isolation.ts';
import { runcExec } from '../runc.ts';
import {
  type Container,
  type Exec,
  engine,
  engineState,
  serviceName,
  type TaskIo,
  taskOf,
  updateContainer,
} from '../state.ts';
import { step } from '../step.ts';
import { closeIo, makeIo } from '../streams.ts';
import { noteContainer, noteExec } from '../watch/events.ts';
import { probeCommand } from './config.ts';
import type { Health, ProbeResult } from './state.ts';

/** What holds where a health check says nothing. */
const usual = { interval: 30 * second, startInterval: 5 * second, timeout: 30 * second, retries: 3 } as const;
/** So many results are kept, and so many bytes of what a probe prints. */
const mostResults = 5;
const mostOutput = 4096;

/** A container has started: its health is not known yet, and its first check comes after the interval. */
export function beginHealth(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  const config = container?.config.Healthcheck;
  const command = probeCommand(config);
  if (!container || !command) return;
  clearTimers(m, id);
  const log = container.health?.log ?? [];
  updateContainer(m, id, { health: { status: 'starting', streak: 0, log } });
  const interval = plan(m, id);
  const line = config?.Test?.[0] === 'CMD-SHELL' ? (command.at(-1) ?? '') : command.join(' ');
  step(m, 'dockerd', 'health-monitor', { container: id, command: line, interval });
}

/** The container ends or is paused: nobody looks after it, and it counts as unhealthy from now on (28.5.2). */
export function endHealth(m: Machine, id: Id): void {
  const { health } = engineState(m).containers[id] ?? {};
  if (!health) return;
  clearTimers(m, id);
  const { probe, ...rest } = health;
  updateContainer(m, id, { health: { ...rest, status: 'unhealthy' } });
  const exec = probe && engineState(m).execs[probe.exec];
  if (exec?.running) endProcess(m, exec.pid, { code: 137, signal: 'SIGKILL' });
}

/** A paused container goes on. */
export function resumeHealth(m: Machine, id: Id): void {
  if (engineState(m).containers[id]?.health) plan(m, id);
}

function clearTimers(m: Machine, id: Id): void {
  clearTimer(m, serviceName, `health:${id}`);
  clearTimer(m, serviceName, `probe:${id}`);
}

/** Nanoseconds of the API in microseconds, or the usual value. */
function time(nanoseconds: number | undefined, otherwise: Us): Us {
  return nanoseconds ? Math.max(1, Math.round(nanoseconds / 1000)) : otherwise;
}

/** Plans the next check; tells after how long. During the start period, while it never was healthy, checks come faster. */
function plan(m: Machine, id: Id): Us {
  const container = engineState(m).containers[id];
  const config = container?.config.Healthcheck;
  const starting = container?.health?.status === 'starting' && inStartPeriod(container, config, m.world.now);
  const interval = starting ? time(config?.StartInterval, usual.startInterval) : time(config?.Interval, usual.interval);
  setTimer(m, serviceName, `health:${id}`, m.world.now + interval);
  return interval;
}

function inStartPeriod({ state }: Container, config: HealthConfig | undefined, at: Us): boolean {
  return at - (state.startedAt ?? 0) < time(config?.StartPeriod, 0);
}

/** The time for a check has come: the command runs in the container, as `docker exec` would run it. */
export function probe(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  const task = taskOf(m, id);
  const argv = probeCommand(container?.config.Healthcheck);
  if (!container?.health || !task || !argv) return;
  const exec = randomHex(m, 64);
  const owner = `x:${exec}`;
  const io = makeIo(m, owner, { stdin: false });
  (m.draft.own(engine(m), 'io') as { [owner: string]: TaskIo })[owner] = io;
  const health: Health = { ...container.health, probe: { exec, start: m.world.now, output: '' } };
  updateContainer(m, id, { health });
  const { WorkingDir: cwd = '/', User: user = '' } = container.config;
  const record: Exec = {
    id: exec,
    container: id,
    argv,
    env: [],
    privileged: false,
    tty: false,
    attach: { stdin: false, stdout: true, stderr: true },
    running: true,
    pid: 0,
  };
  noteExec(m, container, record, 'exec_create');
  try {
    const env = { ...environment(m, container) };
    const { filesystems, shim, pid: target } = task;
    const limits = processLimitsOf(container.hostConfig);
    const what = { container: id, filesystems, shim, argv, env, cwd, user, privileged: false, limits };
    const pid = runcExec(m, target, what, io);
    (m.draft.own(engine(m), 'execs') as { [id: string]: Exec })[exec] = { ...record, pid };
    noteExec(m, container, record, 'exec_start');
    const timeout = time(container.config.Healthcheck?.Timeout, usual.timeout);
    setTimer(m, serviceName, `probe:${id}`, m.world.now + timeout);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    closeIo(m, owner);
    finish(m, id, -1, error.message);
  }
}

/** What a probe prints; told by the pump of its streams. */
export function probeOutput(m: Machine, exec: Id, bytes: ByteString): void {
  const { container: id = '' } = engineState(m).execs[exec] ?? {};
  const { health } = engineState(m).containers[id] ?? {};
  if (health?.probe?.exec !== exec) return;
  const { output } = health.probe;
  const all = output + bytes;
  const kept = all.length <= mostOutput || output.endsWith('...') ? all : `${all.slice(0, mostOutput)}...`;
  updateContainer(m, id, { health: { ...health, probe: { ...health.probe, output: kept.slice(0, mostOutput + 3) } } });
}

/** A process that `exec` describes has ended; tells whether it was a probe. */
export function probeEnded(m: Machine, { id: exec, container: id }: Exec, code: number): boolean {
  const { health } = engineState(m).containers[id] ?? {};
  if (health?.probe?.exec !== exec) return false;
  clearTimer(m, serviceName, `probe:${id}`);
  finish(m, id, code, decodeUtf8(health.probe.output));
  return true;
}

/** A probe takes too long: it is killed and counts as failed. */
export function probeTimeout(m: Machine, id: Id): void {
  const container = engineState(m).containers[id];
  const { probe: current } = container?.health ?? {};
  const exec = current && engineState(m).execs[current.exec];
  if (!container || !current || !exec) return;
  const timeout = time(container.config.Healthcheck?.Timeout, usual.timeout);
  const said = decodeUtf8(current.output);
  finish(m, id, -1, `Health check exceeded timeout (${goDuration(timeout)})${said === '' ? '' : `: ${said}`}`);
  if (exec.running) endProcess(m, exec.pid, { code: 137, signal: 'SIGKILL' });
}

function finish(m: Machine, id: Id, code: number, output: string): void {
  const container = engineState(m).containers[id];
  const old = container?.health;
  if (!container || !old?.probe) return;
  const config = container.config.Healthcheck;
  const retries = config?.Retries || usual.retries;
  const { probe: ended, ...rest } = old;
  const result: ProbeResult = { start: ended.start, end: m.world.now, code, output };
  const forgiven = old.status === 'starting' && inStartPeriod(container, config, ended.start);
  const streak = code === 0 ? 0 : old.streak + (forgiven ? 0 : 1);
  const status = code === 0 ? 'healthy' : !forgiven && streak >= retries ? 'unhealthy' : old.status;
  const log = [...old.log, result].slice(-mostResults);
  updateContainer(m, id, { health: { ...rest, status, streak, log } });
  if (status !== old.status) noteContainer(m, container, `health_status: ${status}`);
  step(m, 'dockerd', 'health-probe', { container: id, code, status, streak, retries });
  plan(m, id);
}

/** A time as Go prints it: `500ms`, `1s`, `1m30s`. */
function goDuration(us: Us): string {
  if (us < millisecond) return `${us}µs`;
  if (us < second) return `${us / millisecond}ms`;
  const hours = Math.floor(us / (3600 * second));
  const minutes = Math.floor(us / (60 * second)) % 60;
  const seconds = (us % (60 * second)) / second;
  return `${hours > 0 ? `${hours}h` : ''}${hours + minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}
