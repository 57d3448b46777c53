import type { Course, Event } from '../player.ts';
import type { Act } from './acts.ts';
import type { Installed } from './database.ts';
import type { InstallContext } from './install.ts';
import { dpkgName } from './names.ts';
import { orphans } from './plan.ts';
import { aptSize, databaseLine, reading, showList } from './words.ts';

/** What `apt-get remove`, `purge` and `autoremove` print and do with the packages that go. */
export function removeCourse(
  context: InstallContext,
  gone: readonly Installed[],
  missing: readonly string[],
  purge: boolean,
): Course<Act> {
  const { io, line, release, installed, table, apt } = context;
  const quiet = line.quiet > 1;
  const left = new Map([...installed].filter(([name]) => !gone.some((one) => one.name === name)));
  const unneeded = orphans(left, table);
  const all = line.autoRemove ? [...gone, ...unneeded].sort((a, b) => (a.name < b.name ? -1 : 1)) : gone;
  const bytes = all.reduce((sum, one) => sum + one.installed, 0);
  const mark = purge ? '*' : '';
  const notThere = missing.map((name) => `Package '${name}' is not installed, so not removed\n`).join('');
  const automatic = line.autoRemove || gone.length === 0 ? [] : unneeded.map(({ name }) => name);
  const counts = `0 upgraded, 0 newly installed, ${all.length} to remove and 0 not upgraded.\n`;
  const modern = apt && release.apt.startsWith('3');
  const removing = all.map(({ name }) => `${name}${mark}`);
  const words = [
    reading(io.sys.isatty(1)),
    notThere,
    showList('The following packages were automatically installed and are no longer required:', automatic),
    automatic.length > 0 ? "Use 'apt autoremove' to remove them.\n" : '',
    modern
      ? `${removing.length > 0 ? `${showList('REMOVING:', removing)}\n` : ''}Summary:\n  Upgrading: 0, Installing: 0, Removing: ${all.length}, Not Upgrading: 0\n`
      : showList('The following packages will be REMOVED:', removing) + counts,
    all.length === 0
      ? ''
      : modern
        ? `  Freed space: ${aptSize(bytes)}\n\n`
        : `After this operation, ${aptSize(bytes)} disk space will be freed.\n`,
  ].join('');
  const intro: Event<Act> = { after: 400_000, ...(quiet ? {} : { out: words }) };
  if (line.simulate)
    return { events: [intro, ...all.map((one) => ({ out: `Remv ${one.name} [${one.version}]\n` }))], status: 0 };
  if (all.length === 0) return { events: [intro], status: 0 };
  const names = all.map(({ name }) => name);
  const rest: Event<Act>[] = [
    { out: databaseLine(62 * installed.size) },
    ...all.map(
      (one): Event<Act> => ({
        after: 30_000,
        out: `Removing ${dpkgName({ name: one.name, all: one.architecture === 'all' })} (${one.version}) ...\r\n`,
        act: { do: 'remove', name: one.name },
      }),
    ),
    { act: { do: 'removed', names, bytes, code: release.code } },
  ];
  const libc = installed.get('libc-bin');
  if (libc && names.some((name) => name.startsWith('lib'))) {
    rest.push({ out: `Processing triggers for libc-bin (${libc.version}) ...\r\n` });
  }
  if (line.yes) return { events: [intro, ...rest], status: 0 };
  const text = `${words}${modern ? 'Continue? [Y/n] ' : 'Do you want to continue? [Y/n] '}`;
  return { events: rest, status: 0, question: { text, refused: 'Abort.\n', status: 1 } };
}
