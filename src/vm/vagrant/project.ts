import { decodeUtf8, encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { DirNode, TreeNode } from '../../kernel/fs/node.ts';
import { cleanPath } from '../../kernel/fs/tree.ts';
import type { Json } from '../../kernel/json.ts';
import type { Sys } from '../../kernel/program.ts';
import type { MachineConfig } from './settings.ts';
import { readVagrantfile } from './vagrantfile.ts';

/** The service of the real computer's files, for a command that was typed there. */
const realFilesService = 'hostfiles';

/** The files around a project: those of the real computer, or of the host whose shell it is. */
export interface Files {
  readonly real: boolean;
  readonly folder: string;
  read(path: string): string | undefined;
  write(path: string, text: string): boolean;
  exists(path: string): boolean;
  absolute(path: string): string;
  /** What a folder of the real computer holds; undefined for one of the host, which needs no copy. */
  tree(path: string): DirNode | undefined;
}

/** The project of the folder that the command was given in. */
export interface Project {
  readonly folder: string;
  readonly path: string;
  readonly machines: readonly MachineConfig[];
  readonly files: Files;
}

/** The files that relative paths of the command line mean. */
export function projectFiles(sys: Sys): Files {
  const ask = (call: string, ...args: readonly Json[]): unknown => {
    const answer = sys.request(realFilesService, { call, args });
    return isErrno(answer) || !('reply' in answer) ? undefined : (answer.reply as { readonly result?: unknown }).result;
  };
  const cwd = ask('cwd');
  const real = typeof cwd === 'string';
  const folder = real ? cwd : sys.cwd();
  const absolute = (path: string): string => cleanPath(path.startsWith('/') ? path : `${folder}/${path}`);
  const read = (path: string): string | undefined => {
    const got = real
      ? (ask('readFile', absolute(path)) as ReturnType<Sys['fs']['readFile']>)
      : sys.fs.readFile(absolute(path));
    return got === undefined || got === null || isErrno(got) ? undefined : decodeUtf8(got.bytes);
  };
  const stat = (path: string) =>
    real ? (ask('stat', absolute(path), {}) as ReturnType<Sys['fs']['stat']>) : sys.fs.stat(absolute(path));
  return {
    real,
    folder,
    absolute,
    read,
    exists: (path) => {
      const found = stat(path);
      return found !== undefined && found !== null && !isErrno(found);
    },
    write: (path, text) => {
      const bytes = encodeUtf8(text);
      const failed = real ? ask('writeFile', absolute(path), bytes, {}) : sys.fs.writeFile(absolute(path), bytes);
      return failed === undefined || failed === null;
    },
    tree: (path) => (real ? realTree(ask, absolute(path), { entries: 0, bytes: 0 }) : undefined),
  };
}

/** At most so much of a computer's files is taken into a guest. */
const mostEntries = 5000;
const mostBytes = 32 * 1_048_576;

type Ask = (call: string, ...args: readonly Json[]) => unknown;

function realTree(ask: Ask, path: string, count: { entries: number; bytes: number }): DirNode | undefined {
  const names = ask('list', path);
  if (!Array.isArray(names)) return undefined;
  const entries: { [name: string]: TreeNode } = {};
  for (const name of names as readonly string[]) {
    if (name === '.git' || name === 'node_modules' || count.entries >= mostEntries) continue;
    count.entries += 1;
    const at = `${path === '/' ? '' : path}/${name}`;
    const stat = ask('stat', at, { follow: true }) as ReturnType<Sys['fs']['stat']> | null | undefined;
    if (!stat || isErrno(stat)) continue;
    const meta = { mode: 0o755, uid: 1000, gid: 1000, mtime: stat.mtime };
    if (stat.type === 'dir') {
      const below = realTree(ask, at, count);
      if (below) entries[name] = below;
    } else if (stat.type === 'file' && count.bytes + stat.size <= mostBytes) {
      count.bytes += stat.size;
      const got = ask('readFile', at) as ReturnType<Sys['fs']['readFile']> | null | undefined;
      if (got && !isErrno(got)) entries[name] = { t: 'file', ...meta, data: got.bytes };
    }
  }
  return { t: 'dir', mode: 0o755, uid: 1000, gid: 1000, mtime: 0, entries };
}

/** The project that the folder belongs to: its own Vagrantfile, or that of a folder above. A text is what is wrong with it. */
export function findProject(files: Files, env: { readonly [name: string]: string }): Project | string | undefined {
  for (let folder = files.folder; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    for (const name of ['Vagrantfile', 'vagrantfile']) {
      const path = `${folder}/${name}`;
      const source = files.exists(path) ? files.read(path) : undefined;
      if (source === undefined) continue;
      const here = folder === '' ? '/' : folder;
      const inHere = {
        ...files,
        folder: here,
        absolute: (at: string) => cleanPath(at.startsWith('/') ? at : `${here}/${at}`),
      };
      const project = { ...inHere, exists: (at: string) => files.exists(inHere.absolute(at)) };
      const read = readVagrantfile(source, path, { folder: here, env, exists: project.exists });
      return 'problem' in read ? read.problem : { folder: here, path, machines: read.machines, files: project };
    }
    if (folder === '') return undefined;
  }
}
