import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messages } from '../explain/messages/messages.ts';
import { choose } from './choose.ts';
import type { Options } from './options.ts';
import { packedFiles } from './packed-files.ts';
import { say } from './say.ts';
import { playLesson } from './scenario-course.ts';
import { ownScenarios, scenarioFolder, scenarioPath } from './scenario-files.ts';
import { playScript } from './scenario-play.ts';
import { terminalFds } from './terminal.ts';

const extension = '.txt';

/** `drydock tour`: the first look, which comes with drydock. */
export function playTour(options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  return playScript(join(scenarioFolder(), `tour${extension}`), options, env);
}

/** `drydock scenario play [FILE]`: a file, or the name of one that comes with drydock; on a terminal one can choose. */
export async function playScenario(
  name: string | undefined,
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const scripts = ownScripts();
  const own = [...ownScenarios(), ...scripts];
  const asked = name === undefined && terminalFds().includes(0);
  const chosen = asked ? await choose(own, options) : name;
  if (chosen === undefined) {
    if (asked) return 130;
    const texts = messages(options.lang);
    say([`drydock: ${texts.argumentNeeded({ verb: 'scenario play', argument: `FILE (${own.join(', ')})` })}`]);
    return 2;
  }
  if (scripts.includes(chosen)) return playScript(join(scenarioFolder(), `${chosen}${extension}`), options, env);
  const isLesson = own.includes(chosen) || /\.ya?ml$/.test(scenarioPath(chosen) ?? '');
  return isLesson ? playLesson(chosen, options, env) : playScript(chosen, options, env);
}

function ownScripts(): readonly string[] {
  const packed = packedFiles();
  const files = packed ? Object.keys(packed).filter((path) => !path.includes('/')) : readdirSync(scenarioFolder());
  return files
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension))
    .sort();
}
