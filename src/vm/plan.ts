import { second } from '../kernel/json.ts';
import { defaultHardware, guestKernel, guestProcesses } from './box.ts';
import { stages } from './stages.ts';

/** What it takes to have a virtual machine up, before anything else can run on it. */
export interface BootPlan {
  /** Bytes set aside on the host. */
  readonly memory: number;
  readonly disk: number;
  /** Seconds from power to the login prompt, as measured without hardware virtualization. */
  readonly seconds: number;
  /** Processes of the guest by then. */
  readonly processes: number;
  /** The guest's kernel. */
  readonly release: string;
}

/** The plan for a machine as `drydock vm boot` makes it. */
export function bootPlan(): BootPlan {
  const { memory, disk } = defaultHardware;
  return {
    memory,
    disk,
    seconds: (stages.at(-1)?.at ?? 0) / second,
    processes: guestProcesses,
    release: guestKernel.release,
  };
}
