import type { ProcessInfo } from '../../kernel/program.ts';
import { formatTime } from '../busybox/date-format.ts';
import { ownerNames } from '../busybox/lookup.ts';
import { readMemory, readUptime, uptimeText } from '../busybox/process/memory.ts';
import { visibleProcesses } from '../busybox/process/ps.ts';
import type { Io } from '../makers/io.ts';
import { printLine } from '../makers/io.ts';
import { share } from './ps-columns.ts';

/** One screen of procps' `top -b`. */
export function showTop(io: Io): void {
  const processes = visibleProcesses(io.sys);
  const memory = readMemory(io.sys);
  const { seconds, load } = readUptime(io.sys);
  const count = (states: string) => processes.filter(({ state }) => states.includes(state)).length;
  printLine(
    io,
    `top - ${formatTime(io.sys.now, '%H:%M:%S')} ${uptimeText(seconds)},  0 user,  load average: ${load.join(', ')}`,
  );
  const states = [
    `${String(count('R')).padStart(3)} running`,
    `${String(count('SD')).padStart(3)} sleeping`,
    `${String(count('T')).padStart(3)} stopped`,
    `${String(count('Z')).padStart(3)} zombie`,
  ];
  printLine(io, `Tasks: ${String(processes.length).padStart(3)} total, ${states.join(', ')}`);
  printLine(io, '%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st ');
  const mib = (kib: number) => (kib / 1024).toFixed(1).padStart(9);
  const cache = memory('Buffers') + memory('Cached') + memory('SReclaimable');
  const used = memory('MemTotal') - memory('MemAvailable');
  printLine(
    io,
    `MiB Mem :${mib(memory('MemTotal'))} total,${mib(memory('MemFree'))} free,${mib(used)} used,${mib(cache)} buff/cache     `,
  );
  const swap = memory('SwapTotal');
  printLine(
    io,
    `MiB Swap:${mib(swap)} total,${mib(memory('SwapFree'))} free,${mib(swap - memory('SwapFree'))} used.${mib(memory('MemAvailable'))} avail Mem `,
  );
  printLine(io, '');
  printLine(io, '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND');
  const names = ownerNames(io.sys);
  for (const process of processes) printLine(io, row(process, names.user(process.uid), memory('MemTotal'), io.sys.now));
}

function row(process: ProcessInfo, owner: string, total: number, now: number): string {
  const resident = Math.floor(process.rss / 1024);
  const user = (owner.length > 8 ? `${owner.slice(0, 7)}+` : owner).padEnd(8);
  const cpu = share(process, now).toFixed(1).padStart(5);
  const memory = ((100 * resident) / Math.max(1, total)).toFixed(1).padStart(5);
  const time =
    `${Math.floor(process.cpu / 60_000_000)}:${((process.cpu / 1_000_000) % 60).toFixed(2).padStart(5, '0')}`.padStart(
      9,
    );
  const sizes = [resident, resident, 0].map((size, i) => String(size).padStart(i === 0 ? 7 : 6)).join(' ');
  return `${String(process.pid).padStart(7)} ${user}  20   0 ${sizes} ${process.state} ${cpu} ${memory} ${time} ${process.comm}`;
}
