import type { ProcessInfo } from '../../kernel/program.ts';
import { type PsColumn, type PsContext, psColumns } from './ps-columns.ts';
import type { PsRequest } from './ps-request.ts';

/** A process in a listing; `indent` stands before its command. */
export interface PsRow {
  readonly process: ProcessInfo;
  readonly indent: string;
}

/** The chosen processes as the request wants them: sorted, as a forest, or as they come. */
export function psRows(request: PsRequest, chosen: readonly ProcessInfo[], context: PsContext): readonly PsRow[] {
  const ordered = sorted(request, chosen, context);
  return request.forest ? forest(ordered) : ordered.map((process) => ({ process, indent: '' }));
}

/** What stands in a column. */
export function psCell(column: PsColumn, { process, indent }: PsRow, context: PsContext): string {
  return (isCommand(column) ? indent : '') + column.show(process, context);
}

function isCommand(column: PsColumn): boolean {
  return column.title === 'CMD' || column.title === 'COMMAND';
}

/** A line of the listing: the cells as wide as their columns. */
export function psLine(columns: readonly PsColumn[], show: (column: PsColumn) => string): string {
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

function sorted(request: PsRequest, chosen: readonly ProcessInfo[], context: PsContext): readonly ProcessInfo[] {
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
function forest(processes: readonly ProcessInfo[]): readonly PsRow[] {
  const rows: PsRow[] = [];
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
