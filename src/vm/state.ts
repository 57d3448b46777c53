import type { DirNode } from '../kernel/fs/node.ts';
import type { Id, Rec, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { StageId } from './stages.ts';

/** The name under which the hypervisor is a service of its host. */
export const serviceName = 'hypervisor';

/** What the hypervisor of a host knows, in `host.services.hypervisor`. */
export interface HypervisorState {
  /** Virtual machines by name. */
  readonly machines: Rec<VirtualMachine>;
  /** Clients that read a machine's serial console: pipes to them, by the machine's name. */
  readonly consoles: Rec<readonly Id[]>;
  /** The daemon's process on the host, whose children the machines' processes are. */
  readonly daemon?: number;
}

/** What a virtual machine is made of. */
export interface Hardware {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  /** The size of its disk in bytes; what of it is in use is in the disk's files. */
  readonly disk: number;
  readonly mac: string;
}

export interface VirtualMachine {
  readonly name: string;
  readonly hardware: Hardware;
  readonly state: 'off' | 'booting' | 'running' | 'stopping';
  readonly created: Us;
  /** What its disk holds; while a guest runs, the guest's own file system has it. */
  readonly disk: DirNode;
  /** The host that its kernel is in the world, once that has been loaded. */
  readonly guest?: Id;
  /** The hypervisor's process on the host, while there is one. */
  readonly pid?: number;
  readonly poweredOn?: Us;
  /** The next stage of the way up. */
  readonly next?: StageId;
  /** The run of whoever switches it on or off: the steps of that belong to it. */
  readonly run?: Id;
}

/** The hypervisor's state, changeable one level deep; made when it is first needed. */
export function hypervisor(m: Machine): { -readonly [K in keyof HypervisorState]: HypervisorState[K] } {
  const services = m.draft.own(m.host, 'services');
  services[serviceName] ??= m.draft.adopt({ machines: {}, consoles: {} });
  return m.draft.own(services, serviceName) as never;
}

/** All virtual machines of a host, by name. */
export function virtualMachines(m: Machine): Rec<VirtualMachine> {
  return (m.host.services[serviceName] as unknown as HypervisorState | undefined)?.machines ?? {};
}

/** Changes a virtual machine. */
export function updateMachine(m: Machine, name: string, change: Partial<VirtualMachine>): VirtualMachine {
  const old = virtualMachines(m)[name];
  if (!old) throw new Error(`no virtual machine ${name}`);
  const machine = { ...old, ...change };
  (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[name] = machine;
  return machine;
}
