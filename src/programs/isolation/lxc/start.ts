import { allCapabilities } from '../../../kernel/capabilities.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../../kernel/program.ts';
import { makeDirectories } from '../../packages/unpack.ts';
import { fail, toolIo, waitFor } from '../io.ts';
import type { Bundle } from '../runc/bundle.ts';
import { becomeProgram, isolate } from '../runc/init.ts';
import { initOf, isDefined, log, lxcPath, monitorTitle, named, payload, setting } from './common.ts';

/** The monitor to be, the monitor with the container's first process as its child, and that process. */
export type StartState =
  | { readonly monitor: string; readonly foreground: boolean }
  | {
      readonly guards: string;
      readonly child: number;
      readonly ready: number;
      readonly go: number;
      readonly cable: string;
      readonly plugged: boolean;
    }
  | {
      readonly guest: string;
      readonly ready: number;
      readonly go: number;
    }
  | { readonly waits: number };

/** `lxc-start`: the container's init in namespaces of its own, watched by a monitor on the host. */
export function lxcStart(exec: Exec, sys: Sys): Next<StartState> {
  const io = toolIo('lxc-start', exec, sys);
  const call = named(io, {
    usage: '--name=NAME [-- COMMAND]',
    short: 'dFs:f:p:c:',
    long: ['daemon=d', 'foreground=F', 'define:=s'],
  });
  if ('exit' in call) return call;
  const { options, name } = call;
  for (const letter of ['s', 'f', 'p', 'c'])
    if (options.has(letter)) return fail(io, `lxc-start: the option -${letter} is not simulated`);
  if (!isDefined(sys, name)) return log(io, name, 'tools/lxc_start.c: main: 266', 'No container config specified');
  if (initOf(sys, name)) return log(io, name, 'tools/lxc_start.c: main: 256', 'Container is already running', 0);
  const bridge = setting(sys, name, 'lxc.net.0.type') === 'veth' ? setting(sys, name, 'lxc.net.0.link') : undefined;
  if (bridge === 'lxcbr0') serveNetwork(sys);
  const monitor: StartState = { monitor: name, foreground: options.has('F') };
  const pid = sys.fork(monitor);
  if (isErrno(pid)) return fail(io, 'lxc-start: fork failed');
  return options.has('F') ? { state: { waits: pid }, wait: { child: pid } } : { exit: 0 };
}

/** What the service lxc-net does: a bridge with an address, and a DHCP server on it. */
function serveNetwork(sys: Sys): void {
  const { links } = sys.net;
  if (sys.net.interfaces().some(({ name }) => name === 'lxcbr0')) return;
  links.add({ name: 'lxcbr0', kind: 'bridge' });
  links.addAddress('lxcbr0', '10.0.3.1/24', true);
  links.setUp('lxcbr0', true);
  links.serveDhcp('lxcbr0');
}

/** Goes on with each of them. */
export function stepLxcStart(state: StartState, wake: Wake, sys: Sys): Next<StartState> {
  if ('waits' in state) return waitFor(sys, state.waits, state);
  if ('monitor' in state) return beMonitor(state.monitor, sys);
  if ('guards' in state) return guard(state, sys);
  return beGuest(state, wake, sys);
}

function beMonitor(name: string, sys: Sys): Next<StartState> {
  sys.setsid();
  sys.setTitle(monitorTitle(name));
  makeDirectories(sys, `/sys/fs/cgroup/lxc.monitor.${name}`);
  sys.fs.writeFile(`/sys/fs/cgroup/lxc.monitor.${name}/cgroup.procs`, '0');
  const cable = plug(sys, name);
  const ready = sys.pipe();
  const go = sys.pipe();
  if (isErrno(ready) || isErrno(go)) return { exit: 1 };
  const split = sys.isolation.unshare(['pid']);
  if (split) return { exit: 1 };
  const child = sys.fork({ guest: name, ready: ready[1], go: go[0] });
  sys.close(ready[1]);
  sys.close(go[0]);
  if (isErrno(child)) return { exit: 1 };
  return {
    state: { guards: name, child, ready: ready[0], go: go[1], cable, plugged: false },
    wait: { readable: [ready[0]] },
  };
}

/** A virtual cable with one end in the bridge; the name of the other end, which is to go into the container. */
function plug(sys: Sys, name: string): string {
  const bridge = setting(sys, name, 'lxc.net.0.link');
  if (setting(sys, name, 'lxc.net.0.type') !== 'veth' || bridge === undefined) return '';
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  const random = () => Array.from({ length: 6 }, () => letters[sys.random() % letters.length]).join('');
  const [outer, inner] = [`veth${random()}`, `veth${random()}`];
  const { links } = sys.net;
  if (links.add({ name: outer, kind: 'veth', peer: inner })) return '';
  links.setMaster(outer, bridge);
  links.setUp(outer, true);
  return inner;
}

/** Connects the container's network once it has one, lets it go on, and waits for its end. */
function guard(state: Extract<StartState, { readonly guards: string }>, sys: Sys): Next<StartState> {
  if (!state.plugged) {
    const got = sys.read(state.ready, 1);
    if (got === 'again') return { state, wait: { readable: [state.ready] } };
    if (state.cable !== '') sys.net.links.move(state.cable, `/proc/${state.child}/ns/net`);
    sys.write(state.go, state.cable === '' ? '-' : `${state.cable}\n`);
    sys.close(state.go);
    sys.close(state.ready);
    return { state: { ...state, plugged: true }, wait: { child: state.child } };
  }
  const got = sys.reap(state.child);
  if (got === 'again') return { state, wait: { child: state.child } };
  sys.fs.writeFile('/sys/fs/cgroup/cgroup.procs', '0');
  for (const group of [payload(state.guards), `/lxc.monitor.${state.guards}`]) sys.fs.rmdir(`/sys/fs/cgroup${group}`);
  return { exit: isErrno(got) ? 1 : got.exit.code };
}

function beGuest(state: Extract<StartState, { readonly guest: string }>, wake: Wake, sys: Sys): Next<StartState> {
  const bundle = bundleOf(sys, state.guest);
  if (wake.on === 'forked') {
    if (isolate(sys, bundle) !== undefined) return { exit: 1 };
    sys.write(state.ready, '.');
    sys.close(state.ready);
  }
  const got = sys.read(state.go, 64);
  if (got === 'again') return { state, wait: { readable: [state.go] } };
  const cable = typeof got === 'object' && 'bytes' in got ? got.bytes.trim() : '-';
  if (cable !== '-') {
    sys.net.links.rename(cable, 'eth0');
    sys.net.links.setUp('eth0', true);
  }
  sys.close(state.go);
  sys.setsid();
  for (const fd of [0, 1, 2]) sys.close(fd);
  for (const fd of [0, 1, 2])
    if (sys.fs.open('/dev/null', { read: fd === 0, write: fd > 0 }) !== fd) return { exit: 1 };
  const next = becomeProgram(sys, bundle, ['/sbin/init'], '/');
  return typeof next === 'string' ? { exit: 1 } : next;
}

/** The configuration in the words of a bundle: the same isolation, with an init instead of one program. */
function bundleOf(sys: Sys, name: string): Bundle {
  const dropped = (setting(sys, name, 'lxc.cap.drop') ?? '').split(/\s+/).map((cap) => `CAP_${cap.toUpperCase()}`);
  const limits = ['memory.max', 'pids.max', 'cpu.max', 'memory.swap.max'].flatMap((file) => {
    const value = setting(sys, name, `lxc.cgroup2.${file}`);
    return value === undefined ? [] : [[file, value] as const];
  });
  const strict = ['nosuid', 'nodev', 'noexec'];
  return {
    folder: `${lxcPath}/${name}`,
    rootfs: (setting(sys, name, 'lxc.rootfs.path') ?? `${lxcPath}/${name}/rootfs`).replace(/^dir:/, ''),
    readonly: false,
    hostname: setting(sys, name, 'lxc.uts.name') ?? name,
    terminal: false,
    args: ['/sbin/init'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', container: 'lxc', TERM: 'linux' },
    cwd: '/',
    uid: 0,
    gid: 0,
    groups: [],
    caps: allCapabilities.filter((cap) => !dropped.includes(cap)),
    noNewPrivileges: false,
    nofile: [],
    mounts: [
      { destination: '/dev', type: 'tmpfs', source: 'none', options: ['size=492k', 'mode=755'] },
      { destination: '/proc', type: 'proc', source: 'proc', options: strict },
      { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['ro'] },
      { destination: '/sys/fs/cgroup', type: 'cgroup2', source: 'none', options: strict },
      { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [] },
      { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: [] },
      {
        destination: '/dev/pts',
        type: 'devpts',
        source: 'devpts',
        options: ['nosuid', 'noexec', 'gid=5', 'mode=620', 'ptmxmode=666', 'max=6'],
      },
    ],
    namespaces: ['mnt', 'uts', 'ipc', 'net', 'cgroup'],
    joins: [],
    cgroup: payload(name),
    limits,
    masked: [],
    readonlyPaths: ['/proc/sys'],
  };
}
