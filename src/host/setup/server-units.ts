import { isErrno } from '../../kernel/errno.ts';
import { abandonProcess, execProcess } from '../../kernel/exec.ts';
import { newFile, setFd } from '../../kernel/files.ts';
import { fileCalls } from '../../kernel/fs/sys-files.ts';
import type { Machine } from '../../kernel/machine.ts';
import { cloneProcess, endProcess, ownProcess } from '../../kernel/process.ts';
import { sendSignal } from '../../kernel/signal-delivery.ts';

/** A server that comes as a package and that systemd starts as soon as it is installed (Debian's policy). */
interface Server {
  readonly unit: string;
  readonly description: string;
  readonly docs: string;
  readonly program: string;
  readonly file: string;
  readonly path: string;
  readonly argv: readonly string[];
  /** The package that brings it. */
  readonly package: string;
}

const servers: readonly Server[] = [
  {
    unit: 'nginx.service',
    description: 'A high performance web server and a reverse proxy server',
    docs: 'man:nginx(8)',
    program: 'nginx',
    file: '/lib/systemd/system/nginx.service',
    path: '/usr/sbin/nginx',
    argv: ['/usr/sbin/nginx', '-g', 'daemon off;'],
    package: 'nginx',
  },
  {
    unit: 'redis-server.service',
    description: 'Advanced key-value store',
    docs: 'http://redis.io/documentation, man:redis-server(1)',
    program: 'redis-server',
    file: '/lib/systemd/system/redis-server.service',
    path: '/usr/bin/redis-server',
    argv: ['/usr/bin/redis-server', '127.0.0.1:6379'],
    package: 'redis-server',
  },
];

/** The servers' units, as systemctl shows them. */
export const serverUnits = servers.map(({ unit, description, docs, program, file }) => ({
  name: unit,
  description,
  docs,
  program,
  file,
}));

function serverOf(unit: string): Server | undefined {
  return servers.find((each) => each.unit === unit);
}

/** Is the server of this unit installed on the host? Undefined for a unit that is none of theirs. */
export function hasServer(m: Machine, unit: string): boolean | undefined {
  const server = serverOf(unit);
  return server && !isErrno(fileCalls(m, 1).stat(server.path));
}

function running(m: Machine, { program }: Server): number | undefined {
  return Object.values(m.kernel.processes).find((process) => process.program === program && process.parent === 1)?.pid;
}

/** Starts, stops, restarts or reloads a server. Undefined: the unit is none of theirs; false: it did not start. */
export function controlServer(
  m: Machine,
  unit: string,
  op: 'start' | 'stop' | 'restart' | 'reload',
): boolean | undefined {
  const server = serverOf(unit);
  if (!server) return undefined;
  const pid = running(m, server);
  if (op === 'reload') {
    if (pid !== undefined) sendSignal(m, pid, 'SIGHUP');
    return pid !== undefined;
  }
  if (op !== 'start') {
    const cgroup = `/system.slice/${unit}`;
    for (const process of Object.values(m.kernel.processes)) {
      if (process.cgroup === cgroup && !('zombie' in process.status)) {
        endProcess(m, process.pid, { code: 143, signal: 'SIGTERM' });
      }
    }
  }
  return op === 'stop' || (op === 'start' && pid !== undefined) ? true : begin(m, server);
}

function begin(m: Machine, server: Server): boolean {
  const pid = cloneProcess(m, 1, {
    program: 'run',
    pgid: 0,
    fds: {},
    cwd: '/',
    cgroup: `/system.slice/${server.unit}`,
  });
  if (isErrno(pid)) return false;
  ownProcess(m, pid).sid = pid;
  for (const fd of [0, 1, 2]) setFd(m, pid, fd, newFile(m, { kind: 'device', device: 'null' }));
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };
  const failed = execProcess(m, pid, { path: server.path, argv: server.argv, env });
  if (failed) abandonProcess(m, pid);
  return !failed;
}

/** The system has booted: the servers that are installed and not disabled start. */
export function startEnabled(m: Machine, disabled: readonly string[]): void {
  for (const { unit } of servers) {
    if (hasServer(m, unit) === true && !disabled.includes(unit)) controlServer(m, unit, 'start');
  }
}

/** Packages were configured on a host with systemd: the servers among them start. */
export function startInstalled(m: Machine, names: readonly string[]): void {
  for (const server of servers) if (names.includes(server.package)) controlServer(m, server.unit, 'start');
}
