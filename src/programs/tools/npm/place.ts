import type { Sys } from '../../../kernel/program.ts';
import { npmTable } from '../../runtimes/packages/tables.ts';
import { exists, makeFolder, put, putProgram } from '../files.ts';
import { knownBins } from './bins.ts';
import type { LockedPackage } from './lock.ts';

/** Bytes of a package of which nothing but the name is known: about what the middle one of the registry takes. */
const usualSize = 60_000;

/** What an installation came to. */
export interface Placed {
  readonly count: number;
  readonly bytes: number;
}

/** Unpacks packages below `root`, with their commands in node_modules/.bin. */
export function placePackages(sys: Sys, root: string, packages: readonly LockedPackage[]): Placed {
  const table = npmTable();
  let [count, bytes] = [0, 0];
  for (const one of packages) {
    const folder = `${root}/${one.path}`;
    if (one.link !== undefined) {
      placeLink(sys, root, one.path, one.link);
      count += 1;
      continue;
    }
    const known = table[one.name];
    const size = one.short ? (known?.size ?? usualSize) : alone(known, usualSize);
    if (!exists(sys, `${folder}/package.json`)) {
      count += one.short ? (known?.packages ?? 1) : 1;
      bytes += size;
      placePackage(sys, folder, one.name, one.version, size);
    }
    placeBins(sys, folder, one);
  }
  return { count, bytes };
}

/** Of a known package's figures, which count what it brings with it, the share of one. */
function alone(known: { readonly packages: number; readonly size: number } | undefined, otherwise: number): number {
  return known === undefined ? otherwise : Math.round(known.size / known.packages);
}

/** A package's folder: its manifest, and one file of its size for the rest. */
export function placePackage(sys: Sys, folder: string, name: string, version: string, size: number): void {
  put(sys, `${folder}/package.json`, `${JSON.stringify({ name, version }, null, 2)}\n`);
  put(sys, `${folder}/.contents`, '', { size });
}

function placeLink(sys: Sys, root: string, path: string, target: string): void {
  makeFolder(sys, `${root}/${path}`.slice(0, `${root}/${path}`.lastIndexOf('/')));
  const up = path
    .split('/')
    .slice(1)
    .map(() => '..');
  sys.fs.symlink(`${up.join('/')}/${target}`, `${root}/${path}`);
}

/** The commands of a package: programs in its folder, linked from the .bin beside it. */
function placeBins(sys: Sys, folder: string, one: LockedPackage): void {
  const bins = one.bins ?? (knownBins(one.name) ?? []).map((command) => [command, `bin/${command}`] as const);
  if (bins.length === 0) return;
  const modules = folder.slice(0, folder.lastIndexOf(`/${one.name}`));
  makeFolder(sys, `${modules}/.bin`);
  for (const [command, file] of bins) {
    const inside = file.replace(/^\.\//, '');
    if (!exists(sys, `${folder}/${inside}`)) putProgram(sys, `${folder}/${inside}`, 'js-tool');
    sys.fs.symlink(`../${one.name}/${inside}`, `${modules}/.bin/${command}`);
  }
}
