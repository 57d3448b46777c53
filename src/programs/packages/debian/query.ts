import { matches } from '../../shell/pattern.ts';
import { findPackage } from '../lookup.ts';
import type { Package } from '../package.ts';
import type { Course, Event } from '../player.ts';
import type { Act } from './acts.ts';
import type { InstallContext } from './install.ts';
import { archiveName } from './names.ts';
import { hasLists, indexOf } from './release.ts';
import { aptSize } from './words.ts';

/** `apt-cache policy`, `apt policy`. */
export function policy({ io, table, installed, release }: InstallContext, names: readonly string[]): Course<Act> {
  const events: Event<Act>[] = [];
  const lists = hasLists(io.sys);
  for (const name of names) {
    const pack = lists ? findPackage(table, name) : undefined;
    const present = installed.get(name);
    if (!pack && !present) continue;
    const version = pack?.version ?? present?.version ?? '';
    const index = pack ? indexOf(release, pack) : undefined;
    const star = present ? '***' : '   ';
    events.push({
      out: [
        `${name}:`,
        `  Installed: ${present?.version ?? '(none)'}`,
        `  Candidate: ${version}`,
        '  Version table:',
        ` ${star} ${version} ${index ? 500 : 100}`,
        ...(index ? [`        500 ${index.uri} ${index.suite}/main amd64 Packages`] : []),
        ...(present ? ['        100 /var/lib/dpkg/status'] : []),
        '',
      ].join('\n'),
    });
  }
  return { events, status: 0 };
}

/** `apt-cache search`, `apt search`: names and descriptions in which all words occur. */
export function search({ io, table, apt, release }: InstallContext, words: readonly string[]): Course<Act> {
  if (words.length === 0) return { events: [{ err: 'E: You must give at least one search pattern\n' }], status: 100 };
  const patterns = words.map((word) => word.toLowerCase());
  const found = hasLists(io.sys)
    ? [...table.packages.values()].filter(({ name, description }) =>
        patterns.every((word) => `${name} ${description}`.toLowerCase().includes(word)),
      )
    : [];
  const lines = found.map((pack) =>
    apt
      ? `${pack.name}/${suiteName(release.system, pack)} ${pack.version} ${arch(pack)}\n  ${pack.description}\n\n`
      : `${pack.name} - ${pack.description}\n`,
  );
  const head = apt ? 'Sorting...\nFull Text Search...\n' : '';
  return { events: [{ out: head + lines.join('') }], status: 0 };
}

function arch({ all }: Package): string {
  return all ? 'all' : 'amd64';
}

function suiteName(system: string, pack: Package): string {
  if (system === 'ubuntu') return 'noble';
  return pack.origin === 'security' ? 'stable-security' : pack.origin === 'updates' ? 'stable-updates' : 'stable';
}

/** `apt-cache show`, `apt show`. */
export function show({ io, table, apt, release }: InstallContext, names: readonly string[]): Course<Act> {
  const events: Event<Act>[] = [];
  let status = 0;
  for (const name of names) {
    const pack = hasLists(io.sys) ? table.packages.get(name) : undefined;
    if (!pack) {
      events.push({ err: `${apt ? 'Error' : 'E'}: No packages found\n` });
      status = 100;
      continue;
    }
    const { uri, suite } = indexOf(release, pack);
    const size = apt ? aptSize(pack.installed) : String(pack.installed / 1024);
    events.push({
      out: [
        `Package: ${pack.name}`,
        `Version: ${pack.version}`,
        `Installed-Size: ${size}`,
        ...(apt ? [] : [`Architecture: ${arch(pack)}`]),
        ...(pack.depends.length > 0 ? [`Depends: ${pack.depends.join(', ')}`] : []),
        ...(pack.recommends.length > 0 ? [`Recommends: ${pack.recommends.join(', ')}`] : []),
        ...(apt
          ? [`Download-Size: ${aptSize(pack.download)}`, `APT-Sources: ${uri} ${suite}/main amd64 Packages`]
          : [`Filename: ${archiveName(pack)}`, `Size: ${pack.download}`]),
        `Description: ${pack.description}`,
        '',
        '',
      ].join('\n'),
    });
  }
  return { events, status };
}

/** `apt list`. */
export function list({ io, line, table, installed, release }: InstallContext, names: readonly string[]): Course<Act> {
  const known = [...table.packages.values()].filter(
    ({ name }) => names.length === 0 || names.some((p) => matches(p, name)),
  );
  const shown = known.filter(({ name }) =>
    line.installedOnly ? installed.has(name) : installed.has(name) || hasLists(io.sys),
  );
  const lines = shown.map((pack) => {
    const present = installed.get(pack.name);
    const now = present ? ',now' : '';
    const mark = present ? ` [installed${present.auto ? ',automatic' : ''}]` : '';
    return `${pack.name}/${suiteName(release.system, pack)}${now} ${pack.version} ${arch(pack)}${mark}\n`;
  });
  return { events: [{ out: `Listing...${io.sys.isatty(1) ? ' Done' : ''}\n${lines.join('')}` }], status: 0 };
}
