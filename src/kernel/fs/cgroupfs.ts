import type { Mutable } from '../draft.ts';
import { emit } from '../emit.ts';
import { type Errno, fail } from '../errno.ts';
import { freeze as freezeGroup, thaw as thawGroup } from '../freezer.ts';
import type { Machine } from '../machine.ts';
import { processesIn, toHostPid } from '../process.ts';
import { residentBytes } from '../process-list.ts';
import { sendSignal } from '../signal-delivery.ts';
import type { Cgroup, Process } from '../state.ts';
import type { Filesystem } from './filesystem.ts';
import type { GeneratedNode } from './generated.ts';
import { type Leaf, type Look, type Table, tableNode } from './table.ts';
import { baseName, dirName, isUnder, joinPath, rootMeta } from './tree.ts';

interface InGroup extends Look {
  readonly path: string;
}

const controllers = 'cpuset cpu io memory hugetlb pids rdma misc';
const page = 4096;

/** The node at a path of a cgroup2 file system (Linux, Documentation/admin-guide/cgroup-v2.rst). */
export function cgroupNode(m: Machine, fs: Filesystem, viewer: number, path: string): GeneratedNode | undefined {
  const ns = m.kernel.namespaces[fs.ns ?? m.kernel.processes[viewer]?.ns.cgroup ?? ''];
  const root = ns?.kind === 'cgroup' ? ns.root : '/';
  const at = path === '/' ? root : joinPath(root, path);
  const meta = rootMeta(m.kernel.booted);
  const look = { m, viewer: m.kernel.processes[viewer] };
  if (exists(m, at)) {
    const names = () => [...Object.keys(tableFor(at)), ...childGroups(m, at)];
    const mkdir = (name: string) => makeGroup(m, joinPath(at, name));
    const rmdir = () => removeGroup(m, at);
    return { t: 'gdir', ...meta, names, mkdir, rmdir };
  }
  const group = dirName(at);
  if (!exists(m, group)) return undefined;
  return tableNode(tableFor(group), baseName(at), { ...look, path: group }, meta);
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
  m.draft.own(m.kernel, 'cgroups')[path] = { path, frozen: false, cpuUsed: 0 };
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
  const process = m.draft.own(m.draft.own(m.kernel, 'processes'), String(pid)) as Mutable<Process>;
  process.cgroup = c.path;
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
  tellLimits(c);
  return undefined;
}

function tellLimits(c: InGroup): void {
  const { memoryMax, pidsMax, cpuMax } = groupOf(c);
  emit(c.m, 'kernel', 'cgroup', {
    path: c.path,
    ...(memoryMax === undefined ? {} : { memoryMax }),
    ...(pidsMax === undefined ? {} : { pidsMax }),
    ...(cpuMax === undefined ? {} : { cpuMax }),
  });
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
  tellLimits(c);
  return undefined;
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
  'cgroup.controllers': say(() => `${controllers}\n`),
  'cgroup.procs': procs,
  'cgroup.threads': procs,
  'cgroup.subtree_control': {
    mode: 0o644,
    read: (c) => (childGroups(c.m, c.path).length > 0 ? `${controllers}\n` : '\n'),
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
  'cpu.weight': { mode: 0o644, read: (c) => `${groupOf(c).cpuWeight ?? 100}\n` },
  'cpuset.cpus': { mode: 0o644, read: (c) => `${groupOf(c).cpuset ?? ''}\n` },
  'cpuset.cpus.effective': say((c) => `${groupOf(c).cpuset ?? allCpus(c)}\n`),
  'memory.low': { mode: 0o644, read: (c) => `${groupOf(c).memoryLow ?? 0}\n` },
  'memory.swap.max': { mode: 0o644, read: (c) => `${groupOf(c).swapMax ?? 'max'}\n` },
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
  'pids.current': say((c) => `${processesIn(c.m, c.path).length}\n`),
  'pids.max': {
    mode: 0o644,
    read: (c) => `${groupOf(c).pidsMax ?? 'max'}\n`,
    write: (c, text) => setLimit(c, 'pidsMax', /^(max|\d+)$/.test(text.trim()) ? parseBytes(text) : undefined),
  },
};

/** The root cgroup has no limits. */
function tableFor(path: string): Table<InGroup> {
  return path === '/' ? everywhere : belowRoot;
}
