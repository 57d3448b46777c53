import { tellSteps } from '../engine/build/story.ts';
import { cacheView } from '../explain/views/cache.ts';
import type { ViewOptions } from '../explain/views/options.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Machine } from '../kernel/machine.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import { openCurrent } from './commands.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { engineHostOr } from './seat.ts';
import { installedSoftware } from './software.ts';
import { viewOptions, withSizes } from './view-options.ts';

/** `drydock cache why [STEP]`: the story of a step of the last build. Returns the exit status: 1 without such a step. */
export async function cacheWhy(wanted: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const software = installedSoftware();
  const world = await openCurrent(env, software).transact((turn) => ({ world: turn.world, result: turn.world }));
  const host = engineHostOr(world, options);
  if (host === undefined) return 1;
  const m = machineOf(begin(world, software), host);
  const { steps, story } = tellSteps(m, wanted);
  const found = steps.length > 0;
  const view = await viewOptions(options, found ? 1 : 2);
  const lines = cacheView(story, found ? steps : [], wanted, m.world.now, view);
  print(found ? 1 : 2, encodeUtf8(`${lines.join('\n')}\n`));
  return found ? 0 : 1;
}

/** The same on a machine at hand, in lines. */
export function cacheLines(m: Machine, wanted: string, view: Omit<ViewOptions, 'size'>): readonly string[] {
  const { steps, story } = tellSteps(m, wanted);
  return cacheView(story, steps, wanted, m.world.now, withSizes(view));
}
