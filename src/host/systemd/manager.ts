import type { Json } from '../../kernel/json.ts';
import type { Machine, Service } from '../../kernel/machine.ts';
import type { ServiceAnswer } from '../../kernel/program.ts';
import { serviceName as hypervisor } from '../../vm/state.ts';
import { mountedDisk, onDisk, type ServicesOnDisk } from './disk.ts';
import { dockerGoesDown, dockerUnit, lookAtDocker, reloadDocker, startDockerUnit, stopDocker } from './docker-unit.ts';
import { packagesInstalled } from './install.ts';
import { comeBack, controlUnit, processEnded, startWanted } from './process-units.ts';
import { type JournalLine, setUnitState, unitState, writeJournal } from './state.ts';
import { rowsOf, type SystemStatus, statusOf, systemStatus, type UnitRow, type UnitStatus } from './status.ts';
import { type Unit, unitOf } from './units.ts';

/** What systemctl and journalctl ask for, what apt tells when it has configured packages, and who gives the machine its power. */
export type SystemdRequest =
  | {
      readonly op: 'status' | 'start' | 'stop' | 'restart' | 'reload' | 'enable' | 'disable';
      readonly unit: string;
    }
  | { readonly op: 'list' }
  | { readonly op: 'system' }
  | { readonly op: 'journal' }
  /** Local file systems are there, and later the default target is reached: their units start. */
  | { readonly op: 'early' }
  | { readonly op: 'booted' }
  /** The system goes down; asked again until nothing has to be waited for. */
  | { readonly op: 'going-down' }
  /** What the disk has of the services; a new kernel has mounted such a disk. */
  | { readonly op: 'on-disk' }
  | { readonly op: 'mounted'; readonly services: ServicesOnDisk }
  | {
      readonly op: 'installed';
      readonly names: readonly string[];
      readonly bytes: number;
      /** The version of the release's own docker.io, when that is installed. */
      readonly docker?: string | null;
    };

/** How it answers. */
export type SystemdAnswer =
  | { readonly refused: 'not-found' | 'not-root' | 'not-booted' | 'not-simulated' }
  | { readonly failed: true }
  | { readonly did: true }
  | { readonly status: UnitStatus }
  | { readonly rows: readonly UnitRow[] }
  | { readonly system: SystemStatus }
  | { readonly journal: readonly JournalLine[] };

/** How it answers who gives the machine its power and takes it. */
type PowerAnswer = { readonly busy: boolean } | { readonly services: ServicesOnDisk };

/** The service manager of a host, process 1's. */
export const systemd: Service = {
  stateless: true,
  request(m, pid, message) {
    const asked = message as unknown as SystemdRequest;
    const caller = m.kernel.processes[pid];
    if (!caller || caller.ns.pid !== m.kernel.processes[1]?.ns.pid) return answer({ refused: 'not-booted' });
    switch (asked.op) {
      case 'list':
        return answer({ rows: rowsOf(m) });
      case 'system':
        return answer({ system: systemStatus(m) });
      case 'journal':
        return answer({ journal: unitState(m).journal ?? [] });
      case 'on-disk':
        return answer({ services: onDisk(m) });
      case 'mounted':
        mountedDisk(m, asked.services);
        return answer({ did: true });
      case 'early':
        startWanted(m, 'early');
        return answer({ did: true });
      case 'booted':
        return booted(m);
      case 'going-down':
        return answer({ busy: dockerGoesDown(m) });
      case 'installed':
        packagesInstalled(m, asked.names, asked.bytes, asked.docker ?? null);
        return answer({ did: true });
      default: {
        const unit = unitOf(m, asked.unit);
        if (!unit) return answer({ refused: 'not-found' });
        if (asked.op === 'status') return answer({ status: statusOf(m, unit) });
        return caller.uid === 0 ? change(m, pid, unit, asked.op) : answer({ refused: 'not-root' });
      }
    }
  },
  childExited(m, pid, exit) {
    // no unit's: an orphan, as a machine's process is whose daemon has ended
    if (!processEnded(m, pid, exit)) m.software.services.get(hypervisor)?.childExited?.(m, pid, exit);
  },
  timer: (m, key) => (key === 'return' ? comeBack(m) : lookAtDocker(m)),
};

function answer(reply: SystemdAnswer | PowerAnswer): ServiceAnswer {
  return { reply: reply as unknown as Json };
}

type Change = 'start' | 'stop' | 'restart' | 'reload' | 'enable' | 'disable';

function change(m: Machine, pid: number, unit: Unit, op: Change): ServiceAnswer {
  // sshd and containerd come with every boot here
  const fixed = unit.foreign && unit.name !== 'docker.service';
  if (op === 'disable' && fixed) return answer({ refused: 'not-simulated' });
  if (op === 'enable' || op === 'disable') return enable(m, unit, op === 'enable');
  if (!unit.foreign) return answer(controlUnit(m, unit, op) ? { did: true } : { failed: true });
  if (fixed) return answer({ refused: 'not-simulated' });
  if (op === 'start') return answer(startDockerUnit(m, unit));
  if (op === 'reload') return answer(reloadDocker(m, unit));
  const stopped = stopDocker(m, pid, unit, op === 'restart');
  return 'job' in stopped ? stopped : answer(stopped);
}

/** The default target is reached: the enabled units start. */
function booted(m: Machine): ServiceAnswer {
  startWanted(m, 'late');
  const ssh = unitOf(m, 'ssh.service');
  if (ssh) writeJournal(m, ssh.name, `Started ${ssh.name} - ${ssh.description}.`);
  const docker = dockerUnit(m);
  if (docker && !unitState(m).disabled.includes(docker.name)) startDockerUnit(m, docker);
  return answer({ did: true });
}

function enable(m: Machine, { name }: Unit, on: boolean): ServiceAnswer {
  const others = unitState(m).disabled.filter((each) => each !== name);
  setUnitState(m, { disabled: on ? others : [...others, name] });
  return answer({ did: true });
}
