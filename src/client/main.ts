import { clientVersion } from '../cli/version.ts';
import { messages } from '../explain/messages/messages.ts';
import { ownVerbs } from '../shell/own-verbs.ts';
import { runClassroom } from './classroom.ts';
import { runDocker } from './commands.ts';
import { printCompletions } from './completion.ts';
import { type Options, readOptions } from './options.ts';
import { print } from './output.ts';
import { runOwnVerb } from './own-verbs.ts';
import { say, sayProblem } from './say.ts';
import { playScenario } from './scenario-verbs.ts';
import { terminalFds } from './terminal.ts';

/** What is played where nobody can type. */
const firstLesson = 'first-container';

/**
 * Runs a command line; returns the exit status. Never throws: what goes wrong is said in a line.
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readOptions(argv, env);
  const { args, wrong } = options;
  try {
    if (wrong) return refuse(wrong, options);
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
      print(1, `${clientVersion}\n`);
      return 0;
    }
    if (args[0] === '__complete') return await printCompletions(args[1] ?? '', env);
    const asDocker = /(?:^|[\\/])docker(?:\.exe)?$/.test(process.argv[1] ?? ''); // linked under that name
    const bare = (args.length === 0 && !asDocker) || (args.length === 1 && /^(?:shell|classroom)$/.test(args[0] ?? ''));
    if (bare && terminalFds().includes(0) && terminalFds().includes(1)) return await runClassroom(options, env);
    // as sshd calls the login shell of an account
    if (args.length === 2 && args[0] === '-c' && !asDocker)
      return await runOwnVerb({ ...options, args: ['shell', ...args] }, env);
    if (args[0] === 'classroom') return await playScenario(firstLesson, options, env); // without a terminal there is no one to type
    // everything else is docker's
    if (Object.hasOwn(ownVerbs, args[0] ?? '')) return await runOwnVerb(options, env);
    return await runDocker(options, env);
  } catch (error) {
    if (env.DRYDOCK_DEBUG) throw error;
    sayProblem(error, options);
    return 1;
  }
}

function refuse(wrong: NonNullable<Options['wrong']>, options: Options): number {
  const texts = messages(options.lang);
  const { value } = wrong;
  say([`drydock: ${wrong.flag === '--lang' ? texts.badLanguage({ value }) : texts.badLevel({ value })}`]);
  return 2;
}
