import { isErrno } from '../../../kernel/errno.ts';
import type { Next, Sys } from '../../../kernel/program.ts';
import { buffered } from '../../makers/buffered.ts';
import type { Applet, Io } from '../../makers/io.ts';
import { complain, printLine } from '../../makers/io.ts';
import { parseOptions, showUsage } from '../../options.ts';
import { readMemory, readUptime } from './memory.ts';

type State = {
  readonly left: number;
  readonly delay: number;
  readonly before: readonly number[];
  readonly unit: number;
};

const line = {
  usage: '[options] [delay [count]]',
  short: 'nS:',
  long: ['one-header=n', 'unit:=S'],
  operands: [0, 2] as const,
};
const units: { readonly [unit: string]: number } = { k: 1000 / 1024, K: 1, m: 1_000_000 / 1024, M: 1024 };

/** `vmstat` of procps: processes, memory and processor time; nothing is swapped, and the disk's traffic is not counted. */
export const vmstat: Applet = (style) =>
  buffered<State>(style, {
    start(io) {
      const options = parseOptions(io, line);
      if (typeof options === 'number') return { exit: options };
      const [delay, count] = options.operands.map(Number);
      if (Number.isNaN(delay ?? 0) || Number.isNaN(count ?? 0)) return { exit: showUsage(io, line) };
      const unit = units[options.value('S') ?? 'K'];
      if (unit === undefined) return { exit: complain(io, '-S requires k, K, m or M (default is KiB)') };
      printLine(io, 'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----');
      printLine(io, ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st');
      const left = delay === undefined ? 1 : (count ?? Number.MAX_SAFE_INTEGER);
      return round({ left, delay: (delay ?? 1) * 1_000_000, before: [], unit }, io);
    },
    step: (state, _wake, io) => round(state, io),
  });

/** Processor time by kind, the context switches, as /proc/stat counts them; and how many processes run. */
function readStat(sys: Sys): {
  readonly times: readonly number[];
  readonly switches: number;
  readonly running: number;
} {
  const got = sys.fs.readFile('/proc/stat');
  const text = isErrno(got) ? '' : got.bytes;
  const number = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const times = (/^cpu +(.*)/m.exec(text)?.[1] ?? '').split(' ').map(Number);
  return { times, switches: number('ctxt'), running: number('procs_running') };
}

function round(state: State, io: Io): Next<State> {
  const { times, switches, running } = readStat(io.sys);
  const memory = readMemory(io.sys);
  const size = (name: string) => Math.floor(memory(name) / state.unit);
  const now = [...times, switches];
  const since = now.map((value, at) => value - (state.before[at] ?? 0));
  const seconds = state.before.length === 0 ? Math.max(1, readUptime(io.sys).seconds) : state.delay / 1_000_000;
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, hard = 0, soft = 0, stolen = 0] = since;
  const total = Math.max(1, user + nice + system + idle + wait + hard + soft + stolen);
  const percent = (value: number) => Math.round((value * 100) / total);
  const cells: readonly (readonly [number, number])[] = [
    [running, 2],
    [0, 2],
    [size('SwapTotal') - size('SwapFree'), 6],
    [size('MemFree'), 6],
    [size('Buffers'), 6],
    [size('Cached'), 6],
    [0, 4],
    [0, 4],
    [0, 5],
    [0, 5],
    [0, 4],
    [Math.round((since[times.length] ?? 0) / seconds), 4],
    [percent(user + nice), 2],
    [percent(system + hard + soft), 2],
    [percent(idle), 2],
    [percent(wait), 2],
    [percent(stolen), 2],
  ];
  printLine(io, cells.map(([value, width]) => String(value).padStart(width)).join(' '));
  if (state.left <= 1) return { exit: 0 };
  return { state: { ...state, left: state.left - 1, before: now }, wait: { until: io.sys.now + state.delay } };
}
