import { encodeUtf8 } from '../../kernel/bytes.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Exec, Next, Sys } from '../../kernel/program.ts';
import { ownerNames } from '../busybox/lookup.ts';
import { parseOptions } from '../options.ts';
import { fail, toolIo } from './io.ts';
import { tableLines, treeLines } from './layout.ts';

const line = {
  usage: '[options] [<namespace>]',
  short: 'Jlno:p:ruWt:PTHh',
  long: [
    'json=J',
    'list=l',
    'noheadings=n',
    'output:=o',
    'output-all',
    'persistent=P',
    'task:=p',
    'raw=r',
    'notruncate=u',
    'nowrap=W',
    'type:=t',
    'tree::=T',
  ],
};

const types = ['mnt', 'net', 'ipc', 'user', 'pid', 'uts', 'cgroup', 'time'];

interface Space {
  readonly id: number;
  readonly type: string;
  /** Its processes, by number; the first one stands for it. */
  readonly pids: readonly number[];
}

const columns = {
  NS: { right: true },
  TYPE: { right: false },
  NPROCS: { right: true },
  PID: { right: true },
  PPID: { right: true },
  UID: { right: true },
  USER: { right: false },
  NETNSID: { right: true },
  NSFS: { right: false },
  COMMAND: { right: false },
} as const;

type Column = keyof typeof columns;

/** `lsns`: the namespaces that the caller may see, read from /proc/PID/ns as util-linux does. */
export function lsns(exec: Exec, sys: Sys): Next<null> {
  const io = toolIo('lsns', exec, sys);
  const options = parseOptions(io, line);
  if (typeof options === 'number') return { exit: options };
  for (const name of ['output-all', 'P', 'T', 'H'])
    if (options.has(name)) return fail(io, `lsns: the option ${name.length > 1 ? '--' : '-'}${name} is not simulated`);
  const type = options.value('t');
  if (type !== undefined && !types.includes(type)) return fail(io, `lsns: unknown namespace type: ${type}`);
  const table = sys.processes();
  const all = spaces(sys, options.value('p'));
  const [wanted] = options.operands;
  if (wanted !== undefined) return showOne(exec, sys, all, wanted);
  const chosen = all.filter((space) => type === undefined || space.type === type);
  const asked = options
    .value('o')
    ?.split(',')
    .map((name) => name.trim().toUpperCase());
  const unknown = asked?.find((name) => !Object.hasOwn(columns, name));
  if (unknown !== undefined) return fail(io, `lsns: unknown column: ${unknown}`);
  const usual: readonly Column[] = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'COMMAND'];
  const net: readonly Column[] = ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', 'NETNSID', 'NSFS', 'COMMAND'];
  const shown = (asked as readonly Column[] | undefined) ?? (type === 'net' ? net : usual);
  const users = ownerNames(sys);
  const binds = new Map(
    sys.fs
      .mounts()
      .filter((m) => m.type === 'nsfs')
      .map((m) => [inode(sys, m.target), m.target]),
  );
  const cell = (space: Space, column: Column): string => {
    const first = table.find(({ pid }) => pid === space.pids[0]);
    switch (column) {
      case 'NS':
        return String(space.id);
      case 'TYPE':
        return space.type;
      case 'NPROCS':
        return String(space.pids.length);
      case 'PID':
        return String(space.pids[0] ?? '');
      case 'PPID':
        return String(first?.ppid ?? '');
      case 'UID':
        return String(first?.uid ?? '');
      case 'USER':
        return first ? users.user(first.uid) : '';
      case 'NETNSID':
        return space.type === 'net' ? 'unassigned' : '';
      case 'NSFS':
        return binds.get(space.id) ?? '';
      case 'COMMAND':
        return first ? (first.argv.length > 0 ? first.argv.join(' ') : first.comm) : '';
    }
  };
  if (options.has('J')) {
    const numeric = new Set<Column>(['NS', 'NPROCS', 'PID', 'PPID', 'UID']);
    const item = (space: Space) =>
      shown
        .map((column) => {
          const value = cell(space, column);
          return `         "${column.toLowerCase()}": ${numeric.has(column) ? value : value === '' ? 'null' : JSON.stringify(value)}`;
        })
        .join(',\n');
    io.out(encodeUtf8(`{\n   "namespaces": [\n      {\n${chosen.map(item).join('\n      },{\n')}\n      }\n   ]\n}\n`));
    return { exit: 0 };
  }
  const tree =
    options.has('l') || options.has('r') ? chosen.map((space) => ({ space, prefix: '' })) : asTree(chosen, table);
  const rows = tree.map(({ space, prefix }) =>
    shown.map((column) => (column === 'COMMAND' ? prefix + cell(space, column) : cell(space, column))),
  );
  print(io.out, shown, options.has('n') ? rows : [shown, ...rows], options.has('r'));
  return { exit: 0 };
}

function print(
  out: (bytes: string) => void,
  shown: readonly Column[],
  rows: readonly (readonly string[])[],
  raw: boolean,
): void {
  const right = (at: number): boolean => {
    const column = shown[at];
    return column !== undefined && columns[column].right;
  };
  for (const text of tableLines(rows, right, raw)) out(encodeUtf8(`${text}\n`));
}

function inode(sys: Sys, path: string): number {
  const stat = sys.fs.stat(path);
  return isErrno(stat) ? 0 : stat.ino;
}

/** The namespaces of the processes whose links the caller may read, by their numbers. */
function spaces(sys: Sys, task: string | undefined): readonly Space[] {
  const found = new Map<number, { id: number; type: string; pids: number[] }>();
  const mine = new Set<number>();
  for (const { pid, state } of sys.processes()) {
    if (state === 'Z') continue;
    for (const type of types) {
      const link = sys.fs.readlink(`/proc/${pid}/ns/${type}`);
      if (isErrno(link)) continue;
      const id = Number(/\[(\d+)\]/.exec(link)?.[1] ?? 0);
      const space = found.get(id);
      if (space) space.pids.push(pid);
      else found.set(id, { id, type, pids: [pid] });
      if (String(pid) === task) mine.add(id);
    }
  }
  const all = [...found.values()].sort((a, b) => a.id - b.id);
  return task === undefined ? all : all.filter(({ id }) => mine.has(id));
}

/**
 * A namespace stands below the last line of the process that started its first process (util-linux, lsns.c: each process
 * remembers the last line that was made for it).
 */
function asTree(all: readonly Space[], table: readonly { readonly pid: number; readonly ppid: number }[]) {
  interface Row {
    readonly space: Space;
    readonly children: Row[];
  }
  const roots: Row[] = [];
  const lastLine = new Map<number, Row>();
  for (const space of all) {
    const first = space.pids[0] ?? 0;
    const parent = lastLine.get(table.find(({ pid }) => pid === first)?.ppid ?? 0);
    const row: Row = { space, children: [] };
    (parent?.children ?? roots).push(row);
    lastLine.set(first, row);
  }
  return treeLines(roots, ({ children }) => children).map(({ node, prefix }) => ({ space: node.space, prefix }));
}

/** `lsns NUMBER`: the processes in that namespace. */
function showOne(exec: Exec, sys: Sys, all: readonly Space[], wanted: string): Next<null> {
  const io = toolIo('lsns', exec, sys);
  if (!/^\d+$/.test(wanted)) return fail(io, `lsns: invalid namespace argument: '${wanted}'`);
  const space = all.find(({ id }) => id === Number(wanted));
  if (!space) return fail(io, `lsns: not found namespace: ${wanted}`);
  const users = ownerNames(sys);
  const members = sys.processes().filter(({ pid }) => space.pids.includes(pid));
  const rows = members.map(({ pid, ppid, uid, argv, comm }) => [
    String(pid),
    String(ppid),
    users.user(uid),
    argv.length > 0 ? argv.join(' ') : comm,
  ]);
  print(io.out, ['PID', 'PPID', 'USER', 'COMMAND'], [['PID', 'PPID', 'USER', 'COMMAND'], ...rows], false);
  return { exit: 0 };
}
