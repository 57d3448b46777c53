import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import { instant } from '../../makers/instant.ts';
import type { Applet } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { formatTime } from '../date-format.ts';
import { humanSize } from '../human.ts';

/** What /proc/meminfo says, in KiB by name; a name that is not there counts as nothing. */
export function readMemory(sys: Sys): (name: string) => number {
  const file = sys.fs.readFile('/proc/meminfo');
  const table = new Map<string, number>();
  if (!isErrno(file))
    for (const [, name = '', value = '0'] of file.bytes.matchAll(/^(\w+):\s+(\d+)/gm)) table.set(name, Number(value));
  return (name) => table.get(name) ?? 0;
}

/** Seconds since the machine was started, and its three load averages as text. */
export function readUptime(sys: Sys): { readonly seconds: number; readonly load: readonly string[] } {
  const uptime = sys.fs.readFile('/proc/uptime');
  const load = sys.fs.readFile('/proc/loadavg');
  return {
    seconds: isErrno(uptime) ? 0 : Math.floor(Number.parseFloat(uptime.bytes)),
    load: isErrno(load) ? ['0.00', '0.00', '0.00'] : load.bytes.split(' ').slice(0, 3),
  };
}

/** `up …` as uptime and top print it. */
export function uptimeText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`;
  return `up ${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${clock}`;
}

const freeLine = {
  usage: '[-bkmgh]',
  short: 'bkmgh',
};
const procpsFree = {
  ...freeLine,
  short: 'bkmghtw',
  long: ['human=h', 'bytes=b', 'kibi=k', 'mebi=m', 'gibi=g', 'total=t', 'wide=w'],
};

/** `free`. */
export const free: Applet = (style) =>
  instant(style, (io) => {
    const options = parseOptions(io, style.flavour === 'busybox' ? freeLine : procpsFree);
    if (typeof options === 'number') return options;
    if (options.has('w')) return complain(io, 'option -w is not simulated');
    const memory = readMemory(io.sys);
    if (memory('MemTotal') === 0)
      return complain(
        io,
        style.flavour === 'busybox'
          ? "can't open '/proc/meminfo': No such file or directory"
          : 'Error, do this: mount -t proc proc /proc',
      );
    const cached = memory('Buffers') + memory('Cached') + memory('SReclaimable');
    const total = memory('MemTotal');
    const busybox = style.flavour === 'busybox';
    const available = memory('MemAvailable');
    const used = busybox ? total - memory('MemFree') - cached : total - available;
    const rows: readonly (readonly [string, readonly number[]])[] = [
      ['Mem:', [total, used, memory('MemFree'), memory('Shmem'), cached, available]],
      ['Swap:', [memory('SwapTotal'), memory('SwapTotal') - memory('SwapFree'), memory('SwapFree')]],
    ];
    const unit = options.has('b') ? 1 / 1024 : options.has('m') ? 1024 : options.has('g') ? 1048576 : 1;
    const show = (kib: number) => {
      if (options.has('h')) return busybox ? humanSize(kib, 1024) : humanProcps(kib);
      return String(Math.floor(kib / unit));
    };
    const titles = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
    const first = busybox ? 7 : 8;
    printLine(io, `${' '.repeat(first)}${titles.map((title) => title.padStart(12)).join('')}`);
    for (const [name, values] of rows)
      printLine(io, name.padEnd(first) + values.map((value) => show(value).padStart(12)).join(''));
    if (options.has('t')) {
      const sums = [0, 1, 2].map((at) => rows.reduce((sum, [, values]) => sum + (values[at] ?? 0), 0));
      printLine(io, 'Total:'.padEnd(first) + sums.map((value) => show(value).padStart(12)).join(''));
    }
    return 0;
  });

/** procps: `23Gi`, `8.6Mi`, `0B`; a decimal only below ten. */
function humanProcps(kib: number): string {
  if (kib === 0) return '0B';
  let size = kib;
  let unit = 0;
  while (size >= 1024 && unit < 3) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? size.toFixed(1) : Math.floor(size)}${'KMGT'[unit] ?? ''}i`;
}

/** `uptime`. */
export const uptime: Applet = (style) =>
  instant(style, (io) => {
    const line =
      style.flavour === 'busybox'
        ? { usage: '', short: '' }
        : { usage: '[options]', short: 'ps', long: ['pretty=p', 'since=s'] };
    const options = parseOptions(io, line);
    if (typeof options === 'number') return options;
    const { seconds, load } = readUptime(io.sys);
    if (options.has('p')) {
      printLine(io, prettyUptime(seconds));
      return 0;
    }
    if (options.has('s')) {
      printLine(io, formatTime(io.sys.now - seconds * 1_000_000, '%Y-%m-%d %H:%M:%S'));
      return 0;
    }
    const users = `  0 user${style.flavour === 'busybox' ? 's' : ''}`;
    printLine(
      io,
      ` ${formatTime(io.sys.now, '%H:%M:%S')} ${uptimeText(seconds)},${users},  load average: ${load.join(', ')}`,
    );
    return 0;
  });

function prettyUptime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = (
    [
      ['week', Math.floor(minutes / 10080)],
      ['day', Math.floor(minutes / 1440) % 7],
      ['hour', Math.floor(minutes / 60) % 24],
      ['minute', minutes % 60],
    ] as const
  )
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return `up ${parts.length > 0 ? parts.join(', ') : '0 minutes'}`;
}
