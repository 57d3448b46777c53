import type { Program } from '../kernel/program.ts';

/** What is left of `runc init` when execve was refused for want of processes (RLIMIT_NPROC): it says so and ends. */
export const execRefused: Program = {
  start(exec, sys) {
    sys.write(2, `exec ${exec.path}: resource temporarily unavailable\n`);
    return { exit: 255 };
  },
  step: () => ({ exit: 255 }),
};

/** What is left of `runc init` when the program is for another processor (ENOEXEC): it says so and ends. */
export const execFormat: Program = {
  start(exec, sys) {
    sys.write(2, `exec ${exec.path}: exec format error\n`);
    return { exit: 255 };
  },
  step: () => ({ exit: 255 }),
};
