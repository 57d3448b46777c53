import type { Program } from '../kernel/program.ts';
import { programNamed } from './catalog.ts';
import { helloProgram } from './hello.ts';

/** An operating system's program by the name that an executable file gives, if there is one. */
export function systemProgram(name: string): Program | undefined {
  return name === 'hello' ? helloProgram : programNamed(name);
}
