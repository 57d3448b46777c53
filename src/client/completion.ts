import { encodeUtf8 } from '../kernel/bytes.ts';
import { begin, machineOf } from '../kernel/simulation.ts';
import { completeLine } from '../shell/completion/line.ts';
import { commandFor, completionScript, isRealShell } from '../shell/completion/scripts.ts';
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
  if (!isRealShell(shell)) return refuseShell('completion', shell, options);
  print(1, encodeUtf8(completionScript(shell, ownCommand())));
  return 0;
}

/** `drydock env [SHELL]`: lines for a shell's eval, after which `docker` and `drydock` are this command. */
export function printAliases(shell: string | undefined, options: Options): number {
  const wanted = shell ?? 'bash';
  if (!isRealShell(wanted)) return refuseShell('env', wanted, options);
  const command = commandFor(wanted, ownCommand());
  const lines = ['drydock', 'docker'].map((name) =>
    wanted === 'powershell'
      ? `function ${name} { ${command} @args }`
      : `alias ${name}=${commandFor(wanted, [command])}`,
  );
  print(1, encodeUtf8(lines.map((line) => `${line}\n`).join('')));
  return 0;
}

function refuseShell(verb: string, shell: string, options: Options): number {
  say([`drydock: ${shellTexts(options.lang).whichShell({ verb, shell })}`]);
  return 2;
}

/** The words that start this very command. */
function ownCommand(): readonly string[] {
  return packedFiles() ? [process.execPath] : [process.execPath, '--', process.argv[1] ?? ''];
}
