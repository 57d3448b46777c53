import type { Action, KnownStep } from './actions.ts';

/** The field's words that the full explanation glosses when they come up. */
export type TermKey =
  | 'daemon'
  | 'overlay'
  | 'mount'
  | 'shim'
  | 'runc'
  | 'process'
  | 'namespace'
  | 'cgroup'
  | 'pivot-root'
  | 'capability'
  | 'pid-1'
  | 'copy-on-write'
  | 'bridge'
  | 'nat'
  | 'signal'
  | 'exit-status'
  | 'log-driver';

/** Which word an action brings up. */
const termOf: { readonly [A in Action]?: TermKey } = {
  request: 'daemon',
  mount: 'mount',
  'create-layer': 'overlay',
  'start-shim': 'shim',
  'runc-create': 'runc',
  clone: 'process',
  unshare: 'namespace',
  isolate: 'namespace',
  pivot: 'pivot-root',
  'cgroup-limit': 'cgroup',
  'cgroup-join': 'cgroup',
  'link-add': 'bridge',
  mounted: 'mount',
  'runc-init': 'namespace',
  cgroup: 'cgroup',
  pivot_root: 'pivot-root',
  'drop-privileges': 'capability',
  'copy-up': 'copy-on-write',
  veth: 'bridge',
  'network-create': 'bridge',
  nat: 'nat',
  execve: 'pid-1',
  'stop-signal': 'signal',
  kill: 'signal',
  signal: 'signal',
  'container-exit': 'exit-status',
  'exec-join': 'namespace',
  'read-log': 'log-driver',
};

/** Which word a step brings up; undefined for none. */
export function termFor(step: KnownStep): TermKey | undefined {
  // the client and other programs of the host are executed too: only the first program of a container is a PID 1 to tell of
  if (step.action === 'execve' && (step.data.inside !== 1 || step.data.pid === 1)) return undefined;
  return termOf[step.action];
}
