import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messages } from '../explain/messages/messages.ts';
import { choose } from './choose.ts';
import type { Options } from './options.ts';
import { say } from './say.ts';
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
  const own = ownScenarios();
  const asked = name === undefined && terminalFds().includes(0);
  const chosen = asked ? await choose(own, options) : name;
  if (chosen === undefined) {
    if (asked) return 130;
    const texts = messages(options.lang);
    say([`drydock: ${texts.argumentNeeded({ verb: 'scenario play', argument: `FILE (${own.join(', ')})` })}`]);
    return 2;
  }
  return playScript(own.includes(chosen) ? join(scenarioFolder(), `${chosen}${extension}`) : chosen, options, env);
}

function ownScenarios(): readonly string[] {
  return readdirSync(scenarioFolder())
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension))
    .sort();
}

/** The folder that comes with drydock, beside that of the command (bin) or of its sources (src). */
function scenarioFolder(): string {
  return join(dirname(realpathSync(process.argv[1] ?? '')), '..', 'scenarios');
}
