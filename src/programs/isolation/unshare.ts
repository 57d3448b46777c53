import { isErrno } from '../../kernel/errno.ts';
import type { Exec, Next, Sys, Wake } from '../../kernel/program.ts';
import type { Flavour, StartIo } from '../makers/io.ts';
import { parseOptions } from '../options.ts';
import { become, fail, failWith, toolIo, waitFor } from './io.ts';
import { cloneFlags, kindOptions } from './kinds.ts';

const line = {
  usage: '[options] [<program> [<argument>...]]',
  short: '+muinpUCTfrcR:w:S:G:',
  long: [
    'mount::',
    'uts::',
    'ipc::',
    'net::',
    'pid::',
    'user::',
    'cgroup::',
    'time::',
    'fork=f',
    'mount-proc::',
    'map-root-user=r',
    'map-current-user=c',
    'map-user:',
    'map-group:',
    'map-users:',
    'map-groups:',
    'map-auto',
    'kill-child::',
    'propagation:',
    'setgroups:',
    'root:=R',
    'wd:=w',
    'setuid:=S',
    'setgid:=G',
    'keep-caps',
    'boottime:',
    'monotonic:',
  ],
};

/** What is still to be done once the namespaces are there; after a fork, by the child. */
interface Rest {
  readonly [key: string]: string | readonly string[] | number | boolean;
  readonly proc: string;
  readonly uid: number;
  readonly gid: number;
  readonly outerUid: number;
  readonly outerGid: number;
  readonly root: string;
  readonly wd: string;
  readonly setuid: number;
  readonly setgid: number;
  readonly kill: boolean;
  readonly words: readonly string[];
}

/** The child that was forked, or what it has to do. */
export type UnshareState =
  | { readonly child: number }
  | { readonly rest: Rest; readonly env: Exec['env']; readonly flavour: Flavour };

/** `unshare`: a program in namespaces of its own, worded as util-linux does. */
export function unshare(exec: Exec, sys: Sys, flavour: Flavour): Next<UnshareState> {
  const io = toolIo('unshare', exec, sys, flavour);
  const options = parseOptions(io, line);
  if (typeof options === 'number') return { exit: options };
  for (const name of ['T', 'time', 'map-users', 'map-groups', 'map-auto', 'keep-caps', 'boottime', 'monotonic'])
    if (options.has(name)) return fail(io, `unshare: the option ${name === 'T' ? '-T' : `--${name}`} is not simulated`);
  for (const [, , long] of kindOptions)
    if (options.value(long) !== undefined) return fail(io, `unshare: --${long}=FILE is not simulated`);
  if ((options.value('propagation') ?? 'private') !== 'private')
    return fail(io, `unshare: --propagation ${options.value('propagation')} is not simulated`);
  const map = ids(io, options);
  if ('exit' in map) return map;
  if (map.gid >= 0 && options.value('setgroups') === 'allow')
    return fail(io, 'unshare: options --setgroups=allow and --map-group are mutually exclusive');
  const proc = options.has('mount-proc') ? (options.value('mount-proc') ?? '/proc') : '';
  const wanted = kindOptions.filter(
    ([kind, letter, long]) =>
      options.has(letter) ||
      options.has(long) ||
      (kind === 'user' && (map.uid >= 0 || map.gid >= 0)) ||
      (kind === 'mnt' && proc !== ''),
  );
  const rest: Rest = {
    proc,
    ...map,
    outerUid: sys.uid,
    outerGid: sys.gid,
    root: options.value('R') ?? '',
    wd: options.value('w') ?? '',
    setuid: Number(options.value('S') ?? -1),
    setgid: Number(options.value('G') ?? -1),
    kill: options.has('kill-child'),
    words: options.operands,
  };
  const failed = sys.isolation.unshare(wanted.map(([kind]) => kind));
  const flags = wanted.reduce((all, [kind]) => all + cloneFlags[kind], 0).toString(16);
  if (failed) return failWith(io, flavour === 'busybox' ? `unshare(0x${flags})` : 'unshare failed', failed);
  if (!options.has('f') && !options.has('kill-child')) return goOn(io, rest);
  const child = sys.fork({ rest, env: exec.env, flavour });
  if (isErrno(child)) return failWith(io, 'fork failed', child);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) sys.onSignal(signal, 'ignore');
  return waitFor(sys, child, { child });
}

/** Goes on: in the child, or in the parent that waits for it. */
export function stepUnshare(state: UnshareState, _wake: Wake, sys: Sys): Next<UnshareState> {
  if ('child' in state) return waitFor(sys, state.child, state);
  const io = toolIo('unshare', { path: '', argv: [], env: state.env }, sys, state.flavour);
  return goOn(io, state.rest);
}

function ids(io: StartIo, options: Exclude<ReturnType<typeof parseOptions>, number>) {
  const { sys } = io;
  const number = (name: string, own: number) => {
    const text = options.value(name);
    return text === undefined ? own : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const root = options.has('r');
  const same = options.has('c');
  const uid = number('map-user', root ? 0 : same ? sys.uid : -1);
  const gid = number('map-group', root ? 0 : same ? sys.gid : -1);
  if (Number.isNaN(uid)) return fail(io, `unshare: failed to parse uid: '${options.value('map-user')}'`);
  if (Number.isNaN(gid)) return fail(io, `unshare: failed to parse gid: '${options.value('map-group')}'`);
  return { uid, gid };
}

function goOn(io: StartIo, rest: Rest): Next<UnshareState> {
  const { sys } = io;
  if (rest.kill) sys.isolation.dieWithParent();
  if (rest.uid >= 0) {
    const failed = sys.fs.writeFile('/proc/self/uid_map', `${rest.uid} ${rest.outerUid} 1`);
    if (failed) return failWith(io, 'write failed /proc/self/uid_map', failed);
  }
  if (rest.gid >= 0) {
    sys.fs.writeFile('/proc/self/setgroups', 'deny');
    const failed = sys.fs.writeFile('/proc/self/gid_map', `${rest.gid} ${rest.outerGid} 1`);
    if (failed) return failWith(io, 'write failed /proc/self/gid_map', failed);
  }
  if (rest.root !== '') {
    const failed = sys.isolation.chroot(rest.root);
    if (failed) return failWith(io, `cannot change root directory to '${rest.root}'`, failed);
    sys.chdir('/');
  }
  if (rest.wd !== '') {
    const failed = sys.chdir(rest.wd);
    if (failed) return failWith(io, `cannot chdir to '${rest.wd}'`, failed);
  }
  if (rest.proc !== '') {
    const options = 'nosuid,nodev,noexec';
    const failed = sys.isolation.mount({ source: 'proc', target: rest.proc, type: 'proc', options });
    if (failed) return failWith(io, `mount ${rest.proc} failed`, failed);
  }
  if (rest.setuid >= 0 || rest.setgid >= 0) {
    const gid = rest.setgid >= 0 ? rest.setgid : sys.gid;
    const failed = sys.setuid(rest.setuid >= 0 ? rest.setuid : sys.uid, gid, [gid]);
    if (failed) return failWith(io, 'setuid failed', failed);
  }
  return become(io, rest.words);
}
