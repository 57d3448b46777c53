import type { Mutable } from '../draft.ts';
import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import { freeze as freezeGroup, thaw as thawGroup } from '../freezer.ts';
import type { Machine } from '../machine.ts';
import { processesIn, toHostPid } from '../process.ts';
import { residentBytes } from '../process-list.ts';
import { sendSignal } from '../signal-delivery.ts';
import type { Cgroup, Process } from '../state.ts';
import { allControllers, childControllers, controllersOf, setChildControllers } from './cgroup-controllers.ts';
import type { Filesystem } from './filesystem.ts';
import type { GeneratedNode } from './generated.ts';
import { type Leaf, type Look, type Table, tableNode } from './table.ts';
import { baseName, dirName, isUnder, joinPath, rootMeta } from './tree.ts';

interface InGroup extends Look {
  readonly path: string;
}

const page = 4096;

/** The node at a path of a cgroup2 file system (Linux, Documentation/admin-guide/cgroup-v2.rst). */
export function cgroupNode(m: Machine, fs: Filesystem, viewer: number, path: string): GeneratedNode | undefined {
  const ns = m.kernel.namespaces[fs.ns ?? m.kernel.processes[viewer]?.ns.cgroup ?? ''];
  const root = ns?.kind === 'cgroup' ? ns.root : '/';
  const at = path === '/' ? root : joinPath(root, path);
  const meta = rootMeta(m.kernel.booted);
  const look = { m, viewer: m.kernel.processes[viewer] };
  if (exists(m, at)) {
    const names = () => [...Object.keys(tableFor(m, at)), ...childGroups(m, at)];
    const mkdir = (name: string) => makeGroup(m, joinPath(at, name));
    const rmdir = () => removeGroup(m, at);
    return { t: 'gdir', ...meta, names, mkdir, rmdir };
  }
  const group = dirName(at);
  if (!exists(m, group)) return undefined;
  return tableNode(tableFor(m, group), baseName(at), { ...look, path: group }, meta);
}

function exists(m: Machine, path: string): boolean {
  if (path === '/' || m.kernel.cgroups[path]) return true;
  return Object.keys(m.kernel.cgroups).some((other) => isUnder(other, path));
}

function childGroups(m: Machine, path: string): readonly string[] {
  const names = new Set<string>();
  const skip = path === '/' ? 1 : path.length + 1;
  for (const other of Object.keys(m.kernel.cgroups)) {
    if (other !== path && other !== '/' && isUnder(other, path)) names.add(other.slice(skip).split('/', 1)[0] ?? '');
  }
  return [...names];
}

function makeGroup(m: Machine, path: string): Errno | undefined {
  m.draft.own(m.kernel, 'cgroups')[path] = { path, frozen: false, cpuUsed: 0, subtree: [] };
  return undefined;
}

function removeGroup(m: Machine, path: string): Errno | undefined {
  if (childGroups(m, path).length > 0 || processesIn(m, path).length > 0) return fail('EBUSY');
  delete m.draft.own(m.kernel, 'cgroups')[path];
  return undefined;
}

function groupOf(c: InGroup): Cgroup {
  return c.m.kernel.cgroups[c.path] ?? { path: c.path, frozen: false, cpuUsed: 0 };
}

function ownGroup(c: InGroup): Mutable<Cgroup> {
  const cgroups = c.m.draft.own(c.m.kernel, 'cgroups');
  cgroups[c.path] ??= groupOf(c);
  return c.m.draft.own(cgroups, c.path) as Mutable<Cgroup>;
}

function members(c: InGroup): readonly Process[] {
  return Object.values(c.m.kernel.processes).filter((p) => p.cgroup === c.path && !('zombie' in p.status));
}

/** Numbers as the looker's PID namespace has them; 0 for those that it does not see. */
function pidList(c: InGroup): string {
  const pids = members(c).map((p) => (c.viewer ? (p.pids[c.viewer.ns.pid] ?? 0) : p.pid));
  return pids.map((pid) => `${pid}\n`).join('');
}

function sum(c: InGroup, of: (process: Process) => number): number {
  return processesIn(c.m, c.path).reduce((total, process) => total + of(process), 0);
}

function moveHere(c: InGroup, text: string): Errno | undefined {
  const { m, viewer } = c;
  if (!/^\s*\d+\s*$/.test(text)) return fail('EINVAL');
  const wanted = Number(text);
  const own = viewer?.pid;
  const pid = wanted === 0 ? own : viewer ? toHostPid(m, viewer.ns.pid, wanted) : wanted;
  if (pid === undefined || !m.kernel.processes[pid]) return fail('ESRCH');
  if ((groupOf(c).subtree ?? []).length > 0) return fail('EBUSY'); // processes live in the leaves only
  const process = m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)) as Mutable<Process>;
  process.cgroup = c.path;
  emit(m, 'kernel', 'cgroup-join', { pid, path: c.path });
  return undefined;
}

/** `max`, or a number of bytes with K, M or G. */
function parseBytes(text: string): number | 'max' | undefined {
  const match = /^(?:(max)|(\d+)([KMGkmg]?))$/.exec(text.trim());
  if (!match) return undefined;
  if (match[1]) return 'max';
  const shift = { '': 0, k: 10, m: 20, g: 30 }[(match[3] ?? '').toLowerCase()] ?? 0;
  return Number(match[2]) * 2 ** shift;
}

function setLimit(c: InGroup, key: 'memoryMax' | 'pidsMax', value: number | 'max' | undefined): Errno | undefined {
  if (value === undefined) return fail('EINVAL');
  const group = ownGroup(c);
  if (value === 'max') delete (group as { memoryMax?: number; pidsMax?: number })[key];
  else group[key] = value;
  tellLimit(c, key === 'memoryMax' ? 'memory.max' : 'pids.max', value);
  return undefined;
}

function tellLimit(c: InGroup, file: string, value: number | string): void {
  emit(c.m, 'kernel', 'cgroup-limit', { path: c.path, file, value: String(value) });
}

function allCpus({ m }: InGroup): string {
  return m.kernel.cpus > 1 ? `0-${m.kernel.cpus - 1}` : '0';
}

function setCpuMax(c: InGroup, text: string): Errno | undefined {
  const match = /^(max|\d+)(?:\s+(\d+))?$/.exec(text.trim());
  if (!match) return fail('EINVAL');
  const period = Number(match[2] ?? groupOf(c).cpuMax?.[1] ?? 100_000);
  const quota = Number(match[1]);
  if (period < 1000 || period > 1_000_000 || quota < 1000) return fail('EINVAL');
  const group = ownGroup(c);
  if (match[1] === 'max') delete (group as { cpuMax?: unknown }).cpuMax;
  else group.cpuMax = [quota, period];
  tellLimit(c, 'cpu.max', match[1] === 'max' ? `max ${period}` : `${quota} ${period}`);
  return undefined;
}

function setWeight(c: InGroup, text: string): Errno | undefined {
  const weight = Number(text);
  if (!Number.isInteger(weight) || weight < 1 || weight > 10_000) return fail('ERANGE');
  ownGroup(c).cpuWeight = weight;
  tellLimit(c, 'cpu.weight', weight);
  return undefined;
}

function setSwap(c: InGroup, text: string): Errno | undefined {
  const bytes = parseBytes(text);
  if (bytes === undefined) return fail('EINVAL');
  const group = ownGroup(c);
  if (bytes === 'max') delete (group as { swapMax?: number }).swapMax;
  else group.swapMax = bytes;
  tellLimit(c, 'memory.swap.max', bytes);
  return undefined;
}

function processesHere(c: InGroup): boolean {
  return c.path !== '/' && members(c).length > 0;
}

function freeze(c: InGroup, text: string): Errno | undefined {
  if (!/^[01]\s*$/.test(text)) return fail('EINVAL');
  if (text.startsWith('1')) freezeGroup(c.m, c.path);
  else thawGroup(c.m, c.path);
  return undefined;
}

function killAll(c: InGroup, text: string): Errno | undefined {
  if (text.trim() !== '1') return fail('EINVAL');
  for (const process of processesIn(c.m, c.path)) sendSignal(c.m, process.pid, 'SIGKILL');
  return undefined;
}

const procs: Leaf<InGroup> = { mode: 0o644, read: pidList, write: moveHere };
const say = (read: (c: InGroup) => string): Leaf<InGroup> => ({ mode: 0o444, read });

const everywhere: Table<InGroup> = {
  'cgroup.controllers': say((c) => `${controllersOf(c.m, c.path).join(' ')}\n`),
  'cgroup.procs': procs,
  'cgroup.threads': procs,
  'cgroup.subtree_control': {
    mode: 0o644,
    read: (c) => `${childControllers(c.m, c.path).join(' ')}\n`,
    write: (c, text) => setChildControllers(c.m, ownGroup(c), processesHere(c), text),
  },
  'cpu.stat': say((c) => {
    const used = Math.round(groupOf(c).cpuUsed + sum(c, (p) => p.cpu));
    return `usage_usec ${used}\nuser_usec ${used}\nsystem_usec 0\n`;
  }),
};

const belowRoot: Table<InGroup> = {
  ...everywhere,
  'cgroup.type': { mode: 0o644, read: () => 'domain\n' },
  'cgroup.events': say((c) => {
    const populated = processesIn(c.m, c.path).length > 0 ? 1 : 0;
    return `populated ${populated}\nfrozen ${groupOf(c).frozen ? 1 : 0}\n`;
  }),
  'cgroup.freeze': { mode: 0o644, read: (c) => `${groupOf(c).frozen ? 1 : 0}\n`, write: freeze },
  'cgroup.kill': { mode: 0o200, write: killAll },
  'cpu.max': {
    mode: 0o644,
    read: (c) => `${groupOf(c).cpuMax?.join(' ') ?? 'max 100000'}\n`,
    write: setCpuMax,
  },
  'cpu.weight': { mode: 0o644, read: (c) => `${groupOf(c).cpuWeight ?? 100}\n`, write: setWeight },
  'cpuset.cpus': { mode: 0o644, read: (c) => `${groupOf(c).cpuset ?? ''}\n` },
  'cpuset.cpus.effective': say((c) => `${groupOf(c).cpuset ?? allCpus(c)}\n`),
  'memory.low': { mode: 0o644, read: (c) => `${groupOf(c).memoryLow ?? 0}\n` },
  'memory.swap.max': { mode: 0o644, read: (c) => `${groupOf(c).swapMax ?? 'max'}\n`, write: setSwap },
  'memory.current': say((c) => `${sum(c, residentBytes)}\n`),
  'memory.events': say(
    (c) =>
      `low 0\nhigh 0\nmax ${groupOf(c).oomKills ?? 0}\noom ${groupOf(c).oomKills ?? 0}\noom_kill ${groupOf(c).oomKills ?? 0}\noom_group_kill 0\n`,
  ),
  'memory.max': {
    mode: 0o644,
    read: (c) => `${groupOf(c).memoryMax ?? 'max'}\n`,
    write: (c, text) => {
      const bytes = parseBytes(text);
      return setLimit(c, 'memoryMax', typeof bytes === 'number' ? bytes - (bytes % page) : bytes);
    },
  },
  'pids.events': say((c) => `max ${groupOf(c).forksRefused ?? 0}\n`),
  'pids.current': say((c) => `${processesIn(c.m, c.path).length}\n`),
  'pids.max': {
    mode: 0o644,
    read: (c) => `${groupOf(c).pidsMax ?? 'max'}\n`,
    write: (c, text) => setLimit(c, 'pidsMax', /^(max|\d+)$/.test(text.trim()) ? parseBytes(text) : undefined),
  },
};

/** The root cgroup has no limits; another one has the files of the controllers that its parent gives it. */
function tableFor(m: Machine, path: string): Table<InGroup> {
  if (path === '/') return everywhere;
  const given = controllersOf(m, path);
  if (given.length === allControllers.length) return belowRoot;
  const kept = Object.entries(belowRoot).filter(([file]) => {
    const [controller = ''] = file.split('.');
    return controller === 'cgroup' || file === 'cpu.stat' || given.includes(controller);
  });
  return Object.fromEntries(kept);
}
