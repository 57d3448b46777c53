import type { Id, Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engineService } from '../remote/names.ts';
import { hasServer, serverUnits } from './server-units.ts';

/** What systemd remembers of the units that it controls here, in `host.services.systemd`. */
export interface UnitState {
  /** Units that were stopped or failed, by name: since when (µs), and why when they failed. */
  readonly down: Rec<{ readonly since: number; readonly failed?: string }>;
  readonly disabled: readonly string[];
  /** Containers that ran when dockerd was stopped. */
  readonly ran: readonly Id[];
  /** Clients that wait until dockerd has stopped, and what is to be done then. */
  readonly waiting: readonly {
    readonly pid: number;
    readonly job: Id;
    readonly start: boolean;
    readonly since: number;
  }[];
}

/** The name under which it is kept. */
export const systemdService = 'systemd';

/** A unit that this host has. */
export interface Unit {
  readonly name: string;
  readonly description: string;
  readonly docs: string;
  readonly program: string;
  readonly file: string;
}

const known: readonly Unit[] = [
  {
    name: 'docker.service',
    description: 'Docker Application Container Engine',
    docs: 'https://docs.docker.com',
    program: 'dockerd',
    file: '/usr/lib/systemd/system/docker.service',
  },
  {
    name: 'containerd.service',
    description: 'containerd container runtime',
    docs: 'https://containerd.io',
    program: 'containerd',
    file: '/usr/lib/systemd/system/containerd.service',
  },
  {
    name: 'ssh.service',
    description: 'OpenBSD Secure Shell server',
    docs: 'man:sshd(8)',
    program: 'sshd',
    file: '/usr/lib/systemd/system/ssh.service',
  },
  ...serverUnits,
];

/** The unit of this name, with or without `.service`, when its program is installed on the host. */
export function unitOf(m: Machine, name: string): Unit | undefined {
  const unit = known.find((each) => each.name === name || each.name === `${name}.service`);
  if (!unit) return undefined;
  const server = hasServer(m, unit.name);
  if (server !== undefined) return server ? unit : undefined;
  const there =
    unit.program === 'sshd' ? mainProcess(m, unit) !== undefined : m.host.services[engineService] !== undefined;
  return there ? unit : undefined;
}

/** The main process of a unit, while it runs. */
export function mainProcess(m: Machine, { name, program }: Unit): number | undefined {
  const engine = m.host.services[engineService] as
    | { readonly daemon?: number; readonly containerd?: number }
    | undefined;
  if (name === 'docker.service' || name === 'containerd.service') {
    const pid = (program === 'dockerd' ? engine?.daemon : engine?.containerd) ?? 0;
    const process = m.kernel.processes[pid];
    return process && !('zombie' in process.status) ? pid : undefined;
  }
  return Object.values(m.kernel.processes).find((process) => process.program === program && process.parent === 1)?.pid;
}

/** What systemd knows, to read. */
export function unitState(m: Machine): UnitState {
  const state = m.host.services[systemdService] as unknown as UnitState | undefined;
  return state ?? { down: {}, disabled: [], ran: [], waiting: [] };
}

/** Changes it. */
export function setUnitState(m: Machine, change: Partial<UnitState>): void {
  const services = m.draft.own(m.host, 'services');
  services[systemdService] = m.draft.adopt({ ...unitState(m), ...change }) as never;
}
