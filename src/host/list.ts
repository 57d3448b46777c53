import type { Id } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Made } from '../kernel/state.ts';
import { desktopOf } from './desktop/backend.ts';
import { addressOf } from './lan.ts';
import { engineService } from './remote/names.ts';

/** A computer as `drydock host list` shows it. */
export interface HostRow {
  readonly name: Id;
  readonly inUse: boolean;
  readonly kind: Made['kind'];
  readonly address: string | undefined;
  /** `uname -sr`. */
  readonly kernel: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly docker: 'runs' | 'stopped' | 'none' | 'desktop';
}

/** The computers of a world, the first one (`m`) first; guests and hidden virtual machines are in them, not beside them. */
export function rowsOf(m: Machine): readonly HostRow[] {
  const names = Object.keys(m.world.hosts).filter(
    (id) => id === m.hostId || (!id.includes('/') && m.world.hosts[id]?.made !== undefined),
  );
  const inUse = m.world.seat ?? m.hostId;
  return names.map((name) => {
    const host = m.peer(name);
    const { release, sysname = 'Linux', cpus, memory } = host.kernel;
    return {
      name,
      inUse: name === inUse,
      kind: host.host.made?.kind ?? 'linux',
      address: addressOf(m, name),
      kernel: `${sysname} ${release}`,
      cpus,
      memory,
      docker: dockerOn(host),
    };
  });
}

function dockerOn(m: Machine): HostRow['docker'] {
  if (desktopOf(m)) return 'desktop';
  const engine = m.host.services[engineService] as { readonly daemon?: number } | undefined;
  if (engine === undefined) return 'none';
  return m.kernel.processes[engine.daemon ?? 0] ? 'runs' : 'stopped';
}
