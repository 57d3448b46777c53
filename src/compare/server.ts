import type { Id } from '../kernel/json.ts';
import type { Kernel, Process } from '../kernel/state.ts';

/** The process that listens on a port, of those that are not `before`. Throws when there is none. */
export function serverOf({ processes, files }: Kernel, port: number, before: ReadonlySet<string> = new Set()): Process {
  const listens = (id: Id): boolean => {
    const file = files[id];
    return file?.kind === 'listen' && file.key.endsWith(`:${port}`);
  };
  const found = Object.values(processes).find(
    ({ pid, fds }) => !before.has(String(pid)) && Object.values(fds).some(listens),
  );
  if (!found) throw new Error(`nothing listens on port ${port}`);
  return found;
}
