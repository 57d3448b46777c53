import { decodeUtf8, encodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { type AlpineTable, alpineTable } from '../alpine-table.ts';
import type { Package } from '../package.ts';
import { makeDirectories } from '../unpack.ts';

/** An installed package, as apk's database has it. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Bytes. */
  readonly installed: number;
  readonly depends: readonly string[];
  readonly description: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

/** The state of a system with apk. */
export interface ApkSystem {
  /** `3.24`. */
  readonly branch: string;
  /** apk-tools 3 came with Alpine 3.23; its output differs a little. */
  readonly modern: boolean;
  readonly table: AlpineTable;
  readonly installed: ReadonlyMap<string, Installed>;
  /** What was asked for, by name, with the version that was asked for. */
  readonly world: ReadonlyMap<string, string>;
}

const database = '/lib/apk/db/installed';
const worldFile = '/etc/apk/world';

/** Reads what is installed; where no database is yet, the packages of the base image are. */
export function readSystem(sys: Sys): ApkSystem {
  const release = text(sys, '/etc/alpine-release').trim();
  const branch = /^\d+\.\d+/.exec(release)?.[0] ?? '3.24';
  const modern = Number(branch.split('.')[1]) >= 23;
  const table = alpineTable(branch);
  const world = new Map<string, string>();
  for (const line of text(sys, worldFile).split('\n')) {
    const [, name = '', constraint = ''] = /^([^<>=~@]+)(.*)$/.exec(line.trim()) ?? [];
    if (name !== '') world.set(name, constraint);
  }
  return { branch, modern, table, installed: readInstalled(sys, table), world };
}

function readInstalled(sys: Sys, table: AlpineTable): Map<string, Installed> {
  const installed = new Map<string, Installed>();
  const read = sys.fs.readFile(database);
  if (isErrno(read)) {
    for (const pack of table.packages.values()) if (pack.base) installed.set(pack.name, recordOf(pack, []));
    return installed;
  }
  for (const stanza of decodeUtf8(read.bytes).split('\n\n')) {
    const fields = new Map<string, string>();
    const files: string[] = [];
    let folder = '';
    for (const line of stanza.split('\n')) {
      const value = line.slice(2);
      if (line.startsWith('F:')) folder = value;
      else if (line.startsWith('R:')) files.push(`/${folder === '' ? '' : `${folder}/`}${value}`);
      else fields.set(line.slice(0, 1), value);
    }
    const name = fields.get('P');
    if (name === undefined) continue;
    installed.set(name, {
      name,
      version: fields.get('V') ?? '',
      installed: Number(fields.get('I') ?? '0'),
      depends: (fields.get('D') ?? '').split(' ').filter((word) => word !== ''),
      description: fields.get('T') ?? '',
      files,
    });
  }
  return installed;
}

export function recordOf(pack: Package, files: readonly string[]): Installed {
  const { name, version, installed, depends, description } = pack;
  return { name, version, installed, depends, description, files };
}

/** Writes the database and the list of what was asked for. */
export function writeSystem(
  sys: Sys,
  installed: ReadonlyMap<string, Installed>,
  world: ReadonlyMap<string, string>,
): void {
  makeDirectories(sys, '/lib/apk/db');
  const stanzas = [...installed.values()].map((one) =>
    [
      `P:${one.name}`,
      `V:${one.version}`,
      'A:x86_64',
      `I:${one.installed}`,
      `T:${one.description}`,
      ...(one.depends.length > 0 ? [`D:${one.depends.join(' ')}`] : []),
      ...one.files.flatMap((path) => {
        const at = path.lastIndexOf('/');
        return [`F:${path.slice(1, at)}`, `R:${path.slice(at + 1)}`];
      }),
      '',
      '',
    ].join('\n'),
  );
  sys.fs.writeFile(database, encodeUtf8(stanzas.join('')));
  const names = [...world].map(([name, constraint]) => `${name}${constraint}\n`).sort();
  sys.fs.writeFile(worldFile, encodeUtf8(names.join('')));
}

function text(sys: Sys, path: string): string {
  const read = sys.fs.readFile(path);
  return isErrno(read) ? '' : decodeUtf8(read.bytes);
}
