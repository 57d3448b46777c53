import type { Us } from '../kernel/json.ts';
import { begin, snapshot } from '../kernel/simulation.ts';
import { homeFolder } from '../session/paths.ts';
import { currentSession, listSessions, newSession } from '../session/sessions.ts';
import { openSession, type Session } from '../session/store.ts';
import { isolatesByHand } from './by-hand.ts';
import { catchUp, wallClock } from './clock.ts';
import { firstWorld } from './first-world.ts';
import { hostFiles, readUserFile } from './host-files.ts';
import { type Options, simulatedEnv } from './options.ts';
import { sayOwnHelp } from './own-help.ts';
import { type Command, play } from './play.ts';
import { installedSoftware } from './software.ts';
import { explain, sayMistakes, sayNotices, sayPorts, saySuggestion, sayWait } from './tell.ts';
import { terminalFds } from './terminal.ts';

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

/** docker commands that show what comes for as long as it comes: they wait for others, there is nothing to skip. */
const followers = new Set(['logs', 'attach', 'events', 'stats']);

/** Where everything is saved. */
export function dataHome(env: NodeJS.ProcessEnv): string {
  return homeFolder({ platform: process.platform, env, home: homeDirectory(env) });
}

/** As os.homedir() says; asks node's module only where the environment does not tell, for it takes a while to load. */
function homeDirectory(env: NodeJS.ProcessEnv): string {
  const told = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
  return told || process.getBuiltinModule('node:os').homedir();
}

/** The session in use. */
export function openCurrent(env: NodeJS.ProcessEnv, software = installedSoftware()): Session {
  const home = dataHome(env);
  return openSession(home, currentSession(home), {
    create: () => firstWorld(software, wallClock(), `${process.pid}-${Date.now()}`),
  });
}

/** A session of this name, begun anew whatever was in it. */
export async function openFresh(name: string, env: NodeJS.ProcessEnv): Promise<Session> {
  const home = dataHome(env);
  const software = installedSoftware();
  if (!listSessions(home).some((session) => session.name === name)) newSession(home, name);
  const session = openSession(home, name, {
    create: () => firstWorld(software, wallClock(), `${process.pid}-${Date.now()}`),
  });
  await session.transact((turn) => ({ world: turn.startOver(), result: undefined }));
  return session;
}

/** Where a command runs when it is not the session in use and the folder that the user is in. */
export interface Place {
  readonly session: Session;
  readonly folder: string;
  /** For a line of a shell: the command in it that is explained. */
  readonly verb?: string;
}

/** Runs a docker command; returns the exit status. */
export async function runDocker(options: Options, env: NodeJS.ProcessEnv, place?: Place): Promise<number> {
  const software = installedSoftware(hostFiles(place?.folder ?? workingFolder(env), process.pid));
  const { args } = options;
  const verb = verbOf(args);
  const words = discreet(args);
  const command: Command = {
    exec: { path: '/usr/bin/docker', argv: ['docker', ...words], env: simulatedEnv(args, env, readUserFile) },
    label: shellWords(['docker', ...words]),
    changes: !readers.has(verb),
  };
  let told = false;
  const session = place?.session ?? openCurrent(env, software);
  const played = await play(session, software, command, {
    waiting: (seconds) => {
      if (!followers.has(verb)) sayWait(seconds, options);
    },
    goesOn: async (soFar) => {
      // before the program on the terminal begins to speak; a pull may come first
      const speaks = verb === 'attach' ? 'attach' : verb === 'exec' ? 'exec-join' : 'runc-start';
      const foreground = ['run', 'exec', 'attach', 'start'].includes(verb) && terminalFds().includes(0);
      if (told || !foreground || !soFar.steps.some(({ action }) => action === speaks)) return;
      told = true;
      await explain(soFar, verb, options, terminalFds().includes(2) ? '\r\n' : '\n');
      await sayMistakes(session, software, words, undefined, options);
    },
  });
  if (!told) {
    const failed = played.exit.code !== 0 && !played.steps.some((step) => step.action === 'container-exit');
    if (!failed) await explain(played, verb, options);
    const whole = played.notices.length === 0; // the session may be gone otherwise
    const said = whole && (await sayMistakes(session, software, words, played.exit.code, options));
    // a mistake, or the word that was meant, says more than the failure that it led to
    const meant = failed && !said && saySuggestion(args, options, played.errors);
    if (failed && !said && !meant) await explain(played, verb, options);
  }
  if (played.exit.code === 0) sayPorts(played, options);
  sayNotices(played.notices, options);
  if (options.level !== 'off' && isHelp(args)) sayOwnHelp(options);
  return played.exit.code;
}

/** A shell on the simulated host; with words, they are its arguments (`-c COMMAND`). */
export async function runShell(
  words: readonly string[],
  options: Options,
  env: NodeJS.ProcessEnv,
  place?: Place,
): Promise<number> {
  const software = installedSoftware();
  const played = await play(place?.session ?? openCurrent(env, software), software, {
    exec: { path: '/usr/bin/sh', argv: ['sh', ...words], env: shellEnv(words, options, env) },
    label: shellWords(['drydock', 'shell', ...words]),
    changes: true,
  });
  const isolates = words.length > 0 && isolatesByHand(played.steps);
  if (place?.verb !== undefined || isolates) await explain(played, place?.verb ?? 'shell', options);
  sayNotices(played.notices, options);
  return played.exit.code;
}

/** What the shell's programs need to know of the language, beside the usual. */
function shellEnv(words: readonly string[], { lang }: Options, env: NodeJS.ProcessEnv) {
  return { ...simulatedEnv(words, env), ...(lang === 'en' ? {} : { DRYDOCK_LANG: lang }) };
}

/** Lets time pass in a session that nobody works in meanwhile. */
export async function passTime(session: Session, time: Us): Promise<void> {
  const software = installedSoftware();
  await session.transact((turn) => {
    const sim = begin(turn.world, software);
    sim.world.wallOffset += time;
    catchUp(sim, wallClock());
    return { world: snapshot(sim), result: undefined };
  });
}

/** What `docker login` was given as a password is left out: nobody here checks it, and all that is typed is saved. */
function discreet(args: readonly string[]): readonly string[] {
  if (verbOf(args) !== 'login') return args;
  return args.map((word, i) =>
    /^(?:-p|--password)$/.test(args[i - 1] ?? '') ? '***' : word.replace(/^(--password=|-p(?=[^-])).+/s, '$1***'),
  );
}

/** Words as one would type them, for the history: those with blanks or shell characters in them stand in quotes. */
export function shellWords(words: readonly string[]): string {
  const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
  return words.map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : quoted(word))).join(' ');
}

/** Is docker's own help asked for, not that of one command? */
function isHelp(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''));
}

/** The command without global options and groups: `container ls` is `ls`. */
function verbOf(args: readonly string[]): string {
  const words = args.filter((word) => !word.startsWith('-'));
  return words[0] === 'container' || words[0] === 'image' ? (words[1] ?? '') : (words[0] ?? '');
}

/** Where the user is; also when that folder has been removed. */
function workingFolder(env: NodeJS.ProcessEnv): string {
  try {
    return process.cwd();
  } catch {
    return env.PWD ?? '/';
  }
}
