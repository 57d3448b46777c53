import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { pip } from '../../runtimes/packages/pip.ts';
import { type Place, placeProject } from '../../runtimes/packages/pip-place.ts';
import { lockedProjects, readPython } from '../../runtimes/packages/pyproject.ts';
import { pipTable } from '../../runtimes/packages/tables.ts';
import { makeVenv } from '../../runtimes/packages/venv.ts';
import { absolute, entriesOf, exists, field, jsonOf, put, putProgram, textField, textOf } from '../files.ts';
import { notSimulated, offline, refuse, write } from '../say.ts';
import { runLines } from '../sequence.ts';

/** A command that a project of PyPI brings: it needs the project's own code, which is not here. */
export function pythonTool(exec: Exec, sys: Sys): Next<Json> {
  const words = [(exec.argv[0] ?? '').replace(/^.*\//, ''), ...exec.argv.slice(1, 3)].join(' ');
  write(sys, 2, `drydock: ${words}: the code of this Python package is not here, so drydock does not act it out\n`);
  return { exit: notSimulated };
}

interface Locked {
  readonly name: string;
  readonly version: string;
}

const versionOf = (env: Exec['env']): string => /^\d+\.\d+/.exec(env.PYTHON_VERSION ?? '')?.[0] ?? '3.13';
const fullVersion = (env: Exec['env']): string => /^\d+(?:\.\d+)+/.exec(env.PYTHON_VERSION ?? '')?.[0] ?? '3.13.0';

function placeOf(home: string, env: Exec['env']): Place {
  return { site: `${home}/lib/python${versionOf(env)}/site-packages`, bin: `${home}/bin` };
}

/** Installs what a lock file lists; how many projects were not there yet, or undefined without a network. */
function installLocked(sys: Sys, manager: string, place: Place, locked: readonly Locked[]): number | undefined {
  const fresh = locked.filter(({ name, version }) => !exists(sys, `${place.site}/${name}-${version}.dist-info`));
  if (fresh.length > 0 && offline(sys)) return undefined;
  const table = pipTable();
  let bytes = 0;
  for (const { name, version } of fresh) {
    const size = table[name]?.size ?? 150_000;
    bytes += size;
    placeProject(sys, place, name, version, size);
  }
  if (fresh.length > 0)
    tell(sys, manager, 'packages-installed', { manager, count: fresh.length, bytes, typical: true, unknown: [] });
  return fresh.length;
}

function unreachable(sys: Sys, exit: number): Next<Json> {
  write(
    sys,
    2,
    'error: Failed to fetch: `https://pypi.org/simple/`: dns error: failed to lookup address information: Temporary failure in name resolution\n',
  );
  return { exit };
}

/** The program `uv`: pip, sync, venv, run, lock, export, cache, python, tool, by uv.lock and pyproject.toml. */
export function uv(exec: Exec, sys: Sys): Next<Json> {
  const args = exec.argv
    .slice(1)
    .filter((one) => !/^(?:-q|--quiet|-v|--verbose|--no-progress|--no-cache|-n)$/.test(one));
  const at = args.findIndex((one) => /^--(?:directory|project)$/.test(one));
  if (at >= 0) sys.chdir(absolute(sys, args.splice(at, 2)[1] ?? '.'));
  const [command = '', ...rest] = args;
  const { env } = exec;
  if (command === '--version' || command === '-V' || command === 'version') {
    write(sys, 1, 'uv 0.9.8\n');
    return { exit: 0 };
  }
  const venv = absolute(sys, env.UV_PROJECT_ENVIRONMENT ?? '.venv');
  switch (command) {
    case 'pip':
      return uvPip(exec, sys, rest);
    case 'venv':
      return {
        exit: makeVenv(sys, fullVersion(env), [
          rest.find((one, i) => !one.startsWith('-') && !/^(?:--python|-p|--prompt)$/.test(rest[i - 1] ?? '')) ??
            '.venv',
          '--without-pip',
        ]),
      };
    case 'sync':
      return sync(exec, sys, venv, rest);
    case 'run':
      return run(exec, sys, venv, rest);
    case 'cache':
    case 'python':
    case 'lock':
    case 'self':
      return { exit: 0 };
    case 'export':
      return { exit: exportLock(sys, 'uv.lock', rest) };
    case 'tool':
      if (rest[0] === 'install')
        return uvPip(exec, sys, ['install', ...rest.slice(1).filter((one) => !one.startsWith('-'))]);
  }
  return { exit: refuse(sys, `uv ${command} ${rest[0] ?? ''}`.trim()) };
}

function uvPip(exec: Exec, sys: Sys, [verb = '', ...rest]: readonly string[]): Next<Json> {
  const own =
    exec.env.VIRTUAL_ENV ??
    (exists(sys, '.venv/pyvenv.cfg') && !rest.includes('--system') ? absolute(sys, '.venv') : '/usr/local');
  const kept = rest.filter(
    (one) => !/^--(?:system|no-cache|compile-bytecode|link-mode.*|require-hashes|strict)$/.test(one),
  );
  return {
    exit: pip(
      {
        ...exec,
        path: `${own}/bin/pip`,
        argv: ['pip', verb, ...kept, ...(verb === 'install' ? ['--root-user-action=ignore', '--no-cache-dir'] : [])],
      },
      sys,
    ),
  };
}

function sync(exec: Exec, sys: Sys, venv: string, args: readonly string[]): Next<Json> {
  const text = textOf(sys, 'uv.lock');
  const project = readPython(sys, '.');
  if (project === undefined && text === undefined) {
    write(sys, 2, `error: No \`pyproject.toml\` found in current directory or any parent directory\n`);
    return { exit: 2 };
  }
  if (text === undefined && args.some((one) => one === '--locked' || one === '--frozen')) {
    write(sys, 2, 'error: Unable to find lockfile at `uv.lock`. To create a lockfile, run `uv lock` or `uv sync`.\n');
    return { exit: 2 };
  }
  if (!exists(sys, `${venv}/pyvenv.cfg`)) {
    const exit = makeVenv(sys, fullVersion(exec.env), [venv, '--without-pip']);
    if (exit !== 0) return { exit };
    write(sys, 2, `Creating virtual environment at: ${exec.env.UV_PROJECT_ENVIRONMENT ?? '.venv'}\n`);
  }
  const place = placeOf(venv, exec.env);
  const all = text === undefined ? named(project?.dependencies ?? []) : lockedProjects(text);
  const locked = all.filter((one) => !('own' in one && one.own));
  const count = installLocked(sys, 'uv', place, locked);
  if (count === undefined) return unreachable(sys, 2);
  if (!args.includes('--no-install-project'))
    for (const script of project?.scripts ?? []) putProgram(sys, `${place.bin}/${script}`, 'python-tool');
  const s = (n: number) => (n === 1 ? '' : 's');
  write(sys, 2, `Resolved ${all.length} package${s(all.length)} in 1ms\n`);
  if (count > 0)
    write(
      sys,
      2,
      `Prepared ${count} package${s(count)} in 850ms\nInstalled ${count} package${s(count)} in 42ms\n${locked.map(({ name, version }) => ` + ${name}==${version}\n`).join('')}`,
    );
  else write(sys, 2, `Audited ${locked.length} package${s(locked.length)} in 1ms\n`);
  return { exit: 0 };
}

/** Requirements without a lock file, with the table's versions. */
function named(dependencies: readonly string[]): readonly Locked[] {
  return dependencies.flatMap((one) => {
    const [, name, version] = /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:[=~><!]+\s*([\w.]+))?/.exec(one) ?? [];
    return name === undefined
      ? []
      : [{ name, version: version ?? pipTable()[name.toLowerCase()]?.version ?? 'unknown' }];
  });
}

function run(exec: Exec, sys: Sys, venv: string, args: readonly string[]): Next<Json> {
  const from = args.findIndex(
    (one, i) => !one.startsWith('-') && !/^(?:--with|--python|-p|--extra|--group|--env-file)$/.test(args[i - 1] ?? ''),
  );
  if (from < 0) return { exit: refuse(sys, 'uv run without a command') };
  const env = { ...exec.env, VIRTUAL_ENV: venv, PATH: `${venv}/bin:${exec.env.PATH ?? ''}` };
  return runLines(sys, env, [{ title: '', run: args.slice(from).map(quoted).join(' ') }]);
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Writes a lock file's list as requirements: to a file, or to standard output. */
function exportLock(sys: Sys, file: string, args: readonly string[]): number {
  const text = textOf(sys, file);
  if (text === undefined) {
    write(sys, 2, `error: ${file} does not exist\n`);
    return 1;
  }
  const list = lockedProjects(text)
    .filter(({ own }) => !own)
    .map(({ name, version }) => `${name}==${version}\n`)
    .join('');
  const at = args.findIndex((one) => one === '-o' || one === '--output' || one === '--output-file');
  const to = at < 0 ? args.find((one) => one.startsWith('--output'))?.split('=')[1] : args[at + 1];
  if (to === undefined) write(sys, 1, list);
  else put(sys, to, list);
  return 0;
}

/** The program `poetry`: install, export, config, run, lock, by poetry.lock and pyproject.toml. */
export function poetry(exec: Exec, sys: Sys): Next<Json> {
  const args = exec.argv
    .slice(1)
    .filter((one) => !/^(?:-n|--no-interaction|--no-ansi|--ansi|-q|--quiet|-v+|--no-cache)$/.test(one));
  const [command = '', ...rest] = args;
  const settings = `${exec.env.HOME ?? '/root'}/.config/pypoetry/config.toml`;
  switch (command) {
    case '--version':
    case '-V':
      write(sys, 1, 'Poetry (version 2.2.1)\n');
      return { exit: 0 };
    case 'config':
      if (rest.length >= 2) put(sys, settings, `${textOf(sys, settings) ?? ''}${rest[0]} = ${rest[1]}\n`);
      return { exit: 0 };
    case 'export':
      return { exit: exportLock(sys, 'poetry.lock', rest) };
    case 'lock':
    case 'check':
    case 'cache':
      return { exit: 0 };
    case 'install':
    case 'sync': {
      const here =
        /virtualenvs\.create = false/.test(textOf(sys, settings) ?? '') ||
        /^(?:false|0)$/i.test(exec.env.POETRY_VIRTUALENVS_CREATE ?? '');
      const inside =
        /virtualenvs\.in-project = true/.test(textOf(sys, settings) ?? '') ||
        /^(?:true|1)$/i.test(exec.env.POETRY_VIRTUALENVS_IN_PROJECT ?? '');
      const home =
        exec.env.VIRTUAL_ENV ??
        (here
          ? '/usr/local'
          : inside
            ? absolute(sys, '.venv')
            : `${exec.env.HOME ?? '/root'}/.cache/pypoetry/virtualenvs/app-py${versionOf(exec.env)}`);
      return poetryInstall(exec, sys, home, rest);
    }
    case 'run':
      return runLines(sys, { ...exec.env, PATH: `${absolute(sys, '.venv')}/bin:${exec.env.PATH ?? ''}` }, [
        { title: '', run: rest.map(quoted).join(' ') },
      ]);
  }
  return { exit: refuse(sys, `poetry ${command}`.trim()) };
}

function poetryInstall(exec: Exec, sys: Sys, home: string, args: readonly string[]): Next<Json> {
  const project = readPython(sys, '.');
  if (project === undefined) {
    write(sys, 2, `\nPoetry could not find a pyproject.toml file in ${sys.cwd()} or its parents\n`);
    return { exit: 1 };
  }
  if (home !== '/usr/local' && !exists(sys, `${home}/pyvenv.cfg`))
    makeVenv(sys, fullVersion(exec.env), [home, '--without-pip']);
  const text = textOf(sys, 'poetry.lock');
  const locked = text === undefined ? named(project.dependencies) : lockedProjects(text);
  if (text === undefined) write(sys, 1, 'Updating dependencies\nResolving dependencies...\n\n');
  else write(sys, 1, 'Installing dependencies from lock file\n\n');
  const count = installLocked(sys, 'poetry', placeOf(home, exec.env), locked);
  if (count === undefined) return unreachable(sys, 1);
  const s = count === 1 ? '' : 's';
  write(
    sys,
    1,
    count === 0
      ? 'No dependencies to install or update\n'
      : `Package operations: ${count} install${s}, 0 updates, 0 removals\n\n${locked.map(({ name, version }) => `  - Installing ${name} (${version})\n`).join('')}`,
  );
  if (!args.includes('--no-root') && !args.includes('--only-root')) {
    write(sys, 1, `\nInstalling the current project: ${project.name} (${project.version})\n`);
    for (const script of project.scripts) putProgram(sys, `${home}/bin/${script}`, 'python-tool');
  }
  return { exit: 0 };
}

/** The program `pipenv`: install, sync, requirements, lock, run, by Pipfile.lock. */
export function pipenv(exec: Exec, sys: Sys): Next<Json> {
  const [command = '', ...rest] = exec.argv.slice(1);
  const lock = jsonOf(sys, 'Pipfile.lock');
  const dev = rest.includes('--dev') || rest.includes('-d');
  const groups = ['default', ...(dev ? ['develop'] : [])].flatMap((name) => entriesOf(field(lock, name)));
  const locked = groups.map(([name, row]) => ({
    name,
    version: (textField(row, 'version') ?? 'unknown').replace(/^==/, ''),
  }));
  if (command === '--version') {
    write(sys, 1, 'pipenv, version 2025.0.4\n');
    return { exit: 0 };
  }
  if (command === 'requirements' || (command === 'lock' && (rest.includes('-r') || rest.includes('--requirements')))) {
    write(sys, 1, `-i https://pypi.org/simple\n${locked.map(({ name, version }) => `${name}==${version}\n`).join('')}`);
    return { exit: 0 };
  }
  if (command === 'run') return runLines(sys, exec.env, [{ title: '', run: rest.map(quoted).join(' ') }]);
  if (command === 'lock') return { exit: 0 };
  if (command !== 'install' && command !== 'sync') return { exit: refuse(sys, `pipenv ${command}`.trim()) };
  if (lock === undefined) {
    write(sys, 2, 'Pipfile.lock not found! You need to run $ pipenv lock before you can continue.\n');
    return { exit: 1 };
  }
  const inside = /^(?:1|true|yes)$/i.test(exec.env.PIPENV_VENV_IN_PROJECT ?? '') && !rest.includes('--system');
  const home = inside ? absolute(sys, '.venv') : (exec.env.VIRTUAL_ENV ?? '/usr/local');
  if (inside && !exists(sys, `${home}/pyvenv.cfg`)) makeVenv(sys, fullVersion(exec.env), [home]);
  write(sys, 2, `Installing dependencies from Pipfile.lock (${shortHash(lock)})...\n`);
  return installLocked(sys, 'pipenv', placeOf(home, exec.env), locked) === undefined
    ? unreachable(sys, 1)
    : { exit: 0 };
}

/** Six letters of the lock file's hash, as pipenv shows them. */
function shortHash(lock: unknown): string {
  return (textField(lock, '_meta', 'hash', 'sha256') ?? '000000').slice(-6);
}
