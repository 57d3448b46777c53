import type { Next, ProcessInfo } from '../../../kernel/program.ts';
import { showTop } from '../../coreutils/top.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions } from '../../options.ts';
import { ownerNames } from '../lookup.ts';
import { readMemory, readUptime } from './memory.ts';
import { commandLine, visibleProcesses } from './ps.ts';

type State = { readonly left: number; readonly delay: number };

/** `top -b`: what runs, again and again. The screen with its keys is not simulated. */
export const top: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const options = parseOptions(io, { usage: '[-bH] [-n COUNT] [-d SECONDS]', short: 'bHn:d:', long: [] });
      if (typeof options === 'number') return { exit: options };
      if (!options.has('b')) return { exit: complain(io, 'only batch mode (-b) is simulated') };
      const left = options.has('n') ? Number(options.value('n')) : -1;
      const fallback = style.flavour === 'busybox' ? 5 : 3;
      const delay = Number(options.value('d') ?? fallback);
      if (Number.isNaN(left) || Number.isNaN(delay))
        return { exit: complain(io, `invalid number '${options.value(Number.isNaN(left) ? 'n' : 'd') ?? ''}'`) };
      return round({ left, delay: Math.max(0.1, delay) * 1_000_000 }, io);
    },
    step: (state, _wake, io) => round(state, io),
  });

function round(state: State, io: Io): Next<State> {
  if (io.style.flavour === 'busybox') showBusybox(io);
  else showTop(io);
  const left = state.left - 1;
  if (left === 0) return { exit: 0 };
  return { state: { ...state, left }, wait: { until: io.sys.now + state.delay } };
}

function showBusybox(io: Io): void {
  const memory = readMemory(io.sys);
  const total = memory('MemTotal');
  const free = memory('MemFree');
  const processes = visibleProcesses(io.sys);
  const running = processes.filter(({ state }) => state === 'R').length;
  const { load } = readUptime(io.sys);
  printLine(
    io,
    `Mem: ${total - free}K used, ${free}K free, ${memory('Shmem')}K shrd, ${memory('Buffers')}K buff, ${memory('Cached')}K cached`,
  );
  printLine(io, 'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq');
  printLine(io, `Load average: ${load.join(' ')} ${running}/${processes.length} ${io.sys.pid}`);
  printLine(io, '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND');
  const names = ownerNames(io.sys);
  const share = (process: ProcessInfo) => Math.min(1, process.cpu / Math.max(1_000_000, io.sys.now - process.started));
  for (const process of [...processes].sort((a, b) => share(b) - share(a) || a.pid - b.pid)) {
    const vsz = Math.floor(Math.max(process.rss, 1_638_400) / 1024);
    const size = vsz < 100_000 ? String(vsz) : `${Math.floor(vsz / 1024)}m`;
    const percent = `${Math.floor((100 * vsz) / Math.max(1, total))}%`;
    const owner = names.user(process.uid).slice(0, 8).padEnd(8);
    const cpu = `${Math.floor(share(process) * 100)}%`;
    printLine(
      io,
      `${String(process.pid).padStart(5)} ${String(process.ppid).padStart(5)} ${owner} ${process.state.padEnd(4)} ${size.padStart(5)} ${percent.padStart(4)}   0 ${cpu.padStart(4)} ${commandLine(process)}`,
    );
  }
}
