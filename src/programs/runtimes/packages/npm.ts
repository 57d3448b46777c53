import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { readText } from '../core/process.ts';
import { nodeVersion } from '../js/node.ts';
import { nearMiss, npmTable } from './tables.ts';

/** npm waits for a script that it started. */
export type NpmState = { readonly child: number };

interface Manifest {
  name?: string;
  version?: string;
  scripts?: { readonly [name: string]: string };
  dependencies?: { [name: string]: string };
  devDependencies?: { [name: string]: string };
}

/** The version of npm that comes with a release line of node. */
function npmVersion(env: Exec['env']): string {
  const major = Number(nodeVersion(env).split('.')[0]);
  return major >= 24 ? '11.6.2' : major >= 22 ? '10.9.2' : '10.8.2';
}

const err = (sys: Sys, lines: readonly string[]): void =>
  void sys.write(
    2,
    encodeUtf8(
      lines
        .map((line) => `npm error ${line}`.trimEnd())
        .join('\n')
        .concat('\n'),
    ),
  );

/** The program `npm`: init, install, ci, run, start, test, -v. Other commands are refused by name. */
export const npm = {
  start(exec: Exec, sys: Sys): Next<NpmState> {
    const args = exec.argv.slice(1);
    const words = args.filter((one) => !one.startsWith('-'));
    const flags = args.filter((one) => one.startsWith('-'));
    const [command = '', ...rest] = words;
    if (args[0] === '-v' || args[0] === '--version') {
      sys.write(1, `${npmVersion(exec.env)}\n`);
      return { exit: 0 };
    }
    if (exec.argv[0]?.endsWith('npx')) return refuse(sys, 'npx');
    switch (command) {
      case 'init':
        return { exit: init(sys) };
      case 'install':
      case 'i':
      case 'add':
      case 'ci':
        return { exit: install(sys, command === 'ci', rest, flags) };
      case 'start':
      case 'test':
        return script(sys, exec, command, args.includes('--') ? args.slice(args.indexOf('--') + 1) : []);
      case 'run':
      case 'run-script':
        return script(sys, exec, rest[0] ?? '', args.includes('--') ? args.slice(args.indexOf('--') + 1) : []);
    }
    return refuse(sys, `npm ${command === '' ? args.join(' ') : command}`.trim());
  },
  step(state: NpmState, _wake: unknown, sys: Sys): Next<NpmState> {
    const done = sys.reap(state.child);
    if (done === 'again') return { state, wait: { child: state.child } };
    return { exit: isErrno(done) ? 1 : done.exit.code };
  },
};

function refuse(sys: Sys, what: string): Next<NpmState> {
  sys.write(2, encodeUtf8(`drydock: ${what} is not simulated\n`));
  return { exit: 70 };
}

function manifest(sys: Sys): Manifest | undefined {
  const text = readText(sys, 'package.json');
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    return undefined;
  }
}
const save = (sys: Sys, data: Manifest): void =>
  void sys.fs.writeFile('package.json', encodeUtf8(`${JSON.stringify(data, null, 2)}\n`));

function noManifest(sys: Sys): number {
  const path = `${sys.cwd().replace(/\/$/, '')}/package.json`;
  if (readText(sys, 'package.json') !== undefined)
    err(sys, [
      'code EJSONPARSE',
      `path ${path}`,
      'JSON.parse Invalid package.json: JSON.parse failed',
      'Failed to parse JSON data.',
    ]);
  else
    err(sys, [
      'code ENOENT',
      'syscall open',
      `path ${path}`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    ]);
  return 254;
}

function init(sys: Sys): number {
  const name = sys.cwd().replace(/^.*\//, '') || 'root';
  const data = {
    name,
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  };
  const text = JSON.stringify(data, null, 2);
  sys.fs.writeFile('package.json', `${text}\n`);
  sys.write(1, `Wrote to ${sys.cwd().replace(/\/$/, '')}/package.json:\n\n${text}\n\n\n`);
  return 0;
}

function install(sys: Sys, clean: boolean, names: readonly string[], flags: readonly string[]): number {
  const data: Manifest | undefined =
    manifest(sys) ?? (names.length > 0 && readText(sys, 'package.json') === undefined ? {} : undefined);
  if (!data) return noManifest(sys);
  if (clean && readText(sys, 'package-lock.json') === undefined) {
    err(sys, [
      'code EUSAGE',
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
    ]);
    return 1;
  }
  const omitDev = flags.some((one) => ['--omit=dev', '--production', '--only=production'].includes(one));
  const wanted = { ...data.dependencies, ...(omitDev ? {} : data.devDependencies) };
  for (const given of names) {
    const [, name = given, range = ''] = /^(@?[^@]+)(?:@(.+))?$/.exec(given) ?? [];
    const newest = npmTable()[name]?.version;
    wanted[name] = range !== '' && range !== 'latest' ? range : newest === undefined ? 'latest' : `^${newest}`;
    const dev = flags.includes('-D') || flags.includes('--save-dev');
    const key = dev ? 'devDependencies' : 'dependencies';
    data[key] = { ...data[key], [name]: wanted[name] };
  }
  for (const name of Object.keys(wanted)) {
    const meant = nearMiss(name, Object.keys(npmTable()));
    if (meant === undefined) continue;
    err(sys, [
      'code E404',
      `404 Not Found - GET https://registry.npmjs.org/${name} - Not found`,
      '404',
      `404  '${name}@${wanted[name]}' is not in this registry.`,
      '404',
      '404 Note that you can also install from a',
      '404 tarball, folder, http url, or git folder.',
    ]);
    return 1;
  }
  const missing = Object.keys(wanted).filter((name) => isErrno(sys.fs.stat(`node_modules/${name}`)));
  if (missing.length > 0 && offline(sys)) {
    err(sys, [
      'code EAI_AGAIN',
      'syscall getaddrinfo',
      'errno EAI_AGAIN',
      `request to https://registry.npmjs.org/${missing[0]} failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org`,
    ]);
    return 1;
  }
  return write(sys, data, wanted, missing, names.length > 0);
}

/** Is there no way out: no interface but the loopback? */
export function offline(sys: Sys): boolean {
  return !sys.net.routes().some(({ to }) => to === 'default' || to === '0.0.0.0/0');
}

/** The table's version where the range allows it (`^` within a major, `~` within a minor version), else the range's own. */
function chosenVersion(range: string | undefined, known: string | undefined): string {
  if (known === undefined) return rangeVersion(range);
  const match = /^([\^~]|>=|=)?\s*v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?$/.exec(range?.trim() ?? '');
  if (!match) return known;
  const [, sign = '', major = '', minor, patch] = match;
  const [ourMajor = '', ourMinor = ''] = known.split('.');
  if (sign === '>=') return Number(ourMajor) >= Number(major) ? known : rangeVersion(range);
  const open = minor === undefined || minor === 'x' || (sign === '^' && major !== '0');
  const inMinor = patch === undefined || patch === 'x' || sign === '~' || sign === '^';
  const fits = ourMajor === major && (open || (ourMinor === minor && inMinor));
  return fits || known === [major, minor, patch].join('.') ? known : rangeVersion(range);
}

/** The version that a range of package.json names; `unknown` where it names none and the table has none. */
function rangeVersion(range: string | undefined): string {
  return /\d+(?:\.\d+){0,2}(?:-[\w.]+)?/.exec(range ?? '')?.[0] ?? 'unknown';
}

function write(
  sys: Sys,
  data: Manifest,
  wanted: { readonly [name: string]: string },
  missing: readonly string[],
  saved: boolean,
): number {
  let count = 0;
  let bytes = 0;
  const unknown: string[] = [];
  for (const name of missing) {
    const known = npmTable()[name];
    const { packages = 1, size = 50_000 } = known ?? {};
    const version = chosenVersion(wanted[name], known?.version);
    if (!known) unknown.push(name);
    count += packages;
    bytes += size;
    const folder = `node_modules/${name}`;
    const parts = folder.split('/');
    for (let i = 1; i <= parts.length; i++) sys.fs.mkdir(parts.slice(0, i).join('/'));
    sys.fs.writeFile(`${folder}/package.json`, `${JSON.stringify({ name, version }, null, 2)}\n`);
    // the rest of the package and of what it needs, as one file of their size
    sys.fs.writeFile(`${folder}/.contents`, '');
    sys.fs.truncate(`${folder}/.contents`, size);
  }
  if (saved) save(sys, data);
  const packages = {
    '': { name: data.name, dependencies: data.dependencies },
    ...Object.fromEntries(
      Object.keys(wanted).map((name) => [
        `node_modules/${name}`,
        { version: chosenVersion(wanted[name], npmTable()[name]?.version) },
      ]),
    ),
  };
  if (readText(sys, 'package-lock.json') === undefined)
    sys.fs.writeFile(
      'package-lock.json',
      encodeUtf8(
        `${JSON.stringify({ name: data.name, version: data.version, lockfileVersion: 3, requires: true, packages }, null, 2)}\n`,
      ),
    );
  const all = Object.keys(wanted).reduce((sum, name) => sum + (npmTable()[name]?.packages ?? 1), 0) + 1;
  const s = (n: number) => (n === 1 ? '' : 's');
  const time = `${Math.max(1, Math.round(count / 30))}s`;
  if (count > 0) {
    sys.write(
      1,
      `\nadded ${count} package${s(count)}, and audited ${all} package${s(all)} in ${time}\n\nfound 0 vulnerabilities\n`,
    );
    tell(sys, 'npm', 'packages-installed', { manager: 'npm', count, bytes, typical: true, unknown });
  } else sys.write(1, `\nup to date, audited ${all} package${s(all)} in 300ms\n\nfound 0 vulnerabilities\n`);
  return 0;
}

function script(sys: Sys, exec: Exec, name: string, extra: readonly string[]): Next<NpmState> {
  const data = manifest(sys);
  if (!data) return { exit: noManifest(sys) };
  const found = data.scripts?.[name];
  const command =
    found ?? (name === 'start' && readText(sys, 'server.js') !== undefined ? 'node server.js' : undefined);
  if (command === undefined) {
    err(sys, [`Missing script: "${name}"`, '', 'To see a list of scripts, run:', '  npm run']);
    return { exit: 1 };
  }
  const line = [command, ...extra].join(' ');
  const title =
    data.name === undefined ? name : `${data.name}${data.version === undefined ? '' : `@${data.version}`} ${name}`;
  sys.write(1, encodeUtf8(`\n> ${title}\n> ${line}\n\n`));
  const env = {
    ...exec.env,
    npm_lifecycle_event: name,
    npm_package_name: data.name ?? '',
    npm_package_version: data.version ?? '',
  };
  const child = sys.spawn({ path: '/bin/sh', argv: ['sh', '-c', line], env });
  if (isErrno(child)) return { exit: 1 };
  return { state: { child }, wait: { child } };
}
