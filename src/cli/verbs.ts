import { build } from './commands/builder/build.ts';
import { attach } from './commands/container/attach.ts';
import { create } from './commands/container/create.ts';
import { exec } from './commands/container/exec.ts';
import { containerInspect } from './commands/container/inspect.ts';
import { kill } from './commands/container/kill.ts';
import { logs } from './commands/container/logs.ts';
import { ps } from './commands/container/ps.ts';
import { restart } from './commands/container/restart.ts';
import { rm } from './commands/container/rm.ts';
import { run } from './commands/container/run.ts';
import { start } from './commands/container/start.ts';
import { stop } from './commands/container/stop.ts';
import { imageInspect } from './commands/image/inspect.ts';
import { images } from './commands/image/ls.ts';
import { pull } from './commands/image/pull.ts';
import { rmi } from './commands/image/rm.ts';
import { inspect } from './commands/inspect.ts';
import { furtherVerbs } from './further-verbs.ts';
import type { Verb } from './verb.ts';

/** The commands of every day: what most command lines need is loaded with these. */
const verbs = [
  attach,
  build,
  containerInspect,
  create,
  exec,
  imageInspect,
  images,
  inspect,
  kill,
  logs,
  ps,
  pull,
  restart,
  rm,
  rmi,
  run,
  start,
  stop,
] as readonly Verb[];

/** All commands that are simulated. */
export function allVerbs(): readonly Verb[] {
  return [...verbs, ...furtherVerbs()];
}

const byName = new Map<string, Verb>();
for (const verb of verbs) for (const name of verb.names) byName.set(name, verb);

/** Words that no command is called by alone: `container`, `image`. */
const groups = /^(?:builder|buildx|container|context|image|network|plugin|system|volume)$/;

/** The command with this name (what follows `docker`), if it is simulated. */
export function findVerb(name: string): Verb | undefined {
  return byName.get(name) ?? (groups.test(name) ? undefined : furtherVerbs().find((verb) => verb.names.includes(name)));
}

/** The name that the client calls a command by: `container list` is `container ls`, `ps` is `ps`. */
export function ownName(verb: Verb, name: string): string {
  const group = name.slice(0, name.lastIndexOf(' ') + 1);
  return verb.names.find((other) => other.slice(0, other.lastIndexOf(' ') + 1) === group) ?? name;
}
