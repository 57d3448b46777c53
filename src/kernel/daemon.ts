import type { Program } from './program.ts';

/** A process whose work is done elsewhere in the model (init, dockerd, containerd, a shim): it is there, and waits. */
export const daemon: Program = {
  start: () => ({ state: null, wait: {} }),
  step: () => ({ state: null, wait: {} }),
};
