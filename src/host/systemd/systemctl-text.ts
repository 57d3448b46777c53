import { second } from '../../kernel/json.ts';
import { formatTime } from '../../programs/busybox/date-format.ts';
import { journalText } from './journal-text.ts';
import type { Shown, SystemStatus, UnitRow, UnitStatus } from './status.ts';

/** The lines of `systemctl status UNIT`, laid out as systemd 252 does. `now` in µs. */
export function statusLines(status: UnitStatus, now: number, hostname: string): readonly string[] {
  const { state, unit, path, fileState, pid, ended, since } = status;
  const mark = { running: '●', dead: '○', failed: '×' }[state];
  const active = {
    running: 'active (running)',
    dead: 'inactive (dead)',
    failed: `failed (Result: ${ended?.result ?? ''})`,
  }[state];
  const preset = fileState === 'static' ? '' : '; preset: enabled';
  const when = since === null ? '' : ` since ${stamp(since)}; ${ago(now - since)} ago`;
  return [
    `${mark} ${unit.name} - ${unit.description}`,
    `     Loaded: loaded (${path}; ${fileState}${preset})`,
    `     Active: ${active}${when}`,
    ...(ended?.began === undefined ? [] : [`   Duration: ${span(ended.since - ended.began)}`]),
    ...listed(
      'TriggeredBy',
      (unit.sockets ?? []).map(
        (socket) => `${state === 'running' || socket !== 'docker.socket' ? '●' : '○'} ${socket}`,
      ),
    ),
    ...listed('Docs', unit.docs),
    ...(pid === null
      ? ended?.pid === undefined
        ? []
        : [`   Main PID: ${ended.pid} (code=${ended.how ?? ''})`, `        CPU: ${span(ended.cpu ?? 0)}`]
      : running(status)),
    ...(status.journal.length === 0 ? [] : ['', ...status.journal.map((line) => journalText(line, hostname))]),
  ];
}

function listed(label: string, values: readonly string[]): readonly string[] {
  return values.map((value, i) => `${i === 0 ? `${label.padStart(11)}: ` : ' '.repeat(13)}${value}`);
}

function running({ pid, processes, memory, cpu, unit, tasksMax, cgroup }: UnitStatus): readonly string[] {
  const name = unit.path.slice(unit.path.lastIndexOf('/') + 1).slice(0, 15);
  return [
    `   Main PID: ${pid} (${name})`,
    `      Tasks: ${processes.length} (limit: ${tasksMax})`,
    `     Memory: ${bytes(memory)}`,
    `        CPU: ${span(cpu)}`,
    `     CGroup: ${cgroup}`,
    ...branch(processes, []).map((line) => ' '.repeat(13) + line),
  ];
}

/** The lines of `systemctl status`: the whole system. */
export function systemLines(
  { units, jobs, failed, since, version, cgroups }: SystemStatus,
  state: string,
  now: number,
  hostname: string,
): readonly string[] {
  return [
    `${failed > 0 ? '×' : '●'} ${hostname}`,
    `    State: ${state}`,
    `    Units: ${units} loaded (incl. loaded aliases)`,
    `     Jobs: ${jobs} queued`,
    `   Failed: ${failed} units`,
    `    Since: ${stamp(since)}; ${ago(now - since)} ago`,
    `  systemd: ${version}`,
    '   CGroup: /',
    ...folder(cgroups, '').map((line) => ' '.repeat(11) + line),
  ];
}

/** What is in a cgroup: its processes, then the cgroups below it. */
function folder(cgroups: SystemStatus['cgroups'], path: string): readonly string[] {
  const below = cgroups.filter((each) => each.path.startsWith(`${path}/`) && each.path !== '/');
  const names = [...new Set(below.map((each) => each.path.slice(path.length + 1).split('/')[0] ?? ''))].sort();
  const own = cgroups.find((each) => each.path === (path === '' ? '/' : path))?.processes ?? [];
  return branch(
    own,
    names.map((name) => [name, folder(cgroups, `${path}/${name}`)]),
  );
}

function branch(
  processes: readonly Shown[],
  folders: readonly (readonly [name: string, lines: readonly string[]])[],
): readonly string[] {
  const width = Math.max(0, ...processes.map(({ pid }) => String(pid).length));
  const entries: (readonly [string, readonly string[]])[] = [
    ...processes.map(({ pid, argv }) => [`${String(pid).padStart(width)} ${argv.map(quoted).join(' ')}`, []] as const),
    ...folders,
  ];
  return entries.flatMap(([head, lines], i) => {
    const last = i === entries.length - 1;
    return [`${last ? '└' : '├'}─${head}`, ...lines.map((line) => `${last ? '  ' : '│ '}${line}`)];
  });
}

/** A word of a command line in the quotes that a shell would need. */
function quoted(word: string): string {
  return word === '' || /[\s"\\`$*?['()<>|&;!]/.test(word) ? `"${word.replace(/["\\`$]/g, '\\$&')}"` : word;
}

/** How the table of units is shown: `plain` without the column of dots. */
interface TableLook {
  readonly all: boolean;
  readonly legend: boolean;
  readonly plain: boolean;
  /** Of systemd. */
  readonly version: number;
}

/** The table of `systemctl list-units`; no line at all when there is nothing and no legend. */
export function unitTable(rows: readonly UnitRow[], { all, legend, plain, version }: TableLook): readonly string[] {
  const cells = rows.map((row) => [row.name, 'loaded', row.active, row.sub, row.description]);
  const table = [...(legend ? [['UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION']] : []), ...cells];
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(0, ...table.map((row) => row[i]?.length ?? 0)));
  const marks = [...(legend ? [' '] : []), ...rows.map((row) => (row.active === 'failed' ? '●' : ' '))];
  const lines = table.map((row, i) => {
    const mark = plain ? '' : `${marks[i] ?? ' '} `;
    return `${mark}${row.map((cell, k) => cell.padEnd(k === 4 ? 0 : (widths[k] ?? 0))).join(' ')}`.trimEnd();
  });
  const more = all ? '' : ' Pass --all to see loaded but inactive units, too.';
  const count = [
    `${rows.length} loaded units listed.${more}`,
    "To show all installed unit files use 'systemctl list-unit-files'.",
  ];
  if (!legend) return lines;
  return rows.length === 0 ? count : [...lines, '', ...meanings(version), ...count];
}

/** What the columns mean; systemd 254 and later word it in another way. */
function meanings(version: number): readonly string[] {
  const words = [
    ['LOAD', 'Reflects whether the unit definition was properly loaded.'],
    ['ACTIVE', 'The high-level unit activation state, i.e. generalization of SUB.'],
    ['SUB', 'The low-level unit activation state, values depend on unit type.'],
  ] as const;
  const [sign, start] = version >= 254 ? ['→', 'Legend: '] : ['=', ''];
  const lines = words.map(([column, meaning], i) => {
    const indent = i === 0 ? start : ' '.repeat(start.length);
    return `${indent}${column.padEnd(6)} ${sign} ${meaning}`;
  });
  return version >= 254 ? [...lines, ''] : lines;
}

const stamp = (at: number): string => formatTime(at, '%a %Y-%m-%d %H:%M:%S UTC');

/** As systemd writes how long ago something was (format_timestamp_relative). */
function ago(time: number): string {
  const ms = Math.max(0, Math.floor(time / 1000));
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (ms < 1000) return `${ms}ms`;
  if (minutes < 1) return `${seconds}s`;
  if (minutes < 5) return `${minutes}min ${seconds % 60}s`;
  if (hours < 1) return `${minutes}min`;
  if (hours < 6) return `${hours}h ${minutes % 60}min`;
  if (hours < 25) return `${hours}h`;
  return hours < 48 ? `1 day ${hours - 24}h` : `${Math.floor(hours / 24)} days`;
}

/** A length of time to the millisecond: `12ms`, `1.716s`, `1min 2.345s`, `2h 5min 1.2s`. */
function span(time: number): string {
  const ms = Math.max(0, Math.round(time / 1000));
  const minutes = Math.floor(ms / 60_000) % 60;
  const hours = Math.floor(ms / 3_600_000);
  if (time < second) return `${ms}ms`;
  const parts = [hours > 0 ? `${hours}h` : '', minutes > 0 ? `${minutes}min` : ''];
  return [...parts, `${Number(((ms % 60_000) / 1000).toFixed(3))}s`].filter((part) => part !== '').join(' ');
}

function bytes(count: number): string {
  if (count < 1024) return `${count}B`;
  const power = count < 1_048_576 ? 1 : count < 1_073_741_824 ? 2 : 3;
  return `${(count / 1024 ** power).toFixed(1)}${'KMG'[power - 1] ?? ''}`;
}
