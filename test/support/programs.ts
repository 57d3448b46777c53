import type { Program } from '../../src/kernel/program.ts';
import { systemProgram } from '../../src/programs/installed.ts';
import { hostTools } from '../../src/programs/names.ts';

/** `busybox` and the tools of the host, all of them, by name. */
export function basePrograms(): Map<string, Program> {
  const programs = new Map<string, Program>();
  for (const name of ['busybox', ...Object.values(hostTools())]) {
    const program = systemProgram(name);
    if (program) programs.set(name, program);
  }
  return programs;
}
