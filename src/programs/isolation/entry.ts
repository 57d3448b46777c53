import type { Json } from '../../kernel/json.ts';
import type { Exec, Next, Sys, Wake } from '../../kernel/program.ts';
import { sudo } from '../busybox/users/sudo.ts';
import type { StartIo } from '../makers/io.ts';
import { busyboxMount, busyboxPivotRoot, busyboxUmount } from './busybox-mount.ts';
import { chroot } from './chroot.ts';
import { findmnt } from './findmnt.ts';
import { fail, toolIo } from './io.ts';
import { changeNetwork as changeWith } from './ip-change.ts';
import { lsns } from './lsns.ts';
import { type AttachState, lxcAttach, stepLxcAttach } from './lxc/attach.ts';
import { lxcDestroy, lxcFreeze, lxcStop, type StopState, stepLxcStop } from './lxc/control.ts';
import { lxcCreate } from './lxc/create.ts';
import { getty, type InitdState, initd, stepInitd, stepSyslogd, syslogd, udhcpc } from './lxc/init.ts';
import { lxcInfo, lxcLs } from './lxc/look.ts';
import { lxcStart, type StartState, stepLxcStart } from './lxc/start.ts';
import { mount } from './mount.ts';
import { mountpoint } from './mountpoint.ts';
import { joinNetns, netns } from './netns.ts';
import { namedNamespaces } from './netns-files.ts';
import { type NsenterState, nsenter, stepNsenter } from './nsenter.ts';
import { pivotRoot } from './pivot-root.ts';
import { type RuncState, runc, stepRunc } from './runc/runc.ts';
import { setpriv } from './setpriv.ts';
import { umount } from './umount.ts';
import { stepUnshare, type UnshareState, unshare } from './unshare.ts';

type Start = (exec: Exec, sys: Sys) => Next<Json>;

const programs: { readonly [name: string]: Start } = {
  chroot: (exec, sys) => chroot(exec, sys, 'coreutils'),
  unshare: (exec, sys) => unshare(exec, sys, 'coreutils'),
  nsenter: (exec, sys) => nsenter(exec, sys, 'coreutils'),
  lsns,
  mount,
  umount,
  findmnt,
  mountpoint: (exec, sys) => mountpoint(exec, sys, 'coreutils'),
  pivot_root: pivotRoot,
  setpriv,
  sudo: (exec, sys) => sudo({ name: 'sudo', flavour: 'coreutils' }).start(exec, sys),
  runc,
  'lxc-create': lxcCreate,
  'lxc-start': lxcStart,
  'lxc-ls': lxcLs,
  'lxc-info': lxcInfo,
  'lxc-attach': lxcAttach,
  'lxc-stop': lxcStop,
  'lxc-destroy': lxcDestroy,
  'lxc-freeze': (exec, sys) => lxcFreeze(exec, sys, true),
  'lxc-unfreeze': (exec, sys) => lxcFreeze(exec, sys, false),
  ctr: (exec, sys) =>
    fail(toolIo('ctr', exec, sys), 'ctr: containerd’s own client is not simulated; try docker or runc'),
};

const busyboxPrograms: { readonly [name: string]: Start } = {
  chroot: (exec, sys) => chroot(exec, sys, 'busybox'),
  unshare: (exec, sys) => unshare(exec, sys, 'busybox'),
  nsenter: (exec, sys) => nsenter(exec, sys, 'busybox'),
  mount: busyboxMount,
  mountpoint: (exec, sys) => mountpoint(exec, sys, 'busybox'),
  umount: busyboxUmount,
  pivot_root: busyboxPivotRoot,
  init: initd,
  syslogd,
  getty,
  udhcpc,
};

/** Begins one of the tools: `isolation/NAME`, or `busybox/NAME` in busybox's words. */
export function startIsolation(name: string, exec: Exec, sys: Sys): Next<Json> {
  const short = name.slice(name.indexOf('/') + 1);
  const known = name.startsWith('busybox/') ? busyboxPrograms : programs;
  const start = Object.hasOwn(known, short) ? known[short] : undefined;
  return start?.(exec, sys) ?? fail(toolIo(short, exec, sys), `drydock: ${exec.path} is not simulated`, 126);
}

/** Goes on with one of them, which waits for a child, or is that child. */
export function stepIsolation(name: string, state: Json, wake: Wake, sys: Sys): Next<Json> {
  switch (name.slice(name.indexOf('/') + 1)) {
    case 'unshare':
      return stepUnshare(state as UnshareState, wake, sys);
    case 'init':
      return stepInitd(state as InitdState, wake, sys);
    case 'syslogd':
      return stepSyslogd({ background: true }, wake, sys);
    case 'sudo':
      return sudo({ name: 'sudo', flavour: 'coreutils' }).step(state, wake, sys);
    case 'getty':
      return { state: null, wait: {} };
    case 'lxc-start':
      return stepLxcStart(state as StartState, wake, sys);
    case 'lxc-stop':
      return stepLxcStop(state as StopState, sys);
    case 'lxc-attach':
      return stepLxcAttach(state as AttachState, sys);
    case 'runc':
      return stepRunc(state as RuncState, wake, sys);
    case 'nsenter':
      return stepNsenter(state as NsenterState, wake, sys);
    default:
      return { exit: 1 };
  }
}

/** `ip netns`, whose words begin at `at` of the command line. */
export function startNetns(exec: Exec, sys: Sys, at: number): Next<Json> {
  const all = exec.argv.slice(1, at).some((word) => /^--?a(?:ll)?$/.test(word));
  if (all) return fail(toolIo('ip', exec, sys), 'ip: the option -all is not simulated');
  return netns(exec, sys, exec.argv.slice(at + 1));
}

/** Joins the named network namespace, for `ip -n NAME`; what is wrong, or undefined. */
export function enterNetns(sys: Sys, name: string): string | undefined {
  return joinNetns(sys, name);
}

/** The names of network namespaces by their numbers. */
export function netnsNames(sys: Sys): ReadonlyMap<string, string> {
  return new Map(namedNamespaces(sys).map(({ name, id }) => [id, name]));
}

/** `ip address|link|route` with a verb that changes something; the exit status. */
export function changeNetwork(io: StartIo, object: string, words: readonly string[]): number {
  return changeWith(io, object, words);
}
