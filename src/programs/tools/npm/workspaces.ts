import type { Sys } from '../../../kernel/program.ts';
import { filesBelow } from '../files.ts';
import { readManifest } from './manifest.ts';

/** The folders of the packages of a repository by their names, in the order of their paths. */
export function workspaces(sys: Sys): readonly (readonly [name: string, folder: string])[] {
  const skip = new Set(['node_modules', '.git', 'dist', 'build']);
  const folders = filesBelow(sys, '.', skip)
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => path.slice(0, -'/package.json'.length));
  return folders.map((folder) => [readManifest(sys, folder)?.name ?? folder, folder]);
}

/** The folder of a package that is named by its name or its folder. */
export function workspaceNamed(sys: Sys, name: string): string | undefined {
  const plain = name.replace(/^\.\.\.|\.\.\.$|\^\.\.\.$/g, '');
  const all = workspaces(sys);
  return (
    all.find(([one]) => one === plain)?.[1] ?? all.find(([, folder]) => folder === plain.replace(/^\.\//, ''))?.[1]
  );
}
