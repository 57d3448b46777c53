import { mapText, setgroupsText, writeMap, writeSetgroups } from '../isolation/id-maps.ts';
import type { Id } from '../json.ts';
import { commOf } from '../process-list.ts';
import type { OpenFile, Process } from '../state.ts';
import type { GeneratedNode } from './generated.ts';
import { cgroupRoot, mountinfoText, mountsText } from './mount-table.ts';
import { mountsOf } from './mounts.ts';
import type { Meta } from './node.ts';
import { cwdAt, find } from './path.ts';
import { capable } from './permission.ts';
import type { ProcLook } from './proc-kernel.ts';
import { netDev, netRoute, netTcp } from './proc-net.ts';
import { limitsText, statmText, statText, statusText } from './proc-status.ts';
import { hash } from './stat.ts';
import { fixed, type Leaf, namesIn, type Table, tableNode } from './table.ts';
import { isUnder, joinPath } from './tree.ts';

/** A look at one process, which has the number `pid` in this procfs. */
export interface PidLook extends ProcLook {
  readonly process: Process;
  readonly pid: number;
}

const joined = (words: readonly string[]): string => words.map((word) => `${word}\0`).join('');
const gone = ({ process }: PidLook): boolean => 'zombie' in process.status;

const files: Table<PidLook> = {
  cgroup: { read: ({ m, viewer, process }) => `0::${cgroupRoot(m, viewer ?? process, process.cgroup)}\n` },
  cmdline: { read: (c) => (gone(c) ? '' : joined(c.process.argv)) },
  comm: { mode: 0o644, read: ({ process }) => `${commOf(process)}\n` },
  environ: {
    mode: 0o400,
    read: (c) => (gone(c) ? '' : joined(Object.entries(c.process.env).map(([key, value]) => `${key}=${value}`))),
  },
  gid_map: mapFile('gids'),
  limits: { read: limitsText },
  loginuid: fixed('4294967295', 0o644),
  mountinfo: { read: ({ m, process }) => mountinfoText(m, process.pid) },
  mounts: { read: ({ m, process }) => mountsText(m, process.pid) },
  'net/dev': { read: netDev },
  'net/route': { read: netRoute },
  'net/tcp': { read: netTcp },
  oom_score: fixed('0\n'),
  oom_score_adj: { mode: 0o644, read: ({ process }) => `${process.oomScoreAdj ?? 0}\n` },
  stat: { read: statText },
  statm: { read: statmText },
  status: { read: statusText },
  setgroups: {
    mode: 0o644,
    read: ({ m, process }) => setgroupsText(m, process),
    write: ({ m, process }, text) => writeSetgroups(m, process, text),
  },
  uid_map: mapFile('uids'),
};

function mapFile(which: 'uids' | 'gids'): Leaf<PidLook> {
  return {
    mode: 0o644,
    read: ({ m, process }) => mapText(m, process, which),
    write: ({ m, viewer, process }, text) => writeMap(m, viewer ?? process, process, which, text),
  };
}

const namespaceLinks: { readonly [name: string]: keyof Process['ns'] } = {
  cgroup: 'cgroup',
  ipc: 'ipc',
  mnt: 'mnt',
  net: 'net',
  pid: 'pid',
  pid_for_children: 'pid',
  user: 'user',
  uts: 'uts',
};

/** The node at a path below /proc/PID (`rest` has no leading slash). */
export function processNode(c: PidLook, rest: string): GeneratedNode | undefined {
  const { process, viewer } = c;
  const meta: Meta = { mode: 0o555, uid: process.uid, gid: process.gid, mtime: process.started };
  const [first = '', name] = rest.split('/');
  const secret =
    viewer === undefined || viewer.uid === process.uid || capable(viewer, 'CAP_SYS_PTRACE') || viewer.uid === 0;
  const denied = secret ? {} : ({ denied: true } as const);
  const link = (text: string, at?: string): GeneratedNode => {
    const to = at === undefined ? {} : { to: { ns: process.ns.mnt, at } };
    return { t: 'glink', ...meta, mode: 0o777, text, ...to, ...denied };
  };
  switch (first) {
    case '':
      return { t: 'gdir', ...meta, names: () => ['cwd', 'exe', 'fd', 'ns', 'root', 'task', ...namesIn(files, '')] };
    case 'task':
      // a process has one thread here
      if (name === undefined) return { t: 'gdir', ...meta, names: () => [String(c.pid)] };
      return name === String(c.pid) ? processNode(c, rest.split('/').slice(2).join('/')) : undefined;
    case 'cwd':
      return gone(c) ? link('') : link(shown(c, cwdAt(process)), cwdAt(process));
    case 'root':
      return gone(c) ? link('') : link(shown(c, process.root), process.root);
    case 'exe': {
      const path = joinPath(
        process.root,
        process.path.startsWith('/') ? process.path : joinPath(process.cwd, process.path),
      );
      if (gone(c) || process.path === '') return link('');
      const place = find(c.m, process.pid, process.path);
      const real = 'errno' in place ? path : place.at;
      return link(shown(c, real), real);
    }
    case 'ns': {
      if (name === undefined)
        return {
          t: 'gdir',
          ...meta,
          mode: 0o511,
          names: () => [...Object.keys(namespaceLinks), 'time', 'time_for_children'],
        };
      // nobody has another one here; the number is that of the first (PROC_TIME_INIT_INO)
      if (name === 'time' || name === 'time_for_children') return link(gone(c) ? '' : 'time:[4026531834]');
      const kind = namespaceLinks[name];
      if (kind === undefined || gone(c)) return kind && link('');
      const namespace = (name === 'pid_for_children' ? process.childPid : undefined) ?? process.ns[kind];
      return { t: 'glink', ...meta, mode: 0o777, text: `${kind}:[${namespace}]`, to: { namespace }, ...denied };
    }
    case 'fd': {
      if (name === undefined) return { t: 'gdir', ...meta, mode: 0o500, names: () => Object.keys(process.fds) };
      const id = process.fds[name];
      const file = id === undefined ? undefined : c.m.kernel.files[id];
      if (!file || id === undefined) return undefined;
      return { t: 'glink', ...meta, mode: 0o700, text: openFileName(c, id, file), to: { file: id }, ...denied };
    }
    default:
      return tableNode(files, rest, c, meta);
  }
}

/** A path of the process's namespace as the looker names it. */
function shown({ viewer }: PidLook, at: string): string {
  if (!viewer || viewer.root === '/' || !isUnder(at, viewer.root)) return at;
  return at.slice(viewer.root.length) || '/';
}

/** What /proc/PID/fd/N says: a path, or the kind of thing and its number. */
function openFileName(c: PidLook, id: Id, file: OpenFile): string {
  const { m, process } = c;
  switch (file.kind) {
    case 'pipe':
      return `pipe:[${serial(file.pipe)}]`;
    case 'run':
      return `pipe:[${serial(file.run + file.fd)}]`;
    case 'stream':
    case 'listen':
      return `socket:[${serial(id)}]`;
    case 'tty':
      return `/dev/${m.kernel.ttys[file.tty]?.name ?? 'tty'}`;
    case 'device':
      return `/dev/${file.device}`;
    default: {
      const deleted =
        file.kind === 'file' &&
        file.orphan !== undefined &&
        m.kernel.filesystems[file.fs]?.inodes[file.orphan]?.nlink === 0;
      const mount = mountsOf(m, process.ns.mnt).findLast(
        (each) => each.fs === file.fs && isUnder(file.path, each.root),
      );
      const inside = mount && (mount.root === '/' ? file.path : file.path.slice(mount.root.length));
      const path = mount ? joinPath(mount.point, inside ?? '') : file.path;
      return `${shown(c, path)}${deleted ? ' (deleted)' : ''}`;
    }
  }
}

/** A number for a pipe or socket that looks like the kernel's. */
function serial(id: string): number {
  return hash(id) % 1_000_000;
}
