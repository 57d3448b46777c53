import { encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Rec } from '../../../kernel/json.ts';
import type { Exec, Sys } from '../../../kernel/program.ts';
import { readText } from '../core/process.ts';
import { pythonVersion } from '../py/python.ts';
import { pipFetch } from './pip-install.ts';
import { normalized, pipTable } from './tables.ts';

export const pipVersion = '25.0.1';

/** Where pip puts packages: in the virtual environment that its own path or VIRTUAL_ENV names, or with Python itself. */
export function siteOf(exec: Exec, version: string): string {
  const own = /^(.*)\/bin\/pip[\d.]*$/.exec(exec.path)?.[1];
  const home = own !== undefined && own !== '/usr' && own !== '/usr/local' && own !== '' ? own : exec.env.VIRTUAL_ENV;
  return `${home ?? '/usr/local'}/lib/python${version.split('.').slice(0, 2).join('.')}/site-packages`;
}

/**
 * The program `pip`: install, list, freeze, show, uninstall, --version. Other commands are refused by name. `streams`: the
 * texts of requirement files that are no files (see pip-program.ts).
 */
export function pip(exec: Exec, sys: Sys, streams: Rec<string> = {}): number {
  const given = exec.argv.slice(1);
  const first = given.findIndex((one) => !one.startsWith('-') || /^(?:-V|--version)$/.test(one));
  const [command = '', ...rest] = [...given.slice(Math.max(0, first)), ...given.slice(0, Math.max(0, first))];
  const version = pythonVersion(exec.env, sys);
  const site = siteOf(exec, version);
  const print = (text: string) => void sys.write(1, encodeUtf8(text));
  switch (command) {
    case '-V':
    case '--version':
      print(`pip ${pipVersion} from ${site}/pip (python ${version.split('.').slice(0, 2).join('.')})\n`);
      return 0;
    case 'install':
      return pipFetch(sys, site, rest, 'install', streams);
    case 'wheel':
    case 'download':
      return pipFetch(sys, site, rest, command, streams);
    case 'cache':
      if (rest[0] !== 'purge') break;
      print('Files removed: 0 (0 bytes)\n');
      return 0;
    case 'check':
      print('No broken requirements found.\n');
      return 0;
    case 'config':
      if (rest[0] !== 'set' && rest[1] !== 'set') break;
      print(`Writing to ${exec.env.HOME ?? '/root'}/.config/pip/pip.conf\n`);
      return 0;
    case 'list': {
      const rows = sorted([...installed(sys, site), ['pip', pipVersion] as const]);
      const width = Math.max(7, ...rows.map(([name]) => name.length));
      const versions = Math.max(7, ...rows.map(([, v]) => v.length));
      const lines = rows.map(([name, v]) => `${name.padEnd(width)} ${v}\n`).join('');
      print(`${'Package'.padEnd(width)} Version\n${'-'.repeat(width)} ${'-'.repeat(versions)}\n${lines}`);
      return 0;
    }
    case 'freeze':
      print(
        sorted(installed(sys, site))
          .map(([name, v]) => `${name}==${v}\n`)
          .join(''),
      );
      return 0;
    case 'show':
      return show(sys, site, rest);
    case 'uninstall':
      return uninstall(sys, site, rest);
  }
  sys.write(2, encodeUtf8(`drydock: pip ${command} is not simulated\n`));
  return 70;
}

const sorted = (rows: readonly (readonly [string, string])[]) =>
  rows.toSorted(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

/** The projects that are installed, with their versions. */
export function installed(sys: Sys, site: string): readonly (readonly [string, string])[] {
  const names = sys.fs.list(site);
  if (isErrno(names)) return [];
  return names.flatMap((name): (readonly [string, string])[] => {
    const [, project, version] = /^(.+)-([\d][\w.]*|unknown)\.dist-info$/.exec(name) ?? [];
    return project === undefined || version === undefined ? [] : [[project, version]];
  });
}

const field = (text: string, name: string): string =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name}: `))
    ?.slice(name.length + 2) ?? '';

function show(sys: Sys, site: string, names: readonly string[]): number {
  if (names.length === 0) {
    sys.write(2, 'WARNING: ERROR: Please provide a package name or names.\n');
    return 1;
  }
  const flag = names.find((one) => one.startsWith('-'));
  if (flag !== undefined) {
    sys.write(2, `drydock: pip show ${flag} is not simulated\n`);
    return 70;
  }
  const all = installed(sys, site);
  const shown: string[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const found = all.find(([one]) => normalized(one) === normalized(name));
    if (!found) {
      missing.push(name);
      continue;
    }
    const metadata = readText(sys, `${site}/${found[0]}-${found[1]}.dist-info/METADATA`) ?? '';
    const known = pipTable()[normalized(found[0])];
    const proper = (one: string) => pipTable()[one]?.project ?? one;
    const users = all.filter(([one]) => pipTable()[normalized(one)]?.needs.includes(normalized(name)));
    shown.push(
      [
        `Name: ${found[0]}`,
        `Version: ${found[1]}`,
        `Summary: ${field(metadata, 'Summary')}`,
        'Home-page: ',
        'Author: ',
        'Author-email: ',
        `License: ${field(metadata, 'License')}`,
        `Location: ${site}`,
        `Requires: ${(known?.needs ?? []).map(proper).toSorted().join(', ')}`,
        `Required-by: ${users
          .map(([one]) => one)
          .toSorted()
          .join(', ')}`,
      ].join('\n'),
    );
  }
  if (missing.length > 0) sys.write(2, encodeUtf8(`WARNING: Package(s) not found: ${missing.toSorted().join(', ')}\n`));
  if (shown.length === 0) return 1;
  sys.write(1, encodeUtf8(`${shown.join('\n---\n')}\n`));
  return 0;
}

function uninstall(sys: Sys, site: string, args: readonly string[]): number {
  if (!args.includes('-y') && !args.includes('--yes')) {
    sys.write(2, 'drydock: pip uninstall without -y is not simulated\n');
    return 70;
  }
  for (const name of args.filter((one) => !one.startsWith('-'))) {
    const found = installed(sys, site).find(([one]) => normalized(one) === normalized(name));
    if (!found) {
      sys.write(2, encodeUtf8(`WARNING: Skipping ${name} as it is not installed.\n`));
      continue;
    }
    const [project, version] = found;
    const folder = `${site}/${normalized(project).replaceAll('-', '_')}`;
    sys.write(
      1,
      encodeUtf8(
        `Found existing installation: ${project} ${version}\nUninstalling ${project}-${version}:\n  Successfully uninstalled ${project}-${version}\n`,
      ),
    );
    for (const path of [`${folder}/.contents`, `${site}/${project}-${version}.dist-info/METADATA`]) sys.fs.unlink(path);
    for (const path of [folder, `${site}/${project}-${version}.dist-info`]) sys.fs.rmdir(path);
  }
  return 0;
}
