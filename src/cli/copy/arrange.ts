import { dirName, joinPath } from '../../kernel/fs/tree.ts';
import type { TarEntry } from '../../oci/tar.ts';
import { CliError } from '../errors.ts';

/** What is to be copied: an archive whose members begin with `base`. */
export interface Packed {
  readonly base: string;
  readonly folder: boolean;
  readonly entries: readonly TarEntry[];
}

/** Where to: a path and what is there. */
export interface Destination {
  readonly path: string;
  readonly kind: 'dir' | 'file' | undefined;
}

/**
 * In which folder an archive is to be unpacked and under which name, by the rules of `docker cp`: into a folder that is
 * there, over a file, or as a new name. Throws CliError with the real client's words.
 */
export function arrange(
  source: Packed,
  { path, kind }: Destination,
): { readonly dir: string; readonly entries: readonly TarEntry[] } {
  if (kind === 'dir') return { dir: path, entries: source.entries };
  if (kind !== undefined && source.folder) throw new CliError('cannot copy directory');
  if (kind === undefined && !source.folder && /(?:^|\/)\.?$/.test(path)) throw new CliError('no such directory');
  const whole = (path.startsWith('/') ? path : `/${path}`).replace(/(?:\/\.?)+$/, '');
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  return { dir: dirName(whole), entries: source.entries.map((entry) => rebased(entry, source.base, name)) };
}

function rebased(entry: TarEntry, base: string, name: string): TarEntry {
  const moved = (path: string): string => (path === base ? name : joinPath(name, path.slice(base.length)));
  return {
    ...entry,
    path: moved(entry.path),
    ...(entry.type === 'hard' ? { target: moved(entry.target) } : {}),
  };
}
