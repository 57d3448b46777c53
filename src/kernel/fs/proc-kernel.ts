import { type Errno, fail } from '../errno.ts';
import type { Id } from '../json.ts';
import type { Machine } from '../machine.ts';
import { setNamespace } from '../namespaces.ts';
import type { NetStack } from '../net/stack.ts';
import { usedMemory } from '../process-list.ts';
import { random } from '../world.ts';
import { capable } from './permission.ts';
import { fixed, type Leaf, type Look, type Table } from './table.ts';

/** Who looks into a procfs, and which PID namespace that procfs shows. */
export interface ProcLook extends Look {
  readonly ns: Id;
}

/** Clock ticks (USER_HZ) are hundredths of a second. */
export const tick = 10_000;

const kib = (bytes: number): number => Math.floor(bytes / 1024);

function processorTime(m: Machine): number {
  return Object.values(m.kernel.processes).reduce((sum, process) => sum + process.cpu, 0);
}

function runnable(m: Machine): number {
  return Object.values(m.kernel.processes).filter((p) => 'ready' in p.status).length;
}

/** What the disk cache holds once a host has run for a while: an eighth of the memory, half a gigabyte at most. */
function cached(m: Machine): number {
  return Math.min(kib(m.kernel.memory / 8), 524_288);
}

function meminfo({ m }: ProcLook): string {
  const total = kib(m.kernel.memory);
  const used = kib(usedMemory(m.kernel));
  const cache = Math.min(cached(m), Math.max(0, total - used)); // programs push it out
  const free = Math.max(0, total - used - cache);
  const lines: readonly (readonly [string, number])[] = [
    ['MemTotal', total],
    ['MemFree', free],
    ['MemAvailable', Math.min(total, free + cache)],
    ['Buffers', 0],
    ['Cached', cache],
    ['SwapCached', 0],
    ['Active', used],
    ['Inactive', cache],
    ['Unevictable', 0],
    ['Mlocked', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', used],
    ['Mapped', 0],
    ['Shmem', 0],
    ['Slab', 0],
    ['SReclaimable', 0],
  ];
  return lines.map(([name, value]) => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`).join('');
}

function cpuinfo({ m }: ProcLook): string {
  const { cpus } = m.kernel;
  const flags =
    'fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx ' +
    'pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology nonstop_tsc cpuid pni pclmulqdq ssse3 fma cx16 pcid sse4_1 ' +
    'sse4_2 x2apic movbe popcnt aes xsave avx f16c rdrand lahf_lm abm 3dnowprefetch fsgsbase bmi1 avx2 smep bmi2 erms';
  let text = '';
  for (let cpu = 0; cpu < cpus; cpu++) {
    text +=
      `processor\t: ${cpu}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 79\n` +
      'model name\t: Intel(R) Xeon(R) CPU @ 2.20GHz\nstepping\t: 0\ncpu MHz\t\t: 2200.000\ncache size\t: 56320 KB\n' +
      `physical id\t: 0\nsiblings\t: ${cpus}\ncore id\t\t: ${cpu}\ncpu cores\t: ${cpus}\napicid\t\t: ${cpu}\n` +
      `fpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: 13\nwp\t\t: yes\nflags\t\t: ${flags}\nbogomips\t: 4400.00\n` +
      'clflush size\t: 64\ncache_alignment\t: 64\naddress sizes\t: 46 bits physical, 48 bits virtual\npower management:\n\n';
  }
  return text;
}

function stat({ m }: ProcLook): string {
  const { cpus, booted } = m.kernel;
  const up = Math.floor((m.world.now - booted) / tick);
  const user = Math.floor(processorTime(m) / tick);
  const line = (name: string, used: number, all: number) =>
    `${name} ${used} 0 0 ${Math.max(0, all - used)} 0 0 0 0 0 0\n`;
  let text = line('cpu ', user, up * cpus);
  for (let cpu = 0; cpu < cpus; cpu++) text += line(`cpu${cpu}`, Math.floor(user / cpus), up);
  return (
    `${text}intr 0\nctxt ${m.world.seq}\nbtime ${Math.floor(booted / 1e6)}\n` +
    `processes ${m.kernel.nextPid - 1}\nprocs_running ${Math.max(1, runnable(m))}\nprocs_blocked 0\n`
  );
}

function uptime({ m }: ProcLook): string {
  const up = (m.world.now - m.kernel.booted) / 1e6;
  const idle = Math.max(0, up * m.kernel.cpus - processorTime(m) / 1e6);
  return `${up.toFixed(2)} ${idle.toFixed(2)}\n`;
}

function loadavg({ m, ns }: ProcLook): string {
  const all = Object.values(m.kernel.processes);
  const last = Math.max(0, ...all.map((p) => p.pids[ns] ?? 0));
  return `0.00 0.00 0.00 ${Math.max(1, runnable(m))}/${all.length} ${last}\n`;
}

function hostname({ m, viewer }: ProcLook, field: 'hostname' | 'domainname'): string {
  const uts = viewer && m.kernel.namespaces[viewer.ns.uts];
  return uts?.kind === 'uts' ? `${uts[field] || '(none)'}\n` : '(none)\n';
}

function setHostname({ m, viewer }: ProcLook, text: string): Errno | undefined {
  const uts = viewer && m.kernel.namespaces[viewer.ns.uts];
  if (!viewer || uts?.kind !== 'uts' || !capable(viewer, 'CAP_SYS_ADMIN')) return fail('EPERM');
  setNamespace(m, viewer.ns.uts, { ...uts, hostname: text.trimEnd() });
  return undefined;
}

/** ip_forward of the looker's network namespace. */
const forwarding: Leaf<ProcLook> = {
  mode: 0o644,
  read: ({ m, viewer }) => {
    const ns = viewer && m.kernel.namespaces[viewer.ns.net];
    return ns?.kind === 'net' && ns.net.forwarding ? '1\n' : '0\n';
  },
  write: ({ m, viewer }, text) => {
    const ns = viewer && m.kernel.namespaces[viewer.ns.net];
    if (!viewer || ns?.kind !== 'net' || !capable(viewer, 'CAP_NET_ADMIN')) return fail('EPERM');
    if (!/^[01]\s*$/.test(text)) return fail('EINVAL');
    setNamespace(m, viewer.ns.net, { ...ns, net: { ...ns.net, forwarding: text.startsWith('1') } });
    return undefined;
  },
};

function networkOf({ m, viewer }: ProcLook): NetStack | undefined {
  const ns = viewer && m.kernel.namespaces[viewer.ns.net];
  return ns?.kind === 'net' ? ns.net : undefined;
}

/** A random UUID of version 4, a new one at each reading. */
function uuid({ m }: ProcLook): string {
  let hex = '';
  while (hex.length < 32) hex += random(m).toString(16).padStart(8, '0');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3];
  const v4 = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`;
  return `${v4.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}\n`;
}

const self = (c: ProcLook): string => String(c.viewer?.pids[c.ns] ?? '');

/** What is in /proc beside the processes. */
export const kernelTable: Table<ProcLook> = {
  'acpi/': {},
  'bus/': {},
  cmdline: { read: ({ m }) => `BOOT_IMAGE=/boot/vmlinuz-${m.kernel.release} root=/dev/sda1 ro\n` },
  cpuinfo: { read: cpuinfo },
  filesystems: {
    read: () =>
      `${['sysfs', 'tmpfs', 'proc', 'cgroup2', 'devtmpfs', 'devpts', 'mqueue', 'overlay'].map((fs) => `nodev\t${fs}\n`).join('')}\text4\n`,
  },
  'fs/': {},
  'irq/': {},
  loadavg: { read: loadavg },
  meminfo: { read: meminfo },
  mounts: { link: () => 'self/mounts' },
  net: { link: () => 'self/net' },
  self: { link: self },
  stat: { read: stat },
  swaps: fixed('Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
  'sys/fs/file-max': fixed('9223372036854775807\n', 0o644),
  'sys/kernel/domainname': { mode: 0o644, read: (c) => hostname(c, 'domainname') },
  'sys/kernel/hostname': { mode: 0o644, read: (c) => hostname(c, 'hostname'), write: setHostname },
  'sys/kernel/osrelease': { read: ({ m }) => `${m.kernel.release}\n` },
  'sys/kernel/ostype': fixed('Linux\n'),
  'sys/kernel/pid_max': fixed('4194304\n', 0o644),
  'sys/kernel/random/uuid': { read: uuid },
  'sys/kernel/threads-max': { mode: 0o644, read: ({ m }) => `${Math.floor(m.kernel.memory / 131_072)}\n` },
  'sys/kernel/version': { read: ({ m }) => `${m.kernel.version}\n` },
  'sys/net/core/somaxconn': { mode: 0o644, read: (c) => `${networkOf(c)?.somaxconn ?? 4096}\n` },
  'sys/net/ipv4/ip_forward': forwarding,
  'sys/net/ipv4/ip_local_port_range': fixed('32768\t60999\n', 0o644),
  'sys/net/ipv4/ip_unprivileged_port_start': {
    mode: 0o644,
    read: (c) => `${networkOf(c)?.unprivilegedPortStart ?? 1024}\n`,
  },
  'sys/vm/max_map_count': fixed('65530\n', 0o644),
  'sys/vm/overcommit_memory': fixed('0\n', 0o644),
  'sys/vm/swappiness': fixed('60\n', 0o644),
  'thread-self': { link: (c) => `${self(c)}/task/${self(c)}` },
  uptime: { read: uptime },
  version: {
    read: ({ m }) =>
      `Linux version ${m.kernel.release} (drydock@simulated) (gcc (GCC) 13.2.0, GNU ld (GNU Binutils) 2.42) ${m.kernel.version}\n`,
  },
};
