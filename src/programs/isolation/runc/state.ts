import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';

/** What runc writes down of a container, in a folder of its root directory. */
export type Saved = {
  readonly id: string;
  readonly pid: number;
  readonly bundle: string;
  readonly rootfs: string;
  /** RFC 3339, with nanoseconds. */
  readonly created: string;
  readonly owner: string;
  readonly cgroup: string;
  /** When its first process began: another one may have its number later. */
  readonly started: number;
};

export type Status = 'created' | 'running' | 'paused' | 'stopped';

/** runc's root directory, unless told. */
export const defaultRoot = '/run/runc';

/** A container's folder. */
export function folderOf(root: string, id: string): string {
  return `${root}/${id}`;
}

/** Writes a container down. */
export function save(sys: Sys, root: string, saved: Saved): void {
  sys.fs.writeFile(`${folderOf(root, saved.id)}/state.json`, `${JSON.stringify(saved)}\n`, { mode: 0o600 });
}

/** What is written down of a container, if there is one. */
export function load(sys: Sys, root: string, id: string): Saved | undefined {
  const file = /^[\w+.-]+$/.test(id) ? sys.fs.readFile(`${folderOf(root, id)}/state.json`) : undefined;
  if (file === undefined || isErrno(file)) return undefined;
  return JSON.parse(decodeUtf8(file.bytes)) as Saved;
}

/** All containers, by name. */
export function loadAll(sys: Sys, root: string): readonly Saved[] {
  const names = sys.fs.list(root);
  return isErrno(names) ? [] : names.flatMap((id) => load(sys, root, id) ?? []);
}

/** Is its first process there, and what of it? */
export function statusOf(sys: Sys, root: string, saved: Saved): Status {
  const process = sys.processes().find(({ pid, started }) => pid === saved.pid && started === saved.started);
  if (!process || process.state === 'Z') return 'stopped';
  if (!isErrno(sys.fs.stat(`${folderOf(root, saved.id)}/exec.fifo`))) return 'created';
  const frozen = sys.fs.readFile(`/sys/fs/cgroup${saved.cgroup}/cgroup.freeze`);
  return !isErrno(frozen) && frozen.bytes.startsWith('1') ? 'paused' : 'running';
}

/** The processes in a container's control group. */
export function processesOf(sys: Sys, saved: Saved): readonly number[] {
  const file = sys.fs.readFile(`/sys/fs/cgroup${saved.cgroup}/cgroup.procs`);
  return isErrno(file) ? [] : file.bytes.split('\n').filter(Boolean).map(Number);
}

/** Removes what runc made for a container that has ended: its control group and its folder. */
export function destroy(sys: Sys, root: string, saved: Saved): void {
  sys.fs.rmdir(`/sys/fs/cgroup${saved.cgroup}`);
  const folder = folderOf(root, saved.id);
  for (const name of ['exec.fifo', 'state.json']) sys.fs.unlink(`${folder}/${name}`);
  sys.fs.rmdir(folder);
}
