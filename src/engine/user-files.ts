import { type Errno, isErrno } from '../kernel/errno.ts';
import type { FileCalls } from '../kernel/fs/calls.ts';
import type { Json } from '../kernel/json.ts';
import type { ServiceAnswer } from '../kernel/program.ts';

/** The files of whoever typed the command: those of the real computer, or of the simulated host whose shell it is. */
export type UserFiles = Pick<
  FileCalls,
  'stat' | 'list' | 'readFile' | 'readlink' | 'realpath' | 'writeFile' | 'mkdir' | 'symlink' | 'unlink' | 'utimes'
> & {
  /** The folder that paths are relative to. */
  cwd(): string;
  /** The digest of a file's content (`sha256:…`), where that is found out faster than by reading it into the machine. */
  digest?(path: string): string | Errno;
};

/** The service that stands for the real computer's files. It answers only to the docker client of its own terminal. */
export const userFilesService = 'hostfiles';

/** What is asked of it: a call of UserFiles. Its reply is `{ result }`, which may be an Errno. */
export interface FileRequest {
  readonly call: keyof UserFiles;
  readonly args: readonly Json[];
}

/** The real computer's files through its service; undefined when it does not answer (then the command is no real one). */
export function realFiles(request: (message: Json) => ServiceAnswer | Errno): UserFiles | undefined {
  const ask = (call: keyof UserFiles, ...args: readonly Json[]): unknown => {
    const answer = request({ call, args });
    if (isErrno(answer) || !('reply' in answer)) return undefined;
    return (answer.reply as { readonly result?: Json }).result ?? undefined;
  };
  const cwd = ask('cwd');
  if (typeof cwd !== 'string') return undefined;
  return {
    cwd: () => cwd,
    stat: (path, options = {}) => ask('stat', path, { ...options }) as ReturnType<UserFiles['stat']>,
    list: (path) => ask('list', path) as ReturnType<UserFiles['list']>,
    digest: (path) => ask('digest', path) as string | Errno,
    readFile: (path) => ask('readFile', path) as ReturnType<UserFiles['readFile']>,
    readlink: (path) => ask('readlink', path) as ReturnType<UserFiles['readlink']>,
    realpath: (path) => ask('realpath', path) as ReturnType<UserFiles['realpath']>,
    writeFile: (path, bytes, options = {}) => ask('writeFile', path, bytes, { ...options }) as Errno | undefined,
    mkdir: (path, mode = 0o777) => ask('mkdir', path, mode) as Errno | undefined,
    symlink: (target, path) => ask('symlink', target, path) as Errno | undefined,
    utimes: (path, mtime) => ask('utimes', path, mtime) as Errno | undefined,
    unlink: (path) => ask('unlink', path) as Errno | undefined,
  };
}
