import type { Json, Rec } from '../kernel/json.ts';
import type { Kind } from './kinds.ts';
import type { ConsoleFacts } from './stages.ts';
import type { Card, Hardware, PowerState, Share, VirtualMachine } from './state.ts';
import type { SystemId } from './systems.ts';

/** A machine to be made, off. */
export interface NewMachine {
  readonly name: string;
  readonly hypervisor: Kind;
  readonly hardware: Omit<Hardware, 'mac'> & { readonly mac?: string };
  readonly system: SystemId | null;
  readonly cards?: readonly Card[];
  readonly osType?: string;
}

/** What may be changed of a machine that is off. */
export type MachineChange = Partial<
  Pick<
    VirtualMachine,
    'cards' | 'shares' | 'system' | 'storage' | 'controllers' | 'osType' | 'unattended' | 'name' | 'hypervisor'
  >
> & { readonly hardware?: Partial<Hardware> };

/** A command to be run in a guest, by its sshd. */
export interface GuestCommand {
  readonly user: string;
  readonly argv: readonly string[];
  readonly env?: Rec<string>;
}

/** What a guest can find out about the machine that it runs on, and the facts of its boot. */
export interface GuestSelf extends ConsoleFacts {
  readonly poweredOn: number;
}

/** A command that runs in a guest, as its client on the host has it. */
export interface GuestStreams {
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
  readonly pid: number;
  readonly job: string;
}

/** What the programs ask of a hypervisor. `name` may be a UUID, too. */
export type VmRequest =
  | {
      readonly op: 'boot';
      readonly name: string;
      readonly memory?: number;
      readonly cpus?: number;
      readonly disk?: number;
      readonly kind?: Kind;
    }
  | { readonly op: 'define'; readonly machine: NewMachine }
  | { readonly op: 'change'; readonly name: string; readonly change: MachineChange }
  | { readonly op: 'start'; readonly name: string }
  | { readonly op: 'stop'; readonly name: string; readonly force: boolean }
  | { readonly op: 'hold'; readonly name: string; readonly how: 'pause' | 'save' | 'resume' | 'discard' }
  | {
      readonly op: 'snapshot';
      readonly name: string;
      readonly act: 'take' | 'restore' | 'delete';
      readonly snapshot: string;
    }
  | { readonly op: 'remove'; readonly name: string }
  | { readonly op: 'list' }
  | { readonly op: 'show'; readonly name: string }
  | { readonly op: 'exec'; readonly name: string; readonly command: GuestCommand }
  | {
      readonly op: 'put';
      readonly name: string;
      readonly path: string;
      readonly bytes: string;
      readonly mode: number;
      readonly user: string;
    }
  | { readonly op: 'hostname'; readonly name: string; readonly hostname: string }
  | { readonly op: 'address'; readonly name: string; readonly card: number; readonly cidr: string }
  | { readonly op: 'share'; readonly name: string; readonly share: Share; readonly files?: Json }
  | { readonly op: 'networks'; readonly add?: string }
  | { readonly op: 'medium'; readonly path: string; readonly size?: number; readonly remove?: boolean }
  | { readonly op: 'firmware'; readonly help?: boolean }
  /** The console of a machine that is on its way up. */
  | { readonly op: 'watch-boot'; readonly name: string }
  /** Asked in a guest: go down, and come up again or not. */
  | { readonly op: 'power'; readonly again: boolean }
  /** Asked in a guest: what it runs on. */
  | { readonly op: 'self' };

/** Why the hypervisor refuses. */
export type VmRefusal =
  | 'bad-name'
  | 'exists'
  | 'no-such-machine'
  | 'is-running'
  | 'not-running'
  | 'not-held'
  | 'no-memory'
  | 'no-disk'
  | 'no-hardware-help'
  | 'nothing-to-boot'
  | 'too-many-cpus'
  | 'too-little-memory'
  | 'port-taken'
  | 'no-such-snapshot'
  | 'no-such-user';

/** A machine as `vm list` shows it. */
export interface VmSummary {
  readonly name: string;
  readonly state: PowerState;
  readonly memory: number;
  readonly cpus: number;
  readonly disk: number;
  /** The hypervisor's process on the host. */
  readonly pid: number | null;
  /** The guest's kernel and the number of its processes. */
  readonly release: string | null;
  readonly processes: number;
  readonly kind: Kind;
  readonly uuid: string;
}

/** A machine with all that it is made of, but for what its disk and its memory hold. */
export type VmDetails = Omit<VirtualMachine, 'disk' | 'services' | 'kept' | 'snapshots'> & {
  readonly diskUsed: number;
  readonly snapshots: readonly { readonly name: string; readonly uuid: string; readonly taken: number }[];
};

export type VmAnswer =
  | {
      readonly ok: true;
      readonly list?: readonly VmSummary[];
      readonly machine?: VmDetails;
      /** `exec`: descriptors of the three streams, the process in the guest, and the job that ends with it. */
      readonly streams?: GuestStreams;
      readonly networks?: readonly { readonly name: string; readonly cidr: string; readonly mac: string }[];
      readonly media?: readonly { readonly path: string; readonly uuid: string; readonly size: number }[];
      readonly self?: GuestSelf;
      /** Has the processor help for virtualization? */
      readonly help?: boolean;
    }
  | {
      readonly ok: false;
      readonly refusal: VmRefusal;
      readonly free?: number;
      /** The port that is taken. */
      readonly port?: number;
    };
