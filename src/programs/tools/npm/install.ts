import type { Json } from '../../../kernel/json.ts';
import type { Exec, Next, Sys } from '../../../kernel/program.ts';
import { tell } from '../../actions.ts';
import { nearMiss, npmTable } from '../../runtimes/packages/tables.ts';
import { exists, put, remove, textOf } from '../files.ts';
import { offline, outside, write } from '../say.ts';
import { runLines } from '../sequence.ts';
import { type LockedPackage, npmLock } from './lock.ts';
import { type Manifest, noManifest, npmError, readManifest, scriptEnv } from './manifest.ts';
import { placePackages } from './place.ts';
import { lifecycleLines } from './scripts.ts';
import { chosenVersion } from './versions.ts';
import { workspaces } from './workspaces.ts';

/** What was asked for on the command line. */
export interface Asked {
  readonly clean: boolean;
  readonly names: readonly string[];
  readonly flags: readonly string[];
  readonly agent: string;
}

/** `npm install`, `npm ci`, also those of workspaces (their dependencies are in the same lock file). */
export function npmInstall(sys: Sys, exec: Exec, asked: Asked): Next<Json> {
  const { clean, names, flags } = asked;
  const data: Manifest | undefined =
    readManifest(sys) ?? (names.length > 0 && textOf(sys, 'package.json') === undefined ? {} : undefined);
  if (!data) return { exit: noManifest(sys) };
  const lock = npmLock(sys, exists(sys, '/etc/alpine-release'));
  if (clean && lock === undefined) {
    npmError(sys, [
      'code EUSAGE',
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
    ]);
    return { exit: 1 };
  }
  const withoutDev = omitsDev(flags, exec.env);
  add(data, names, flags);
  const wanted = { ...wantedOfMembers(sys, data, withoutDev), ...wantedOf(data, withoutDev) };
  if (clean && lock !== undefined && outOfStep(sys, wanted, lock)) return { exit: 1 };
  const locked = (lock ?? []).filter((one) => !one.foreign && !(withoutDev && one.dev));
  const extra = notIn(wanted, lock ?? []);
  const failed = unreachable(sys, extra, locked);
  if (failed !== undefined) return { exit: failed };
  if (clean) remove(sys, 'node_modules');
  for (const { name, version, deprecated } of locked)
    if (deprecated !== undefined) write(sys, 2, `npm warn deprecated ${name}@${version}: ${deprecated}\n`);
  const placed = placePackages(sys, sys.cwd(), [...locked, ...extra]);
  if (names.length > 0 && !flags.includes('--no-save')) put(sys, 'package.json', `${JSON.stringify(data, null, 2)}\n`);
  if (lock === undefined && !flags.includes('--no-package-lock')) writeLock(sys, data, wanted);
  const all = [...locked, ...extra].reduce((sum, one) => sum + packagesOf(one), 1);
  const funding = locked.filter((one) => one.funding).length;
  if (placed.count > 0) {
    const unknown = extra.filter(({ name }) => npmTable()[name] === undefined).map(({ name }) => name);
    tell(sys, 'npm', 'packages-installed', { manager: 'npm', ...placed, typical: true, unknown });
  }
  const scripts = flags.includes('--ignore-scripts') || names.length > 0 ? [] : lifecycleLines(data, lifecycle);
  return runLines(sys, scriptEnv(sys, exec.env, sys.cwd(), asked.agent), scripts, {
    success: flags.includes('--silent') || flags.includes('-s') ? '' : summary(placed.count, all, funding),
  });
}

function wantedOf(data: Manifest, withoutDev: boolean): { readonly [name: string]: string } {
  return { ...data.dependencies, ...data.optionalDependencies, ...(withoutDev ? {} : data.devDependencies) };
}

/** What the packages of a repository want, and they themselves as folders. */
function wantedOfMembers(sys: Sys, data: Manifest, withoutDev: boolean): { readonly [name: string]: string } {
  const { workspaces: given = [] } = data;
  const patterns = 'packages' in given ? (given.packages ?? []) : (given as readonly string[]);
  if (patterns.length === 0) return {};
  const shapes = patterns.map(
    (one) =>
      new RegExp(
        `^${one
          .replace(/^\.\//, '')
          .replace(/\/$/, '')
          .replaceAll('**', '.+')
          .replace(/(?<!\.)\*/g, '[^/]+')}$`,
      ),
  );
  const members = workspaces(sys).filter(([, folder]) => shapes.some((shape) => shape.test(folder)));
  const wanted: { [name: string]: string } = {};
  for (const [, folder] of members) Object.assign(wanted, wantedOf(readManifest(sys, folder) ?? {}, withoutDev));
  for (const [name, folder] of members) wanted[name] = `file:${folder}`;
  return wanted;
}

const lifecycle = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];

function omitsDev(flags: readonly string[], env: Exec['env']): boolean {
  if (flags.some((one) => /^--(?:omit=dev|production(?:=true)?|only=prod(?:uction)?)$/.test(one))) return true;
  return env.NODE_ENV === 'production' && !flags.some((one) => /^--(?:include=dev|production=false)$/.test(one));
}

/** Puts what is named on the command line into the manifest. */
function add(data: Manifest, names: readonly string[], flags: readonly string[]): void {
  for (const given of names) {
    const [, name = given, range = ''] = /^(@?[^@]+)(?:@(.+))?$/.exec(given) ?? [];
    const newest = npmTable()[name]?.version;
    const chosen = range !== '' && range !== 'latest' ? range : newest === undefined ? 'latest' : `^${newest}`;
    const key = flags.includes('-D') || flags.includes('--save-dev') ? 'devDependencies' : 'dependencies';
    data[key] = { ...data[key], [name]: chosen };
  }
}

/** What the manifest wants and the lock file lacks, which `npm ci` does not take. */
function outOfStep(sys: Sys, wanted: { readonly [name: string]: string }, lock: readonly LockedPackage[]): boolean {
  const missing = notIn(wanted, lock);
  if (missing.length === 0) return false;
  npmError(sys, [
    'code EUSAGE',
    '',
    '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.',
    '',
    ...missing.map(({ name, version }) => `Missing: ${name}@${version} from lock file`),
  ]);
  return true;
}

/** The packages that are wanted by the manifest only, as a short lock file would have them. */
function notIn(wanted: { readonly [name: string]: string }, lock: readonly LockedPackage[]): readonly LockedPackage[] {
  const there = new Set(lock.map(({ path }) => path));
  return Object.entries(wanted).flatMap(([name, range]) => {
    const path = `node_modules/${name}`;
    if (there.has(path)) return [];
    const link = /^(?:file|link):(.+)$/.exec(range)?.[1]?.replace(/^\.\//, '');
    const version = /^(?:[\w+]+:|[\w.-]+\/)/.test(range) ? range : chosenVersion(range, npmTable()[name]?.version);
    const rest = { dev: false, bins: undefined, funding: false, deprecated: undefined, short: true, foreign: false };
    return [{ path, name, version, link, ...rest }];
  });
}

/** Is something not to be had? The exit status then. */
function unreachable(sys: Sys, extra: readonly LockedPackage[], locked: readonly LockedPackage[]): number | undefined {
  for (const { name, version, link } of extra) {
    if (link === undefined && /^(?:git|https?|github:|[\w.-]+\/)/.test(version))
      return outside(sys, 'npm', `${name} (${version})`);
    if (nearMiss(name, Object.keys(npmTable())) === undefined) continue;
    npmError(sys, [
      'code E404',
      `404 Not Found - GET https://registry.npmjs.org/${name} - Not found`,
      '404',
      `404  '${name}@${version}' is not in this registry.`,
      '404',
      '404 Note that you can also install from a',
      '404 tarball, folder, http url, or git folder.',
    ]);
    return 1;
  }
  const missing = [...locked, ...extra].find(({ path }) => !exists(sys, path));
  if (missing === undefined || !offline(sys)) return undefined;
  npmError(sys, [
    'code EAI_AGAIN',
    'syscall getaddrinfo',
    'errno EAI_AGAIN',
    `request to https://registry.npmjs.org/${missing.name} failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org`,
  ]);
  return 1;
}

function packagesOf(one: LockedPackage): number {
  return one.short ? (npmTable()[one.name]?.packages ?? 1) : 1;
}

function writeLock(sys: Sys, data: Manifest, wanted: { readonly [name: string]: string }): void {
  const versions = Object.entries(wanted).map(([name, range]) => [
    `node_modules/${name}`,
    { version: chosenVersion(range, npmTable()[name]?.version) },
  ]);
  const packages = { '': { name: data.name, dependencies: data.dependencies }, ...Object.fromEntries(versions) };
  const lock = { name: data.name, version: data.version, lockfileVersion: 3, requires: true, packages };
  put(sys, 'package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}

const s = (n: number): string => (n === 1 ? '' : 's');

function summary(count: number, all: number, funding: number): string {
  const added = `added ${count} package${s(count)}, and audited ${all} package${s(all)} in ${Math.max(1, Math.round(count / 30))}s`;
  const first = count > 0 ? added : `up to date, audited ${all} package${s(all)} in 300ms`;
  const are = funding === 1 ? 'package is' : 'packages are';
  const fund = funding === 0 ? '' : `${funding} ${are} looking for funding\n  run \`npm fund\` for details\n\n`;
  return `\n${first}\n\n${fund}found 0 vulnerabilities\n`;
}
