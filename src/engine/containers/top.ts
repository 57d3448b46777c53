import { second } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { listProcesses } from '../../kernel/process-list.ts';
import type { ProcessInfo } from '../../kernel/program.ts';
import type { ApiResponse } from '../api.ts';
import { EngineError, notRunning } from '../errors.ts';
import { hostUser } from '../host-users.ts';
import { findContainer } from '../lookup.ts';
import { engineState, taskOf } from '../state.ts';
import { step } from '../step.ts';
import { noteContainer } from '../watch/events.ts';

/** One column of ps: its title and what stands in it. */
type Column = readonly [title: string, cell: (p: ProcessInfo) => string];

/** GET /containers/ID/top: `ps` on the host, cut down to the container's processes, with the host's PIDs. */
export function topContainer(m: Machine, reference: string, query: { readonly [key: string]: string }): ApiResponse {
  const container = findContainer(m, reference);
  const init = m.kernel.processes[taskOf(m, container.id)?.pid ?? 0];
  if (!init) throw notRunning(container.id);
  const columns = columnsOf(m, query.ps_args || '-ef');
  if (!columns.some(([title]) => title === 'PID')) {
    throw new EngineError('bad-parameter', 500, "Couldn't find PID field in ps output");
  }
  const host = m.kernel.processes[engineState(m).daemon]?.ns.pid ?? '';
  const inside = new Set(
    Object.values(m.kernel.processes)
      .filter((p) => p.pids[init.ns.pid] !== undefined)
      .map((p) => p.pid),
  );
  const rows = listProcesses(m, host).filter((p) => inside.has(p.pid));
  noteContainer(m, container, 'top');
  step(m, 'dockerd', 'top', { container: container.id, processes: rows.length });
  return {
    status: 200,
    body: { Titles: columns.map(([title]) => title), Processes: rows.map((p) => columns.map(([, cell]) => cell(p))) },
  };
}

function columnsOf(m: Machine, args: string): readonly Column[] {
  const all = allColumns(m);
  const pick = (titles: readonly string[]): Column[] => titles.map((title) => [title, all[title] ?? (() => '')]);
  const words = args.trim().split(/\s+/);
  if (words[0] === '-o' || words[0] === 'o') {
    return (words[1] ?? '').split(',').map((field): Column => {
      const title = fieldTitles[field];
      if (title === undefined) throw new EngineError('bad-parameter', 500, 'ps: exit status 1');
      return [title, all[field] ?? (() => '')];
    });
  }
  switch (args.trim()) {
    case '-ef':
      return pick(['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD']);
    case 'aux':
    case '-aux':
      return pick(['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME', 'COMMAND']);
    default:
      throw new EngineError(
        'not-simulated',
        501,
        `drydock: ps arguments other than -ef, aux and -o are not simulated in docker top: ${args}`,
      );
  }
}

const fieldTitles: { readonly [field: string]: string } = {
  pid: 'PID',
  ppid: 'PPID',
  user: 'USER',
  uid: 'UID',
  comm: 'COMMAND',
  args: 'COMMAND',
  cmd: 'CMD',
  command: 'COMMAND',
  tty: 'TT',
  time: 'TIME',
  stat: 'STAT',
  rss: 'RSS',
  vsz: 'VSZ',
  stime: 'STIME',
};

function allColumns(m: Machine): { readonly [name: string]: Column[1] } {
  const command = (p: ProcessInfo): string => (p.argv.length > 0 ? p.argv.join(' ') : `[${p.comm}] <defunct>`);
  const user = (p: ProcessInfo): string => hostUser(m, p.uid);
  const time = (p: ProcessInfo): string => clock(Math.floor(p.cpu / second));
  const started = (p: ProcessInfo): string => new Date(p.started / 1000).toISOString().slice(11, 16);
  const tty = (p: ProcessInfo): string => p.tty ?? '?';
  const pid = (p: ProcessInfo): string => String(p.pid);
  const ppid = (p: ProcessInfo): string => String(p.ppid);
  const kib = (p: ProcessInfo): string => String(Math.round(p.rss / 1024));
  return {
    UID: user,
    USER: user,
    user,
    uid: (p) => String(p.uid),
    PID: pid,
    pid,
    PPID: ppid,
    ppid,
    C: (p) => String(cpuPercent(m, p)),
    '%CPU': (p) => cpuPercent(m, p).toFixed(1),
    '%MEM': (p) => ((100 * p.rss) / m.kernel.memory).toFixed(1),
    STIME: started,
    START: started,
    stime: started,
    TTY: tty,
    tty,
    TIME: time,
    time,
    CMD: command,
    COMMAND: command,
    cmd: command,
    args: command,
    command,
    comm: (p) => p.comm,
    RSS: kib,
    rss: kib,
    VSZ: (p) => String(Math.round((p.rss * 2) / 1024)),
    vsz: (p) => String(Math.round((p.rss * 2) / 1024)),
    STAT: (p) => `${p.state}s`,
    stat: (p) => `${p.state}s`,
  };
}

function cpuPercent(m: Machine, p: ProcessInfo): number {
  return Math.min(99, Math.floor((100 * p.cpu) / Math.max(1, m.world.now - p.started)));
}

function clock(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
