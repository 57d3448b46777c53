import { attach } from './commands/container/attach.ts';
import { create } from './commands/container/create.ts';
import { exec } from './commands/container/exec.ts';
import { containerInspect } from './commands/container/inspect.ts';
import { kill } from './commands/container/kill.ts';
import { logs } from './commands/container/logs.ts';
import { pause, unpause } from './commands/container/pause.ts';
import { port } from './commands/container/port.ts';
import { ps } from './commands/container/ps.ts';
import { rename } from './commands/container/rename.ts';
import { restart } from './commands/container/restart.ts';
import { rm } from './commands/container/rm.ts';
import { run } from './commands/container/run.ts';
import { start } from './commands/container/start.ts';
import { stop } from './commands/container/stop.ts';
import { top } from './commands/container/top.ts';
import { wait } from './commands/container/wait.ts';
import { inspect } from './commands/inspect.ts';
import type { Verb } from './verb.ts';

/** The commands that are simulated. */
export const verbs: readonly Verb[] = [
  attach,
  containerInspect,
  create,
  exec,
  inspect,
  kill,
  logs,
  pause,
  port,
  ps,
  rename,
  restart,
  rm,
  run,
  start,
  stop,
  top,
  unpause,
  wait,
] as readonly Verb[];

const byName = new Map<string, Verb>();
for (const verb of verbs) for (const name of verb.names) byName.set(name, verb);

/** The command with this name (what follows `docker`), if it is simulated. */
export function findVerb(name: string): Verb | undefined {
  return byName.get(name);
}

/** The name that the client calls a command by: `container list` is `container ls`, `ps` is `ps`. */
export function ownName(verb: Verb, name: string): string {
  const group = name.slice(0, name.lastIndexOf(' ') + 1);
  return verb.names.find((other) => other.slice(0, other.lastIndexOf(' ') + 1) === group) ?? name;
}
