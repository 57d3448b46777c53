import type { NamedContext } from '../../builder/graph/stages.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Rec } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { EngineError } from '../errors.ts';
import { filesOf } from '../volumes/sources.ts';
import { type ContextFiles, contentDigest, type Scanned } from './context/scan.ts';
import { follow, type Source, scannedSource, treeSource } from './files/source.ts';
import { type BuildJob, buildState, type ContextSource } from './state.ts';

/** The files of whoever typed `docker build`: the real computer's, or those of the simulated machine. */
export function clientFiles(m: Machine, client: number): ContextFiles {
  return filesOf(m, client) ?? fileCalls(m, client);
}

/** What `--build-context` has given names to. */
export function namedContexts({ named, namedImages }: BuildJob): readonly NamedContext[] {
  const images = Object.entries(namedImages).map(([name, image]) => ({ name, image }));
  return [...Object.keys(named).map((name) => ({ name })), ...images];
}

/** A file of a context; undefined without one. */
export function readFrom(m: Machine, client: number, source: ContextSource, name: string): ByteString | undefined {
  if (source.kind === 'none') return undefined;
  if (source.kind === 'archive') {
    const found = follow(source.tree, `/${name}`)?.node;
    return found?.t === 'file' ? found.data : undefined;
  }
  const got = clientFiles(m, client).readFile(`${source.path}/${name}`);
  return isErrno(got) ? undefined : got.bytes;
}

/** The files of a context as a source of COPY; those of a folder must have been scanned. */
export function contextSource(m: Machine, job: BuildJob, name: string): Source {
  const source = name === 'context' ? job.context : (job.named[name] ?? { kind: 'none' });
  if (source.kind === 'none') return treeSource(noFiles);
  if (source.kind === 'archive') return treeSource(source.tree);
  const { files = {} } = buildState(m).contexts[scanKey(job, name)] ?? {};
  return folderSource(m, job, source.path, files);
}

const noFiles = { t: 'dir', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: {} } as const;

/** Under which name the scan of a folder is kept: with other rules, other files of it are seen. */
export function scanKey(job: BuildJob, name: string): string {
  const source = name === 'context' ? job.context : job.named[name];
  return source?.kind === 'folder' ? source.path : name;
}

function folderSource(m: Machine, job: BuildJob, folder: string, files: Rec<string>): Source {
  return scannedSource(files, (path, entry) => read(m, job, folder, path, entry));
}

function read(m: Machine, job: BuildJob, folder: string, path: string, entry: Scanned): ByteString {
  const files = clientFiles(m, job.client);
  const at = `${folder}/${path}`;
  const got = files.readFile(at);
  if (isErrno(got) || entry.type !== 'file' || got.bytes.length !== entry.size) throw changed(at);
  const stat = files.stat(at);
  const untouched = !isErrno(stat) && stat.mtime === entry.mtime && stat.size === entry.size;
  if (!untouched && contentDigest(files, at) !== entry.digest) throw changed(at);
  return got.bytes;
}

function changed(path: string): EngineError {
  return new EngineError('bad-parameter', 400, `error from sender: ${path} changed while it was being read`);
}
