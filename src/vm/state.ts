import type { DirNode } from '../kernel/fs/node.ts';
import type { Id, Json, Rec, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Host } from '../kernel/state.ts';
import type { Kind } from './kinds.ts';
import type { StageId } from './stages.ts';
import type { SystemId } from './systems.ts';

/** The name under which the hypervisor is a service of its host. */
export const serviceName = 'hypervisor';

/** The service that process 1 of a computer is, where one listens (src/host/systemd). */
export const initService = 'systemd';

/** What the hypervisor of a host knows, in `host.services.hypervisor`. */
export interface HypervisorState {
  /** Virtual machines by name. */
  readonly machines: Rec<VirtualMachine>;
  /** Clients that read a machine's serial console: pipes to them, by the machine's name. */
  readonly consoles: Rec<readonly Id[]>;
  /** The daemon's process on the host, whose children the machines' processes are. */
  readonly daemon?: number;
  /** VirtualBox's own daemon, which does the same for its machines. */
  readonly vboxsvc?: number;
  /** The firmware's switch for the processor's help with virtualization (VT-x, AMD-V) is off. */
  readonly noHardwareHelp?: true;
  /** Commands that clients run in guests: by the guest's host and process, who waits for it. */
  readonly sessions?: Rec<GuestSession>;
  /** Disk images that VirtualBox knows, by path. */
  readonly media?: Rec<Medium>;
}

/** Somebody on the host waits for a process of a guest. */
export interface GuestSession {
  readonly client: number;
  readonly job: Id;
}

/** A disk image of VirtualBox. */
export interface Medium {
  readonly uuid: string;
  readonly path: string;
  /** Bytes that the disk seems to have. */
  readonly size: number;
  readonly format: string;
}

/** What a virtual machine is made of. */
export interface Hardware {
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  /** The size of its disk in bytes; what of it is in use is in the disk's files. 0: it has none. */
  readonly disk: number;
  readonly mac: string;
}

/** Off with its state written to the disk (`saved`), off because its process was killed (`aborted`). */
export type PowerState = 'off' | 'booting' | 'running' | 'stopping' | 'paused' | 'saved' | 'aborted';

/** A port of the host that leads to one of the guest. */
export interface PortForward {
  readonly name: string;
  /** Empty: all addresses of the host. */
  readonly hostIp: string;
  readonly hostPort: number;
  readonly guestPort: number;
}

/** A network card of a machine. */
export type Card =
  | { readonly kind: 'nat'; readonly mac: string; readonly forwards: readonly PortForward[] }
  /** `network`: the host's own interface to it. `cidr`: what the guest's card was given. */
  | { readonly kind: 'hostonly'; readonly mac: string; readonly network: string; readonly cidr?: string };

/** What a guest's init says that services keep on the disk besides files, and the bytes that it takes there. */
export interface DiskServices {
  readonly kept: Json;
  readonly bytes: number;
}

/** What a snapshot keeps. */
export interface Snapshot {
  readonly name: string;
  readonly uuid: string;
  readonly taken: Us;
  readonly disk: DirNode;
  readonly services?: DiskServices;
  /** The guest's memory, when it was on. */
  readonly kept?: Host;
}

/** A folder of the host that a guest sees. */
export interface Share {
  readonly name: string;
  readonly hostPath: string;
  readonly guestPath: string;
  /** What it held when both sides were the same last. */
  readonly last?: DirNode;
}

export interface VirtualMachine {
  readonly name: string;
  readonly hardware: Hardware;
  readonly state: PowerState;
  readonly created: Us;
  /** What its disk holds; while a guest runs, the guest's own file system has it. */
  readonly disk: DirNode;
  /** What services of the guest have there that is no file; a running guest has it itself. */
  readonly services?: DiskServices;
  /** The host that its kernel is in the world, once that has been loaded. */
  readonly guest?: Id;
  /** The hypervisor's process on the host, while there is one. */
  readonly pid?: number;
  readonly poweredOn?: Us;
  /** It goes down to start again (reboot). */
  readonly again?: true;
  /** The next stage of the way up. */
  readonly next?: StageId;
  /** The run of whoever switches it on or off: the steps of that belong to it. */
  readonly run?: Id;
  /** The hypervisor that runs it; absent: QEMU. */
  readonly hypervisor?: Kind;
  readonly uuid?: string;
  /** What is on its disk; `null`: nothing that could boot. Absent: Debian as for clouds. */
  readonly system?: SystemId | null;
  /** Absent: one card behind address translation. */
  readonly cards?: readonly Card[];
  readonly shares?: readonly Share[];
  /** The user whose machine it is. */
  readonly owner?: number;
  /** The guest's kernel with all that it holds in memory, while it stands still. */
  readonly kept?: Host;
  readonly snapshots?: readonly Snapshot[];
  /** What VirtualBox's storage controllers have: a path, by `CONTROLLER-PORT-DEVICE`. */
  readonly storage?: Rec<string>;
  readonly controllers?: readonly string[];
  readonly osType?: string;
  /** It starts by itself from the ISO image with nobody at the keyboard (unattended installation). */
  readonly unattended?: { readonly iso: string; readonly user: string };
}

/** The hypervisor's state, changeable one level deep; made when it is first needed. */
export function hypervisor(m: Machine): { -readonly [K in keyof HypervisorState]: HypervisorState[K] } {
  const services = m.draft.own(m.host, 'services');
  services[serviceName] ??= m.draft.adopt({ machines: {}, consoles: {} });
  return m.draft.own(services, serviceName) as never;
}

/** The hypervisor's state as it is; nothing is made. */
export function hypervisorState(m: Machine): HypervisorState {
  return (m.host.services[serviceName] as unknown as HypervisorState | undefined) ?? { machines: {}, consoles: {} };
}

/** The computer that a guest is on; undefined for a computer that is no guest. */
export function hostOf(guest: Machine): Machine | undefined {
  const above = guest.hostId.slice(0, Math.max(0, guest.hostId.lastIndexOf('/')));
  return guest.world.hosts[above] ? guest.peer(above) : undefined;
}

/** All virtual machines of a host, by name. */
export function virtualMachines(m: Machine): Rec<VirtualMachine> {
  return hypervisorState(m).machines;
}

/** A machine by its name or UUID. */
export function findMachine(m: Machine, name: string): VirtualMachine | undefined {
  const machines = virtualMachines(m);
  return Object.hasOwn(machines, name) ? machines[name] : Object.values(machines).find(({ uuid }) => uuid === name);
}

/** Puts a machine in the place of the one with its name. */
export function putMachine(m: Machine, machine: VirtualMachine): VirtualMachine {
  (m.draft.own(hypervisor(m), 'machines') as { [name: string]: VirtualMachine })[machine.name] = machine;
  return machine;
}

/** Changes a virtual machine. */
export function updateMachine(m: Machine, name: string, change: Partial<VirtualMachine>): VirtualMachine {
  const old = virtualMachines(m)[name];
  if (!old) throw new Error(`no virtual machine ${name}`);
  return putMachine(m, { ...old, ...change });
}

/** Is there power, or something of it kept: does it hold memory of the host? */
export function holdsMemory({ state }: Pick<VirtualMachine, 'state'>): boolean {
  return state !== 'off' && state !== 'saved' && state !== 'aborted';
}
