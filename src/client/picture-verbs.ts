import { processTree } from '../engine/containers/process-tree.ts';
import { netPicture } from '../engine/networks/picture.ts';
import { diskPicture } from '../engine/system/disk-picture.ts';
import { diskView } from '../explain/views/disk.ts';
import { netView } from '../explain/views/net.ts';
import type { ViewOptions } from '../explain/views/options.ts';
import { processesView } from '../explain/views/processes.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Machine } from '../kernel/machine.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import { catchUp, wallClock } from './clock.ts';
import { openCurrent } from './commands.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { engineHostOr } from './seat.ts';
import { installedSoftware } from './software.ts';
import { viewOptions } from './view-options.ts';

/** `drydock net`: the host's network as a picture in text. */
export function showNet(options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  return show(options, env, (m, view) => netView(netPicture(m), view));
}

/** `drydock processes`: the host's processes with those of the containers among them. */
export function showProcesses(options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  return show(options, env, (m, view) => processesView(processTree(m), view));
}

/** `drydock disk`: what takes space. */
export function showDisk(options: Options, env: NodeJS.ProcessEnv): Promise<void> {
  return show(options, env, (m, view) => diskView(diskPicture(m), view));
}

async function show(
  options: Options,
  env: NodeJS.ProcessEnv,
  lines: (m: Machine, view: ViewOptions) => readonly string[],
): Promise<void> {
  const software = installedSoftware();
  const world = await openCurrent(env, software).transact((turn) => ({ world: turn.world, result: turn.world }));
  const sim = begin(world, software);
  catchUp(sim, wallClock()); // what has gone on since the last command
  const host = engineHostOr(world, options);
  if (host === undefined) return;
  const text = lines(machineOf(sim, host), await viewOptions(options));
  print(1, encodeUtf8(`${text.join('\n')}\n`));
}
