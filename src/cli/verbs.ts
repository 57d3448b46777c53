import { attach } from './commands/container/attach.ts';
import { cp } from './commands/container/cp.ts';
import { create } from './commands/container/create.ts';
import { diff } from './commands/container/diff.ts';
import { exec } from './commands/container/exec.ts';
import { containerInspect } from './commands/container/inspect.ts';
import { kill } from './commands/container/kill.ts';
import { logs } from './commands/container/logs.ts';
import { pause, unpause } from './commands/container/pause.ts';
import { port } from './commands/container/port.ts';
import { containerPrune } from './commands/container/prune.ts';
import { ps } from './commands/container/ps.ts';
import { rename } from './commands/container/rename.ts';
import { restart } from './commands/container/restart.ts';
import { rm } from './commands/container/rm.ts';
import { run } from './commands/container/run.ts';
import { start } from './commands/container/start.ts';
import { stop } from './commands/container/stop.ts';
import { top } from './commands/container/top.ts';
import { update } from './commands/container/update.ts';
import { wait } from './commands/container/wait.ts';
import { history } from './commands/image/history.ts';
import { imageInspect } from './commands/image/inspect.ts';
import { images } from './commands/image/ls.ts';
import { imagePrune } from './commands/image/prune.ts';
import { pull } from './commands/image/pull.ts';
import { rmi } from './commands/image/rm.ts';
import { tag } from './commands/image/tag.ts';
import { inspect } from './commands/inspect.ts';
import { info } from './commands/system/info.ts';
import { version } from './commands/system/version.ts';
import { volumeCreate } from './commands/volume/create.ts';
import { volumeInspect } from './commands/volume/inspect.ts';
import { volumeLs } from './commands/volume/ls.ts';
import { volumePrune } from './commands/volume/prune.ts';
import { volumeRm } from './commands/volume/rm.ts';
import type { Verb } from './verb.ts';

/** The commands that are simulated. */
export const verbs: readonly Verb[] = [
  attach,
  containerInspect,
  containerPrune,
  cp,
  create,
  diff,
  exec,
  history,
  imageInspect,
  imagePrune,
  images,
  info,
  inspect,
  kill,
  logs,
  pause,
  port,
  ps,
  pull,
  rename,
  restart,
  rm,
  rmi,
  run,
  start,
  stop,
  tag,
  top,
  unpause,
  update,
  volumeCreate,
  volumeInspect,
  volumeLs,
  volumePrune,
  volumeRm,
  version,
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
