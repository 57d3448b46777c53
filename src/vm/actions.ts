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
  /** guest init: told by the power button, it ends its services and unmounts; the hypervisor's process ends with 0. */
  'vm-power-off': { readonly vm: string; readonly pid: number; readonly forced: boolean };
  'vm-list': { readonly total: number; readonly running: number };
  'vm-remove': { readonly vm: string; readonly disk: number };
}
