import { buildxInspect, buildxLs, buildxVersion } from './commands/builder/builders.ts';
import { buildxDu } from './commands/builder/du.ts';
import { builderPrune } from './commands/builder/prune.ts';
import { commit } from './commands/container/commit.ts';
import { cp } from './commands/container/cp.ts';
import { diff } from './commands/container/diff.ts';
import { exportVerb } from './commands/container/export.ts';
import { pause, unpause } from './commands/container/pause.ts';
import { port } from './commands/container/port.ts';
import { containerPrune } from './commands/container/prune.ts';
import { rename } from './commands/container/rename.ts';
import { stats } from './commands/container/stats.ts';
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
import { load } from './commands/image/load.ts';
import { imagePrune } from './commands/image/prune.ts';
import { push } from './commands/image/push.ts';
import { save } from './commands/image/save.ts';
import { tag } from './commands/image/tag.ts';
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

/** The commands that are typed now and then; the everyday ones are in verbs.ts. */
const verbs = [
  builderPrune,
  buildxDu,
  buildxInspect,
  buildxLs,
  buildxVersion,
  commit,
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
  diff,
  events,
  exportVerb,
  history,
  imagePrune,
  importVerb,
  info,
  load,
  login,
  logout,
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
  push,
  rename,
  save,
  search,
  stats,
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

/** These commands; what their functions throw is recognised by `endsCommand`. */
export function furtherVerbs(): readonly Verb[] {
  return verbs;
}
