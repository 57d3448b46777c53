import type { Program } from '../../kernel/program.ts';
import { startRuntime, stepRuntime } from './entry.ts';
import { startJavaTool, stepJavaTool } from './java/entry.ts';
import { startApache, startPhp, stepApache, stepPhp } from './php/entry.ts';

const javaTools: ReadonlySet<string> = new Set(['java', 'javac', 'javap']);
const names: ReadonlySet<string> = new Set(['node', 'python3', 'pip', 'go', 'go-program']);

/** A language runtime or its package manager by the name that an executable file gives, if there is one. */
export function runtimeProgram(name: string): Program | undefined {
  if (javaTools.has(name)) {
    return {
      start: (exec, sys) => startJavaTool(name, exec, sys),
      step: (state, wake, sys) => stepJavaTool(name, state, wake, sys),
    };
  }
  if (name === 'apache2') return { start: startApache, step: stepApache };
  if (name === 'php') return { start: startPhp, step: stepPhp };
  if (!names.has(name)) return undefined;
  return {
    start: (exec, sys) => startRuntime(name, exec, sys),
    step: (state, wake, sys) => stepRuntime(name, state, wake, sys),
  };
}
