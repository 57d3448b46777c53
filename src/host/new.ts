import { startEngine } from '../engine/install.ts';
import { addHost, bootKernel, type Computer } from '../kernel/boot.ts';
import { isErrno } from '../kernel/errno.ts';
import { fileCalls } from '../kernel/fs/sys-files.ts';
import type { Machine } from '../kernel/machine.ts';
import { cloneProcess, ownProcess } from '../kernel/process.ts';
import type { Made } from '../kernel/state.ts';
import { executableStub } from '../kernel/stub.ts';
import { makeReady } from '../kernel/wait.ts';
import { sshdWords } from '../vm/box.ts';
import { addDesktop } from './desktop/install.ts';
import { putFile, trust } from './keys.ts';
import { addressOf, freeAddress, joinLan, lanGateway, macOf } from './lan.ts';
import { laptop, laptopRoot, learner } from './linux.ts';
import { sshService } from './remote/names.ts';
import { step } from './step.ts';

/** A computer that is wanted. Sizes in bytes; what is absent is as usual for its kind. */
export interface Wanted {
  readonly name: string;
  readonly kind: Made['kind'];
  readonly memory?: number;
  readonly cpus?: number;
  readonly disk?: number;
  /** A Linux without Docker. */
  readonly bare: boolean;
}

/** What came of it. */
export type MadeHost =
  | { readonly did: 'made'; readonly address: string; readonly kind: Made['kind'] }
  | { readonly did: 'bad-name' | 'name-taken' | 'network-full' | 'too-small' | 'not-bare' };

const gib = 1_073_741_824;
const leastMemory = 512 * 1_048_576;

/**
 * Makes a computer and puts it on the local network, beside `m`, the world's first one. The learner's keys are exchanged with those
 * of all other computers. `programs`: the executables of an Ubuntu with Docker (path → program).
 */
export function newHost(m: Machine, wanted: Wanted, programs: { readonly [path: string]: string }): MadeHost {
  const { name, kind, bare } = wanted;
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) return { did: 'bad-name' };
  if (m.world.hosts[name]) return { did: 'name-taken' };
  if (bare && kind !== 'linux') return { did: 'not-bare' };
  const memory = wanted.memory ?? (kind === 'linux' ? 2 * gib : 16 * gib);
  const cpus = wanted.cpus ?? (kind === 'linux' ? 2 : 8);
  if (memory < leastMemory) return { did: 'too-small' };
  joinLan(m);
  const address = freeAddress(m);
  if (address === undefined) return { did: 'network-full' };
  const size = { memory, cpus, ...(wanted.disk === undefined ? {} : { capacity: wanted.disk }) };
  const host =
    kind === 'linux'
      ? linuxHost(m, name, address, size, bare, programs)
      : addDesktop(m, name, kind, address, size, programs);
  if (kind === 'linux') exchangeKeys(m, host, name, address);
  step(m, 'drydock', 'host-new', {
    name,
    kind,
    address,
    release: `${host.kernel.sysname ?? 'Linux'} ${host.kernel.release}`,
    memory,
    cpus,
    docker: !bare,
  });
  return { did: 'made', address, kind };
}

/** Memory, processors and disk of a computer. */
export type Size = Pick<Computer, 'memory' | 'cpus' | 'capacity'>;

function linuxHost(
  m: Machine,
  name: string,
  address: string,
  size: Size,
  bare: boolean,
  programs: { readonly [path: string]: string },
): Machine {
  const installed = Object.fromEntries(
    Object.entries({ ...programs, ...serverPrograms }).filter(([path]) => !bare || !ofDocker.test(path)),
  );
  const computer: Computer = {
    hostname: name,
    release: laptop.release,
    version: laptop.version,
    ...size,
    root: laptopRoot(installed, m.world.now, name),
    card: { name: laptop.card.name, mac: macOf(address), cidr: `${address}/24`, gateway: lanGateway },
  };
  addHost(m, name, computer, m.world.now);
  const host = m.peer(name);
  bootKernel(host, computer);
  const made: Made = { kind: 'linux', user: learner.name };
  Object.assign(host.host, { made });
  joinLan(host);
  if (bare) withoutDocker(host);
  else startEngine(host);
  const files = fileCalls(host, 1);
  files.chmod('/usr/bin/newgrp', 0o4755);
  for (const folder of ['/etc/apt', '/etc/apt/sources.list.d', '/etc/docker']) {
    if (!bare || folder !== '/etc/docker') files.mkdir(folder, 0o755);
  }
  putFile(host, '/etc/apt/sources.list.d/ubuntu.sources', ubuntuSources);
  startSshd(host);
  return host;
}

/** What a computer on a network has besides: its sshd, and the client. */
const serverPrograms = {
  '/usr/sbin/sshd': 'sshd',
  '/usr/bin/ssh': 'ssh',
  '/usr/bin/systemctl': 'systemctl',
  '/usr/bin/journalctl': 'journalctl',
  '/usr/bin/newgrp': 'newgrp',
  '/usr/lib/command-not-found': 'command-not-found',
  '/usr/bin/apt-get': 'apt-get',
  '/usr/bin/apt': 'apt',
  '/usr/bin/apt-cache': 'apt-cache',
  '/usr/bin/dpkg': 'dpkg',
  '/usr/bin/apt-extracttemplates': 'apt-extracttemplates',
} as const;

const ubuntuSources = `Types: deb
URIs: http://archive.ubuntu.com/ubuntu/
Suites: noble noble-updates noble-backports
Components: main restricted universe multiverse
Signed-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg
`;

const ofDocker = /^\/usr\/bin\/(?:docker|containerd)/;

/** A Linux that never had Docker has no group, no folder of it. */
function withoutDocker(host: Machine): void {
  const files = fileCalls(host, 1);
  const group = files.readFile('/etc/group');
  if (!isErrno(group)) files.writeFile('/etc/group', group.bytes.replace(/^docker:.*\n/m, ''));
  files.rmdir('/var/lib/docker');
}

function startSshd(host: Machine): void {
  const pid = cloneProcess(host, 1, { program: 'sshd', pgid: 0, fds: {}, cgroup: '/system.slice/ssh.service' });
  if (isErrno(pid)) return;
  Object.assign(ownProcess(host, pid), { sid: pid, path: '/usr/sbin/sshd', argv: sshdWords, service: sshService });
  makeReady(host, pid, { on: 'start' });
}

/** The learner of each computer may log in on each other Linux, and knows it by name and address. */
function exchangeKeys(m: Machine, host: Machine, name: string, address: string): void {
  giveTools(m);
  for (const id of Object.keys(m.world.hosts)) {
    const place = addressOf(m, id);
    if (id === host.hostId || place === undefined) continue;
    const other = m.peer(id);
    const user = other.host.made?.user ?? learner.name;
    trust(other, user, host, learner.name, [name, address]);
    if (runsSshd(other)) trust(host, learner.name, other, user, [id, place]);
  }
}

function runsSshd(m: Machine): boolean {
  return Object.values(m.kernel.processes).some(({ program }) => program === 'sshd');
}

/** The first computer of an older session has no ssh yet. */
function giveTools(m: Machine): void {
  const files = fileCalls(m, 1);
  for (const [path, program] of Object.entries(serverPrograms)) {
    if (path === '/usr/sbin/sshd' || !isErrno(files.stat(path))) continue;
    files.writeFile(path, executableStub(program), { mode: 0o755 });
    files.chmod(path, program === 'newgrp' ? 0o4755 : 0o755);
  }
}
