import { allCapabilities } from '../capabilities.ts';
import { readCpuset } from '../cpuset.ts';
import { insideId } from '../isolation/users.ts';
import { commOf, residentBytes } from '../process-list.ts';
import { limitOf, type ResourceName } from '../rlimits.ts';
import { boundingSet } from '../setuid.ts';
import { type Signal, signalNumber } from '../signals.ts';
import type { Process } from '../state.ts';
import { tick } from './proc-kernel.ts';
import type { PidLook } from './proc-pid.ts';

/** What a small program maps beyond what is resident: measured on busybox, 1,420 KiB. */
const unmapped = 1420 * 1024;
const page = 4096;

type State = 'R' | 'S' | 'T' | 'Z' | 'D';
const stateNames: { readonly [state in State]: string } = {
  R: 'running',
  S: 'sleeping',
  T: 'stopped',
  Z: 'zombie',
  D: 'disk sleep',
};

function stateOf({ m, process, viewer }: PidLook): State {
  if ('zombie' in process.status) return 'Z';
  if (viewer?.pid === process.pid) return 'R';
  if (m.kernel.cgroups[process.cgroup]?.frozen) return 'D';
  if ('stopped' in process.status) return 'T';
  return 'ready' in process.status ? 'R' : 'S';
}

function numberOf(c: PidLook, hostPid: number): number {
  return c.m.kernel.processes[hostPid]?.pids[c.ns] ?? 0;
}

/** A process's numbers from the namespace of this procfs inwards. */
function numbers(c: PidLook, hostPid: number): string {
  const process = c.m.kernel.processes[hostPid];
  if (!process) return '0';
  const found: number[] = [];
  for (let id: string | undefined = process.ns.pid; id !== undefined; ) {
    const pid = process.pids[id];
    if (pid !== undefined) found.unshift(pid);
    const ns: (typeof c.m.kernel.namespaces)[string] | undefined = c.m.kernel.namespaces[id];
    id = id === c.ns || ns?.kind !== 'pid' ? undefined : ns.parent;
  }
  return found.join('\t');
}

function mask(bits: Iterable<number>): string {
  let sum = 0n;
  for (const bit of bits) sum |= 1n << BigInt(bit);
  return sum.toString(16).padStart(16, '0');
}

const signalMask = (signals: readonly Signal[]): string => mask(signals.map((signal) => signalNumber(signal) - 1));

function capMask(caps: readonly string[]): string {
  return mask(caps.map((cap) => allCapabilities.indexOf(cap)).filter((bit) => bit >= 0));
}

/** /proc/PID/status. */
export function statusText(c: PidLook): string {
  const { m, process, pid } = c;
  const { uid, gid, real = process } = process;
  const user = (c.viewer ?? process).ns.user;
  const state = stateOf(c);
  const rows: (readonly [string, string | number])[] = [
    ['Name', commOf(process)],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', `${state} (${stateNames[state]})`],
    ['Tgid', pid],
    ['Ngid', 0],
    ['Pid', pid],
    ['PPid', numberOf(c, process.parent)],
    ['TracerPid', 0],
    ['Uid', [real.uid, uid, uid, uid].map((id) => insideId(m, user, 'uids', id)).join('\t')],
    ['Gid', [real.gid, gid, gid, gid].map((id) => insideId(m, user, 'gids', id)).join('\t')],
    ['FDSize', fdSize(process)],
    ['Groups', `${process.groups.map((id) => insideId(m, user, 'gids', id)).join(' ')} `],
    ['NStgid', numbers(c, process.pid)],
    ['NSpid', numbers(c, process.pid)],
    ['NSpgid', numbers(c, process.pgid)],
    ['NSsid', numbers(c, process.sid)],
  ];
  if (state !== 'Z') {
    const kb = (bytes: number) => `${String(Math.round(bytes / 1024)).padStart(8)} kB`;
    const rss = residentBytes(process);
    const size = rss + unmapped;
    rows.push(['VmPeak', kb(size)], ['VmSize', kb(size)], ['VmLck', kb(0)], ['VmPin', kb(0)]);
    rows.push(['VmHWM', kb(rss)], ['VmRSS', kb(rss)], ['VmSwap', kb(0)]);
  }
  const all = Array.from({ length: m.kernel.cpus }, (_, cpu) => cpu);
  const cpuset = m.kernel.cgroups[process.cgroup]?.cpuset;
  const cpus = cpuset === undefined ? all : (readCpuset(cpuset) ?? all);
  rows.push(
    ['Threads', 1],
    ['SigQ', `0/${maxProcesses(c)}`],
    ['SigPnd', signalMask([])],
    ['ShdPnd', signalMask(process.pending)],
    ['SigBlk', signalMask([])],
    ['SigIgn', signalMask(process.ignored)],
    ['SigCgt', signalMask(process.caught)],
    ['CapInh', capMask([])],
    ['CapPrm', capMask(process.caps)],
    ['CapEff', capMask(process.caps)],
    ['CapBnd', capMask(boundingSet(m, process))],
    ['CapAmb', capMask([])],
    ['NoNewPrivs', process.noNewPrivs ? 1 : 0],
    ['Seccomp', process.seccomp ? 2 : 0],
    ['Seccomp_filters', process.seccomp ? 1 : 0],
    ['Cpus_allowed', cpus.reduce((sum, cpu) => sum + 2 ** cpu, 0).toString(16)],
    ['Cpus_allowed_list', cpuset ?? (all.length > 1 ? `0-${all.length - 1}` : '0')],
    ['Mems_allowed', '1'],
    ['Mems_allowed_list', '0'],
    ['voluntary_ctxt_switches', 0],
    ['nonvoluntary_ctxt_switches', 0],
  );
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

/** The descriptor table grows in powers of two, 64 at least. */
function fdSize(process: Process): number {
  const most = Math.max(-1, ...Object.keys(process.fds).map(Number)) + 1;
  return Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(1, most))));
}

/** /proc/PID/stat (proc_pid_stat(5)): 52 fields. */
export function statText(c: PidLook): string {
  const { m, process, pid } = c;
  const tty = process.tty === undefined ? undefined : m.kernel.ttys[process.tty];
  const ttyNumber = tty ? 136 * 256 + Number(tty.name.replace(/\D/g, '')) : 0;
  const alive = !('zombie' in process.status);
  const rss = alive ? residentBytes(process) : 0;
  const fields: (string | number)[] = [
    pid,
    `(${commOf(process)})`,
    stateOf(c),
    numberOf(c, process.parent),
    numberOf(c, process.pgid),
    numberOf(c, process.sid),
    ttyNumber,
    tty ? numberOf(c, tty.foreground) || -1 : -1,
    4194304,
    0,
    0,
    0,
    0,
    Math.floor(process.cpu / tick),
    0,
    0,
    0,
    20 + (process.nice ?? 0),
    process.nice ?? 0,
    1,
    0,
    Math.max(0, Math.floor((process.started - m.kernel.booted) / tick)),
    alive ? rss + unmapped : 0,
    Math.floor(rss / page),
    '18446744073709551615',
    ...Array<number>(12).fill(0),
    17,
    ...Array<number>(14).fill(0),
  ];
  return `${fields.join(' ')}\n`;
}

/** /proc/PID/statm: sizes in pages. */
export function statmText({ process }: PidLook): string {
  const rss = 'zombie' in process.status ? 0 : Math.floor(residentBytes(process) / page);
  const size = rss === 0 ? 0 : rss + unmapped / page;
  return `${size} ${rss} 0 0 0 ${rss} 0\n`;
}

function maxProcesses({ m }: PidLook): number {
  return Math.floor(m.kernel.memory / 262_144);
}

/** Name, unit and resource of each line of /proc/PID/limits. */
const limitRows: readonly (readonly [string, string, ResourceName])[] = [
  ['Max cpu time', 'seconds', 'cpu'],
  ['Max file size', 'bytes', 'fsize'],
  ['Max data size', 'bytes', 'data'],
  ['Max stack size', 'bytes', 'stack'],
  ['Max core file size', 'bytes', 'core'],
  ['Max resident set', 'bytes', 'rss'],
  ['Max processes', 'processes', 'nproc'],
  ['Max open files', 'files', 'nofile'],
  ['Max locked memory', 'bytes', 'memlock'],
  ['Max address space', 'bytes', 'as'],
  ['Max file locks', 'locks', 'locks'],
  ['Max pending signals', 'signals', 'sigpending'],
  ['Max msgqueue size', 'bytes', 'msgqueue'],
  ['Max nice priority', '', 'nice'],
  ['Max realtime priority', '', 'rtprio'],
  ['Max realtime timeout', 'us', 'rttime'],
];

/** /proc/PID/limits. */
export function limitsText({ m, process }: PidLook): string {
  const shown = (value: number): string => (value < 0 ? 'unlimited' : String(value));
  const line = (name: string, soft: string, hard: string, unit: string): string =>
    `${name.padEnd(26)}${soft.padEnd(21)}${hard.padEnd(21)}${unit.padEnd(10)}\n`;
  const lines = limitRows.map(([name, unit, resource]) => {
    const [soft, hard] = limitOf(m.kernel, process, resource);
    return line(name, shown(soft), shown(hard), unit);
  });
  return [line('Limit', 'Soft Limit', 'Hard Limit', 'Units'), ...lines].join('');
}
