import type { Sys } from '../../../kernel/program.ts';
import { entriesOf, field, jsonOf, textField, textOf } from '../files.ts';

/** A package as a lock file has it. */
export interface LockedPackage {
  /** Where it is unpacked: `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
  /** Its commands by name, each with the file in it. Undefined: the lock file does not say. */
  readonly bins: readonly (readonly [command: string, file: string])[] | undefined;
  /** A folder of the project that takes the package's place. */
  readonly link: string | undefined;
  readonly funding: boolean;
  readonly deprecated: string | undefined;
  /** drydock's own short lock files name only what was asked for. */
  readonly short: boolean;
  /** For other platforms than linux on x64 with this C library. */
  readonly foreign: boolean;
}

const plain = {
  dev: false,
  bins: undefined,
  link: undefined,
  funding: false,
  deprecated: undefined,
  short: false,
  foreign: false,
};

/** What package-lock.json or npm-shrinkwrap.json lists; undefined when there is none. */
export function npmLock(sys: Sys, musl: boolean): readonly LockedPackage[] | undefined {
  const lock = jsonOf(sys, 'npm-shrinkwrap.json') ?? jsonOf(sys, 'package-lock.json');
  if (lock === undefined) return undefined;
  const packages = field(lock, 'packages');
  return packages === undefined ? oldLock(field(lock, 'dependencies'), '') : newLock(packages, musl);
}

function newLock(packages: unknown, musl: boolean): readonly LockedPackage[] {
  const rows = entriesOf(packages).filter(([path]) => path.includes('node_modules/'));
  const short = !rows.some(([, row]) => field(row, 'resolved') !== undefined);
  return rows.map(([path, row]) => {
    const name = textField(row, 'name') ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const bin = field(row, 'bin');
    return {
      path,
      name,
      version: textField(row, 'version') ?? '0.0.0',
      dev: field(row, 'dev') === true,
      bins: short ? undefined : binsOf(name, bin),
      link: field(row, 'link') === true ? textField(row, 'resolved') : undefined,
      funding: field(row, 'funding') !== undefined,
      deprecated: textField(row, 'deprecated'),
      short,
      foreign:
        excludes(row, 'os', 'linux') || excludes(row, 'cpu', 'x64') || excludes(row, 'libc', musl ? 'musl' : 'glibc'),
    };
  });
}

function binsOf(name: string, bin: unknown): readonly (readonly [string, string])[] {
  if (typeof bin === 'string') return [[name.slice(name.lastIndexOf('/') + 1), bin]];
  return entriesOf(bin).flatMap(([command, file]) => (typeof file === 'string' ? [[command, file] as const] : []));
}

function excludes(row: unknown, key: string, ours: string): boolean {
  const list = field(row, key);
  if (!Array.isArray(list) || list.length === 0) return false;
  if (list.includes(`!${ours}`)) return true;
  return list.some((one) => !String(one).startsWith('!')) && !list.includes(ours);
}

/** The tree of lockfileVersion 1. */
function oldLock(dependencies: unknown, below: string): readonly LockedPackage[] {
  return entriesOf(dependencies).flatMap(([name, row]) => {
    const path = `${below}node_modules/${name}`;
    const one = {
      ...plain,
      path,
      name,
      version: textField(row, 'version') ?? '0.0.0',
      dev: field(row, 'dev') === true,
    };
    return [one, ...oldLock(field(row, 'dependencies'), `${path}/`)];
  });
}

/** What yarn.lock lists, of either format; undefined when there is none. */
export function yarnLock(sys: Sys): readonly LockedPackage[] | undefined {
  const text = textOf(sys, 'yarn.lock');
  if (text === undefined) return undefined;
  const found = new Map<string, LockedPackage>();
  for (const block of text.split(/\n(?=\S)/)) {
    const head = block.split('\n').find((line) => /^\S.*:$/.test(line) && !line.startsWith('#'));
    const version = /^ {2}version:? "?([^"\s]+)"?$/m.exec(block)?.[1];
    const name = /^"?(@?[^@"\s,]+)@/.exec(head ?? '')?.[1];
    if (name === undefined || version === undefined || version === '0.0.0-use.local') continue;
    keep(found, name, version);
  }
  return [...found.values()];
}

/** What pnpm-lock.yaml lists; undefined when there is none. */
export function pnpmLock(sys: Sys): readonly LockedPackage[] | undefined {
  const text = textOf(sys, 'pnpm-lock.yaml');
  if (text === undefined) return undefined;
  const found = new Map<string, LockedPackage>();
  const packages = /^packages:\n([\s\S]*?)(?=^\S|(?![\s\S]))/m.exec(text)?.[1] ?? '';
  for (const [, key = ''] of packages.matchAll(/^ {2}'?\/?([^\s'].*?)'?:$/gm)) {
    const [, name, version] = /^(@?[^@]+?)[@/](\d[^()_]*)/.exec(key) ?? [];
    if (name !== undefined && version !== undefined) keep(found, name, version);
  }
  return [...found.values()];
}

/** The first version of a package is unpacked at the top, others apart. */
function keep(found: Map<string, LockedPackage>, name: string, version: string): void {
  const top = `node_modules/${name}`;
  const path = found.has(top) ? `node_modules/.versions/${name}@${version}/node_modules/${name}` : top;
  found.set(path, { ...plain, path, name, version });
}
