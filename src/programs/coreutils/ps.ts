import type { ProcessInfo } from '../../kernel/program.ts';
import { ownerNames, readUsers } from '../busybox/lookup.ts';
import { readMemory } from '../busybox/process/memory.ts';
import { visibleProcesses } from '../busybox/process/ps.ts';
import { instant } from '../makers/instant.ts';
import type { Applet, StartIo } from '../makers/io.ts';
import { printLine } from '../makers/io.ts';
import type { PsColumn, PsContext } from './ps-columns.ts';
import { psColumns } from './ps-columns.ts';
import { type PsRequest, readPs } from './ps-request.ts';

/** procps' `ps`: Unix options (-e -f -o …), BSD options (`aux`), --forest, --sort, --no-headers. */
export const procpsPs: Applet = (style) =>
  instant(style, (io) => {
    const request = readPs(io.args, (name) => readUsers(io.sys).some((user) => user.name === name));
    if (typeof request === 'string') {
      io.err(
        `error: ${request}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
      );
      return 1;
    }
    const names = ownerNames(io.sys);
    const context: PsContext = { now: io.sys.now, memory: readMemory(io.sys)('MemTotal') * 1024, ...names };
    const chosen = choose(io, request, context);
    const size = io.sys.isatty(1) ? io.sys.winsize(1) : undefined;
    const width = size !== undefined && 'cols' in size && size.cols > 0 ? size.cols : Number.MAX_SAFE_INTEGER;
    const rows = request.forest ? forest(chosen) : chosen.map((process) => ({ process, indent: '' }));
    if (request.headers && request.columns.some((column) => column.title !== ''))
      printLine(io, cellsOf(request.columns, (column) => column.title).slice(0, width));
    for (const { process, indent } of rows) {
      const text = cellsOf(
        request.columns,
        (column) => (isCommand(column) ? indent : '') + column.show(process, context),
      );
      printLine(io, text.slice(0, width));
    }
    return chosen.length > 0 ? 0 : 1;
  });

function isCommand(column: PsColumn): boolean {
  return column.title === 'CMD' || column.title === 'COMMAND';
}

function cellsOf(columns: readonly PsColumn[], show: (column: PsColumn) => string): string {
  return columns
    .map((column, at) => {
      const width = Math.max(column.width, column.title.length);
      const text = show(column);
      if (!column.left) return text.padStart(width);
      const last = at === columns.length - 1;
      return last ? text : (isCommand(column) || text.length > width ? text.slice(0, width) : text).padEnd(width);
    })
    .join(' ');
}

function choose(io: StartIo, request: PsRequest, context: PsContext): readonly ProcessInfo[] {
  const all = visibleProcesses(io.sys);
  const mine = all.find(({ pid }) => pid === io.sys.pid);
  const picked = request.pids !== undefined || request.names !== undefined || request.users !== undefined;
  const chosen = all.filter((process) => {
    if (request.pids?.includes(process.pid) || request.names?.includes(process.comm)) return true;
    if (request.users?.some((name) => name === context.user(process.uid) || name === String(process.uid))) return true;
    if (picked) return false;
    if (request.scope === 'all') return true;
    if (process.tty === undefined && mine?.tty !== undefined) return false;
    return request.scope === 'terminals'
      ? process.tty !== undefined
      : process.uid === mine?.uid && process.tty === mine?.tty;
  });
  const key = request.sort?.replace(/^[-+]/, '');
  if (key === undefined) return chosen;
  const measure = (process: ProcessInfo): number | string => {
    if (/^(%?cpu|pcpu|%cpu|time)$/.test(key)) return process.cpu;
    if (/^(rss|vsz|%?mem|pmem)$/.test(key)) return process.rss;
    const text = psColumns[key]?.show(process, context) ?? '';
    return /^\d+$/.test(text) ? Number(text) : text;
  };
  const sign = request.sort?.startsWith('-') ? -1 : 1;
  return [...chosen].sort((a, b) => {
    const [x, y] = [measure(a), measure(b)];
    return x < y ? -sign : x > y ? sign : a.pid - b.pid;
  });
}

/** Children below their parents, with `\_` before their commands. */
function forest(
  processes: readonly ProcessInfo[],
): readonly { readonly process: ProcessInfo; readonly indent: string }[] {
  const rows: { readonly process: ProcessInfo; readonly indent: string }[] = [];
  const children = (pid: number) => processes.filter((process) => process.ppid === pid && process.pid !== pid);
  const visit = (process: ProcessInfo, before: string, mark: string, rest: string): void => {
    rows.push({ process, indent: before + mark });
    const below = children(process.pid);
    below.forEach((child, at) => {
      const last = at === below.length - 1;
      visit(child, before + rest, ' \\_ ', last ? '    ' : ' |  ');
    });
  };
  const pids = new Set(processes.map(({ pid }) => pid));
  for (const root of processes.filter(({ ppid }) => !pids.has(ppid))) visit(root, '', '', '');
  return rows;
}
