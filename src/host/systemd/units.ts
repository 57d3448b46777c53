import { isErrno } from '../../kernel/errno.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engineService } from '../remote/names.ts';
import { systemOfHost } from './system.ts';

/** A service unit, as its file describes it. */
export interface Unit {
  readonly name: string;
  readonly description: string;
  readonly docs: readonly string[];
  /** What ExecStart runs; the unit is there when this file is. */
  readonly path: string;
  readonly argv: readonly string[];
  /** `User=`; root without. */
  readonly user?: string;
  /** The target that pulls it in at boot: `early` with sysinit.target, `late` with multi-user.target. */
  readonly wanted: 'early' | 'late';
  /** What started it: an [Install] section (`enabled`), a generator, or other units alone. */
  readonly file: 'enabled' | 'enabled-runtime' | 'static';
  /** Sockets that start it as well. */
  readonly sockets?: readonly string[];
  /** `Restart=always`: it comes back when its process ends. */
  readonly restart?: true;
  /** A slice of its own below system.slice, as instances of a template have. */
  readonly slice?: string;
  /** The package whose installation starts it (Debian's policy). */
  readonly package?: string;
  /** Resident memory, bytes: typical values; absent: what its program has. */
  readonly resident?: number;
  /** Its process is started by somebody else: the engine, or who makes the computer. */
  readonly foreign?: true;
}

const mib = 1_048_576;
const gettyDocs = [
  'man:agetty(8)',
  'man:systemd-getty-generator(8)',
  'https://0pointer.de/blog/projects/serial-console.html',
];

/** What Debian 12 (systemd 252) and its packages have in their unit files. */
const units: readonly Unit[] = [
  {
    name: 'systemd-journald.service',
    description: 'Journal Service',
    docs: ['man:systemd-journald.service(8)', 'man:journald.conf(5)'],
    path: '/lib/systemd/systemd-journald',
    argv: ['/lib/systemd/systemd-journald'],
    wanted: 'early',
    file: 'static',
    sockets: ['systemd-journald-dev-log.socket', 'systemd-journald.socket'],
    restart: true,
    resident: 14 * mib,
  },
  {
    name: 'systemd-udevd.service',
    description: 'Rule-based Manager for Device Events and Files',
    docs: ['man:systemd-udevd.service(8)', 'man:udev(7)'],
    path: '/lib/systemd/systemd-udevd',
    argv: ['/lib/systemd/systemd-udevd'],
    wanted: 'early',
    file: 'static',
    sockets: ['systemd-udevd-control.socket', 'systemd-udevd-kernel.socket'],
    restart: true,
    resident: 7 * mib,
  },
  {
    name: 'systemd-timesyncd.service',
    description: 'Network Time Synchronization',
    docs: ['man:systemd-timesyncd.service(8)'],
    path: '/lib/systemd/systemd-timesyncd',
    argv: ['/lib/systemd/systemd-timesyncd'],
    user: 'systemd-timesync',
    wanted: 'early',
    file: 'enabled',
    restart: true,
    resident: 7 * mib,
  },
  {
    name: 'dbus.service',
    description: 'D-Bus System Message Bus',
    docs: ['man:dbus-daemon(1)'],
    path: '/usr/bin/dbus-daemon',
    argv: [
      '/usr/bin/dbus-daemon',
      '--system',
      '--address=systemd:',
      '--nofork',
      '--nopidfile',
      '--systemd-activation',
      '--syslog-only',
    ],
    user: 'messagebus',
    wanted: 'late',
    file: 'static',
    sockets: ['dbus.socket'],
    resident: 5 * mib,
  },
  {
    name: 'systemd-logind.service',
    description: 'User Login Management',
    docs: ['man:sd-login(3)', 'man:systemd-logind.service(8)', 'man:logind.conf(5)', 'man:org.freedesktop.login1(5)'],
    path: '/lib/systemd/systemd-logind',
    argv: ['/lib/systemd/systemd-logind'],
    wanted: 'late',
    file: 'static',
    restart: true,
    resident: 8 * mib,
  },
  {
    name: 'getty@tty1.service',
    description: 'Getty on tty1',
    docs: gettyDocs,
    path: '/sbin/agetty',
    argv: ['/sbin/agetty', '-o', '-p -- \\u', '--noclear', '-', 'linux'],
    wanted: 'late',
    file: 'enabled',
    restart: true,
    slice: 'system-getty.slice',
    resident: 2 * mib,
  },
  {
    name: 'serial-getty@ttyS0.service',
    description: 'Serial Getty on ttyS0',
    docs: gettyDocs,
    path: '/sbin/agetty',
    argv: ['/sbin/agetty', '-o', '-p -- \\u', '--keep-baud', '115200,57600,38400,9600', '-', 'vt220'],
    wanted: 'late',
    file: 'enabled-runtime',
    restart: true,
    slice: 'system-serial\\x2dgetty.slice',
    resident: 2 * mib,
  },
  {
    name: 'ssh.service',
    description: 'OpenBSD Secure Shell server',
    docs: ['man:sshd(8)', 'man:sshd_config(5)'],
    path: '/usr/sbin/sshd',
    argv: ['/usr/sbin/sshd', '-D'],
    wanted: 'late',
    file: 'enabled',
    foreign: true,
  },
  {
    name: 'containerd.service',
    description: 'containerd container runtime',
    docs: ['https://containerd.io'],
    path: '/usr/bin/containerd',
    argv: ['/usr/bin/containerd'],
    wanted: 'late',
    file: 'enabled',
    foreign: true,
  },
  {
    name: 'docker.service',
    description: 'Docker Application Container Engine',
    docs: ['https://docs.docker.com'],
    path: '/usr/bin/dockerd',
    argv: ['/usr/bin/dockerd'],
    wanted: 'late',
    file: 'enabled',
    sockets: ['docker.socket'],
    foreign: true,
  },
  {
    name: 'nginx.service',
    description: 'A high performance web server and a reverse proxy server',
    docs: ['man:nginx(8)'],
    path: '/usr/sbin/nginx',
    argv: ['/usr/sbin/nginx', '-g', 'daemon off;'],
    wanted: 'late',
    file: 'enabled',
    package: 'nginx',
  },
  {
    name: 'redis-server.service',
    description: 'Advanced key-value store',
    docs: ['http://redis.io/documentation', 'man:redis-server(1)'],
    path: '/usr/bin/redis-server',
    argv: ['/usr/bin/redis-server', '/etc/redis/redis.conf'],
    user: 'redis',
    wanted: 'late',
    file: 'enabled',
    restart: true,
    package: 'redis-server',
  },
];

/** The targets that a system has reached when it can be logged in to, as its console names them. */
export const targets: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'basic.target', description: 'Basic System' },
  { name: 'getty.target', description: 'Login Prompts' },
  { name: 'local-fs.target', description: 'Local File Systems' },
  { name: 'multi-user.target', description: 'Multi-User System' },
  { name: 'sysinit.target', description: 'System Initialization' },
];

/** The unit of this name, with or without `.service`, when its program is installed on the host. */
export function unitOf(m: Machine, name: string): Unit | undefined {
  const unit = units.find((each) => each.name === name || each.name === `${name}.service`);
  return unit && isThere(m, unit) ? unit : undefined;
}

/** All units that are installed. */
export function unitsOf(m: Machine): readonly Unit[] {
  return units.filter((unit) => isThere(m, unit));
}

function isThere(m: Machine, unit: Unit): boolean {
  if (unit.path.endsWith('/dockerd') || unit.path.endsWith('/containerd')) {
    return m.host.services[engineService] !== undefined;
  }
  return !isErrno(fileCalls(m, 1).stat(unit.path));
}

/** Where its file is: since systemd 255 Debian and Ubuntu have them below /usr. A template's file is that of all its instances. */
export function unitFile(m: Machine, { name }: Unit): string {
  const folder = systemOfHost(m).version >= 255 ? '/usr/lib/systemd/system' : '/lib/systemd/system';
  return `${folder}/${name.replace(/@.*\./, '@.')}`;
}

/** The cgroup of its processes. */
export function cgroupOf({ name, slice }: Unit): string {
  return slice === undefined ? `/system.slice/${name}` : `/system.slice/${slice}/${name}`;
}

/** The main process of a unit, while it runs. */
export function mainProcess(m: Machine, unit: Unit): number | undefined {
  const engine = m.host.services[engineService] as
    | { readonly daemon?: number; readonly containerd?: number }
    | undefined;
  if (unit.name === 'docker.service' || unit.name === 'containerd.service') {
    const pid = (unit.name === 'docker.service' ? engine?.daemon : engine?.containerd) ?? 0;
    const process = m.kernel.processes[pid];
    return process && !('zombie' in process.status) ? pid : undefined;
  }
  const cgroup = cgroupOf(unit);
  return Object.values(m.kernel.processes).find(
    (process) => process.cgroup === cgroup && process.parent === 1 && !('zombie' in process.status),
  )?.pid;
}
