import { imageStack } from '../engine/images/stack.ts';
import { messages } from '../explain/messages/messages.ts';
import { layersView } from '../explain/views/layers.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import { openCurrent } from './commands.ts';
import { hostFiles, readUserFile } from './host-files.ts';
import { type Options, simulatedEnv } from './options.ts';
import { print } from './output.ts';
import { rehearse } from './rehearsal.ts';
import { say } from './say.ts';
import { engineHostOr } from './seat.ts';
import { installedSoftware } from './software.ts';
import { explainFully } from './tell.ts';
import { viewOptions } from './view-options.ts';

/** `drydock explain -- docker …`: what a docker command would do; nothing of it is kept. Returns the exit status. */
export async function explainCommand(
  words: readonly string[],
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const args = words[0] === 'docker' || words[0] === 'drydock' ? words.slice(1) : words;
  const texts = messages(options.lang);
  if (args.length === 0) {
    say([`drydock: ${texts.argumentNeeded({ verb: 'explain', argument: '-- docker …' })}`]);
    return 2;
  }
  const software = installedSoftware(hostFiles(process.cwd(), process.pid));
  const world = await openCurrent(env, software).transact((turn) => ({ world: turn.world, result: turn.world }));
  const { steps, printed, status } = rehearse(world, software, {
    path: '/usr/bin/docker',
    argv: ['docker', ...args],
    env: simulatedEnv(args, env, readUserFile),
  });
  const command = ['docker', ...args].join(' ');
  const failed = status !== undefined && status !== 0 && !steps.some(({ action }) => action === 'container-exit');
  await explainFully(command, steps, options, {
    heading: texts.explainHeading({ command }),
    ...(failed ? { failure: { message: printed.replaceAll('\r', '') } } : {}),
  });
  print(1, encodeUtf8(`${status === undefined ? texts.explainOpen : texts.explainStatus({ status })}\n`));
  return 0;
}

/** `drydock layers IMAGE`: the image as a stack of layers. Returns the exit status. */
export async function showLayers(image: string, options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const software = installedSoftware();
  const world = await openCurrent(env, software).transact((turn) => ({ world: turn.world, result: turn.world }));
  const host = engineHostOr(world, options);
  if (host === undefined) return 1;
  try {
    const stack = imageStack(machineOf(begin(world, software), host), image);
    const lines = layersView(stack, await viewOptions(options));
    print(1, encodeUtf8(`${lines.join('\n')}\n`));
    return 0;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'EngineError')) throw error;
    say([
      `drydock: ${error.message}`,
      messages(options.lang).tryThis({ remedies: [`docker pull ${image}`, 'docker images'] }),
    ]);
    return 1;
  }
}
