import type { Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { residentBytes } from '../../kernel/process-list.ts';
import type { Process } from '../../kernel/state.ts';
import { type Ended, type JournalLine, unitState } from './state.ts';
import { systemOfHost } from './system.ts';
import { cgroupOf, mainProcess, targets, type Unit, unitFile, unitsOf } from './units.ts';

/** What a unit is doing. */
type ActiveState = 'running' | 'dead' | 'failed';

/** Its file's state: `disabled` when its [Install] section has been undone. */
type FileState = Unit['file'] | 'disabled';

/** What `systemctl status UNIT` shows. */
export interface UnitStatus {
  readonly unit: Unit;
  readonly path: string;
  readonly fileState: FileState;
  readonly state: ActiveState;
  /** When it began or ended; null: it has not run since the system booted. */
  readonly since: Us | null;
  readonly pid: number | null;
  readonly cgroup: string;
  readonly processes: readonly Shown[];
  /** `DefaultTasksMax=`: 15 % of what the kernel takes as threads-max. */
  readonly tasksMax: number;
  readonly memory: number;
  readonly cpu: Us;
  readonly ended: Ended | null;
  readonly journal: readonly JournalLine[];
}

/** A process as systemctl shows it. */
export interface Shown {
  readonly pid: number;
  readonly argv: readonly string[];
}

/** A line of `systemctl list-units`. */
export interface UnitRow {
  readonly name: string;
  readonly description: string;
  readonly active: 'active' | 'inactive' | 'failed';
  readonly sub: 'running' | 'active' | 'dead' | 'failed';
}

/** What `systemctl status` shows without a unit. */
export interface SystemStatus {
  readonly units: number;
  readonly jobs: number;
  readonly failed: number;
  readonly since: Us;
  readonly version: string;
  /** The major version, by which the layout differs. */
  readonly number: number;
  readonly cgroups: readonly { readonly path: string; readonly processes: readonly Shown[] }[];
}

const shown = ({ pid, argv }: Process): Shown => ({ pid, argv });

function alive(m: Machine): readonly Process[] {
  return Object.values(m.kernel.processes).filter(({ status }) => !('zombie' in status));
}

/** What is known of a unit. */
export function statusOf(m: Machine, unit: Unit): UnitStatus {
  const { down, disabled, journal = [] } = unitState(m);
  const pid = mainProcess(m, unit);
  const cgroup = cgroupOf(unit);
  const processes = alive(m).filter((each) => each.cgroup === cgroup);
  const ended = pid === undefined ? (down[unit.name] ?? null) : null;
  return {
    unit,
    path: unitFile(m, unit),
    fileState: disabled.includes(unit.name) ? 'disabled' : unit.file,
    state: stateOf(m, unit),
    since: pid === undefined ? (ended?.since ?? null) : (m.kernel.processes[pid]?.started ?? 0),
    pid: pid ?? null,
    cgroup,
    processes: processes.map(shown),
    tasksMax: Math.floor(Math.floor(m.kernel.memory / 131_072) * 0.15),
    memory: processes.reduce((sum, each) => sum + residentBytes(each), 0),
    cpu: processes.reduce((sum, each) => sum + each.cpu, 0),
    ended,
    journal: journal.filter((line) => line.unit === unit.name).slice(-10),
  };
}

function stateOf(m: Machine, unit: Unit): ActiveState {
  if (mainProcess(m, unit) !== undefined) return 'running';
  return unitState(m).down[unit.name]?.result === undefined ? 'dead' : 'failed';
}

/** All units that are installed, by type and name as systemctl sorts them. */
export function rowsOf(m: Machine): readonly UnitRow[] {
  const services = unitsOf(m).map((unit): UnitRow => {
    const sub = stateOf(m, unit);
    const active = sub === 'running' ? 'active' : sub === 'dead' ? 'inactive' : 'failed';
    return { name: unit.name, description: unit.description, active, sub };
  });
  const reached = targets
    .filter(({ name }) => name !== 'getty.target' || services.some((each) => each.name.startsWith('getty@')))
    .map((target): UnitRow => ({ ...target, active: 'active', sub: 'active' }));
  const byName = (a: UnitRow, b: UnitRow) => (a.name < b.name ? -1 : 1);
  return [...services.sort(byName), ...reached];
}

/** The state of the whole system, and its processes by cgroup. */
export function systemStatus(m: Machine): SystemStatus {
  const rows = rowsOf(m);
  const { version, package: from } = systemOfHost(m);
  const cgroups = new Map<string, Shown[]>();
  for (const process of alive(m)) {
    cgroups.set(process.cgroup, [...(cgroups.get(process.cgroup) ?? []), shown(process)]);
  }
  return {
    units: rows.length,
    jobs: unitState(m).waiting.length,
    failed: rows.filter(({ active }) => active === 'failed').length,
    since: m.kernel.processes[1]?.started ?? m.world.now,
    version: from,
    number: version,
    cgroups: [...cgroups].map(([path, processes]) => ({ path, processes })),
  };
}
