import type { IsolationActions } from './isolation/actions.ts';
import type { Id, Us } from './json.ts';

/**
 * What happened, as it happened: emitted where the model acts, never made up for a text. `Actions` maps each action to
 * its data; every room that acts declares its own map (KernelActions, EngineActions, …) and src/explain has a sentence for each.
 */
export interface Step<A extends string = string, D = unknown> {
  readonly at: Us;
  /** Who did it, as named in the field: `docker`, `dockerd`, `containerd`, `shim`, `runc`, `kernel`, … */
  readonly actor: string;
  readonly action: A;
  readonly data: D;
  /** The run on whose behalf. */
  readonly run?: Id;
}

/** The steps that the kernel itself emits. */
export interface KernelActions extends IsolationActions {
  mount: { readonly type: string; readonly target: string; readonly source: string; readonly readonly: boolean };
  umount: { readonly target: string };
  clone: { readonly pid: number; readonly parent: number };
  unshare: { readonly pid: number; readonly kinds: readonly string[] };
  pivot_root: { readonly pid: number };
  sethostname: { readonly name: string };
  cgroup: {
    readonly path: string;
    readonly memoryMax?: number;
    readonly pidsMax?: number;
    readonly cpuMax?: readonly [number, number];
  };
  execve: {
    readonly path: string;
    readonly argv: readonly string[];
    readonly pid: number;
    readonly inside: number;
    readonly release: string;
    /** In a virtual machine. */
    readonly guest?: true;
  };
  exit: { readonly pid: number; readonly inside: number; readonly code: number; readonly signal?: string };
  signal: {
    readonly pid: number;
    readonly inside: number;
    readonly signal: string;
    readonly effect: 'terminates' | 'caught' | 'ignored' | 'ignored-by-pid-1' | 'stops' | 'continues';
  };
  reparent: { readonly pid: number; readonly to: number };
  'copy-up': { readonly path: string; readonly bytes: number };
  veth: {
    readonly name: string;
    readonly peer: string;
    readonly address: string;
    readonly gateway: string;
    readonly bridge: string;
  };
  budget: { readonly ops: number };
}
