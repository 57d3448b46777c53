import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { absolute, exists, put, remove, textOf } from '../files.ts';
import { offline, refuse, write } from '../say.ts';
import { runLines } from '../sequence.ts';
import { installGlobally } from './global.ts';
import { type LockedPackage, yarnLock } from './lock.ts';
import { type Manifest, readManifest, scriptEnv } from './manifest.ts';
import { placePackages } from './place.ts';
import { lifecycleLines } from './scripts.ts';
import { chosenVersion } from './versions.ts';
import { workspaceNamed } from './workspaces.ts';

const classic = '1.22.22';

/** The release of yarn that a project asks for, by package.json or a file of its own in .yarn/releases. */
function release(sys: Sys): string {
  const asked = /^yarn@(\d[\w.-]*)/.exec(readManifest(sys)?.packageManager ?? '')?.[1];
  const own = /^yarnPath:.*yarn-(\d[\w.-]*?)\.cjs/m.exec(textOf(sys, '.yarnrc.yml') ?? '')?.[1];
  return own ?? asked ?? classic;
}

const valued =
  /^--(?:network-timeout|network-concurrency|child-concurrency|registry|cache-folder|preferred-cache-folder|modules-folder|global-folder|link-folder|mutex|use-yarnrc|prefix|proxy|https-proxy|otp)$/;

/** The command line with the values of its own options behind an equals sign; what follows a script's name is the script's. */
function joined(args: readonly string[]): string[] {
  const all: string[] = [];
  const command = args.findIndex((one, i) => !one.startsWith('-') && !valued.test(args[i - 1] ?? ''));
  const own = /^(?:install|add|global)$/.test(args[command] ?? 'install') ? args.length : command;
  for (let i = 0; i < args.length; i++) {
    const one = args[i] ?? '';
    const value = i < own && valued.test(one) ? args[i + 1] : undefined;
    all.push(value === undefined ? one : `${one}=${value}`);
    if (value !== undefined) i++;
  }
  return all;
}

/** The program `yarn`: install, add, run and scripts by their names, workspace, cache, config, global. */
export function yarn(exec: Exec, sys: Sys): Next<Json> {
  const all = joined(exec.argv.slice(1));
  const at = all.indexOf('--cwd');
  if (at >= 0) sys.chdir(absolute(sys, all.splice(at, 2)[1] ?? '.'));
  const version = release(sys);
  if (all[0] === '--version' || all[0] === '-v') return say(sys, 1, `${version}\n`, 0);
  const first = all.findIndex((one) => !one.startsWith('-'));
  const command = first < 0 ? 'install' : (all[first] ?? '');
  const rest = all.filter((_, i) => i !== first);
  const words = rest.filter((one) => !one.startsWith('-'));
  switch (command) {
    case 'install':
    case 'add':
      return install(sys, exec, version, command === 'add' ? words : [], rest);
    case 'run':
      return script(sys, exec, version, words[0] ?? '', rest.slice(rest.indexOf(words[0] ?? '') + 1));
    case 'workspace': {
      const folder = workspaceNamed(sys, words[0] ?? '');
      if (folder === undefined) return say(sys, 2, `error Unknown workspace "${words[0] ?? ''}".\n`, 1);
      sys.chdir(folder);
      return yarn({ ...exec, argv: ['yarn', ...rest.slice(rest.indexOf(words[0] ?? '') + 1)] }, sys);
    }
    case 'cache':
      if (words[0] !== 'clean') return { exit: refuse(sys, `yarn cache ${words[0] ?? ''}`.trim()) };
      remove(sys, '/usr/local/share/.cache/yarn');
      return isClassic(version)
        ? say(sys, 1, `yarn cache v${version}\nsuccess Cleared cache.\nDone in 0.05s.\n`, 0)
        : { exit: 0 };
    case 'global':
      return globally(sys, version, words);
    case 'config':
    case 'set':
      return words[0] === 'set' || words[0] === 'version'
        ? { exit: 0 }
        : { exit: refuse(sys, `yarn ${command} ${words[0] ?? ''}`) };
  }
  return script(sys, exec, version, command, all.slice(first + 1));
}

const isClassic = (version: string): boolean => version.startsWith('1.') || version.startsWith('0.');

function say(sys: Sys, fd: 1 | 2, text: string, exit: number): Next<Json> {
  write(sys, fd, text);
  return { exit };
}

function globally(sys: Sys, version: string, [verb, ...names]: readonly string[]): Next<Json> {
  if (verb !== 'add') return { exit: refuse(sys, `yarn global ${verb ?? ''}`.trim()) };
  const done = installGlobally(sys, names);
  return 'exit' in done
    ? done
    : say(
        sys,
        1,
        `yarn global v${version}\n[1/4] Resolving packages...\n[2/4] Fetching packages...\n[3/4] Linking dependencies...\n[4/4] Building fresh packages...\nDone in 1.00s.\n`,
        0,
      );
}

/** What the manifest wants, for a project without a lock file. */
function wantedOf(data: Manifest, production: boolean): readonly LockedPackage[] {
  const wanted = { ...data.dependencies, ...(production ? {} : data.devDependencies) };
  const rest = {
    dev: false,
    bins: undefined,
    link: undefined,
    funding: false,
    deprecated: undefined,
    short: true,
    foreign: false,
  };
  return Object.entries(wanted).map(([name, range]) => ({
    path: `node_modules/${name}`,
    name,
    version: chosenVersion(range, undefined),
    ...rest,
  }));
}

function install(
  sys: Sys,
  exec: Exec,
  version: string,
  names: readonly string[],
  flags: readonly string[],
): Next<Json> {
  const data = readManifest(sys);
  if (!data) return say(sys, 2, `error Couldn't find a package.json file in "${sys.cwd()}"\n`, 1);
  const old = isClassic(version);
  if (!old && !/^nodeLinker:\s*(?:node-modules|pnpm)/m.test(textOf(sys, '.yarnrc.yml') ?? ''))
    return { exit: refuse(sys, `Plug'n'Play of yarn ${version} (nodeLinker: node-modules is, so it)`) };
  for (const name of names)
    data.dependencies = {
      ...data.dependencies,
      [name.replace(/(?<=.)@.*$/, '')]: /(?<=.)@(.+)$/.exec(name)?.[1] ?? '*',
    };
  const production =
    flags.some((one) => /^--(?:prod|production)(?:=true)?$/.test(one)) ||
    (exec.env.NODE_ENV === 'production' && !flags.includes('--production=false'));
  const lock = yarnLock(sys);
  if (old) {
    write(sys, 1, `yarn install v${version}\n`);
    if (lock === undefined) write(sys, 1, 'info No lockfile found.\n');
    if (exists(sys, 'package-lock.json'))
      write(
        sys,
        2,
        'warning package-lock.json found. Your project contains lock files generated by tools other than Yarn. It is advised not to mix package managers in order to avoid resolution inconsistencies caused by unsynchronized lock files. To clear this warning, remove package-lock.json.\n',
      );
    write(sys, 1, '[1/4] Resolving packages...\n[2/4] Fetching packages...\n');
  } else
    write(
      sys,
      1,
      `➤ YN0000: · Yarn ${version}\n➤ YN0000: ┌ Resolution step\n➤ YN0000: └ Completed\n➤ YN0000: ┌ Fetch step\n`,
    );
  if (lock === undefined && !old && flags.includes('--immutable'))
    return say(
      sys,
      1,
      '➤ YN0028: │ The lockfile would have been created by this install, which is explicitly forbidden.\n',
      1,
    );
  const packages = lock ?? wantedOf(data, production);
  if (offline(sys) && packages.some(({ path }) => !exists(sys, path)))
    return say(
      sys,
      2,
      'error An unexpected error occurred: "https://registry.yarnpkg.com/: getaddrinfo EAI_AGAIN registry.yarnpkg.com".\n',
      1,
    );
  const placed = placePackages(sys, sys.cwd(), packages);
  if (names.length > 0) put(sys, 'package.json', `${JSON.stringify(data, null, 2)}\n`);
  if (placed.count > 0)
    tell(sys, 'yarn', 'packages-installed', { manager: 'yarn', ...placed, typical: true, unknown: [] });
  write(
    sys,
    1,
    old
      ? '[3/4] Linking dependencies...\n[4/4] Building fresh packages...\n'
      : '➤ YN0000: └ Completed\n➤ YN0000: ┌ Link step\n➤ YN0000: └ Completed\n',
  );
  const quiet = flags.includes('--ignore-scripts') || flags.includes('--mode=skip-build');
  const scripts = quiet
    ? []
    : lifecycleLines(data, ['preinstall', 'install', 'postinstall', ...(production ? [] : ['prepare'])]);
  const lines = scripts.map((line) => ({ ...line, title: `$ ${line.run}\n` }));
  const success = old ? `Done in ${(placed.count / 40 + 0.2).toFixed(2)}s.\n` : '➤ YN0000: · Done in 1s 200ms\n';
  return runLines(sys, scriptEnv(sys, exec.env, sys.cwd(), `yarn/${version}`), lines, { success });
}

/** `yarn run NAME`, `yarn NAME`: a script, else a command of an installed package. */
function script(sys: Sys, exec: Exec, version: string, name: string, args: readonly string[]): Next<Json> {
  const data = readManifest(sys);
  const old = isClassic(version);
  const env = scriptEnv(sys, exec.env, sys.cwd(), `yarn/${version}`);
  const found = data?.scripts?.[name];
  const bin = (env.PATH ?? '')
    .split(':')
    .find((folder) => folder.includes('node_modules') && exists(sys, `${folder}/${name}`));
  if (found === undefined && bin === undefined)
    return say(
      sys,
      2,
      old
        ? `yarn run v${version}\nerror Command "${name}" not found.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n`
        : `Usage Error: Couldn't find a script named "${name}".\n`,
      1,
    );
  const words = args.map((one) => (/^[\w@%+=:,./-]+$/.test(one) ? one : `'${one}'`));
  const runs = [data?.scripts?.[`pre${name}`], [found ?? name, ...words].join(' '), data?.scripts?.[`post${name}`]];
  const lines = runs.flatMap((run) =>
    run === undefined ? [] : [{ title: old ? `$ ${run}\n` : '', run, env: { npm_lifecycle_event: name } }],
  );
  if (old) write(sys, 1, `yarn run v${version}\n`);
  const failure = old
    ? 'error Command failed with exit code %s.\ninfo Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.\n'
    : '';
  return runLines(sys, env, lines, { failure, success: old ? 'Done in 1.00s.\n' : '' });
}
