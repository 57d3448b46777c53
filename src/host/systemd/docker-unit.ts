import type { HostConfig } from '../../engine/api.ts';
import { engineState } from '../../engine/state.ts';
import { type Json, millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { endProcess, finishJob, setTimer } from '../../kernel/process.ts';
import { nextSeq } from '../../kernel/world.ts';
import { engineService } from '../remote/names.ts';
import { daemonSettings } from '../setup/daemon-json.ts';
import { step } from '../step.ts';
import { startDocker } from './disk.ts';
import type { SystemdAnswer } from './manager.ts';
import { setDown, setUnitState, systemdService, unitState, writeJournal } from './state.ts';
import { mainProcess, type Unit, unitOf } from './units.ts';

/** How long dockerd lets its containers take to stop. */
const patience: Us = 15 * second;
const glance: Us = 50 * millisecond;

/** docker.service, when this host has it. */
export function dockerUnit(m: Machine): Unit | undefined {
  return unitOf(m, 'docker.service');
}

/** Starts dockerd unless it runs: it reads its settings, and starts containers whose restart policy says so. */
export function startDockerUnit(m: Machine, unit: Unit): SystemdAnswer {
  if (mainProcess(m, unit) !== undefined) return { did: true };
  return begin(m, unit) ? { did: true } : { failed: true };
}

function begin(m: Machine, unit: Unit): boolean {
  const settings = daemonSettings(m);
  const { ran } = unitState(m);
  if ('wrong' in settings) {
    setDown(m, unit.name, { since: m.world.now, result: 'exit-code', how: 'exited, status=1/FAILURE' });
    writeJournal(m, unit.name, settings.wrong, 'dockerd');
    writeJournal(m, unit.name, `${unit.name}: Main process exited, code=exited, status=1/FAILURE`);
    writeJournal(m, unit.name, `${unit.name}: Failed with result 'exit-code'.`);
    writeJournal(m, unit.name, `Failed to start ${unit.name} - ${unit.description}.`);
    return false;
  }
  startDocker(m, settings.insecure);
  setDown(m, unit.name, undefined);
  setUnitState(m, { ran: [] });
  tellStarted(m, unit);
  for (const { id, hostConfig, state } of Object.values(engineState(m).containers)) {
    if (state.status === 'running') continue;
    if (hostConfig.AutoRemove === true && state.status !== 'created') ask(m, `/containers/${id}`, 'DELETE');
    else if (startsAgain(hostConfig, state.exitCode, ran.includes(id))) ask(m, `/containers/${id}/start`);
  }
  return true;
}

/** Writes into the journal, and tells, that dockerd runs. */
export function tellStarted(m: Machine, unit: Unit): void {
  writeJournal(m, unit.name, `Started ${unit.name} - ${unit.description}.`);
  step(m, 'systemd', 'unit-start', { unit: unit.name, pid: engineState(m).daemon });
}

/** Does a container's restart policy start it with the daemon (moby's restartmanager)? */
function startsAgain({ RestartPolicy }: Partial<HostConfig>, code: number, ran: boolean): boolean {
  const { Name = 'no' } = RestartPolicy ?? {};
  return Name === 'always' || (Name === 'unless-stopped' && ran) || (Name === 'on-failure' && ran && code !== 0);
}

/** SIGHUP: dockerd reads what it can change while it runs. */
export function reloadDocker(m: Machine, unit: Unit): SystemdAnswer {
  const settings = daemonSettings(m);
  if (mainProcess(m, unit) === undefined || 'wrong' in settings) return { failed: true };
  const engine = m.draft.own(m.draft.own(m.host, 'services'), engineService) as { insecureRegistries?: unknown };
  engine.insecureRegistries = settings.insecure;
  return { did: true };
}

/** SIGTERM: dockerd stops its containers first; whoever asked (`pid`) waits for that, by the job. */
export function stopDocker(
  m: Machine,
  pid: number,
  unit: Unit,
  restart: boolean,
): SystemdAnswer | { readonly job: string } {
  if (mainProcess(m, unit) === undefined) return restart ? startDockerUnit(m, unit) : { did: true };
  const { tasks, containers } = engineState(m);
  const restarting = Object.values(containers).filter(({ state }) => state.status === 'restarting');
  const running = [...Object.keys(tasks), ...restarting.map(({ id }) => id)];
  step(m, 'systemd', 'unit-stop', { unit: unit.name, containers: running.length });
  writeJournal(m, unit.name, `Stopping ${unit.name} - ${unit.description}...`);
  setUnitState(m, { ran: running });
  for (const id of running) ask(m, `/containers/${id}/stop`);
  const job = `systemd${nextSeq(m)}`;
  setUnitState(m, { waiting: [...unitState(m).waiting, { pid, job, start: restart, since: m.world.now }] });
  setTimer(m, systemdService, 'stop', m.world.now);
  return { job };
}

/** dockerd stops its containers before the power goes. True: that has to be waited for. */
export function dockerGoesDown(m: Machine): boolean {
  const unit = dockerUnit(m);
  if (!unit || mainProcess(m, unit) === undefined) return false;
  if (unitState(m).waiting.length === 0) stopDocker(m, 1, unit, false);
  return true;
}

/** Asks the engine as root. */
function ask(m: Machine, path: string, method: 'POST' | 'DELETE' = 'POST'): void {
  m.software.services.get(engineService)?.request(m, 1, { method, path });
}

/** Have all containers stopped? Then dockerd ends, and starts again when it was to be restarted. */
export function lookAtDocker(m: Machine): void {
  const { waiting } = unitState(m);
  const [first] = waiting;
  if (!first) return;
  const { tasks, daemon } = engineState(m);
  if (Object.keys(tasks).length > 0 && m.world.now < first.since + patience) {
    setTimer(m, systemdService, 'stop', m.world.now + glance);
    return;
  }
  // the answers of the stops, which process 1 had asked for, are nobody's
  for (const [job, { pid }] of Object.entries(m.kernel.jobs)) if (pid === 1) delete m.draft.own(m.kernel, 'jobs')[job];
  m.run = m.kernel.processes[first.pid]?.run;
  const last = m.kernel.processes[daemon];
  if (last) endProcess(m, daemon, { code: 0 });
  setUnitState(m, { waiting: [] });
  const main = last ? { pid: daemon, began: last.started, cpu: last.cpu, how: 'exited, status=0/SUCCESS' } : {};
  setDown(m, 'docker.service', { since: m.world.now, ...main });
  const unit = dockerUnit(m);
  if (unit) writeJournal(m, unit.name, `Stopped ${unit.name} - ${unit.description}.`);
  let reply: SystemdAnswer = { did: true };
  if (unit && waiting.some(({ start: again }) => again) && !begin(m, unit)) reply = { failed: true };
  for (const { pid, job } of waiting) finishJob(m, pid, job, reply as unknown as Json);
  m.run = undefined;
}
