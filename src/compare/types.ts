import type { Us } from '../kernel/json.ts';

/** The ways in which the same work is done. */
export type WayId = 'process' | 'container' | 'hosted' | 'metal' | 'desktop';

export const wayIds: readonly WayId[] = ['process', 'container', 'hosted', 'metal', 'desktop'];

/** What of the computer a program can have of its own, or share. */
export type Part = 'kernel' | 'files' | 'processes' | 'network' | 'hostname' | 'ipc' | 'users';

export const parts: readonly Part[] = ['kernel', 'files', 'processes', 'network', 'hostname', 'ipc', 'users'];

/** Where somebody is who breaks out of the program: beside it, or in the kernel that all share, or first in a guest. */
export type Reach = 'account' | 'kernel' | 'guest' | 'shared-guest';

/** What doing the work in one way came to; every figure is counted in the model. Sizes in bytes. */
export interface Measure {
  readonly way: WayId;
  readonly command: string;
  /** Kernels that run more than before, and the release that the program sees. */
  readonly kernels: number;
  readonly release: string;
  /** What was done until the first answer: by whom, how often. */
  readonly steps: { readonly [actor: string]: number };
  /** Processes more on the computer, and those that the program itself sees. */
  readonly processes: number;
  readonly visible: number;
  /** Memory that is set aside whether used or not, and what processes take. */
  readonly memoryReserved: number;
  readonly memoryUsed: number;
  /** What the disk image seems to have, and what is really stored for this work. */
  readonly diskReserved: number;
  readonly diskUsed: number;
  /** Simulated time from the command to the first answer, the files being there. */
  readonly time: Us;
  /** What it shares with the computer on which the command was typed. */
  readonly shared: readonly Part[];
  /** What two such works share with each other. */
  readonly neighbours: readonly Part[];
  readonly reach: Reach;
}
