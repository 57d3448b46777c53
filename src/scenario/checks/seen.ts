import type { KernelActions, Step as TraceStep } from '../../kernel/trace.ts';

/** What was seen of the commands of a step of a lesson. Plain data. */
export interface Seen {
  /** The words of each command that was executed, the oldest first. */
  readonly commands: readonly (readonly string[])[];
  /** The end of what was printed. */
  readonly printed: string;
  /** The exit status of the last command line. */
  readonly status?: number;
  /** How many steps of the last build came from the cache; absent: nothing was built. */
  readonly hits?: number;
}

export const nothingSeen: Seen = { commands: [], printed: '' };

const mostCommands = 300;
const mostPrinted = 65_536;

/** Adds what the trace of a command line tells, and what it printed. */
export function witness(seen: Seen, steps: readonly TraceStep[], printed: string, status: number | undefined): Seen {
  const commands = steps.flatMap(({ action, data }) =>
    action === 'execve' ? [(data as KernelActions['execve']).argv] : [],
  );
  const build = steps.findLastIndex(({ action }) => action === 'build-plan');
  const hits = build < 0 ? seen.hits : steps.slice(build).filter(({ action }) => action === 'build-hit').length;
  return {
    commands: [...seen.commands, ...commands].slice(-mostCommands),
    printed: (seen.printed + printed).slice(-mostPrinted),
    ...(status === undefined ? {} : { status }),
    ...(hits === undefined ? {} : { hits }),
  };
}
