import type { NamespaceKind } from '../state.ts';

/** The steps of calls that change how much of the machine a process sees. */
export interface IsolationActions {
  /** `leaves`: it was in another root directory and is back at the machine's. */
  chroot: { readonly pid: number; readonly path: string; readonly leaves: boolean };
  /** unshare(2), or setns(2) when `joined`. `shared`: the kinds of namespaces that it still has in common with process 1. */
  isolate: {
    readonly pid: number;
    readonly kinds: readonly NamespaceKind[];
    readonly shared: readonly NamespaceKind[];
    readonly joined: boolean;
  };
  /** pivot_root(2): the old root is at `old` of the new one until it is unmounted. */
  pivot: { readonly pid: number; readonly old: string };
  /** mount(2) by a program; `layers`: directories of an overlay, `bind`: another view of something. */
  mounted: {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly readonly: boolean;
    readonly layers?: number;
  };
  /** A limit of a control group was written by hand: the file, and what it says now. */
  'cgroup-limit': { readonly path: string; readonly file: string; readonly value: string };
  /** A process was moved to a control group by a write to cgroup.procs. */
  'cgroup-join': { readonly pid: number; readonly path: string };
  /** The kernel killed a process because its control group had no memory left. */
  'oom-kill': { readonly pid: number; readonly path: string; readonly memoryMax: number };
  /** A virtual network device was made; a veth has another end. */
  'link-add': { readonly kind: string; readonly name: string; readonly peer?: string };
  /** A network device was moved to another network namespace. */
  'link-move': { readonly name: string; readonly from: string; readonly to: string };
}
