import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Package, PackageTable } from '../package.ts';
import { makeDirectories } from '../unpack.ts';

/** An installed package, as dpkg's status file has it. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** Bytes. */
  readonly installed: number;
  readonly depends: readonly string[];
  readonly description: string;
  /** Installed because another package needed it. */
  readonly auto: boolean;
}

const folder = '/var/lib/dpkg';
const statusFile = `${folder}/status`;
const autoFile = '/var/lib/apt/extended_states';

/** What is installed by name. Where no status file is yet, the system has its base packages. */
export function readStatus(sys: Sys, table: PackageTable): Map<string, Installed> {
  const read = sys.fs.readFile(statusFile);
  const installed = new Map<string, Installed>();
  if (isErrno(read)) {
    for (const pack of table.packages.values()) if (pack.base) installed.set(pack.name, recordOf(pack, false));
    return installed;
  }
  const autos = autoNames(sys);
  for (const stanza of decodeUtf8(read.bytes).split('\n\n')) {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
    const name = field('Package');
    if (name === '' || !field('Status').endsWith(' installed')) continue;
    installed.set(name, {
      name,
      version: field('Version'),
      architecture: field('Architecture'),
      installed: Number(field('Installed-Size')) * 1024,
      depends: field('Depends') === '' ? [] : field('Depends').split(', '),
      description: field('Description'),
      auto: autos.has(name),
    });
  }
  return installed;
}

/** A package as the status file will have it. */
export function recordOf(pack: Package, auto: boolean): Installed {
  return {
    name: pack.name,
    version: pack.version,
    architecture: pack.all ? 'all' : 'amd64',
    installed: pack.installed,
    depends: pack.depends,
    description: pack.description,
    auto,
  };
}

/** Writes what is installed. */
export function writeStatus(sys: Sys, installed: ReadonlyMap<string, Installed>): void {
  makeDirectories(sys, `${folder}/info`);
  const sorted = [...installed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const stanzas = sorted.map((one) =>
    [
      `Package: ${one.name}`,
      'Status: install ok installed',
      'Priority: optional',
      `Installed-Size: ${Math.round(one.installed / 1024)}`,
      `Architecture: ${one.architecture}`,
      `Version: ${one.version}`,
      ...(one.depends.length > 0 ? [`Depends: ${one.depends.join(', ')}`] : []),
      `Description: ${one.description}`,
    ].join('\n'),
  );
  sys.fs.writeFile(statusFile, encodeUtf8(`${stanzas.join('\n\n')}\n`));
  const autos = sorted.filter(({ auto }) => auto);
  makeDirectories(sys, '/var/lib/apt');
  const marks = autos.map(
    ({ name, architecture }) => `Package: ${name}\nArchitecture: ${architecture}\nAuto-Installed: 1\n`,
  );
  sys.fs.writeFile(autoFile, encodeUtf8(marks.join('\n')));
}

function autoNames(sys: Sys): Set<string> {
  const read = sys.fs.readFile(autoFile);
  const text = isErrno(read) ? '' : decodeUtf8(read.bytes);
  return new Set([...text.matchAll(/^Package: (.*)$/gm)].map(([, name = '']) => name));
}

/** The paths that a package unpacked; undefined when that is not recorded (of the base system's). */
export function fileList(sys: Sys, name: string): readonly string[] | undefined {
  const read = sys.fs.readFile(`${folder}/info/${name}.list`);
  return isErrno(read)
    ? undefined
    : decodeUtf8(read.bytes)
        .split('\n')
        .filter((line) => line !== '');
}

/** Records the paths of a package (undefined: it is gone). */
export function writeFileList(sys: Sys, name: string, paths: readonly string[] | undefined): void {
  const path = `${folder}/info/${name}.list`;
  makeDirectories(sys, `${folder}/info`);
  if (paths === undefined) sys.fs.unlink(path);
  else sys.fs.writeFile(path, encodeUtf8(`${paths.join('\n')}\n`));
}
