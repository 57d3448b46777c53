import { encodeUtf8 } from '../kernel/bytes.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import { completeLine } from '../shell/completion/line.ts';
import { completionScript, isRealShell, type RealShell } from '../shell/completion/scripts.ts';
import { shellTexts } from '../shell/texts/texts.ts';
import { classroomSession, classroomSoftware } from './classroom-machine.ts';
import type { Options } from './options.ts';
import { print } from './output.ts';
import { packedFiles } from './packed-files.ts';
import { say } from './say.ts';
import { ownScenarios } from './scenario-files.ts';
import { hostInUse } from './seat.ts';

/**
 * `drydock __complete LINE`: how the end of a line of a real shell may go on. First a word that says what to make of the
 * others (`plain`; `open`: nothing follows them yet; `files`: files may stand there too), then one candidate a line.
 */
export async function printCompletions(line: string, env: NodeJS.ProcessEnv): Promise<number> {
  const software = classroomSoftware();
  const found = await classroomSession(env).transact((turn) => {
    const m = machineOf(begin(turn.world, software), hostInUse(turn.world));
    return { world: turn.world, result: completeLine(line, line.length, { m, scenarios: ownScenarios }) };
  });
  const kind = !found ? 'files' : found.open ? 'open' : 'plain';
  print(1, encodeUtf8(`${[kind, ...(found?.words ?? [])].join('\n')}\n`));
  return 0;
}

/** `drydock completion SHELL`: the script that makes a real shell complete docker's and drydock's words. */
export function printCompletionScript(shell: string, options: Options): number {
  if (!isRealShell(shell)) {
    say([`drydock: ${shellTexts(options.lang).whichShell({ shell })}`]);
    return 2;
  }
  print(1, encodeUtf8(completionScript(shell satisfies RealShell, ownCommand())));
  return 0;
}

/** `drydock env`: lines for a shell's eval, after which `docker` and `drydock` are this command. */
export function printAliases(): number {
  const command = quoted(ownCommand());
  print(1, encodeUtf8(`alias drydock=${command}\nalias docker=${command}\n`));
  return 0;
}

/** How a shell starts this very command. */
function ownCommand(): string {
  const words = packedFiles() ? [process.execPath] : [process.execPath, process.argv[1] ?? ''];
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
