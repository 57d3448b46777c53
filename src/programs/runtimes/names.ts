import type { Program } from '../../kernel/program.ts';
import { startRuntime, stepRuntime } from './entry.ts';

const names: ReadonlySet<string> = new Set(['node', 'npm', 'npx', 'python3', 'pip', 'go', 'go-program']);

/** A language runtime or its package manager by the name that an executable file gives, if there is one. */
export function runtimeProgram(name: string): Program | undefined {
  if (!names.has(name)) return undefined;
  return {
    start: (exec, sys) => startRuntime(name, exec, sys),
    step: (state, wake, sys) => stepRuntime(name, state, wake, sys),
  };
}
