import { type Action, type AnyStep, isKnown, type KnownStep } from '../../src/explain/actions.ts';
import { requestKind } from '../../src/explain/requests.ts';

/**
 * What a real engine did for `docker run --rm --memory 64m -p … alpine true`, in the order in which strace saw it: Docker
 * Engine 28.5.2, containerd 2.1.9, runc 1.3.6. Of the per-controller folders of cgroup v1 one is left, as with cgroup v2,
 * and the container gets a cgroup namespace too.
 */
interface Recorded {
  readonly actor: string;
  readonly action: Action;
  /** What of the data belongs to the record. */
  readonly like?: (step: KnownStep) => boolean;
  readonly what: string;
  /** Happens only when asked for, or only when the program ends. */
  readonly only?: 'ports' | 'ended' | 'rm';
}

const mounted =
  (type: string, target: RegExp, readonly?: boolean) =>
  (step: KnownStep): boolean =>
    step.action === 'mount' &&
    step.data.type === type &&
    target.test(step.data.target) &&
    (readonly === undefined || step.data.readonly === readonly);

const namespaceKinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'cgroup'];

/** What the machine did, from the daemon down. */
export const recordedOrder: readonly Recorded[] = [
  { actor: 'dockerd', action: 'mount', like: mounted('overlay', /-init\/merged$/), what: 'overlay of the init layer' },
  { actor: 'dockerd', action: 'init-layer', what: 'resolv.conf, hosts, hostname, .dockerenv' },
  { actor: 'dockerd', action: 'umount', what: 'umount of the init layer' },
  {
    actor: 'dockerd',
    action: 'mount',
    like: mounted('overlay', /(?<!-init)\/merged$/),
    what: "overlay of the container's layer",
  },
  { actor: 'dockerd', action: 'umount', what: "umount of the container's layer" },
  { actor: 'dockerd', action: 'write-config', what: 'config.v2.json, hostconfig.json' },
  {
    actor: 'dockerd',
    action: 'mount',
    like: mounted('overlay', /(?<!-init)\/merged$/),
    what: 'overlay again, to stay',
  },
  { actor: 'containerd', action: 'start-shim', what: 'containerd-shim-runc-v2 start' },
  { actor: 'shim', action: 'runc-create', what: 'runc create' },
  { actor: 'runc', action: 'cgroup', what: 'mkdir of the cgroup, limits written' },
  { actor: 'runc', action: 'runc-init', what: 'execve of runc init' },
  { actor: '*', action: 'unshare', what: 'unshare' },
  { actor: '*', action: 'clone', what: 'clone of the process that becomes PID 1' },
  { actor: 'runc', action: 'mount', like: mounted('proc', /\/proc$/), what: 'proc' },
  { actor: 'runc', action: 'mount', like: mounted('tmpfs', /\/dev$/), what: 'tmpfs on /dev' },
  { actor: 'runc', action: 'mount', like: mounted('devpts', /\/dev\/pts$/), what: 'devpts' },
  { actor: 'runc', action: 'mount', like: mounted('sysfs', /\/sys$/, true), what: 'sysfs, read-only' },
  { actor: 'runc', action: 'mount', like: mounted('cgroup2', /\/sys\/fs\/cgroup$/, true), what: 'cgroup, read-only' },
  { actor: 'runc', action: 'mount', like: mounted('mqueue', /\/dev\/mqueue$/), what: 'mqueue' },
  { actor: 'runc', action: 'mount', like: mounted('tmpfs', /\/dev\/shm$/), what: 'tmpfs on /dev/shm' },
  { actor: 'runc', action: 'mount', like: mounted('bind', /\/etc\/resolv\.conf$/), what: 'bind of resolv.conf' },
  { actor: 'runc', action: 'mount', like: mounted('bind', /\/etc\/hostname$/), what: 'bind of hostname' },
  { actor: 'runc', action: 'mount', like: mounted('bind', /\/etc\/hosts$/), what: 'bind of hosts' },
  { actor: 'runc', action: 'pivot_root', what: 'pivot_root' },
  { actor: 'runc', action: 'sethostname', what: 'sethostname' },
  { actor: 'runc', action: 'mask-paths', what: 'read-only and masked paths' },
  { actor: 'runc', action: 'drop-privileges', what: 'seccomp, capabilities, setuid' },
  { actor: 'runc', action: 'exec-fifo', what: 'runc init waits at exec.fifo' },
  { actor: 'dockerd', action: 'veth', what: 'veth pair' },
  { actor: 'dockerd', action: 'nat', what: 'iptables rules', only: 'ports' },
  { actor: 'dockerd', action: 'docker-proxy', what: 'execve of docker-proxy', only: 'ports' },
  { actor: 'shim', action: 'runc-start', what: 'runc start' },
  {
    actor: '*',
    action: 'execve',
    like: (step) => step.action === 'execve' && step.data.inside === 1 && step.data.pid !== 1,
    what: 'execve of the program',
  },
  {
    actor: '*',
    action: 'exit',
    like: (step) => step.action === 'exit' && step.data.inside === 1 && step.data.pid !== 1,
    what: 'exit of PID 1',
    only: 'ended',
  },
  { actor: 'shim', action: 'container-exit', what: 'the exit event', only: 'ended' },
  { actor: 'shim', action: 'runc-delete', what: 'runc delete', only: 'ended' },
  { actor: 'dockerd', action: 'release-network', what: 'docker-proxy, rules and veth go', only: 'ended' },
  { actor: 'dockerd', action: 'umount-root', what: 'umount of the layers', only: 'ended' },
  { actor: 'dockerd', action: 'remove-container', what: 'layers and folder removed', only: 'rm' },
];

/** What the client asked, in this order; attach only without -d. */
const recordedRequests = ['create', 'attach', 'wait', 'start'] as const;

/**
 * Where the steps of one `docker run` differ from the recording; nothing when they agree. Steps that the recording does
 * not speak of may stand between. The client's calls are compared among themselves: a call is told with its status,
 * which comes after what the daemon did for it.
 */
export function differencesFromRecorded(steps: readonly AnyStep[]): string[] {
  const known = steps.filter(isKnown);
  return [...machineDifferences(known), ...requestDifferences(known), ...namespaceDifferences(known)];
}

/** Do the steps of one `docker run` agree with the recording? */
export function agreesWithRecorded(steps: readonly AnyStep[]): boolean {
  return differencesFromRecorded(steps).length === 0;
}

function machineDifferences(steps: readonly KnownStep[]): string[] {
  const has = (action: Action) => steps.some((step) => step.action === action);
  const asked = { ports: has('nat') || has('docker-proxy'), ended: has('container-exit'), rm: has('remove-container') };
  const differences: string[] = [];
  let at = 0;
  for (const recorded of recordedOrder) {
    if (recorded.only && !asked[recorded.only]) continue;
    const { actor, action, like, what } = recorded;
    const matches = (step: KnownStep) => step.action === action && (!like || like(step));
    const index = steps.findIndex((step, i) => i >= at && matches(step));
    if (index < 0) {
      differences.push(`${what} (${action}): ${steps.slice(0, at).some(matches) ? 'comes too early' : 'missing'}`);
      continue;
    }
    const who = steps[index]?.actor;
    if (actor !== '*' && who !== actor) differences.push(`${what} (${action}): by ${who}, recorded by ${actor}`);
    at = index + 1;
  }
  return differences;
}

function requestDifferences(steps: readonly KnownStep[]): string[] {
  const asked: string[] = [];
  for (const step of steps) {
    if (step.action !== 'request' || step.data.status === 404) continue;
    const kind = requestKind(step.data.method, step.data.path);
    if ((recordedRequests as readonly string[]).includes(kind)) asked.push(kind);
  }
  const expected = recordedRequests.filter((kind) => kind !== 'attach' || asked.includes('attach'));
  return asked.join(' ') === expected.join(' ')
    ? []
    : [`requests: ${asked.join(', ')}; recorded: ${expected.join(', ')}`];
}

/** All six kinds, in one unshare or more: runc takes the cgroup namespace last, when it is in its cgroup. */
function namespaceDifferences(steps: readonly KnownStep[]): string[] {
  const kinds = steps.flatMap((step) => (step.action === 'unshare' ? step.data.kinds : []));
  const missing = namespaceKinds.filter((kind) => !kinds.includes(kind));
  return missing.length === 0 ? [] : [`namespaces missing: ${missing.join(', ')}`];
}
