import { measure } from '../compare/measure.ts';
import { wayIds } from '../compare/types.ts';
import { typicals } from '../compare/typical.ts';
import { workNamed, workNames } from '../compare/works.ts';
import { messages } from '../explain/messages/messages.ts';
import { compareBars, compareTable, sourcedFacts } from '../explain/views/compare.ts';
import { counterpartView } from '../explain/views/counterpart.ts';
import type { ViewOptions } from '../explain/views/options.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Step } from '../kernel/trace.ts';
import { bootPlan } from '../vm/plan.ts';
import { wallClock } from './clock.ts';
import { openCurrent } from './commands.ts';
import { firstHost } from './first-host.ts';
import { firstWorld, hostPrograms } from './first-world.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { say } from './say.ts';
import { installedSoftware } from './software.ts';
import { viewOptions } from './view-options.ts';

/** How the comparison is shown. */
export interface CompareFlags {
  readonly bars?: boolean;
  readonly json?: boolean;
}

/** `drydock compare WORK`: the same work done in every way, each in a world of its own. Returns the exit status. */
export async function compare(name: string, flags: CompareFlags, options: Options): Promise<number> {
  const lines = compareLines(name, flags, await viewOptions(options));
  if (lines) out(lines);
  else say([`drydock: ${cannotCompare(name, options)}`]);
  return lines ? 0 : 1;
}

/** Why a work cannot be compared. */
export function cannotCompare(name: string, { lang }: Options): string {
  return messages(lang).cannotCompare({ name, names: workNames().join(', ') });
}

/** What the comparison of a work comes to; undefined for a work that cannot be compared. */
export function compareLines(
  name: string,
  { bars = false, json = false }: CompareFlags,
  view: ViewOptions,
): readonly string[] | undefined {
  const work = workNamed(name);
  if (!work) return undefined;
  const software = installedSoftware();
  const around = { first: firstHost, programs: hostPrograms() };
  const world = firstWorld(software, wallClock(), 'compare');
  const measures = wayIds.map((way) => measure(way, work, world, software, around));
  if (json) return [JSON.stringify({ work: name, measures, typical: sourcedFacts(typicals, view.lang) }, null, 2)];
  return bars ? compareBars(name, measures, view) : compareTable(name, measures, typicals, view);
}

/** `drydock vm` alone: what the last command would have been on a virtual machine. False when there was none to tell of. */
export async function showCounterpart(options: Options, env: NodeJS.ProcessEnv): Promise<boolean> {
  const last = await openCurrent(env).transact((turn) => ({ world: turn.world, result: turn.trace() }));
  if (!last?.step.label.startsWith('docker')) return false;
  const steps = last.trace as unknown as readonly Step[];
  const lines = counterpartView(last.step.label, steps, bootPlan(), await viewOptions(options));
  if (!lines) return false;
  out(lines);
  return true;
}

function out(lines: readonly string[]): void {
  print(1, encodeUtf8(`${lines.join('\n')}\n`));
}
