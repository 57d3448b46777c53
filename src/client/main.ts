import { homedir } from 'node:os';
import { clientVersion } from '../cli/version.ts';
import { messages } from '../explain/messages/messages.ts';
import { encodeUtf8 } from '../kernel/bytes.ts';
import type { Software } from '../kernel/machine.ts';
import { homeFolder } from '../session/paths.ts';
import { currentSession } from '../session/sessions.ts';
import { openSession, type Session } from '../session/store.ts';
import { wallClock } from './clock.ts';
import { firstWorld } from './first-world.ts';
import { type Options, readOptions, simulatedEnv } from './options.ts';
import { print } from './output.ts';
import { type Command, play } from './play.ts';
import { installedSoftware } from './software.ts';
import { explain, say, sayNotices, sayProblem } from './tell.ts';
import { terminalFds } from './terminal.ts';

/** drydock's own verbs; everything else on the command line is docker's. */
const ownVerbs = new Set(['why', 'undo', 'redo', 'reset', 'session', 'shell']);

/** docker commands that only look: nothing to undo after them. */
const readers = new Set([
  'ps',
  'ls',
  'logs',
  'inspect',
  'top',
  'wait',
  'port',
  'diff',
  'stats',
  'events',
  'images',
  'history',
  'version',
  'info',
  'search',
  'help',
]);

/** Runs a command line; returns the exit status. Never throws: what goes wrong is said in a line. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = readOptions(argv, env);
  const { args, wrong } = options;
  try {
    if (wrong) return refuse(wrong, options);
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
      print(1, `${clientVersion}\n`);
      return 0;
    }
    if (ownVerbs.has(args[0] ?? '')) {
      const { runOwnVerb } = await import('./own-verbs.ts');
      return await runOwnVerb(options, env);
    }
    if (args.length === 0 && terminalFds().includes(0) && terminalFds().includes(1))
      return await runShell([], options, env);
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

/** Where everything is saved. */
export function dataHome(env: NodeJS.ProcessEnv): string {
  return homeFolder({ platform: process.platform, env, home: homedir() });
}

/** The session in use. */
export function openCurrent(env: NodeJS.ProcessEnv, software: Software): Session {
  const home = dataHome(env);
  return openSession(home, currentSession(home), {
    create: () => firstWorld(software, wallClock(), `${process.pid}-${Date.now()}`),
  });
}

async function runDocker(options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const software = installedSoftware();
  const { args } = options;
  const verb = verbOf(args);
  const command: Command = {
    exec: { path: '/usr/bin/docker', argv: ['docker', ...args], env: simulatedEnv(args, env) },
    label: `docker ${args.join(' ')}`,
    changes: !readers.has(verb),
  };
  let told = false;
  const played = await play(openCurrent(env, software), software, command, (soFar) => {
    if (!terminalFds().includes(0) || !['run', 'exec', 'attach', 'start'].includes(verb)) return;
    told = true;
    void explain(soFar, verb, options);
  });
  if (!told) await explain(played, verb, options);
  sayNotices(played.notices, options);
  return played.exit.code;
}

/** A shell on the simulated host; with words, they are its arguments (`-c COMMAND`). */
export async function runShell(words: readonly string[], options: Options, env: NodeJS.ProcessEnv): Promise<number> {
  const software = installedSoftware();
  const played = await play(openCurrent(env, software), software, {
    exec: { path: '/usr/bin/sh', argv: ['sh', ...words], env: simulatedEnv(words, env) },
    label: ['shell', ...words].join(' '),
    changes: true,
  });
  sayNotices(played.notices, options);
  return played.exit.code;
}

/** The command without global options and groups: `container ls` is `ls`. */
function verbOf(args: readonly string[]): string {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'container' || words[0] === 'image' ? (words[1] ?? '') : (words[0] ?? '');
}

/** Text to stdout. */
export function out(text: string): void {
  print(1, encodeUtf8(text));
}
