import { chooseLanguage, type Language, parseLanguage } from '../explain/language.ts';
import type { Level } from '../explain/narrate.ts';

/** drydock's own options: those before the command, and the environment's. */
export interface Options {
  readonly level: Level;
  readonly lang: Language;
  readonly plain: boolean;
  readonly colour: boolean;
  /** What is left: the command and its words. */
  readonly args: readonly string[];
  /** An option that cannot be understood: which, and its value. */
  readonly wrong?: { readonly flag: '--lang' | '--explain'; readonly value: string };
}

type Env = { readonly [name: string]: string | undefined };

/** Reads drydock's options from the front of the command line. */
export function readOptions(argv: readonly string[], env: Env): Options {
  const rest = [...argv];
  const flags: { [name: string]: string } = {};
  for (;;) {
    const match = /^--(explain|lang|plain)(?:=(.*))?$/s.exec(rest[0] ?? '');
    const name = match?.[1];
    if (name === undefined) break;
    rest.shift();
    flags[name] = match?.[2] ?? (name === 'plain' ? 'true' : (rest.shift() ?? ''));
  }
  const plain = flags.plain === 'true';
  const level = readLevel(flags.explain ?? env.DRYDOCK_EXPLAIN ?? 'brief');
  const wrong = wrongFlag(flags);
  return {
    level: level ?? 'brief',
    lang: chooseLanguage(env, flags.lang),
    plain,
    colour: !plain && !env.NO_COLOR && env.TERM !== 'dumb',
    args: rest,
    ...(wrong ? { wrong } : {}),
  };
}

function readLevel(text: string): Level | undefined {
  return text === 'off' || text === 'brief' || text === 'full' ? text : undefined;
}

function wrongFlag(flags: { readonly [name: string]: string }): Options['wrong'] {
  if (flags.explain !== undefined && !readLevel(flags.explain)) return { flag: '--explain', value: flags.explain };
  if (flags.lang !== undefined && !parseLanguage(flags.lang)) return { flag: '--lang', value: flags.lang };
  return undefined;
}

/**
 * The environment of a command on the simulated host. Of the real one only what the command line names (`-e NAME`), what
 * stands alone in a given `--env-file` (read by `readFile`) and what Docker's client heeds comes along, so that nothing
 * else of it is ever saved.
 */
export function simulatedEnv(
  argv: readonly string[],
  env: Env,
  readFile: (path: string) => string | undefined = () => undefined,
): { readonly [name: string]: string } {
  const simulated: { [name: string]: string } = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/home/learner',
    USER: 'learner',
    LOGNAME: 'learner',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
  };
  const wanted = new Set(['NO_COLOR', 'COLUMNS', 'TZ', 'TERM']);
  for (const word of argv) {
    const name = /^(?:-e|--env=)?([A-Za-z_][A-Za-z0-9_]*)$/.exec(word)?.[1];
    if (name !== undefined) wanted.add(name);
  }
  for (const path of envFiles(argv)) for (const name of loneNames(readFile(path) ?? '')) wanted.add(name);
  // an engine of the simulation; any other address there means a real one, which is none of ours
  if (env.DOCKER_HOST?.startsWith('ssh://')) wanted.add('DOCKER_HOST');
  for (const name of wanted) {
    const value = env[name];
    if (value !== undefined && simulated[name] === undefined) simulated[name] = value;
  }
  return simulated;
}

function envFiles(argv: readonly string[]): readonly string[] {
  return argv.flatMap((word, i) => {
    if (word === '--env-file') return argv[i + 1] ?? [];
    return word.startsWith('--env-file=') ? word.slice('--env-file='.length) : [];
  });
}

/** Lines of an env file that are a name without a value. */
function loneNames(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => /^\s*([A-Za-z_][A-Za-z0-9_]*)$/.exec(line)?.[1] ?? []);
}
