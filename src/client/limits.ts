import type { Us } from '../kernel/json.ts';

/** Processor time that one command may use in all, µs; a program that wants more is stopped and the client says so. */
export const runBudget = 20_000_000;
/** Processor time of one turn, µs: so the lock is never held for long. */
export const turnOps = 2_000_000;
/** The same of a shell beside something that has more to do than there is time for. */
export const busyOps = 40_000;
/** How long such a shell waits for keys before the others go on, milliseconds. */
export const busyPause = 300;
/** Simulated time that a command without a terminal may skip, µs; after that it waits in real time. */
export const freeJump: Us = 3_600_000_000;
/** What a command may print without ever pausing, bytes; one that prints more is stopped and the client says so. */
export const outputAtOnce = 12 * 1_048_576;
