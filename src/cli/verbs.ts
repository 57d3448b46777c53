import { build } from './commands/builder/build.ts';
import { buildxDu, buildxInspect, buildxLs, buildxVersion } from './commands/builder/builders.ts';
import { builderPrune } from './commands/builder/prune.ts';
import { attach } from './commands/container/attach.ts';
import { commit } from './commands/container/commit.ts';
import { cp } from './commands/container/cp.ts';
import { create } from './commands/container/create.ts';
import { diff } from './commands/container/diff.ts';
import { exec } from './commands/container/exec.ts';
import { exportVerb } from './commands/container/export.ts';
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
import { stats } from './commands/container/stats.ts';
import { stop } from './commands/container/stop.ts';
import { top } from './commands/container/top.ts';
import { update } from './commands/container/update.ts';
import { wait } from './commands/container/wait.ts';
import { contextCreate, contextUpdate } from './commands/context/create.ts';
import { contextInspect } from './commands/context/inspect.ts';
import { contextLs } from './commands/context/ls.ts';
import { contextExport, contextImport } from './commands/context/transfer.ts';
import { contextRm, contextShow, contextUse } from './commands/context/use.ts';
import { history } from './commands/image/history.ts';
import { importVerb } from './commands/image/import.ts';
import { imageInspect } from './commands/image/inspect.ts';
import { load } from './commands/image/load.ts';
import { images } from './commands/image/ls.ts';
import { imagePrune } from './commands/image/prune.ts';
import { pull } from './commands/image/pull.ts';
import { push } from './commands/image/push.ts';
import { rmi } from './commands/image/rm.ts';
import { save } from './commands/image/save.ts';
import { tag } from './commands/image/tag.ts';
import { inspect } from './commands/inspect.ts';
import { networkConnect, networkDisconnect } from './commands/network/connect.ts';
import { networkCreate } from './commands/network/create.ts';
import { networkInspect } from './commands/network/inspect.ts';
import { networkLs } from './commands/network/ls.ts';
import { networkPrune } from './commands/network/prune.ts';
import { networkRm } from './commands/network/rm.ts';
import { pluginInspect, pluginLs } from './commands/plugin.ts';
import { login } from './commands/registry/login.ts';
import { logout } from './commands/registry/logout.ts';
import { search } from './commands/registry/search.ts';
import { systemDf } from './commands/system/df.ts';
import { events } from './commands/system/events.ts';
import { info } from './commands/system/info.ts';
import { systemPrune } from './commands/system/prune.ts';
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
  build,
  builderPrune,
  buildxDu,
  buildxInspect,
  buildxLs,
  buildxVersion,
  commit,
  containerInspect,
  containerPrune,
  contextCreate,
  contextExport,
  contextImport,
  contextInspect,
  contextLs,
  contextRm,
  contextShow,
  contextUpdate,
  contextUse,
  cp,
  create,
  diff,
  events,
  exec,
  exportVerb,
  history,
  imageInspect,
  imagePrune,
  images,
  importVerb,
  info,
  inspect,
  kill,
  load,
  login,
  logout,
  logs,
  networkConnect,
  networkCreate,
  networkDisconnect,
  networkInspect,
  networkLs,
  networkPrune,
  networkRm,
  pause,
  pluginInspect,
  pluginLs,
  port,
  ps,
  pull,
  push,
  rename,
  restart,
  rm,
  rmi,
  run,
  save,
  search,
  start,
  stats,
  stop,
  systemDf,
  systemPrune,
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
