import type { ProcessInfo, Sys } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet, StartIo } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { showUsage } from '../../options.ts';
import { ownerNames } from '../lookup.ts';

interface Column {
  readonly width: number;
  readonly title: string;
  /** Text columns are aligned to the left. */
  readonly left?: true;
  show(process: ProcessInfo, context: Context): string;
}

interface Context {
  readonly now: number;
  readonly user: (uid: number) => string;
  readonly group: (gid: number) => string;
}

const left = true as const;

/** busybox's columns in the order in which its messages list them. */
const columns: { readonly [name: string]: Column } = {
  user: { width: 8, title: 'USER', left, show: ({ uid }, { user }) => user(uid) },
  group: { width: 8, title: 'GROUP', left, show: ({ gid }, { group }) => group(gid) },
  comm: { width: 16, title: 'COMMAND', left, show: ({ comm }) => comm },
  args: { width: 256, title: 'COMMAND', left, show: commandLine },
  pid: { width: 5, title: 'PID', show: ({ pid }) => String(pid) },
  ppid: { width: 5, title: 'PPID', show: ({ ppid }) => String(ppid) },
  pgid: { width: 5, title: 'PGID', show: ({ pgid }) => String(pgid) },
  etime: { width: 7, title: 'ELAPSED', show: ({ started }, { now }) => elapsed(now - started) },
  nice: { width: 5, title: 'NI', show: () => '0' },
  rgroup: { width: 8, title: 'RGROUP', left, show: ({ gid }, { group }) => group(gid) },
  ruser: { width: 8, title: 'RUSER', left, show: ({ uid }, { user }) => user(uid) },
  time: { width: 5, title: 'TIME', show: ({ cpu }) => elapsed(cpu) },
  tty: { width: 6, title: 'TT', left, show: ({ tty }) => (tty === undefined ? '?' : ttyNumbers(tty)) },
  vsz: { width: 4, title: 'VSZ', show: ({ rss }) => kilobytes(Math.max(rss, 1_638_400)) },
  sid: { width: 5, title: 'SID', show: ({ sid }) => String(sid) },
  stat: { width: 4, title: 'STAT', left, show: ({ state, sid, pid }) => state + (sid === pid ? 's' : '') },
  rss: { width: 4, title: 'RSS', show: ({ rss }) => kilobytes(rss) },
};

/** All processes that can be seen; whoever looks is running while it does. */
export function visibleProcesses(sys: Sys): readonly ProcessInfo[] {
  return sys.processes().map((process) => (process.pid === sys.pid ? { ...process, state: 'R' } : process));
}

/** The command line; the bracketed name for a process that has none (a zombie). */
export function commandLine({ argv, comm }: ProcessInfo): string {
  return argv.length > 0 ? argv.join(' ').replace(/[\x00-\x1f\x7f]/g, '?') : `[${comm}]`;
}

/** `MM:SS`, from an hour on `HHhMM`, from a hundred hours on `DDdHH`. */
function elapsed(time: number): string {
  const seconds = Math.floor(time / 1_000_000);
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  const two = (n: number) => String(n).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  if (hours < 100) return `${hours}h${two(minutes % 60)}`;
  return `${days}d${two(hours % 24)}`;
}

function ttyNumbers(tty: string): string {
  const pts = /^pts\/(\d+)$/.exec(tty);
  return pts ? `136,${pts[1]}` : tty === 'console' ? '5,1' : '?';
}

/** Four columns: kilobytes, or from 10000 of them on megabytes with an `m`. */
function kilobytes(bytes: number): string {
  const kib = Math.floor(bytes / 1024);
  if (kib < 10_000) return String(kib);
  const mib = kib / 1024;
  return mib < 10 ? `${mib.toFixed(1)}` : `${Math.floor(mib)}m`;
}

const line = { usage: '[-o COL1,COL2=HEADER] [-T]', short: '' };

/** busybox's `ps`: all processes that can be seen; unknown options are passed over, as the real one does. */
export const ps: Applet = (style) =>
  instant(style, (io) => {
    if (io.args.length === 1 && io.args[0] === '--help') return showUsage(io, line, 0);
    const chosen = chooseColumns(io);
    if (typeof chosen === 'number') return chosen;
    const names = ownerNames(io.sys);
    const context: Context = { now: io.sys.now, ...names };
    const terminal = io.sys.isatty(1) ? io.sys.winsize(1) : undefined;
    const width = terminal !== undefined && 'cols' in terminal && terminal.cols > 0 ? terminal.cols - 1 : 1022;
    const headers = chosen.map(({ column, title }, at) =>
      at === chosen.length - 1 ? title : title.padEnd(column.width),
    );
    if (chosen.some(({ title }) => title !== '')) printLine(io, headers.join(' '));
    for (const process of visibleProcesses(io.sys)) {
      const cells = chosen.map(({ column, title }, at) => {
        const text = column.show(process, context).slice(0, Math.max(column.width, title.length));
        const size = Math.max(column.width, title.length);
        if (at === chosen.length - 1 && column.left) return text;
        return column.left ? text.padEnd(size) : text.padStart(size);
      });
      printLine(io, cells.join(' ').slice(0, width));
    }
    return 0;
  });

function chooseColumns(io: StartIo): readonly { readonly column: Column; readonly title: string }[] | number {
  const specs: string[] = [];
  io.args.forEach((arg, at) => {
    const attached = /^-[a-zA-Z]*?o(.+)$/.exec(arg)?.[1];
    if (attached !== undefined) specs.push(attached);
    else if (/^-[a-zA-Z]*o$/.test(arg)) specs.push(io.args[at + 1] ?? '');
  });
  if (specs.length === 0) specs.push('pid,user,time,args');
  const chosen: { readonly column: Column; readonly title: string }[] = [];
  for (const spec of specs) {
    for (let rest = spec; rest !== ''; ) {
      const [, name = '', header] = /^([^,=]*)(?:=(.*))?/.exec(rest) ?? [];
      const column = columns[name];
      if (column === undefined)
        return complain(io, `bad -o argument '${name}', supported arguments: ${Object.keys(columns).join(',')}`);
      chosen.push({ column, title: header ?? column.title });
      rest = header === undefined ? rest.slice(name.length + 1) : '';
    }
  }
  return chosen;
}
