import { encodeUtf8 } from '../../../kernel/bytes.ts';
import type { Program } from '../../../kernel/program.ts';
import type { StartIo } from '../../makers/io.ts';
import { matches } from '../../shell/pattern.ts';
import { debianTable } from '../debian-table.ts';
import type { PackageTable } from '../package.ts';
import { type Course, player } from '../player.ts';
import { type Act, perform, unknownVersion } from './acts.ts';
import { parseApt } from './arguments.ts';
import { readStatus } from './database.ts';
import { type InstallContext, installCourse } from './install.ts';
import { planInstall, planRemove, type Wanted, wanted } from './plan.ts';
import { list, policy, search, show } from './query.ts';
import { hasDockerArchive, hasLists, type Release, releaseOf } from './release.ts';
import { removeCourse } from './remove.ts';
import { updateCourse } from './update.ts';
import { reading } from './words.ts';

type Name = 'apt' | 'apt-get' | 'apt-cache' | 'apt-mark';

/** apt-get, apt, apt-cache and apt-mark of Debian and Ubuntu. */
export function aptProgram(name: Name): Program {
  return player<Act>({ name, flavour: 'coreutils' }, (io) => begin(io, name), perform);
}

const warning = '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n';

function begin(io: StartIo, name: Name): Course<Act> | number {
  const line = parseApt(io, name);
  if (typeof line === 'number') return line;
  const release = releaseOf(io.sys);
  if (line.version) {
    io.out(encodeUtf8(`apt ${release.apt} (amd64)\n`));
    return 0;
  }
  const apt = name === 'apt';
  if (line.command === undefined || line.help) {
    io.out(encodeUtf8(usage(name, release)));
    return line.help ? 0 : 1;
  }
  if (apt && !io.sys.isatty(1) && line.quiet < 2) io.err(encodeUtf8(warning));
  const table = offered(io, debianTable(release.code));
  const context: InstallContext = { io, line, release, table, installed: readStatus(io.sys, table), apt };
  const course = name === 'apt-mark' ? marking(context) : run(context, name);
  return course ?? complain(io, name, `Invalid operation ${line.command}`);
}

/** What the sources have: Docker's own packages only with its archive among them. */
function offered(io: StartIo, table: PackageTable): PackageTable {
  if (hasDockerArchive(io.sys)) return table;
  return { ...table, packages: new Map([...table.packages].filter(([, { origin }]) => origin !== 'docker')) };
}

function complain(io: StartIo, name: Name, text: string): number {
  io.err(encodeUtf8(`${name === 'apt' ? 'Error' : 'E'}: ${text}\n`));
  return 100;
}

const changing =
  /^(?:install|reinstall|remove|purge|autoremove|upgrade|dist-upgrade|full-upgrade|autopurge|build-dep)$/;

function run(context: InstallContext, name: Name): Course<Act> | number | undefined {
  const { io, line, release, apt } = context;
  const command = line.command ?? '';
  const e = apt && release.apt.startsWith('3') ? 'Error' : 'E';
  if (name === 'apt-cache' || (apt && /^(?:search|show|list|policy)$/.test(command))) return query(context);
  if (changing.test(command) && io.sys.uid !== 0 && !line.simulate) {
    const lock = '/var/lib/dpkg/lock-frontend';
    io.err(`${e}: Could not open lock file ${lock} - open (13: Permission denied)\n`);
    io.err(`${e}: Unable to acquire the dpkg frontend lock (${lock}), are you root?\n`);
    return 100;
  }
  switch (command) {
    case 'update':
      return update(context, e);
    case 'install':
    case 'reinstall':
      return install(context, e);
    case 'remove':
    case 'purge':
      return remove(context, e, command === 'purge' || line.purge);
    case 'autoremove':
    case 'autopurge':
      return removeCourse(
        { ...context, line: { ...line, autoRemove: true } },
        [],
        [],
        command === 'autopurge' || line.purge,
      );
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      return upgrade(context);
    case 'clean':
    case 'autoclean':
    case 'check':
      return { events: [], status: 0 };
    case 'source':
    case 'build-dep':
    case 'download':
    case 'changelog':
    case 'satisfy':
      io.err(`drydock: ${name} ${command} is not simulated\n`);
      return 100;
    default:
      return undefined;
  }
}

function query(context: InstallContext): Course<Act> | undefined {
  const { words, command } = context.line;
  if (command === 'policy') return policy(context, words);
  if (command === 'search') return search(context, words);
  if (command === 'show') return show(context, words);
  return command === 'list' && context.apt ? list(context, words) : undefined;
}

function update(context: InstallContext, e: string): Course<Act> | number {
  const { io, line, release, apt } = context;
  if (io.sys.uid === 0) return updateCourse(io, line, release, apt);
  if (line.quiet < 2) io.out('Reading package lists...\n');
  io.err(`${e}: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\n`);
  io.err(`${e}: Unable to lock directory /var/lib/apt/lists/\n`);
  return 100;
}

function install(context: InstallContext, e: string): Course<Act> | number {
  const { io, line, table, installed } = context;
  const lists = hasLists(io.sys);
  const answers = line.words.map((word) => wanted(table, installed, word, lists, unknownVersion));
  const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
  if (errors.length > 0) return refuse(context, e, errors);
  const packs = answers.filter((answer): answer is Exclude<Wanted, { readonly error: string }> => !('error' in answer));
  const again = line.reinstall || line.command === 'reinstall';
  const plan = planInstall(table, installed, again ? packs.map(({ pack }) => ({ pack })) : packs, line.recommends);
  const notes = answers.map((answer, i) => {
    const name = (line.words[i] ?? '').replace(/[=/:].*$/, '');
    return 'pack' in answer && answer.pack.name !== name
      ? `Note, selecting '${answer.pack.name}' instead of '${name}'\n`
      : '';
  });
  return installCourse(context, plan, notes.join(''));
}

function refuse({ io, line }: InstallContext, e: string, errors: readonly string[]): number {
  if (line.quiet < 2) io.out(reading(io.sys.isatty(1)));
  for (const error of errors) io.err(encodeUtf8(`${e}: ${error}\n`));
  return 100;
}

function remove(context: InstallContext, e: string, purge: boolean): Course<Act> | number {
  const { line, table, installed, io } = context;
  const lists = hasLists(io.sys);
  const unknown = line.words.filter((name) => !installed.has(name) && !(lists && table.packages.has(name)));
  if (unknown.length > 0) {
    return refuse(
      context,
      e,
      unknown.map((name) => `Unable to locate package ${name}`),
    );
  }
  const missing = line.words.filter((name) => !installed.has(name));
  return removeCourse(context, planRemove(installed, line.words), missing, purge);
}

function upgrade({ io, line, apt, release }: InstallContext): Course<Act> {
  const counts =
    apt && release.apt.startsWith('3')
      ? 'Summary:\n  Upgrading: 0, Installing: 0, Removing: 0, Not Upgrading: 0\n'
      : '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n';
  const out = `${reading(io.sys.isatty(1), 'Calculating upgrade...')}${counts}`;
  return { events: [{ after: 500_000, ...(line.quiet > 1 ? {} : { out }) }], status: 0 };
}

/** apt-mark: what was installed by itself and what for others. */
function marking({ io, line, installed, release }: InstallContext): Course<Act> | number | undefined {
  const names = [...installed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const meant = named(names, line.words);
  const chosen = line.words.length === 0 ? names : names.filter(({ name }) => meant.has(name));
  switch (line.command) {
    case 'showmanual':
      return { events: [{ out: lines(chosen.filter(({ auto }) => !auto)) }], status: 0 };
    case 'showauto':
      return { events: [{ out: lines(chosen.filter(({ auto }) => auto)) }], status: 0 };
    case 'manual':
    case 'auto': {
      const wish = line.command === 'auto';
      const how = wish ? 'automatically' : 'manually';
      const text = chosen.map(
        ({ name, auto }) => `${name} ${auto === wish ? 'was already set' : 'set'} to ${how} installed.\n`,
      );
      const act = { do: 'mark' as const, auto: wish, names: chosen.map(({ name }) => name), code: release.code };
      return { events: [{ out: text.join(''), act }], status: 0 };
    }
    case 'hold':
    case 'unhold':
    case 'showhold':
      io.err(`drydock: apt-mark ${line.command} is not simulated\n`);
      return 100;
    default:
      return undefined;
  }
}

/** The packages that words of a command line mean: by their names, else by a pattern of the shell, else by a regular expression. */
function named(packs: readonly { readonly name: string }[], words: readonly string[]): ReadonlySet<string> {
  const all = packs.map(({ name }) => name);
  return new Set(
    words.flatMap((word) => {
      if (all.includes(word) || !/[*?[.+^$|]/.test(word)) return all.filter((name) => name === word);
      const globbed = all.filter((name) => matches(word, name));
      if (globbed.length > 0) return globbed;
      try {
        const pattern = new RegExp(word);
        return all.filter((name) => pattern.test(name));
      } catch {
        return [];
      }
    }),
  );
}

function lines(packs: readonly { readonly name: string }[]): string {
  return packs.map(({ name }) => `${name}\n`).join('');
}

function usage(name: Name, release: Release): string {
  const kinds = {
    apt: 'apt is a commandline package manager and provides commands for\nsearching and managing as well as querying information about packages.\n',
    'apt-get':
      'apt-get is a command line interface for retrieval of packages\nand information about them from authenticated sources and\nfor installation, upgrade and removal of packages together\nwith their dependencies.\n',
    'apt-cache': 'apt-cache queries and displays available information about installed\nand installable packages.\n',
    'apt-mark':
      'apt-mark is a simple command line interface for marking packages\nas manually or automatically installed.\n',
  };
  return `apt ${release.apt} (amd64)\nUsage: ${name} [options] command\n\n${kinds[name]}`;
}
