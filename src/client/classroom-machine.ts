import { processTree } from '../engine/containers/process-tree.ts';
import { imageStack } from '../engine/images/stack.ts';
import { netPicture } from '../engine/networks/picture.ts';
import { diskPicture } from '../engine/system/disk-picture.ts';
import type { AnyStep } from '../explain/actions.ts';
import type { Failure } from '../explain/hints/hint.ts';
import type { Style } from '../explain/layout.ts';
import { type Level, narrate } from '../explain/narrate.ts';
import { counterpartView } from '../explain/views/counterpart.ts';
import { diskView } from '../explain/views/disk.ts';
import { layersView } from '../explain/views/layers.ts';
import { netView } from '../explain/views/net.ts';
import { processesView } from '../explain/views/processes.ts';
import type { Machine, Software } from '../kernel/machine.ts';
import type { World } from '../kernel/state.ts';
import type { Step } from '../kernel/trace.ts';
import type { Session } from '../session/store.ts';
import { bootPlan } from '../vm/plan.ts';
import { isolatesByHand } from './by-hand.ts';
import { openCurrent } from './commands.ts';
import { type CompareFlags, compareLines } from './compare-verbs.ts';
import { type Options, simulatedEnv } from './options.ts';
import { play } from './play.ts';
import type { LineByLine, Played } from './playing.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import { installedSoftware } from './software.ts';
import { withSizes } from './view-options.ts';

/** The session in use, for the classroom shell. */
export function classroomSession(env: NodeJS.ProcessEnv): Session {
  return openCurrent(env);
}

/** What is installed on a classroom's machine: nothing there sees the files of the real one. */
export function classroomSoftware(): Software {
  return installedSoftware();
}

/** The classroom shell on the terminal, until it ends. */
export function playClassroom(
  session: Session,
  software: Software,
  lines: LineByLine,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<Played> {
  const language = options.lang === 'en' ? {} : { DRYDOCK_LANG: options.lang };
  const exec = { path: '/usr/bin/bash', argv: ['bash'], env: { ...simulatedEnv([], env), ...language } };
  return play(session, software, { exec, label: 'drydock shell', changes: false }, { lines });
}

/** How an explanation is laid out. */
export interface Look {
  readonly level: Level;
  readonly lang: Options['lang'];
  readonly plain: boolean;
  readonly width: number;
  readonly style: Style;
}

/** What the docker and vm commands of a line did, in lines; none when there was no such command. */
export function lineExplanation(steps: readonly Step[], look: Look, failure?: Failure): readonly string[] {
  const verb = verbOf(steps);
  if (verb === undefined) return [];
  return narrate(steps as readonly AnyStep[], { ...look, verb, vm: bootPlan(), ...(failure ? { failure } : {}) });
}

/** The docker and vm commands that were executed. */
export function commandsIn(steps: readonly Step[]): readonly (readonly string[])[] {
  return steps.flatMap(({ action, data }) => {
    const argv = action === 'execve' ? (data as { readonly argv: readonly string[] }).argv : [];
    const name = argv[0]?.replace(/^.*\//, '') ?? '';
    return name === 'docker' || name === 'vm' ? [[name, ...argv.slice(1)]] : [];
  });
}

function verbOf(steps: readonly Step[]): string | undefined {
  const [first] = commandsIn(steps);
  const word = first?.find((each, i) => i > 0 && !each.startsWith('-'));
  if (word === undefined) return isolatesByHand(steps) ? 'shell' : undefined;
  return first?.[0] === 'vm' ? `vm ${word}` : word;
}

/** All steps of a command with their calls, as `why` tells them. */
export function wholeStory(steps: readonly Step[], verb: string, look: Look, failure?: Failure): readonly string[] {
  return narrate(steps as readonly AnyStep[], { ...look, level: 'full', verb, ...(failure ? { failure } : {}) });
}

/** What a docker command would do in this world; nothing of it is kept. */
export function rehearseCommand(m: Machine, argv: readonly string[], env: NodeJS.ProcessEnv): Rehearsal {
  const exec = { path: '/usr/bin/docker', argv: ['docker', ...argv], env: simulatedEnv([], env) };
  return rehearse(m.world as World, m.software, exec);
}

/** The same work done in every way; undefined for one that cannot be compared. */
export function comparedLines(work: string, flags: CompareFlags, look: Look): readonly string[] | undefined {
  return compareLines(work, flags, withSizes(look));
}

/** A command beside what it would have been on a virtual machine; undefined when there is nothing to tell. */
export function counterpartLines(steps: readonly Step[], command: string, look: Look): readonly string[] | undefined {
  return counterpartView(command, steps, bootPlan(), withSizes(look));
}

export type View = 'net' | 'processes' | 'disk';

/** A picture of the host. */
export function pictureLines(what: View, m: Machine, look: Look): readonly string[] {
  const view = withSizes(look);
  if (what === 'net') return netView(netPicture(m), view);
  return what === 'processes' ? processesView(processTree(m), view) : diskView(diskPicture(m), view);
}

/** An image as a stack of layers. Throws EngineError. */
export function layersLines(image: string, m: Machine, look: Look): readonly string[] {
  return layersView(imageStack(m, image), withSizes(look));
}
