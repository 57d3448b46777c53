import { isErrno } from '../../../kernel/errno.ts';
import { second } from '../../../kernel/json.ts';
import type { StartIo } from '../../makers/io.ts';
import { reachesOutside } from '../outside.ts';
import type { Package, PackageTable } from '../package.ts';
import type { Course, Event } from '../player.ts';
import type { Act } from './acts.ts';
import type { AptLine } from './arguments.ts';
import { frontendTrouble, settingUp, triggers } from './configure.ts';
import type { Installed } from './database.ts';
import { archiveName, dpkgName } from './names.ts';
import type { InstallPlan } from './plan.ts';
import { indexOf, type Release } from './release.ts';
import { mirrorSpeed } from './update.ts';
import { aptSize, databaseLine, reading, showList } from './words.ts';

export interface InstallContext {
  readonly io: StartIo;
  readonly line: AptLine;
  readonly release: Release;
  readonly table: PackageTable;
  readonly installed: ReadonlyMap<string, Installed>;
  /** It was called as `apt`, whose words differ since 3.0. */
  readonly apt: boolean;
}

/** What `apt-get install` prints and does, when all names are known; `notes` tell of names that mean other packages. */
export function installCourse(context: InstallContext, plan: InstallPlan, notes = ''): Course<Act> {
  const { io, line, release } = context;
  const quiet = line.quiet > 1;
  const { order, asked } = plan;
  const manual = plan.present.filter(({ auto }) => auto).map(({ name }) => name);
  const start = reading(io.sys.isatty(1)) + notes + presentLines(plan);
  const total = order.reduce((sum, { download }) => sum + download, 0);
  const space = order.reduce((sum, { installed }) => sum + installed, 0);
  const words = summary(context, plan, total, space);
  const intro: Event<Act>[] = [
    { after: 500_000, ...(quiet ? {} : { out: start + words }) },
    ...(manual.length > 0 ? [{ act: { do: 'mark' as const, auto: false, names: manual, code: release.code } }] : []),
  ];
  if (line.simulate) return { events: [...intro, ...simulated(order, release)], status: 0 };
  if (order.length === 0) return { events: intro, status: 0 };
  // nothing but what was asked for: no question
  const ask = !line.yes && (order.length > asked.size || line.assumeNo);
  const rest = [...fetching(context, order, total)];
  if (!reachesOutside(io.sys)) return { ...unreachable(context, order), ...question(context, ask, intro) };
  if (line.downloadOnly)
    return { events: [...(ask ? [] : intro), ...rest], status: 0, ...question(context, ask, intro) };
  rest.push(...unpacking(context, order), ...settingUp(order, release, io.env));
  const unknown = order.filter((pack) => pack.unknown).map(({ name }) => name);
  const names = order.map(({ name }) => name);
  const auto = names.filter((name) => !asked.has(name));
  rest.push({ act: { do: 'installed', names, auto, unknown, bytes: space, code: release.code } });
  rest.push(...triggers(order, context.installed));
  return { events: ask ? rest : [...intro, ...rest], status: 0, ...question(context, ask, intro) };
}

function question(
  { apt, release }: InstallContext,
  ask: boolean,
  intro: readonly Event<Act>[],
): Pick<Course<Act>, 'question'> {
  if (!ask) return {};
  const text = intro.map(({ out = '' }) => out).join('');
  const words = apt && release.apt.startsWith('3') ? 'Continue? [Y/n] ' : 'Do you want to continue? [Y/n] ';
  return { question: { text: text + words, refused: 'Abort.\n', status: 1 } };
}

function presentLines({ present }: InstallPlan): string {
  return present
    .map(
      ({ name, version, auto }) =>
        `${name} is already the newest version (${version}).\n${auto ? `${name} set to manually installed.\n` : ''}`,
    )
    .join('');
}

function summary({ apt, release }: InstallContext, plan: InstallPlan, total: number, space: number): string {
  const { order, asked } = plan;
  const names = order.map(({ name }) => name).sort();
  const extra = names.filter((name) => !asked.has(name));
  if (apt && release.apt.startsWith('3')) {
    const counts = `Summary:\n  Upgrading: 0, Installing: ${names.length}, Removing: 0, Not Upgrading: 0\n`;
    if (names.length === 0) return counts;
    const part = (title: string, list: readonly string[]) => (list.length > 0 ? `${showList(title, list)}\n` : '');
    return (
      part(
        'Installing:',
        names.filter((name) => asked.has(name)),
      ) +
      part('Installing dependencies:', extra) +
      part('Suggested packages:', plan.suggested) +
      part('Recommended packages:', plan.recommended) +
      `${counts}  Download size: ${aptSize(total)}\n  Space needed: ${aptSize(space)} / 58.0 GB available\n\n`
    );
  }
  const counts = `0 upgraded, ${names.length} newly installed, 0 to remove and 0 not upgraded.\n`;
  if (names.length === 0) return counts;
  return (
    showList('The following additional packages will be installed:', extra) +
    showList('Suggested packages:', plan.suggested) +
    showList('Recommended packages:', plan.recommended) +
    showList('The following NEW packages will be installed:', names) +
    counts +
    `Need to get ${aptSize(total)} of archives.\n` +
    `After this operation, ${aptSize(space)} of additional disk space will be used.\n`
  );
}

function simulated(order: readonly Package[], release: Release): Event<Act>[] {
  const where = (pack: Package) =>
    `${pack.name} (${pack.version} ${release.system === 'debian' ? 'Debian' : 'Ubuntu'}:${release.code} [${pack.all ? 'all' : 'amd64'}])`;
  return [
    ...order.map((pack) => ({ out: `Inst ${where(pack)}\n` })),
    ...order.map((pack) => ({ out: `Conf ${where(pack)}\n` })),
  ];
}

function archiveLine(release: Release, pack: Package): string {
  const { uri, suite } = indexOf(release, pack);
  const arch = pack.all ? 'all' : 'amd64';
  return `${uri} ${suite}/main amd64 ${pack.name} ${arch} ${pack.version}`;
}

function fetching({ io, line, release }: InstallContext, order: readonly Package[], total: number): Event<Act>[] {
  const quiet = line.quiet > 1;
  const events: Event<Act>[] = order.map((pack, i) => ({
    after: Math.round((pack.download / mirrorSpeed) * second) + 5_000,
    ...(quiet ? {} : { out: `Get:${i + 1} ${archiveLine(release, pack)} [${aptSize(pack.download)}]\n` }),
    ...(line.downloadOnly ? { act: { do: 'archive' as const, file: archiveName(pack), size: pack.download } } : {}),
  }));
  const utils = !isErrno(io.sys.fs.stat('/usr/bin/apt-extracttemplates')); // of apt-utils, which images lack
  const trouble = utils ? '' : frontendTrouble(release, io.env, io.sys.isatty(0), order.length);
  if (trouble !== '') events.push({ err: trouble });
  const time = total / mirrorSpeed;
  const speed = total / Math.max(0.05, time);
  const fetched = `Fetched ${aptSize(total)} in ${Math.round(time)}s (${aptSize(speed)}/s)\n`;
  if (!quiet) events.push({ out: fetched });
  return events;
}

function unpacking({ installed, release }: InstallContext, order: readonly Package[]): Event<Act>[] {
  const digits = String(order.length - 1).length;
  const files = 62 * installed.size;
  return order.flatMap((pack, i): Event<Act>[] => {
    const number = order.length > 20 ? `${String(i).padStart(Math.max(2, digits), '0')}-` : '';
    const short = archiveName(pack);
    const folder = pack.name.length < 5 && order.length === 1 ? 'archives/' : '';
    return [
      {
        out:
          `Selecting previously unselected package ${dpkgName(pack)}.\r\n` +
          (i === 0 ? databaseLine(files) : '') +
          `Preparing to unpack .../${folder}${number}${short} ...\r\n`,
      },
      {
        after: 10_000 + Math.round(pack.installed / 200),
        out: `Unpacking ${dpkgName(pack)} (${pack.version}) ...\r\n`,
        act: {
          do: 'unpack',
          name: pack.name,
          version: pack.version,
          code: release.code,
        },
      },
    ];
  });
}

function unreachable({ release, line }: InstallContext, order: readonly Package[]): Course<Act> {
  const events: Event<Act>[] = [];
  order.forEach((pack, i) => {
    const { uri } = indexOf(release, pack);
    const host = /\/\/([^/]+)/.exec(uri)?.[1] ?? '';
    const text = `:${i + 1} ${archiveLine(release, pack)}\n`;
    for (let n = 0; n < 3; n++) events.push({ after: 300_000, ...(line.quiet > 1 ? {} : { out: `Ign${text}` }) });
    events.push({
      after: 300_000,
      ...(line.quiet > 1 ? {} : { out: `Err${text}  Temporary failure resolving '${host}'\n` }),
    });
  });
  for (const pack of order) {
    const { uri } = indexOf(release, pack);
    const host = /\/\/([^/]+)/.exec(uri)?.[1] ?? '';
    events.push({ err: `E: Failed to fetch ${uri}/${poolPath(pack)}  Temporary failure resolving '${host}'\n` });
  }
  events.push({ err: 'E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n' });
  return { events, status: 100 };
}

function poolPath(pack: Package): string {
  const letter = pack.name.startsWith('lib') ? pack.name.slice(0, 4) : pack.name.slice(0, 1);
  return `pool/main/${letter}/${pack.name}/${archiveName(pack).replace(/_\d+%3a/, '_')}`;
}
