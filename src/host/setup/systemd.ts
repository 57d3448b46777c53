import type { HostConfig } from '../../engine/api.ts';
import { engineState } from '../../engine/state.ts';
import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import { type Json, millisecond, second, type Us } from '../../kernel/json.ts';
import type { Machine, Service } from '../../kernel/machine.ts';
import { endProcess, finishJob, setTimer } from '../../kernel/process.ts';
import { residentBytes } from '../../kernel/process-list.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { nextSeq } from '../../kernel/world.ts';
import { engineService } from '../remote/names.ts';
import { step } from '../step.ts';
import { daemonSettings } from './daemon-json.ts';
import { mountedDisk, onDisk, type ServicesOnDisk, startDocker } from './power.ts';
import { controlServer, startEnabled, startInstalled } from './server-units.ts';
import { mainProcess, setUnitState, systemdService, type Unit, unitOf, unitState } from './units.ts';

/** What systemctl asks for, and what apt tells when it has configured packages. */
export type SystemdRequest =
  | {
      readonly op: 'status' | 'start' | 'stop' | 'restart' | 'reload' | 'enable' | 'disable';
      readonly unit: string;
    }
  | { readonly op: 'booted' }
  /** The system goes down; asked again until nothing has to be waited for. */
  | { readonly op: 'going-down' }
  /** What the disk has of the services; a new kernel has mounted such a disk. */
  | { readonly op: 'on-disk' }
  | { readonly op: 'mounted'; readonly services: ServicesOnDisk }
  | { readonly op: 'installed'; readonly names: readonly string[]; readonly bytes: number };

/** How it answers. */
export type SystemdAnswer =
  | { readonly refused: 'not-found' | 'not-root' | 'not-booted' | 'not-simulated' }
  | { readonly failed: true }
  | { readonly did: true }
  | { readonly status: UnitStatus };

/** How it answers who gives the machine its power and takes it. */
export type PowerAnswer = { readonly busy: boolean } | { readonly services: ServicesOnDisk };

/** What `systemctl status` shows. */
export interface UnitStatus {
  readonly unit: Unit;
  readonly enabled: boolean;
  readonly state: 'running' | 'dead' | 'failed';
  readonly since: Us;
  readonly pid: number | null;
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  readonly memory: number;
  readonly cpu: Us;
  readonly why: string | null;
}

/** How long dockerd lets its containers take to stop. */
const patience: Us = 15 * second;
const glance: Us = 50 * millisecond;

/** The service manager of a host, process 1's: units of Docker and of sshd. */
export const systemd: Service = {
  stateless: true,
  request(m, pid, message) {
    const asked = message as unknown as SystemdRequest;
    const caller = m.kernel.processes[pid];
    if (!caller || caller.ns.pid !== m.kernel.processes[1]?.ns.pid) return answer({ refused: 'not-booted' });
    if (asked.op === 'on-disk') return answer({ services: onDisk(m) });
    if (asked.op === 'mounted') {
      mountedDisk(m, asked.services);
      return answer({ did: true });
    }
    if (asked.op === 'booted') return booted(m);
    if (asked.op === 'going-down') return goDown(m);
    if (asked.op === 'installed') return installed(m, asked.names, asked.bytes);
    const unit = unitOf(m, asked.unit);
    if (!unit) return answer({ refused: 'not-found' });
    if (asked.op === 'status') return answer({ status: statusOf(m, unit) });
    if (caller.uid !== 0) return answer({ refused: 'not-root' });
    if (asked.op === 'enable' || asked.op === 'disable') return enable(m, unit, asked.op === 'enable');
    const server = controlServer(m, unit.name, asked.op);
    if (server !== undefined) return answer(server ? { did: true } : { failed: true });
    if (unit.name !== 'docker.service') return answer({ refused: 'not-simulated' });
    if (asked.op === 'start') return start(m, unit);
    if (asked.op === 'reload') return reload(m, unit);
    return stop(m, pid, unit, asked.op === 'restart');
  },
  timer: (m) => look(m),
};

function answer(reply: SystemdAnswer | PowerAnswer): ServiceAnswer {
  return { reply: reply as unknown as Json };
}

/** The default target is reached: the enabled units start. */
function booted(m: Machine): ServiceAnswer {
  const { disabled } = unitState(m);
  startEnabled(m, disabled);
  const docker = unitOf(m, 'docker.service');
  if (docker && !disabled.includes(docker.name)) start(m, docker);
  return answer({ did: true });
}

/** dockerd stops its containers before the power goes. */
function goDown(m: Machine): ServiceAnswer {
  const docker = unitOf(m, 'docker.service');
  if (!docker || mainProcess(m, docker) === undefined) return answer({ busy: false });
  if (unitState(m).waiting.length === 0) stop(m, 1, docker, false);
  return answer({ busy: true });
}

function enable(m: Machine, { name }: Unit, on: boolean): ServiceAnswer {
  const others = unitState(m).disabled.filter((each) => each !== name);
  setUnitState(m, { disabled: on ? others : [...others, name] });
  return answer({ did: true });
}

function start(m: Machine, unit: Unit): ServiceAnswer {
  if (mainProcess(m, unit) !== undefined) return answer({ did: true });
  return answer(begin(m, unit) ? { did: true } : { failed: true });
}

/** dockerd reads its settings and starts, and with it containers whose restart policy says so. */
function begin(m: Machine, unit: Unit): boolean {
  const settings = daemonSettings(m);
  const { ran, down } = unitState(m);
  if ('wrong' in settings) {
    setUnitState(m, { down: { ...down, [unit.name]: { since: m.world.now, failed: settings.wrong } } });
    return false;
  }
  startDocker(m, settings.insecure);
  const { [unit.name]: _down, ...others } = down;
  setUnitState(m, { down: others, ran: [] });
  step(m, 'systemd', 'unit-start', { unit: unit.name, pid: engineState(m).daemon });
  for (const { id, hostConfig, state } of Object.values(engineState(m).containers)) {
    if (state.status === 'running') continue;
    if (hostConfig.AutoRemove === true && state.status !== 'created') ask(m, `/containers/${id}`, 'DELETE');
    else if (startsAgain(hostConfig, state.exitCode, ran.includes(id))) ask(m, `/containers/${id}/start`);
  }
  return true;
}

/** Does a container's restart policy start it with the daemon (moby's restartmanager)? */
function startsAgain({ RestartPolicy }: Partial<HostConfig>, code: number, ran: boolean): boolean {
  const { Name = 'no' } = RestartPolicy ?? {};
  return Name === 'always' || (Name === 'unless-stopped' && ran) || (Name === 'on-failure' && ran && code !== 0);
}

/** SIGHUP: dockerd reads what it can change while it runs. */
function reload(m: Machine, unit: Unit): ServiceAnswer {
  const settings = daemonSettings(m);
  if (mainProcess(m, unit) === undefined || 'wrong' in settings) return answer({ failed: true });
  const engine = m.draft.own(m.draft.own(m.host, 'services'), engineService) as { insecureRegistries?: unknown };
  engine.insecureRegistries = settings.insecure;
  return answer({ did: true });
}

/** SIGTERM: dockerd stops its containers first; whoever asked waits for that. */
function stop(m: Machine, pid: number, unit: Unit, restart: boolean): ServiceAnswer {
  if (mainProcess(m, unit) === undefined) {
    return restart ? start(m, unit) : answer({ did: true });
  }
  const { tasks, containers } = engineState(m);
  const restarting = Object.values(containers).filter(({ state }) => state.status === 'restarting');
  const running = [...Object.keys(tasks), ...restarting.map(({ id }) => id)];
  step(m, 'systemd', 'unit-stop', { unit: unit.name, containers: running.length });
  setUnitState(m, { ran: running });
  for (const id of running) ask(m, `/containers/${id}/stop`);
  const job = `systemd${nextSeq(m)}`;
  setUnitState(m, { waiting: [...unitState(m).waiting, { pid, job, start: restart, since: m.world.now }] });
  setTimer(m, systemdService, 'stop', m.world.now);
  return { job };
}

/** Asks the engine as root. */
function ask(m: Machine, path: string, method: 'POST' | 'DELETE' = 'POST'): void {
  m.software.services.get(engineService)?.request(m, 1, { method, path });
}

/** Have all containers stopped? Then dockerd ends, and starts again when it was to be restarted. */
function look(m: Machine): void {
  const { waiting, down } = unitState(m);
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
  if (m.kernel.processes[daemon]) endProcess(m, daemon, { code: 0 });
  setUnitState(m, { waiting: [], down: { ...down, 'docker.service': { since: m.world.now } } });
  const unit = unitOf(m, 'docker.service');
  let reply: SystemdAnswer = { did: true };
  if (unit && waiting.some(({ start: again }) => again) && !begin(m, unit)) reply = { failed: true };
  for (const { pid, job } of waiting) finishJob(m, pid, job, reply as unknown as Json);
  m.run = undefined;
}

/** Docker's packages were configured: their group is made, and their units are started. */
function installed(m: Machine, names: readonly string[], bytes: number): ServiceAnswer {
  startInstalled(m, names);
  if (!names.some((name) => name === 'docker.io' || name === 'docker-ce')) return answer({ did: true });
  const files = fileCalls(m, 1);
  const group = files.readFile('/etc/group');
  if (!isErrno(group) && !/^docker:/m.test(group.bytes)) {
    files.writeFile('/etc/group', encodeUtf8('docker:x:988:\n'), { append: true });
  }
  for (const [folder, mode] of [
    ['/var/lib/docker', 0o710],
    ['/etc/docker', 0o755],
  ] as const) {
    if (isErrno(files.stat(folder))) files.mkdir(folder, mode);
  }
  step(m, 'apt', 'docker-install', {
    packages: names.filter((name) => /docker|containerd|runc/.test(name)),
    bytes,
    group: 988,
  });
  const settings = daemonSettings(m);
  startDocker(m, 'wrong' in settings ? [] : settings.insecure);
  step(m, 'systemd', 'unit-start', { unit: 'docker.service', pid: engineState(m).daemon });
  return answer({ did: true });
}

function statusOf(m: Machine, unit: Unit): UnitStatus {
  const { down, disabled } = unitState(m);
  const pid = mainProcess(m, unit);
  const cgroup = `/system.slice/${unit.name}`;
  const processes = Object.values(m.kernel.processes).filter((each) => pid !== undefined && each.cgroup === cgroup);
  const was = down[unit.name];
  return {
    unit,
    enabled: !disabled.includes(unit.name),
    state: pid !== undefined ? 'running' : was?.failed === undefined ? 'dead' : 'failed',
    since: pid === undefined ? (was?.since ?? m.world.now) : (m.kernel.processes[pid]?.started ?? 0),
    pid: pid ?? null,
    processes: processes.map((each) => ({ pid: each.pid, command: each.argv.join(' ') })),
    memory: processes.reduce((sum, each) => sum + residentBytes(each), 0),
    cpu: processes.reduce((sum, each) => sum + each.cpu, 0),
    why: was?.failed ?? null,
  };
}
