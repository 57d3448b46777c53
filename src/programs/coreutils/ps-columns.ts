import type { ProcessInfo } from '../../kernel/program.ts';
import { formatTime } from '../busybox/date-format.ts';
import { commandLine } from '../busybox/process/ps.ts';

/** What a column needs to know beyond the process. */
export interface PsContext {
  readonly now: number;
  /** Bytes of memory of the machine. */
  readonly memory: number;
  readonly user: (uid: number) => string;
  readonly group: (gid: number) => string;
}

export interface PsColumn {
  readonly title: string;
  readonly width: number;
  readonly left?: true;
  show(process: ProcessInfo, context: PsContext): string;
}

const left = true as const;
const pidWidth = 7;
const kib = (bytes: number): string => String(Math.floor(bytes / 1024));
const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');

/** `[[DD-]HH:]MM:SS`. */
function elapsed(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  const clock = `${two(minutes)}:${two(seconds % 60)}`;
  if (days > 0) return `${two(days)}-${two(hours)}:${clock}`.replace(/^0(\d-)/, '$1');
  return hours > 0 ? `${two(hours)}:${clock}` : clock;
}

function cpuTime(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function started(time: number, now: number): string {
  if (formatTime(time, '%F') === formatTime(now, '%F')) return formatTime(time, '%H:%M');
  return formatTime(time, now - time < 365 * 86_400_000_000 ? '%b%d' : '%Y');
}

/** Names that do not fit are cut and end in a `+`. */
function owner(name: string): string {
  return name.length > 8 ? `${name.slice(0, 7)}+` : name;
}

/** Percent of its life that a process used the processor; none in its first second. */
export function share(process: ProcessInfo, now: number): number {
  const seconds = Math.floor((now - process.started) / 1_000_000);
  return seconds === 0 ? 0 : Math.min(99.9, process.cpu / 10_000 / seconds);
}

function state({ state: letter, sid, pid, pgid, tty }: ProcessInfo): string {
  return `${letter}${sid === pid ? 's' : ''}${tty !== undefined && pgid === pid && letter === 'R' ? '+' : ''}`;
}

const comm: PsColumn = {
  title: 'COMMAND',
  width: 15,
  left,
  show: (process) => process.comm + (process.state === 'Z' ? ' <defunct>' : ''),
};
const args: PsColumn = {
  title: 'COMMAND',
  width: 27,
  left,
  show: (process) => (process.state === 'Z' ? `[${process.comm}] <defunct>` : commandLine(process)),
};
const user: PsColumn = { title: 'USER', width: 8, left, show: ({ uid }, context) => owner(context.user(uid)) };
const group: PsColumn = { title: 'GROUP', width: 8, left, show: ({ gid }, context) => owner(context.group(gid)) };
const time: PsColumn = { title: 'TIME', width: 8, show: ({ cpu }) => cpuTime(cpu) };
const tty: PsColumn = { title: 'TT', width: 8, left, show: (process) => process.tty ?? '?' };
const pcpu: PsColumn = { title: '%CPU', width: 4, show: (process, { now }) => share(process, now).toFixed(1) };
const pmem: PsColumn = {
  title: '%MEM',
  width: 4,
  show: ({ rss }, { memory }) => (memory === 0 ? 0 : (100 * rss) / memory).toFixed(1),
};
const rss: PsColumn = { title: 'RSS', width: 5, show: (process) => kib(process.rss) };
const vsz: PsColumn = { title: 'VSZ', width: 6, show: (process) => kib(process.rss) };
const nice: PsColumn = { title: 'NI', width: 3, show: () => '0' };
const pgid: PsColumn = { title: 'PGID', width: pidWidth, show: (process) => String(process.pgid) };
const sid: PsColumn = { title: 'SID', width: pidWidth, show: (process) => String(process.sid) };

/** Columns that `-o` knows, procps' names and their other names. */
export const psColumns: { readonly [name: string]: PsColumn } = {
  pid: { title: 'PID', width: pidWidth, show: (process) => String(process.pid) },
  ppid: { title: 'PPID', width: pidWidth, show: (process) => String(process.ppid) },
  pgid,
  pgrp: { ...pgid, title: 'PGRP' },
  sid,
  sess: { ...sid, title: 'SESS' },
  user,
  euser: { ...user, title: 'EUSER' },
  ruser: { ...user, title: 'RUSER' },
  uname: user,
  group,
  egroup: { ...group, title: 'EGROUP' },
  rgroup: { ...group, title: 'RGROUP' },
  uid: { title: 'UID', width: 5, show: (process) => String(process.uid) },
  euid: { title: 'EUID', width: 5, show: (process) => String(process.uid) },
  gid: { title: 'GID', width: 5, show: (process) => String(process.gid) },
  comm,
  ucmd: { ...comm, title: 'CMD' },
  ucomm: comm,
  args,
  cmd: { ...args, title: 'CMD' },
  command: args,
  tty: { ...tty, title: 'TT' },
  tt: tty,
  tname: { ...tty, title: 'TTY' },
  time,
  cputime: time,
  etime: { title: 'ELAPSED', width: 11, show: (process, { now }) => elapsed(now - process.started) },
  etimes: {
    title: 'ELAPSED',
    width: 7,
    show: (process, { now }) => String(Math.floor((now - process.started) / 1_000_000)),
  },
  start: { title: 'STARTED', width: 8, show: (process) => formatTime(process.started, '%H:%M:%S') },
  start_time: { title: 'START', width: 5, show: (process, { now }) => started(process.started, now) },
  lstart: { title: 'STARTED', width: 24, show: (process) => formatTime(process.started, '%a %b %e %H:%M:%S %Y') },
  stat: { title: 'STAT', width: 4, left, show: state },
  s: { title: 'S', width: 1, left, show: (process) => process.state },
  state: { title: 'S', width: 1, left, show: (process) => process.state },
  pcpu,
  '%cpu': pcpu,
  pmem,
  '%mem': pmem,
  rss,
  rssize: rss,
  rsz: { ...rss, title: 'RSZ' },
  vsz,
  vsize: vsz,
  nice,
  ni: nice,
  pri: { title: 'PRI', width: 3, show: () => '19' },
  nlwp: { title: 'NLWP', width: 4, show: () => '1' },
  c: { title: 'C', width: 2, show: (process, { now }) => String(Math.floor(share(process, now))) },
};

const shortTty: PsColumn = { ...tty, title: 'TTY' };
const bsdTime: PsColumn = {
  title: 'TIME',
  width: 6,
  show: ({ cpu }) => `${Math.floor(cpu / 60_000_000)}:${two((cpu / 1_000_000) % 60)}`,
};

/** The columns of ps without an option, of -f and of `u`. */
export const psLayouts: { readonly [layout in 'plain' | 'full' | 'user' | 'bsd']: readonly PsColumn[] } = {
  plain: [...pick('pid'), shortTty, time, { ...comm, title: 'CMD' }],
  full: [
    { ...user, title: 'UID' },
    ...pick('pid', 'ppid', 'c'),
    { title: 'STIME', width: 5, show: (process, { now }) => started(process.started, now) },
    shortTty,
    time,
    { ...args, title: 'CMD' },
  ],
  user: [
    user,
    ...pick('pid', 'pcpu', 'pmem', 'vsz'),
    rss,
    shortTty,
    ...pick('stat'),
    { title: 'START', width: 5, left, show: (process, { now }) => started(process.started, now) },
    bsdTime,
    args,
  ],
  bsd: [...pick('pid'), shortTty, ...pick('stat'), bsdTime, args],
};

function pick(...names: readonly string[]): readonly PsColumn[] {
  return names.flatMap((name) => psColumns[name] ?? []);
}
