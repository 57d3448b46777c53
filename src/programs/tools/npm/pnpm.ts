import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { absolute, exists, put, remove } from '../files.ts';
import { offline, refuse, write } from '../say.ts';
import { type Line, runLines } from '../sequence.ts';
import { installGlobally, placeCommand } from './global.ts';
import { type LockedPackage, pnpmLock } from './lock.ts';
import { readManifest, scriptEnv } from './manifest.ts';
import { runTool } from './npm.ts';
import { placePackage, placePackages } from './place.ts';
import { lifecycleLines, scriptLines } from './scripts.ts';
import { chosenVersion } from './versions.ts';
import { workspaceNamed, workspaces } from './workspaces.ts';

function release(sys: Sys): string {
  return /^pnpm@(\d[\w.-]*)/.exec(readManifest(sys)?.packageManager ?? '')?.[1] ?? '10.20.0';
}

const agentOf = (sys: Sys): string => `pnpm/${release(sys)}`;

/** The program `pnpm`: install, add, fetch, run and scripts by their names, exec, dlx, prune, store, config. */
export function pnpm(exec: Exec, sys: Sys): Next<Json> {
  const { args, filters, everywhere } = readOptions(sys, exec.argv.slice(1));
  if (args[0] === '--version' || args[0] === '-v') return say(sys, 1, `${release(sys)}\n`, 0);
  const first = args.findIndex((one) => !one.startsWith('-'));
  const command = args[first] ?? '';
  const rest = args.filter((_, i) => i !== first);
  const words = rest.filter((one) => !one.startsWith('-'));
  switch (command) {
    case 'install':
    case 'i':
    case 'fetch':
      return install(sys, exec, rest, command === 'fetch');
    case 'add':
      return add(sys, words, rest);
    case 'exec':
      return runTool(
        sys,
        exec,
        rest.filter((one) => one !== '--'),
        agentOf(sys),
      );
    case 'dlx':
      return runTool(
        sys,
        exec,
        rest.filter((one) => !one.startsWith('--package')),
        agentOf(sys),
      );
    case 'store':
    case 'config':
    case 'approve-builds':
    case 'rebuild':
      return { exit: 0 };
    case 'prune':
      return { exit: prune(sys) };
    case 'deploy':
    case 'publish':
    case 'pack':
      return { exit: refuse(sys, `pnpm ${command}`) };
    case 'run':
      return script(sys, exec, words[0] ?? '', rest.slice(rest.indexOf(words[0] ?? '') + 1), filters, everywhere);
    case '':
      return { exit: refuse(sys, 'pnpm without a command') };
  }
  return script(sys, exec, command, args.slice(first + 1), filters, everywhere);
}

interface Options {
  readonly args: readonly string[];
  readonly filters: readonly string[];
  readonly everywhere: boolean;
}

function readOptions(sys: Sys, given: readonly string[]): Options {
  const [args, filters]: [string[], string[]] = [[], []];
  let everywhere = false;
  for (let i = 0; i < given.length; i++) {
    const one = given[i] ?? '';
    if (one === '--filter' || one === '-F') filters.push(given[++i] ?? '');
    else if (one.startsWith('--filter=')) filters.push(one.slice('--filter='.length));
    else if (one === '-r' || one === '--recursive') everywhere = true;
    else if (one === '-C' || one === '--dir') sys.chdir(absolute(sys, given[++i] ?? '.'));
    else args.push(one);
  }
  return { args, filters, everywhere };
}

function say(sys: Sys, fd: 1 | 2, text: string, exit: number): Next<Json> {
  write(sys, fd, text);
  return { exit };
}

const unreachable =
  ' ERR_PNPM_META_FETCH_FAIL  GET https://registry.npmjs.org/: request to https://registry.npmjs.org/ failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org\n';

function install(sys: Sys, exec: Exec, flags: readonly string[], onlyFetch: boolean): Next<Json> {
  const data = readManifest(sys);
  if (!data && !onlyFetch) return say(sys, 2, ` ERR_PNPM_NO_PKG_MANIFEST  No package.json found in ${sys.cwd()}\n`, 1);
  const lock = pnpmLock(sys);
  if (lock === undefined && (flags.includes('--frozen-lockfile') || onlyFetch))
    return say(
      sys,
      2,
      ' ERR_PNPM_NO_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is absent\n\nNote that in CI environments this setting is true by default. If you still need to run install in such cases, use "pnpm install --no-frozen-lockfile"\n',
      1,
    );
  const production = flags.some((one) => one === '--prod' || one === '-P' || one === '--production');
  const wanted = Object.entries({ ...data?.dependencies, ...(production ? {} : data?.devDependencies) });
  const packages = lock ?? wanted.map(([name, range]) => short(name, range));
  if (offline(sys) && packages.some(({ path }) => !exists(sys, path))) return say(sys, 2, unreachable, 1);
  if (lock !== undefined) write(sys, 1, 'Lockfile is up to date, resolution step is skipped\n');
  const placed = placePackages(sys, sys.cwd(), packages);
  if (placed.count > 0) {
    tell(sys, 'pnpm', 'packages-installed', { manager: 'pnpm', ...placed, typical: true, unknown: [] });
    write(
      sys,
      1,
      `Packages: +${placed.count}\n${'+'.repeat(Math.min(80, placed.count))}\nProgress: resolved ${placed.count}, reused 0, downloaded ${placed.count}, added ${placed.count}, done\n`,
    );
  } else write(sys, 1, 'Already up to date\n');
  const own =
    data && !onlyFetch && !flags.includes('--ignore-scripts')
      ? lifecycleLines(data, ['preinstall', 'install', 'postinstall', 'prepare'])
      : [];
  return runLines(sys, scriptEnv(sys, exec.env, sys.cwd(), agentOf(sys)), own, {
    success: `\nDone in ${(placed.count / 60 + 0.3).toFixed(1)}s\n`,
    failure,
  });
}

function short(name: string, range: string): LockedPackage {
  const rest = {
    dev: false,
    bins: undefined,
    link: undefined,
    funding: false,
    deprecated: undefined,
    short: true,
    foreign: false,
  };
  return { path: `node_modules/${name}`, name, version: chosenVersion(range, undefined), ...rest };
}

function add(sys: Sys, names: readonly string[], flags: readonly string[]): Next<Json> {
  if (flags.includes('-g') || flags.includes('--global')) {
    const done = installGlobally(sys, names);
    return 'exit' in done ? done : say(sys, 1, `Packages: +${done.count}\n`, 0);
  }
  if (offline(sys)) return say(sys, 2, unreachable, 1);
  const data = readManifest(sys) ?? {};
  const added = names.map((one) => short(one.replace(/(?<=.)@.*$/, ''), /(?<=.)@(.+)$/.exec(one)?.[1] ?? 'latest'));
  placePackages(sys, sys.cwd(), added);
  const more = Object.fromEntries(
    added.map(({ name, version }) => [name, version === 'unknown' ? 'latest' : `^${version}`]),
  );
  const key = flags.includes('-D') || flags.includes('--save-dev') ? 'devDependencies' : 'dependencies';
  put(sys, 'package.json', `${JSON.stringify({ ...data, [key]: { ...data[key], ...more } }, null, 2)}\n`);
  return say(sys, 1, `Packages: +${added.length}\n`, 0);
}

const failure = ' ELIFECYCLE  Command failed with exit code %s.\n';

function script(
  sys: Sys,
  exec: Exec,
  name: string,
  args: readonly string[],
  filters: readonly string[],
  everywhere: boolean,
): Next<Json> {
  const env = scriptEnv(sys, exec.env, sys.cwd(), agentOf(sys));
  const folders = everywhere
    ? workspaces(sys).map(([, folder]) => folder)
    : filters.map((one) => workspaceNamed(sys, one));
  if (folders.length > 0) {
    const lines: Line[] = [];
    for (const folder of folders) {
      const data = folder === undefined ? undefined : readManifest(sys, folder);
      if (folder === undefined || !data) return say(sys, 1, `No projects matched the filters in "${sys.cwd()}"\n`, 0);
      const path = absolute(sys, folder);
      lines.push(
        ...scriptLines(data, name, args, path).map((line) => ({
          ...line,
          env: { ...line.env, PATH: scriptEnv(sys, exec.env, path, '').PATH ?? '' },
        })),
      );
    }
    return runLines(sys, env, lines, { failure });
  }
  const data = readManifest(sys);
  if (data?.scripts?.[name] !== undefined) return runLines(sys, env, scriptLines(data, name, args), { failure });
  if ((env.PATH ?? '').split(':').some((folder) => folder.includes('node_modules') && exists(sys, `${folder}/${name}`)))
    return runTool(sys, exec, [name, ...args], agentOf(sys));
  if (!data)
    return say(
      sys,
      2,
      ` ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND  No package.json (or package.yaml, or package.json5) was found in "${sys.cwd()}".\n`,
      1,
    );
  return say(sys, 2, ` ERR_PNPM_NO_SCRIPT  Missing script: ${name}\n`, 1);
}

/** Takes away what only development names. */
function prune(sys: Sys): number {
  for (const name of Object.keys(readManifest(sys)?.devDependencies ?? {})) remove(sys, `node_modules/${name}`);
  return 0;
}

/** The program `corepack`: puts yarn and pnpm where they are found; which release they are, package.json says. */
export function corepack(exec: Exec, sys: Sys): Next<Json> {
  const [command = '', ...args] = exec.argv.slice(1);
  if (command === '--version' || command === '-v') return say(sys, 1, '0.34.0\n', 0);
  if (command === 'enable' || command === 'prepare' || command === 'use' || command === 'install' || command === 'up') {
    const named = args.filter((one) => !one.startsWith('-')).map((one) => one.replace(/@.*$/, ''));
    const wanted = named.length === 0 ? ['yarn', 'pnpm'] : named;
    for (const name of wanted) {
      if (name !== 'yarn' && name !== 'pnpm') continue;
      const folder = '/usr/local/lib/node_modules/corepack';
      if (!exists(sys, `${folder}/package.json`)) placePackage(sys, folder, 'corepack', '0.34.0', 1_100_000);
      for (const one of name === 'yarn' ? ['yarn', 'yarnpkg'] : ['pnpm', 'pnpx'])
        placeCommand(sys, folder, 'corepack', one);
    }
    return { exit: 0 };
  }
  if (command === 'disable') return { exit: 0 };
  if (/^(?:yarn|pnpm)/.test(command)) return runTool(sys, exec, [command.replace(/@.*$/, ''), ...args], 'corepack');
  return { exit: refuse(sys, `corepack ${command}`.trim()) };
}
