import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { nodeVersion } from '../../runtimes/versions.ts';
import { absolute, exists, put, remove } from '../files.ts';
import { jsTool } from '../js/tool.ts';
import { refuse, write } from '../say.ts';
import { runLines } from '../sequence.ts';
import { installGlobally } from './global.ts';
import { npmInstall } from './install.ts';
import { npmLock } from './lock.ts';
import { readManifest, scriptEnv } from './manifest.ts';
import { runScript } from './scripts.ts';

/** The version of npm that comes with a release line of node. */
function npmVersion(env: Exec['env']): string {
  const major = Number(nodeVersion(env).split('.')[0]);
  return major >= 24 ? '11.6.2' : major >= 22 ? '10.9.2' : '10.8.2';
}

/** Options whose value is the next word. */
const valued =
  /^(?:--(?:prefix|registry|loglevel|cache|workspace|fetch-timeout|fetch-retries|maxsockets|omit|include|tag|otp)|-w|-C)$/;

interface Line {
  readonly words: readonly string[];
  readonly flags: readonly string[];
  readonly extra: readonly string[];
  readonly prefix: string | undefined;
}

function readLine(args: readonly string[]): Line {
  const [words, flags]: [string[], string[]] = [[], []];
  let prefix: string | undefined;
  let i = 0;
  for (; i < args.length && args[i] !== '--'; i++) {
    const one = args[i] ?? '';
    if (valued.test(one)) {
      const value = args[++i] ?? '';
      if (one === '--prefix' || one === '-C') prefix = value;
      flags.push(`${one}=${value}`);
    } else if (one.startsWith('-')) flags.push(one);
    else words.push(one);
    prefix = /^--prefix=(.*)$/.exec(one)?.[1] ?? prefix;
  }
  return { words, flags, extra: args.slice(i + 1), prefix };
}

/** The program `npm`. Commands that it does not know are refused by name. */
export function npm(exec: Exec, sys: Sys): Next<Json> {
  const { words, flags, extra, prefix } = readLine(exec.argv.slice(1));
  const [command = '', ...rest] = words;
  const agent = `npm/${npmVersion(exec.env)} node/v${nodeVersion(exec.env)} linux x64 workspaces/false`;
  if (flags.includes('-v') || flags.includes('--version')) return say(sys, `${npmVersion(exec.env)}\n`);
  const isGlobal = flags.includes('-g') || flags.includes('--global') || flags.includes('--location=global');
  if (prefix !== undefined && !isGlobal) sys.chdir(absolute(sys, prefix));
  const run = (name: string, more: readonly string[] = []) =>
    runScript(sys, exec, name, [...more, ...extra], { optional: flags.includes('--if-present'), agent });
  switch (command) {
    case 'init':
      return { exit: init(sys) };
    case 'install':
    case 'i':
    case 'add':
      return isGlobal ? globally(sys, rest) : npmInstall(sys, exec, { clean: false, names: rest, flags, agent });
    case 'ci':
    case 'clean-install':
      return npmInstall(sys, exec, { clean: true, names: [], flags, agent });
    case 'start':
    case 'test':
    case 'stop':
      return run(command, rest);
    case 'run':
    case 'run-script':
      return run(rest[0] ?? '', rest.slice(1));
    case 'exec':
      return runTool(sys, exec, [...rest, ...extra], agent);
    case 'prune':
      return { exit: prune(sys, flags) };
    case 'cache':
      return { exit: cache(sys, rest, flags) };
    case 'config':
    case 'set':
      return { exit: config(sys, exec, command === 'set' ? rest : rest.slice(1), command === 'set' ? 'set' : rest[0]) };
    case 'rebuild':
      return say(sys, 'rebuilt dependencies successfully\n');
    case 'pkg':
    case 'fund':
    case 'audit':
      break;
  }
  return { exit: refuse(sys, `npm ${command === '' ? exec.argv.slice(1).join(' ') : command}`.trim()) };
}

/** The program `npx`: a command of an installed package, or of one that it would fetch. */
export function npx(exec: Exec, sys: Sys): Next<Json> {
  const args = exec.argv.slice(1);
  const from = args.findIndex((one, i) => !one.startsWith('-') && !/^(?:-p|--package)$/.test(args[i - 1] ?? ''));
  if (from < 0) return { exit: refuse(sys, 'npx without a command') };
  return runTool(
    sys,
    exec,
    args.slice(from).filter((one, i) => !(i === 1 && one === '--')),
    `npm/${npmVersion(exec.env)}`,
  );
}

/** Runs a command of a package: that of the project, else one that stands for what npx would fetch. */
export function runTool(sys: Sys, exec: Exec, words: readonly string[], agent: string): Next<Json> {
  const [given = '', ...args] = words;
  const command = /^(@?[^@]+)(?:@.+)?$/.exec(given)?.[1] ?? given;
  const env = scriptEnv(sys, exec.env, sys.cwd(), agent);
  for (const folder of (env.PATH ?? '').split(':'))
    if (exists(sys, `${folder}/${command}`))
      return runLines(sys, env, [{ title: '', run: [command, ...args].map(quoted).join(' ') }]);
  return jsTool({ ...exec, env, argv: [command, ...args] }, sys);
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function say(sys: Sys, text: string, exit = 0): Next<Json> {
  write(sys, exit === 0 ? 1 : 2, text);
  return { exit };
}

function globally(sys: Sys, names: readonly string[]): Next<Json> {
  const done = installGlobally(sys, names);
  if ('exit' in done) return done;
  return say(sys, `\nadded ${done.count} package${done.count === 1 ? '' : 's'} in 1s\n`);
}

/** Takes away what only development needs (`--omit=dev`), as the lock file tells. */
function prune(sys: Sys, flags: readonly string[]): number {
  const data = readManifest(sys);
  const lock = npmLock(sys, exists(sys, '/etc/alpine-release')) ?? [];
  const omit = flags.some((one) => /^--(?:omit=dev|production)/.test(one));
  const named = new Set(Object.keys(data?.devDependencies ?? {}).map((name) => `node_modules/${name}`));
  const gone = omit ? lock.filter(({ path, dev, short }) => (short ? named.has(path) : dev) && exists(sys, path)) : [];
  for (const { path } of gone) remove(sys, path);
  const left = lock.length - gone.length + 1;
  write(
    sys,
    1,
    gone.length === 0
      ? `\nup to date, audited ${left} packages in 300ms\n`
      : `\nremoved ${gone.length} packages, and audited ${left} packages in 1s\n`,
  );
  write(sys, 1, '\nfound 0 vulnerabilities\n');
  return 0;
}

function cache(sys: Sys, words: readonly string[], flags: readonly string[]): number {
  const [verb = ''] = words;
  if (verb !== 'clean' && verb !== 'clear' && verb !== 'rm') return refuse(sys, `npm cache ${verb}`.trim());
  if (!flags.includes('--force') && !flags.includes('-f')) return refuse(sys, 'npm cache clean without --force');
  write(sys, 2, 'npm warn using --force Recommended protections disabled.\n');
  remove(sys, '/root/.npm/_cacache');
  return 0;
}

/** `npm config set KEY VALUE` writes ~/.npmrc. */
function config(sys: Sys, exec: Exec, words: readonly string[], verb = ''): number {
  if (verb !== 'set') return refuse(sys, `npm config ${verb}`.trim());
  const pairs = words[0]?.includes('=') ? words : [`${words[0] ?? ''}=${words[1] ?? ''}`];
  const file = `${exec.env.HOME ?? '/root'}/.npmrc`;
  put(sys, file, `${pairs.join('\n')}\n`);
  return 0;
}

function init(sys: Sys): number {
  const data = {
    name: sys.cwd().replace(/^.*\//, '') || 'root',
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  };
  const text = JSON.stringify(data, null, 2);
  put(sys, 'package.json', `${text}\n`);
  write(sys, 1, `Wrote to ${sys.cwd().replace(/\/$/, '')}/package.json:\n\n${text}\n\n\n`);
  return 0;
}
