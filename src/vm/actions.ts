import type { Kind } from './kinds.ts';
import type { StageId } from './stages.ts';

/** The steps of a hypervisor and of what it runs. src/explain has a sentence for each. */
export interface VmActions {
  /** hypervisor: a process of the host that stands for a whole machine; its memory and disk are set aside. */
  'vm-power-on': {
    readonly vm: string;
    readonly pid: number;
    /** Bytes. */
    readonly memory: number;
    readonly cpus: number;
    readonly disk: number;
    /** Bytes of the host's memory that are left. */
    readonly left: number;
    /** The program that plays the machine; absent: QEMU. */
    readonly player?: string;
  };
  /** hypervisor on the metal: a machine beside all others, no process of any operating system. */
  'vm-metal-on': {
    readonly vm: string;
    readonly kind: Kind;
    readonly memory: number;
    readonly cpus: number;
    readonly disk: number;
  };
  /** firmware, boot loader, guest kernel, guest init: a stage of the way up, so many microseconds after power on. */
  'vm-stage': {
    readonly vm: string;
    readonly stage: StageId;
    readonly after: number;
    /** The guest's kernel and the host's. */
    readonly release: string;
    readonly hostRelease: string;
    /** Processes of the guest, from init on. */
    readonly processes: number;
  };
  /** firmware: neither the disk nor anything else has something to start. */
  'vm-no-medium': { readonly vm: string };
  /** guest init: told by the power button, it ends its services and unmounts; the hypervisor's process ends with 0. */
  'vm-power-off': { readonly vm: string; readonly pid: number; readonly forced: boolean };
  /** guest init: the guest goes down and its firmware begins again, in the same process of the host. */
  'vm-reboot': { readonly vm: string; readonly pid: number; readonly memory: number };
  /** hypervisor: a guest stands still (its memory stays, or goes to a file), or goes on. */
  'vm-hold': {
    readonly vm: string;
    readonly how: 'pause' | 'save' | 'resume';
    readonly pid: number;
    readonly memory: number;
  };
  /** hypervisor: disk, and memory when the guest is on, as they are at a moment. */
  'vm-snapshot': {
    readonly vm: string;
    readonly snapshot: string;
    readonly act: 'take' | 'restore' | 'delete';
    readonly memory: boolean;
  };
  /** hypervisor: a machine is on its list, with nothing set aside yet. */
  'vm-define': { readonly vm: string; readonly kind: Kind; readonly memory: number; readonly cpus: number };
  'vm-list': { readonly total: number; readonly running: number };
  'vm-remove': { readonly vm: string; readonly disk: number };
  /** hypervisor: a second card of the guest is on a network that only the host and its guests share. */
  'vm-address': { readonly vm: string; readonly cidr: string; readonly network: string };
  /** hypervisor: a folder of the host shows in the guest. */
  'vm-share': { readonly vm: string; readonly hostPath: string; readonly guestPath: string };
  /** sshd of a guest: somebody from the host logs in and runs something; the process is the guest's. */
  'guest-login': { readonly vm: string; readonly user: string; readonly program: string; readonly pid: number };
  /** installer: what an installation from an ISO image does, part by part. */
  'vm-install': {
    readonly vm: string;
    readonly part: 'start' | 'partitions' | 'base' | 'boot-loader' | 'reboot';
    readonly system: string;
  };
  /** vagrant: what the Vagrantfile says. */
  'vagrant-read': { readonly file: string; readonly machines: readonly string[] };
  /** vagrant: a machine is made from a copy of a box. */
  'vagrant-import': { readonly box: string; readonly version: string; readonly vm: string; readonly bytes: number };
  /** vagrant: a script is copied into the guest and run there. */
  'vagrant-provision': { readonly vm: string; readonly script: string; readonly user: string };
}
