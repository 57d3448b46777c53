import { isErrno, strerror } from '../../../kernel/errno.ts';
import type { Next, Sys } from '../../../kernel/program.ts';
import { pathCandidates } from '../../busybox/execute.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import type { Bundle, SpecMount } from './bundle.ts';

/** What `runc init` is: the process that becomes the container's first one. */
export type InitState = { readonly bundle: Bundle; readonly fifo: number };

/** Isolates the calling process as the bundle says, but for its PID namespace, in which it is born. An error text, or undefined. */
export function isolate(sys: Sys, bundle: Bundle): string | undefined {
  const group = `/sys/fs/cgroup${bundle.cgroup}`;
  makeDirectories(sys, group);
  for (const [file, value] of bundle.limits) {
    const failed = sys.fs.writeFile(`${group}/${file}`, value);
    if (failed) return `openat2 ${group}/${file}: ${strerror(failed).toLowerCase()}`;
  }
  const joined = sys.fs.writeFile(`${group}/cgroup.procs`, '0');
  if (joined) return `failed to write to cgroup.procs: ${strerror(joined).toLowerCase()}`;
  for (const { kind, path } of bundle.joins) {
    if (kind === 'pid') continue;
    const failed = sys.isolation.setns(path, kind);
    if (failed) return `lstat ${path}: ${strerror(failed).toLowerCase()}`;
  }
  const own = bundle.namespaces.filter((kind) => kind !== 'pid');
  const split = sys.isolation.unshare(own);
  if (split) return `failed to unshare namespaces: ${strerror(split)}`;
  if (own.includes('net')) sys.net.links.setUp('lo', true);
  if (bundle.hostname !== '' && own.includes('uts')) sys.sethostname(bundle.hostname);
  return own.includes('mnt') ? makeRoot(sys, bundle) : undefined;
}

function makeRoot(sys: Sys, bundle: Bundle): string | undefined {
  const { rootfs } = bundle;
  sys.isolation.mount({ source: rootfs, target: rootfs, bind: true, recursive: true });
  for (const mount of bundle.mounts) {
    const wrong = mountOne(sys, bundle, mount);
    if (wrong !== undefined)
      return `error mounting ${JSON.stringify(mount.source)} to rootfs at ${JSON.stringify(mount.destination)}: ${wrong}`;
  }
  if (bundle.mounts.some(({ destination, type }) => destination === '/dev' && type !== 'bind'))
    makeDevices(sys, `${rootfs}/dev`);
  const moved = sys.isolation.replaceRoot(rootfs);
  if (moved) return `pivot_root .: ${strerror(moved).toLowerCase()}`;
  sys.chdir('/');
  for (const path of bundle.readonlyPaths) {
    if (isErrno(sys.fs.stat(path))) continue;
    sys.isolation.mount({ source: path, target: path, bind: true, recursive: true, readonly: true });
  }
  for (const path of bundle.masked) {
    const stat = sys.fs.stat(path);
    if (isErrno(stat)) continue;
    if (stat.type === 'dir') sys.isolation.mount({ source: 'tmpfs', target: path, type: 'tmpfs', readonly: true });
    else sys.isolation.mount({ source: '/dev/null', target: path, bind: true });
  }
  if (bundle.readonly) sys.isolation.mount({ source: '', target: '/', remount: true, bind: true, readonly: true });
  return undefined;
}

function mountOne(
  sys: Sys,
  { rootfs, folder }: Bundle,
  { destination, type, source, options }: SpecMount,
): string | undefined {
  const target = `${rootfs}${destination}`;
  const bind = options.includes('bind') || options.includes('rbind') || type === 'bind';
  const readonly = options.includes('ro');
  const from = bind && !source.startsWith('/') ? `${folder}/${source}` : source;
  const stat = bind ? sys.fs.stat(from) : undefined;
  if (stat !== undefined && isErrno(stat)) return `stat ${from}: ${strerror(stat).toLowerCase()}`;
  if (isErrno(sys.fs.stat(target))) {
    if (stat !== undefined && stat.type !== 'dir') {
      makeDirectories(sys, target.slice(0, target.lastIndexOf('/')));
      sys.fs.writeFile(target, '', { mode: 0o755 });
    } else makeDirectories(sys, target);
  }
  const words = options.filter((word) => !/^(?:r?bind|ro|rw|newinstance|r?private|r?slave|r?shared)$/.test(word));
  const failed = sys.isolation.mount({
    source: from,
    target,
    type: type === 'cgroup' ? 'cgroup2' : type,
    bind,
    recursive: options.includes('rbind'),
    readonly,
    options: words.join(','),
  });
  return failed && strerror(failed).toLowerCase();
}

/** The devices that every container has (runtime-spec, config-linux.md, "Default Devices"). */
function makeDevices(sys: Sys, dev: string): void {
  const mask = sys.umask(0);
  const devices = { null: [1, 3], zero: [1, 5], full: [1, 7], random: [1, 8], urandom: [1, 9], tty: [5, 0] } as const;
  for (const [name, [major, minor]] of Object.entries(devices))
    sys.fs.mknod(`${dev}/${name}`, 'char', major, minor, 0o666);
  const links = {
    fd: '/proc/self/fd',
    stdin: '/proc/self/fd/0',
    stdout: '/proc/self/fd/1',
    stderr: '/proc/self/fd/2',
    core: '/proc/kcore',
    ptmx: 'pts/ptmx',
  };
  for (const [name, to] of Object.entries(links)) sys.fs.symlink(to, `${dev}/${name}`);
  sys.umask(mask);
}

/** The program's file as runc finds it, or why there is none. */
export function findProgram(sys: Sys, args: readonly string[], env: Bundle['env']): { readonly path: string } | string {
  const [name = ''] = args;
  const refuse = (why: string) =>
    `unable to start container process: error during container init: exec: ${JSON.stringify(name)}: ${why}`;
  for (const path of pathCandidates(name, env)) {
    const stat = sys.fs.stat(path);
    if (isErrno(stat)) continue;
    if (stat.type === 'dir') return refuse('is a directory: permission denied');
    return sys.fs.access(path, 1) ? refuse('permission denied') : { path };
  }
  return refuse(name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH');
}

/** Gives up what config.json does not grant, and becomes the program; or why that failed. */
export function becomeProgram(sys: Sys, bundle: Bundle, args: readonly string[], cwd: string): Next<never> | string {
  const [soft, hard] = bundle.nofile;
  if (soft !== undefined && hard !== undefined) sys.limit('nofile', [soft, hard]);
  const found = findProgram(sys, args, bundle.env);
  if (typeof found === 'string') return found;
  const gone = sys.chdir(cwd);
  if (gone)
    return `unable to start container process: error during container init: chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: ${strerror(gone).toLowerCase()}`;
  const { uid, gid, groups } = bundle;
  if (uid !== 0) sys.setuid(uid, gid, [gid, ...groups]);
  else if (gid !== sys.gid || groups.length > 0) sys.setuid(uid, gid, [gid, ...groups]);
  sys.isolation.keepCapabilities(bundle.caps, bundle.noNewPrivileges);
  const done = sys.exec({ path: found.path, argv: args, env: bundle.env });
  return isErrno(done)
    ? `unable to start container process: error during container init: exec ${found.path}: ${strerror(done).toLowerCase()}`
    : done;
}
