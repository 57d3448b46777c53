import type { Machine } from '../machine.ts';
import type { Process } from '../state.ts';
import type { MountInfo } from './calls.ts';
import type { Mount } from './filesystem.ts';
import { mountsOf } from './mounts.ts';
import { filesystem } from './overlay.ts';
import { seenPath } from './path.ts';
import { deviceOf } from './stat.ts';
import { isUnder } from './tree.ts';

/** Options that belong to the mount, not to the file system (mount(2), MS_…). */
const mountFlags = new Set(['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime']);

/** The mounts that a process sees, with paths from its root directory, oldest first. */
export function mountTable(m: Machine, pid: number): readonly MountInfo[] {
  const process = m.kernel.processes[pid];
  if (!process) return [];
  return visible(m, process).map((mount) => ({
    source: mount.source,
    target: seenPath(process, mount.point),
    type: filesystem(m, mount.fs).type,
    options: `${mount.readonly ? 'ro' : 'rw'}${mount.options && `,${mount.options}`}`,
  }));
}

function visible(m: Machine, process: Process): readonly Mount[] {
  return mountsOf(m, process.ns.mnt).filter((mount) => isUnder(mount.point, process.root));
}

/** Blanks and backslashes in /proc/mounts are octal. */
function octalEscape(text: string): string {
  return text.replace(/[ \t\n\\]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** The text of /proc/PID/mounts. */
export function mountsText(m: Machine, pid: number): string {
  return mountTable(m, pid)
    .map((each) => `${octalEscape(each.source)} ${octalEscape(each.target)} ${each.type} ${each.options} 0 0\n`)
    .join('');
}

/** The text of /proc/PID/mountinfo (proc_pid_mountinfo(5)). */
export function mountinfoText(m: Machine, pid: number): string {
  const process = m.kernel.processes[pid];
  if (!process) return '';
  const all = mountsOf(m, process.ns.mnt);
  const lines = visible(m, process).map((mount) => {
    const fs = filesystem(m, mount.fs);
    const mode = mount.readonly ? 'ro' : 'rw';
    const options = mount.options === '' ? [] : splitOptions(mount.options);
    const flags = [mode, ...options.filter((option) => mountFlags.has(option))];
    const own = [fs.type === 'overlay' || !mount.readonly ? 'rw' : mode, ...options.filter((o) => !mountFlags.has(o))];
    return [
      mount.id,
      parentId(all, mount),
      deviceOf(fs).join(':'),
      octalEscape(mount.root),
      octalEscape(seenPath(process, mount.point)),
      flags.join(','),
      '-',
      fs.type,
      octalEscape(mount.source),
      own.join(','),
    ].join(' ');
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** Options are separated by commas; `lowerdir=` lists have none. */
function splitOptions(options: string): readonly string[] {
  return options.split(',');
}

/** The mount that covered the mount point when it was used; a namespace's first mount has none of its own. */
function parentId(all: readonly Mount[], mount: Mount): number {
  const index = all.indexOf(mount);
  for (let i = index - 1; i >= 0; i--) {
    const above = all[i];
    if (above && isUnder(mount.point, above.point)) return above.id;
  }
  return 1;
}

/** A cgroup's path relative to the root of the process's cgroup namespace. */
export function cgroupRoot(m: Machine, process: Process, path: string): string {
  const ns = m.kernel.namespaces[process.ns.cgroup];
  const root = ns?.kind === 'cgroup' ? ns.root : '/';
  if (isUnder(path, root)) return root === '/' ? path : path.slice(root.length) || '/';
  const from = root.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  return `/${[...from.slice(same).map(() => '..'), ...to.slice(same)].join('/')}`;
}
