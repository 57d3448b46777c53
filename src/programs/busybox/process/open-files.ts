import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Stat } from '../../../kernel/fs/calls.ts';
import type { ProcessInfo, Sys } from '../../../kernel/program.ts';
import { parseSignal } from '../../../kernel/signals.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, Io, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { ownerNames } from '../lookup.ts';

/** Something that a process has open: where /proc shows it, and its name there. */
interface Opened {
  readonly fd: string;
  readonly link: string;
  readonly stat: Stat | undefined;
}

function openedBy(sys: Sys, pid: number): readonly Opened[] {
  const look = (fd: string, path: string): Opened[] => {
    const link = sys.fs.readlink(path);
    if (isErrno(link) || link === '') return [];
    const stat = sys.fs.stat(path);
    return [{ fd, link, stat: isErrno(stat) ? undefined : stat }];
  };
  const names = sys.fs.list(`/proc/${pid}/fd`);
  const places = [
    ['cwd', 'cwd'],
    ['rtd', 'root'],
    ['txt', 'exe'],
  ] as const;
  return [
    ...places.flatMap(([fd, name]) => look(fd, `/proc/${pid}/${name}`)),
    ...(isErrno(names) ? [] : [...names].sort((a, b) => Number(a) - Number(b))).flatMap((fd) =>
      look(fd, `/proc/${pid}/fd/${fd}`),
    ),
  ];
}

/** `lsof`: busybox's lists descriptors; lsof 4.95 has columns and chooses by file, process, user and port. */
export const lsof: Applet = (style) =>
  instant(style, (io) => {
    if (style.flavour === 'busybox') {
      for (const { pid } of io.sys.processes()) {
        if (pid === io.sys.pid) continue;
        const all = openedBy(io.sys, pid);
        const exe = all.find(({ fd }) => fd === 'txt')?.link ?? '';
        for (const { fd, link } of all) if (/^\d/.test(fd)) printLine(io, `${pid}\t${exe}\t${fd}\t${link}`);
      }
      return 0;
    }
    return lsofTable(io);
  });

const lsofLine = { usage: '[-aintP] [-c c] [-p s] [-u s] [--] [names]', short: 'ac:i::np:Ptu:' };

interface Row {
  readonly cells: readonly string[];
  readonly process: ProcessInfo;
}

function lsofTable(io: StartIo): number {
  const options = parseOptions(io, lsofLine);
  if (typeof options === 'number') return options;
  const names = ownerNames(io.sys);
  const targets = new Map<string, Stat>();
  let status = 0;
  for (const name of options.operands) {
    const stat = io.sys.fs.stat(name);
    if (isErrno(stat)) status = complain(io, `status error on ${name}: ${strerror(stat)}`);
    else targets.set(`${stat.dev}/${stat.ino}`, stat);
  }
  if (options.operands.length > 0 && targets.size === 0) return status;
  const filters: ((process: ProcessInfo) => boolean)[] = [];
  const pids = options.value('p')?.split(',').map(Number);
  const users = options.value('u')?.split(',');
  const command = options.value('c');
  if (pids) filters.push(({ pid }) => pids.includes(pid));
  if (users) filters.push(({ uid }) => users.includes(names.user(uid)) || users.includes(String(uid)));
  if (command !== undefined) filters.push(({ comm }) => comm.startsWith(command));
  const together = options.has('a');
  const chosen = (process: ProcessInfo) =>
    filters.length === 0 || (together ? filters.every((one) => one(process)) : filters.some((one) => one(process)));
  const sockets = options.has('i');
  const rows: Row[] = [];
  for (const process of io.sys.processes()) {
    const user = names.user(process.uid);
    const start = [process.comm.slice(0, 9), String(process.pid), user];
    const alone = !together && filters.length > 0 && chosen(process);
    if (!sockets || alone) {
      if (targets.size > 0 ? together && !chosen(process) : !chosen(process)) continue;
      for (const one of openedBy(io.sys, process.pid)) {
        const wanted = one.stat && targets.has(`${one.stat.dev}/${one.stat.ino}`);
        if (targets.size === 0 || wanted || alone) rows.push({ process, cells: [...start, ...fileCells(one)] });
      }
    } else if (!together || chosen(process)) {
      for (const cells of socketCells(io.sys, process.pid, options.value('i') ?? ''))
        rows.push({ process, cells: [...start, ...cells] });
    }
  }
  if (options.has('t')) for (const pid of new Set(rows.map(({ process }) => process.pid))) printLine(io, String(pid));
  else if (rows.length > 0) print(io, rows);
  return rows.length === 0 ? 1 : status;
}

const titles = ['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME'];

function print(io: Io, rows: readonly Row[]): void {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map(({ cells }) => (cells[at] ?? '').length)),
  );
  for (const cells of [titles, ...rows.map((row) => row.cells)]) {
    const padded = cells.map((cell, at) => {
      const width = widths[at] ?? 0;
      if (at === 8) return cell;
      if (at === 0) return cell.padEnd(Math.max(width, 7));
      // the letter that tells how a descriptor is open stands out at the right
      if (at === 3) {
        // behind the name: how it is open, and the kind of lock (none)
        const [, name = '', mode = ' '] = /^(.*?)((?<=\d)[rwu])?$/.exec(cell) ?? [];
        return `${name.padStart(4)}${mode} `;
      }
      return cell.padStart(width);
    });
    printLine(io, padded.join(' '));
  }
}

function fileCells({ fd, link, stat }: Opened): readonly string[] {
  const shown = /^\d+$/.test(fd) ? `${fd}u` : fd;
  const kind = /^(pipe|socket):\[(\d+)\]$/.exec(link);
  if (kind?.[1] === 'pipe') return [shown, 'FIFO', '0,13', '0t0', kind[2] ?? '', 'pipe'];
  if (kind) return [shown, 'sock', '0,8', '0t0', kind[2] ?? '', 'protocol: TCP'];
  if (stat === undefined) return [shown, 'unknown', '', '', '', link];
  const types = { file: 'REG', dir: 'DIR', char: 'CHR', block: 'BLK', fifo: 'FIFO', socket: 'sock', link: 'LINK' };
  const device = (stat.rdev ?? [Math.floor(stat.dev / 256), stat.dev % 256]).join(',');
  const size = stat.type === 'file' || stat.type === 'dir' ? String(stat.size) : '0t0';
  return [shown, types[stat.type], device, size, String(stat.ino), link];
}

/** The TCP and UDP sockets of a process that fit `[tcp|udp][:PORT]`, with ports as numbers. */
function socketCells(sys: Sys, pid: number, filter: string): readonly (readonly string[])[] {
  const [, protocol = '', port = ''] = /^[46]?(tcp|udp)?(?:[^:]*)(?::(\d+))?$/i.exec(filter) ?? [];
  return sys.net
    .sockets()
    .filter((one) => one.pid === pid && (protocol === '' || one.proto === protocol.toLowerCase()))
    .filter(({ local, remote }) => port === '' || [local, remote ?? ''].some((end) => end.endsWith(`:${port}`)))
    .map(({ proto, local, remote, state, fd }) => {
      const ends = `${local.replace(/^0\.0\.0\.0:/, '*:')}${remote === undefined ? '' : `->${remote}`}`;
      return [`${fd ?? 0}u`, 'IPv4', '', '0t0', proto.toUpperCase(), `${ends}${proto === 'tcp' ? ` (${state})` : ''}`];
    });
}

const isPort = /^(\d+)\/(tcp|udp)$/;
const fuserLine = { usage: '[-msk46] [-SIGNAL] FILE or PORT/PROTO', short: 'mks64' };
const psmiscFuser = {
  usage: '[-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE] [-k [-i] [-SIGNAL]] NAME...',
  short: 'mks64vn:',
};

/** `fuser`: the processes that use files, file systems (-m) or ports (PORT/tcp); -k signals them. */
export const fuser: Applet = (style) =>
  instant(style, (given) => {
    const busybox = style.flavour === 'busybox';
    const at = given.args.findIndex((arg) => /^-(?:\d\d?|[A-Z][A-Z0-9]+)$/.test(arg) && !/^-[46]$/.test(arg));
    const signal = at < 0 ? 'SIGKILL' : parseSignal((given.args[at] ?? '').slice(1));
    const io = at < 0 ? given : { ...given, args: given.args.toSpliced(at, 1) };
    const options = parseOptions(io, busybox ? fuserLine : psmiscFuser);
    if (typeof options === 'number') return options;
    if (signal === undefined) return complain(io, `bad signal name '${(given.args[at] ?? '').slice(1)}'`);
    if (options.has('v')) return complain(io, 'option -v is not simulated');
    if (options.operands.length === 0) {
      if (busybox) return showUsage(io, fuserLine);
      io.err('No process specification given\n');
      return 1;
    }
    let found = 0;
    const everyone = new Set<number>();
    for (const name of options.operands) {
      const space = options.value('n') ?? 'file';
      const port = space === 'file' ? name : `${name}/${space}`;
      // all connections are of IPv4 here
      const none = options.has('6') && !options.has('4') && isPort.test(port);
      const users = none ? new Map<number, string>() : usersOf(io.sys, port, options.has('m'));
      if (users === undefined) {
        if (busybox) return complain(io, `can't stat '${name}': No such file or directory`);
        io.err(`Specified filename ${name} does not exist.\n`);
        continue;
      }
      if (users.size > 0) found++;
      if (!busybox && users.size > 0 && !options.has('s')) {
        io.err(`${port}:`.padEnd(21));
        for (const [pid, how] of users) {
          io.out(String(pid).padStart(6));
          io.err(how);
        }
        io.err('\n');
      }
      for (const pid of users.keys()) everyone.add(pid);
    }
    if (busybox && !options.has('s') && everyone.size > 0) printLine(io, [...everyone].join(' '));
    if (options.has('k')) for (const pid of everyone) io.sys.kill(pid, signal);
    return found > 0 ? 0 : 1;
  });

/** The processes that use a file (or its file system), or a port; with psmisc's letters for how. Undefined: no such file. */
function usersOf(sys: Sys, name: string, mount: boolean): ReadonlyMap<number, string> | undefined {
  const users = new Map<number, string>();
  const [, port, proto] = isPort.exec(name) ?? [];
  if (port !== undefined) {
    for (const socket of sys.net.sockets())
      if (socket.proto === proto && socket.local.endsWith(`:${port}`) && socket.pid !== undefined)
        users.set(socket.pid, '');
    return users;
  }
  const stat = sys.fs.stat(name);
  if (isErrno(stat)) return undefined;
  const letters: { readonly [fd: string]: string } = { cwd: 'c', rtd: 'r', txt: 'e' };
  for (const { pid } of sys.processes()) {
    if (pid === sys.pid) continue;
    const uses = openedBy(sys, pid).filter(
      (one) => one.stat && one.stat.dev === stat.dev && (mount || one.stat.ino === stat.ino),
    );
    if (uses.length > 0) users.set(pid, [...new Set(uses.map(({ fd }) => letters[fd] ?? ''))].sort().join(''));
  }
  return users;
}
