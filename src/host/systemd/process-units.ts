import { isErrno } from '../../kernel/errno.ts';
import { abandonProcess, execProcess } from '../../kernel/exec.ts';
import { newFile, setFd } from '../../kernel/files.ts';
import { millisecond } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { cloneProcess, endProcess, ownProcess, setTimer } from '../../kernel/process.ts';
import type { Exit } from '../../kernel/program.ts';
import { sendSignal } from '../../kernel/signal-delivery.ts';
import { type Signal, signalNumber } from '../../kernel/signals.ts';
import { accountOf } from '../../programs/accounts.ts';
import { setDown, setUnitState, systemdService, unitState, writeJournal } from './state.ts';
import { cgroupOf, mainProcess, type Unit, unitOf, unitsOf } from './units.ts';

/** Starts, stops, restarts or reloads a unit whose process systemd itself starts. False: it did not start. */
export function controlUnit(m: Machine, unit: Unit, op: 'start' | 'stop' | 'restart' | 'reload'): boolean {
  const pid = mainProcess(m, unit);
  if (op === 'reload') {
    if (pid !== undefined) sendSignal(m, pid, 'SIGHUP');
    return pid !== undefined;
  }
  if (op !== 'start' && pid !== undefined) stop(m, unit, pid);
  return op === 'stop' || (op === 'start' && pid !== undefined) ? true : begin(m, unit);
}

/** Starts the unit's process as the user of its file, in a cgroup of its own. */
function begin(m: Machine, unit: Unit): boolean {
  const account = unit.user === undefined ? undefined : accountOf(m, unit.user);
  if (unit.user !== undefined && !account) return failed(m, unit, 'exited, status=217/USER', 'exit-code');
  const pid = cloneProcess(m, 1, { program: 'run', pgid: 0, fds: {}, cwd: '/', cgroup: cgroupOf(unit) });
  if (isErrno(pid)) return false;
  // its end is told to whoever looks after the units
  const init = ownProcess(m, 1);
  if (init.service === undefined) init.service = systemdService;
  Object.assign(ownProcess(m, pid), {
    sid: pid,
    ...(account ? { uid: account.uid, gid: account.gid, groups: account.groups } : {}),
  });
  for (const fd of [0, 1, 2]) setFd(m, pid, fd, newFile(m, { kind: 'device', device: 'null' }));
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };
  if (execProcess(m, pid, { path: unit.path, argv: unit.argv, env })) {
    abandonProcess(m, pid);
    return failed(m, unit, 'exited, status=203/EXEC', 'exit-code');
  }
  if (unit.resident !== undefined) ownProcess(m, pid).resident = unit.resident;
  setUnitState(m, { mains: { ...unitState(m).mains, [pid]: { unit: unit.name, began: m.world.now } } });
  setDown(m, unit.name, undefined);
  writeJournal(m, unit.name, `Started ${unit.name} - ${unit.description}.`);
  return true;
}

function failed(m: Machine, unit: Unit, how: string, result: Result): false {
  setDown(m, unit.name, { since: m.world.now, how, result });
  writeJournal(m, unit.name, `${unit.name}: Main process exited, code=${how}`);
  writeJournal(m, unit.name, `${unit.name}: Failed with result '${result}'.`);
  return false;
}

/** SIGTERM for all that is in its cgroup; servers end at it in good order. */
function stop(m: Machine, unit: Unit, pid: number): void {
  const { started: began = m.world.now, cpu = 0 } = m.kernel.processes[pid] ?? {};
  setDown(m, unit.name, { since: m.world.now, pid, began, cpu, how: 'exited, status=0/SUCCESS' });
  const cgroup = cgroupOf(unit);
  for (const process of Object.values(m.kernel.processes)) {
    if (process.cgroup === cgroup && !('zombie' in process.status)) {
      endProcess(m, process.pid, { code: 143, signal: 'SIGTERM' });
    }
  }
  writeJournal(m, unit.name, `Stopped ${unit.name} - ${unit.description}.`);
}

type Result = 'exit-code' | 'signal';

/** Signals at which a service ends in good order (systemd.service(5), SuccessExitStatus=). */
const cleanSignals: readonly (Signal | undefined)[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE'];

/** A child of process 1 has ended: was it the main process of a unit that nobody stopped? Then it comes back, or has failed. False: it was no unit's. */
export function processEnded(m: Machine, pid: number, { code, signal }: Exit): boolean {
  const { [String(pid)]: main, ...mains } = unitState(m).mains ?? {};
  if (!main) return false;
  setUnitState(m, { mains });
  const unit = unitOf(m, main.unit);
  if (!unit || unitState(m).down[unit.name] !== undefined) return true;
  const word = signal === undefined ? (code === 0 ? 'SUCCESS' : code === 1 ? 'FAILURE' : 'n/a') : signal.slice(3);
  const ended = { since: m.world.now, pid, began: main.began };
  const how = signal === undefined ? `exited, status=${code}/${word}` : `killed, signal=${word}`;
  const number = signal === undefined ? code : signalNumber(signal);
  writeJournal(
    m,
    unit.name,
    `${unit.name}: Main process exited, code=${how.replace(/,.*/, '')}, status=${number}/${word}`,
  );
  const clean = signal === undefined ? code === 0 : cleanSignals.includes(signal);
  const result: Result = signal === undefined ? 'exit-code' : 'signal';
  setDown(m, unit.name, { ...ended, how, ...(clean ? {} : { result }) });
  if (!clean) writeJournal(m, unit.name, `${unit.name}: Failed with result '${result}'.`);
  if (unit.restart) {
    setUnitState(m, { returning: [...(unitState(m).returning ?? []), unit.name] });
    setTimer(m, systemdService, 'return', m.world.now + restartDelay);
  }
  return true;
}

/** RestartSec= when nothing is said. */
const restartDelay = 100 * millisecond;

/** The moment has passed: those units start again. */
export function comeBack(m: Machine): void {
  const { returning = [] } = unitState(m);
  setUnitState(m, { returning: [] });
  for (const unit of unitsOf(m)) {
    if (returning.includes(unit.name) && mainProcess(m, unit) === undefined) {
      begin(m, unit);
    }
  }
}

/** A target is reached at boot: the units that it wants start, unless they are disabled. */
export function startWanted(m: Machine, wanted: Unit['wanted']): void {
  const { disabled } = unitState(m);
  for (const unit of unitsOf(m)) {
    if (!unit.foreign && unit.wanted === wanted && !disabled.includes(unit.name)) controlUnit(m, unit, 'start');
  }
}

/** Packages were configured on a host with systemd: the servers among them start. */
export function startInstalled(m: Machine, names: readonly string[]): void {
  for (const unit of unitsOf(m)) {
    if (unit.package !== undefined && names.includes(unit.package)) controlUnit(m, unit, 'start');
  }
}
