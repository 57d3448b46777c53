import type { ProcessInfo } from '../../kernel/program.ts';
import { ownerNames, readUsers } from '../busybox/lookup.ts';
import { readMemory } from '../busybox/process/memory.ts';
import { visibleProcesses } from '../busybox/process/ps.ts';
import { instant } from '../makers/instant.ts';
import type { Applet, StartIo } from '../makers/io.ts';
import { printLine } from '../makers/io.ts';
import type { PsColumn, PsContext } from './ps-columns.ts';
import { psColumns, psLayouts } from './ps-columns.ts';

interface Request {
  /** Whose processes: those of this terminal, those with a terminal, or all. */
  readonly scope: 'terminal' | 'terminals' | 'all';
  readonly columns: readonly PsColumn[];
  readonly pids?: readonly number[];
  readonly names?: readonly string[];
  readonly users?: readonly string[];
  readonly forest: boolean;
  readonly headers: boolean;
  readonly sort?: string;
}

/** procps' `ps`: Unix options (-e -f -o …), BSD options (`aux`), --forest, --sort, --no-headers. */
export const procpsPs: Applet = (style) =>
  instant(style, (io) => {
    const request = parsePs(io);
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

function choose(io: StartIo, request: Request, context: PsContext): readonly ProcessInfo[] {
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

type Draft = { -readonly [K in keyof Request]: Request[K] } & { layout: keyof typeof psLayouts; own: PsColumn[] };

/** A request, or what is wrong with the command line. */
function parsePs(io: StartIo): Request | string {
  const draft: Draft = { scope: 'terminal', columns: [], forest: false, headers: true, layout: 'plain', own: [] };
  const args = [...io.args];
  let bsdAll = '';
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg.startsWith('--')) {
      const wrong = longOption(draft, arg, args);
      if (wrong !== undefined) return wrong;
      continue;
    }
    const unix = arg.startsWith('-');
    if (!unix && /^\d+(,\d+)*$/.test(arg)) {
      draft.pids = [...(draft.pids ?? []), ...arg.split(',').map(Number)];
      continue;
    }
    for (let at = unix ? 1 : 0; at < arg.length; at++) {
      const letter = arg[at] ?? '';
      if ('opCuUGt'.includes(letter) && (unix || letter === 'o' || letter === 'p' || letter === 'U')) {
        const value = arg.slice(at + 1) || args.shift();
        const wrong =
          value === undefined ? 'list of process IDs must follow -p' : valueOption(draft, letter, value, io);
        if (wrong !== undefined) return wrong;
        break;
      }
      if (!unix) bsdAll += letter;
      const wrong = unix ? unixOption(draft, letter) : bsdOption(draft, letter);
      if (wrong !== undefined) return wrong;
    }
  }
  if (bsdAll.includes('a') && bsdAll.includes('x')) draft.scope = 'all';
  else if (bsdAll.includes('a') || bsdAll.includes('x')) draft.scope = bsdAll.includes('x') ? 'all' : 'terminals';
  const { layout, own, ...request } = draft;
  return { ...request, columns: own.length > 0 ? own : psLayouts[layout] };
}

function longOption(draft: Draft, arg: string, args: string[]): string | undefined {
  const [name = '', attached] = arg.slice(2).split(/=(.*)/s);
  if (name === 'forest') draft.forest = true;
  else if (name === 'no-headers' || name === 'no-heading') draft.headers = false;
  else if (name === 'headers') draft.headers = true;
  else if (name === 'sort') draft.sort = attached ?? args.shift() ?? '';
  else if (name === 'pid') draft.pids = (attached ?? args.shift() ?? '').split(',').map(Number);
  else return 'unknown gnu long option';
  return undefined;
}

function unixOption(draft: Draft, letter: string): string | undefined {
  if (letter === 'e' || letter === 'A') draft.scope = 'all';
  else if (letter === 'a') draft.scope = 'terminals';
  else if (letter === 'f' || letter === 'F') draft.layout = 'full';
  else if (letter === 'H') draft.forest = true;
  else if (letter !== 'w') return 'unsupported SysV option';
  return undefined;
}

function bsdOption(draft: Draft, letter: string): string | undefined {
  if (letter === 'u') draft.layout = 'user';
  else if ('axwe'.includes(letter)) draft.layout = draft.layout === 'plain' ? 'bsd' : draft.layout;
  else if (letter === 'f') draft.forest = true;
  else if (letter === 'h') draft.headers = false;
  else return 'unsupported option (BSD syntax)';
  return undefined;
}

function valueOption(draft: Draft, letter: string, value: string, io: StartIo): string | undefined {
  const list = value.split(/[ ,]+/).filter((item) => item !== '');
  switch (letter) {
    case 'o':
      return ownColumns(draft, value);
    case 'p':
      if (list.some((item) => !/^\d+$/.test(item))) return 'process ID list syntax error';
      draft.pids = [...(draft.pids ?? []), ...list.map(Number)];
      return undefined;
    case 'C':
      draft.names = [...(draft.names ?? []), ...list.map((name) => name.slice(0, 15))];
      return undefined;
    case 'u':
    case 'U':
      for (const name of list)
        if (!/^\d+$/.test(name) && !readUsers(io.sys).some((user) => user.name === name))
          return 'user name does not exist';
      draft.users = [...(draft.users ?? []), ...list];
      return undefined;
    default:
      return 'unsupported SysV option';
  }
}

function ownColumns(draft: Draft, spec: string): string | undefined {
  for (let rest = spec; rest !== ''; ) {
    const [, name = '', header] = /^([^,= ]*)(?:=(.*))?/s.exec(rest) ?? [];
    const column = psColumns[name];
    if (column === undefined) return `unknown user-defined format specifier "${name}"`;
    draft.own.push(header === undefined ? column : { ...column, title: header });
    rest = header === undefined ? rest.slice(name.length + 1) : '';
  }
  return undefined;
}
