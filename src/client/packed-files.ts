import { join } from 'node:path';

/** The single executable has the files of the folder `scenarios` in it: text by path below that folder. */
export type PackedFiles = { readonly [path: string]: string };

/** They are put there by the packaging (.ci/package.mjs); undefined: drydock runs from its own folder. */
export function packedFiles(): PackedFiles | undefined {
  return (globalThis as { readonly drydockScenarios?: PackedFiles }).drydockScenarios;
}

/** Where the packed files seem to be. */
export const packedFolder = '/drydock/scenarios';

/** The text of a packed file by its whole path; undefined where there is none, or nothing is packed. */
export function packedText(path: string): string | undefined {
  const files = packedFiles() ?? {};
  return Object.entries(files).find(([name]) => join(packedFolder, name) === path)?.[1];
}
