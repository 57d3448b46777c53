import type { NamespaceKind } from '../../kernel/state.ts';

/** Namespaces in the order in which nsenter joins them, with the letter and the long option of unshare and nsenter. */
export const kindOptions: readonly (readonly [kind: NamespaceKind, letter: string, long: string])[] = [
  ['user', 'U', 'user'],
  ['cgroup', 'C', 'cgroup'],
  ['ipc', 'i', 'ipc'],
  ['uts', 'u', 'uts'],
  ['net', 'n', 'net'],
  ['pid', 'p', 'pid'],
  ['mnt', 'm', 'mount'],
];

/** Their flags for unshare(2) (linux/sched.h). */
export const cloneFlags: { readonly [kind in NamespaceKind]: number } = {
  mnt: 0x20000,
  cgroup: 0x2000000,
  uts: 0x4000000,
  ipc: 0x8000000,
  user: 0x10000000,
  pid: 0x20000000,
  net: 0x40000000,
};
