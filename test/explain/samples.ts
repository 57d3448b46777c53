import type { Action, Actions, KnownStep } from '../../src/explain/actions.ts';
import { type StageId, stages } from '../../src/vm/stages.ts';
import { hostSamples } from './host-samples.ts';
import { machineSamples } from './samples-machines.ts';

const id = '1f0c4e0a1b2c'.padEnd(64, '3');
export const kinds = ['mnt', 'uts', 'ipc', 'pid', 'net', 'cgroup'];
const merged = '/var/lib/docker/overlay2/abc/merged';
const mount = (type: string, target: string, source = type, readonly = false) => ({ type, target, source, readonly });

const stageData = (stage: StageId) => ({
  vm: 'debian',
  stage,
  after: 14_200_000,
  release: '6.1.0-50-cloud-amd64',
  hostRelease: '6.8.0-31-generic',
  processes: 8,
});

/** Data for every action: a missing action does not compile. */
export const samples: { readonly [A in Action]: readonly [Actions[A], ...Actions[A][]] } = {
  mount: [
    mount('overlay', merged),
    mount('overlay', '/var/lib/docker/overlay2/abc-init/merged'),
    ...['proc', 'sysfs', 'cgroup2', 'cgroup', 'devpts', 'mqueue', 'ext4'].map((type) =>
      mount(type, `/${type}`, type, true),
    ),
    mount('sysfs', '/sys'),
    mount('tmpfs', '/dev'),
    mount('tmpfs', '/dev/shm'),
    mount('tmpfs', '/run'),
    mount('bind', '/etc/hosts', '/dev/vda1'),
    mount('bind', '/data', '/dev/vda1', true),
  ],
  'build-plan': [
    { dockerfile: 'Dockerfile', target: '', steps: 5, stages: 1, skipped: [] },
    { dockerfile: 'Dockerfile', target: 'release', steps: 1, stages: 3, skipped: ['test'] },
  ],
  'build-context': [
    { files: 2, changed: [], more: 0, bytes: 30 },
    { files: 9000, changed: ['src/app.js', 'package.json'], more: 40, bytes: 5_000_000 },
  ],
  'cache-import': [
    { image: 'app:latest', steps: 3 },
    { image: 'alpine', steps: 0 },
  ],
  'build-hit': [{ step: '[2/4] WORKDIR /app', uses: 3 }],
  'build-miss': [
    { step: '[3/4] COPY . .', reason: { why: 'files', files: ['src/app.js'], modes: ['src/app.js'], more: 2 } },
    { step: '[3/4] COPY . .', reason: { why: 'files', files: [], modes: [], more: 0 } },
    { step: '[4/4] RUN make', reason: { why: 'parent', parent: '[3/4] COPY . .' } },
    { step: '[4/4] RUN make', reason: { why: 'new' } },
    { step: '[4/4] RUN make', reason: { why: 'no-cache' } },
    { step: '[4/4] RUN make', reason: { why: 'base', from: '[1/4] FROM docker.io/library/alpine:latest' } },
    { step: '[4/4] RUN make', reason: { why: 'instruction', before: 'RUN make all' } },
    { step: '[4/4] RUN make', reason: { why: 'argument', name: 'VERSION', before: '1', now: '2' } },
    { step: '[4/4] RUN make', reason: { why: 'environment', name: 'CC', before: null, now: 'gcc' } },
    { step: '[4/4] RUN make', reason: { why: 'environment', name: 'CC', before: 'gcc', now: null } },
    { step: '[4/4] RUN make', reason: { why: 'user', before: '', now: 'app' } },
    { step: '[4/4] RUN make', reason: { why: 'workdir', before: '/a', now: '/b' } },
    { step: '[4/4] RUN make', reason: { why: 'settings' } },
  ],
  'build-layer': [{ step: '[3/4] COPY . .', layer: `sha256:${id}`, bytes: 120_000, files: 12 }],
  'build-run': [{ step: '[4/4] RUN make', pid: 2114, argv: ['/bin/sh', '-c', 'make'] }],
  'build-export': [
    { image: `sha256:${id}`, names: ['docker.io/library/app:latest'], layers: 4, added: 3 },
    { image: `sha256:${id}`, names: [], layers: 1, added: 1 },
  ],
  'build-failed': [{ message: 'process "/bin/sh -c make" did not complete successfully: exit code: 2' }],
  'build-prune': [{ removed: 4, bytes: 1_000_000 }],
  ...hostSamples,
  'vm-power-on': [
    { vm: 'debian', pid: 6, memory: 2 ** 30, cpus: 2, disk: 2 ** 31, left: 6 * 2 ** 30 },
    { vm: 'web', pid: 6, memory: 2 ** 30, cpus: 2, disk: 2 ** 31, left: 6 * 2 ** 30, player: 'VBoxHeadless' },
  ],
  'vm-stage': [stageData('login'), ...stages.map(({ id }) => stageData(id))],
  'vm-power-off': [
    { vm: 'debian', pid: 6, forced: false },
    { vm: 'debian', pid: 6, forced: true },
    { vm: 'metal', pid: 0, forced: false },
    { vm: 'metal', pid: 0, forced: true },
  ],
  'vm-list': [{ total: 2, running: 1 }],
  'vm-remove': [{ vm: 'debian', disk: 2 ** 31 }],
  ...machineSamples,
  umount: [{ target: merged }],
  clone: [{ pid: 2110, parent: 2109 }],
  unshare: [{ pid: 2110, kinds }],
  pivot_root: [{ pid: 2114 }],
  sethostname: [{ name: '1f0c4e0a1b2c' }],
  cgroup: [
    { path: `/docker/${id}` },
    { path: `/docker/${id}`, memoryMax: 64 * 1024 * 1024, cpuMax: [50_000, 100_000], pidsMax: 1 },
  ],
  chroot: [
    { pid: 41, path: 'rootfs', leaves: false },
    { pid: 41, path: '.', leaves: true },
  ],
  isolate: [
    { pid: 41, kinds: ['mnt', 'pid'], shared: ['uts', 'ipc', 'net', 'cgroup', 'user'], joined: false },
    { pid: 41, kinds: ['net'], shared: ['mnt', 'uts', 'ipc', 'pid', 'cgroup', 'user'], joined: true },
    { pid: 41, kinds: ['mnt', 'uts', 'ipc', 'pid', 'net', 'cgroup', 'user'], shared: [], joined: false },
  ],
  pivot: [
    { pid: 41, old: '/old' },
    { pid: 41, old: '' },
  ],
  mounted: [
    { type: 'overlay', source: 'overlay', target: '/mnt/merged', readonly: false, layers: 2 },
    { type: 'overlay', source: 'overlay', target: '/mnt/merged', readonly: false, layers: 1 },
    { type: 'bind', source: '/srv/data', target: '/mnt/data', readonly: true },
    { type: 'nsfs', source: '4026532301', target: '/run/netns/blue', readonly: false },
    { type: 'proc', source: 'proc', target: '/proc', readonly: false },
    { type: 'tmpfs', source: 'none', target: '/mnt/t', readonly: false },
  ],
  'cgroup-limit': [{ path: '/small', file: 'memory.max', value: '67108864' }],
  'cgroup-join': [{ pid: 41, path: '/small' }],
  'oom-kill': [{ pid: 41, path: '/small', memoryMax: 67_108_864 }],
  'link-add': [
    { kind: 'bridge', name: 'br0' },
    { kind: 'veth', name: 'veth0', peer: 'veth1' },
  ],
  'link-move': [{ name: 'veth1', from: '4026531840', to: '4026532301' }],
  execve: [
    {
      path: '/docker-entrypoint.sh',
      argv: ['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;'],
      pid: 2114,
      inside: 1,
      release: '6.8.0-45-generic',
    },
    { path: '/usr/bin/docker', argv: ['docker', 'ps'], pid: 900, inside: 900, release: '6.8.0-45-generic' },
  ],
  exit: [
    { pid: 2114, inside: 1, code: 0 },
    { pid: 2114, inside: 7, code: 137, signal: 'SIGKILL' },
    { pid: 900, inside: 900, code: 1 },
  ],
  signal: (['terminates', 'caught', 'ignored', 'ignored-by-pid-1', 'stops', 'continues'] as const).map((effect) => ({
    pid: 2114,
    inside: 1,
    signal: 'SIGTERM',
    effect,
  })) as unknown as readonly [Actions['signal']],
  reparent: [{ pid: 2120, to: 2101 }],
  'copy-up': [{ path: '/etc/passwd', bytes: 1234 }],
  veth: [
    { name: 'veth12ab34c', peer: 'eth0', address: '172.17.0.2/16', gateway: '172.17.0.1', bridge: 'docker0' },
    { name: 'veth45cd67e', peer: 'eth1', address: '10.41.0.2/24', gateway: '', bridge: 'br-0a1b2c3d4e5f' },
  ],
  budget: [{ ops: 200_000 }],
  request: [
    { method: 'HEAD', path: '/_ping', status: 200 },
    { method: 'POST', path: '/v1.51/containers/create?name=web', status: 201 },
    { method: 'POST', path: '/containers/create', status: 404 },
    { method: 'POST', path: '/containers/create', status: 409 },
    { method: 'POST', path: '/containers/create', status: 400 },
    { method: 'POST', path: '/images/create?fromImage=alpine', status: 200 },
    ...['start', 'stop', 'kill', 'restart', 'wait', 'attach', 'resize', 'exec'].map((verb) => ({
      method: 'POST',
      path: `/containers/${id}/${verb}`,
      status: 204,
    })),
    { method: 'POST', path: `/containers/${id}/start`, status: 304 },
    { method: 'POST', path: `/containers/${id}/start`, status: 500 },
    { method: 'POST', path: '/exec/e1/start', status: 101 },
    { method: 'GET', path: '/exec/e1/json', status: 200 },
    { method: 'GET', path: '/containers/json', status: 200 },
    { method: 'GET', path: '/containers/web/json', status: 200 },
    { method: 'GET', path: '/containers/web/logs', status: 200 },
    { method: 'GET', path: '/containers/web/top', status: 200 },
    { method: 'DELETE', path: '/containers/web', status: 204 },
    { method: 'GET', path: '/info', status: 200 },
  ],
  'create-layer': [
    { container: id, image: 'nginx', layers: 7, driver: 'overlay2' },
    { container: id, image: 'alpine', layers: 1, driver: 'overlay2' },
  ],
  'init-layer': [{ container: id, files: ['/etc/resolv.conf', '/etc/hosts', '/etc/hostname', '/.dockerenv'] }],
  'write-config': [{ container: id, files: ['config.v2.json', 'hostconfig.json'] }],
  'start-shim': [{ pid: 2101, container: id }],
  'runc-create': [{ container: id }],
  'runc-init': [{ pid: 2109, namespaces: kinds }],
  'mask-paths': [
    {
      readonly: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
      masked: ['/proc/acpi', '/proc/kcore', '/proc/keys'],
    },
  ],
  'drop-privileges': [
    { dropped: 27, kept: 14, uid: 0, gid: 0, seccomp: true },
    { dropped: 27, kept: 14, uid: 1000, gid: 1000, seccomp: false },
  ],
  'exec-fifo': [{ pid: 2114 }],
  nat: [{ proto: 'tcp', hostIp: '0.0.0.0', hostPort: 8080, toIp: '172.17.0.2', toPort: 80 }],
  'docker-proxy': [{ pid: 2130, hostIp: '0.0.0.0', hostPort: 8080, toIp: '172.17.0.2', toPort: 80 }],
  'runc-start': [{ container: id }],
  'container-exit': [
    { container: id, name: 'web', code: 0, oom: false },
    { container: id, name: 'web', code: 137, oom: true, signal: 'SIGKILL' },
    { container: id, name: 'web', code: 143, oom: false, signal: 'SIGTERM' },
  ],
  'runc-delete': [{ container: id }],
  'release-network': [{ container: id, address: '172.17.0.2' }],
  'umount-root': [{ container: id }],
  'remove-container': [{ container: id, name: 'web' }],
  'stop-signal': [{ container: id, signal: 'SIGTERM', timeout: 10 }],
  'stop-timeout': [{ container: id, timeout: 10 }],
  kill: [{ container: id, signal: 'SIGKILL', pid: 2114 }],
  list: [
    { shown: 1, running: 1, total: 3 },
    { shown: 3, running: 1, total: 3 },
    { shown: 1, running: 0, total: 1 },
  ],
  inspect: [{ kind: 'container', name: 'web' }],
  'exec-join': [
    { container: id, pid: 2150, inside: 7, target: 2114, namespaces: kinds, argv: ['sh', '-c', "echo 'it''s'"] },
  ],
  attach: [
    { container: id, stdin: true, tty: true },
    { container: id, stdin: false, tty: false },
  ],
  'read-log': [
    { container: id, entries: 1, driver: 'json-file', follow: true },
    { container: id, entries: 12, driver: 'json-file', follow: false },
  ],
  top: [
    { container: id, processes: 3 },
    { container: id, processes: 1 },
  ],
  freeze: [true, false].map((frozen) => ({
    container: id,
    cgroup: `/system.slice/docker-${id}.scope`,
    frozen,
  })) as unknown as readonly [Actions['freeze']],
  'plan-restart': [{ container: id, policy: 'on-failure', delay: 200_000, count: 2 }],
  rename: [{ container: id, from: 'web', to: 'server' }],
  diff: [
    { container: id, changes: 1 },
    { container: id, changes: 12 },
  ],
  update: [
    { container: id, running: true, settings: ['memory.max = 134217728'] },
    { container: id, running: false, settings: ['pids.max = 20', 'restart policy = always'] },
  ],
  'network-create': [
    { name: 'front', bridge: 'br-1a2b3c4d5e6f', subnet: '172.18.0.0/16', gateway: '172.18.0.1', internal: false },
    { name: 'back', bridge: 'br-0a1b2c3d4e5f', subnet: '10.41.0.0/24', gateway: '10.41.0.1', internal: true },
  ],
  'network-remove': [{ name: 'front', bridge: 'br-1a2b3c4d5e6f' }],
  'network-connect': [
    { network: 'back', container: 'web', address: '10.41.0.2' },
    { network: 'back', container: 'web', address: '' },
  ],
  'network-disconnect': [
    { network: 'back', container: 'web', address: '10.41.0.2' },
    { network: 'back', container: 'web', address: '' },
  ],
  link: [{ container: 'web', target: 'db', alias: 'database', address: '172.17.0.2' }],
  'dns-names': [{ container: id, server: '127.0.0.11', names: ['web', 'site', '1f0c4e5d6a7b'] }],
  'join-network': [{ container: 'probe', target: 'web' }],
  'list-networks': [{ shown: 3, total: 4 }],
  'network-prune': [{ removed: [] }, { removed: ['front', 'back'] }],
  prune: [
    { kind: 'container', removed: 1, bytes: 0 },
    { kind: 'volume', removed: 3, bytes: 2048 },
  ],
  copy: [
    { container: id, path: '/tmp/note.txt', direction: 'in', files: 1, running: true },
    { container: id, path: '/tmp', direction: 'in', files: 2, running: false },
    { container: id, path: '/tmp', direction: 'out', files: 3, running: true },
    { container: id, path: '/tmp', direction: 'out', files: 1, running: false },
  ],
  volume: [
    { name: 'data', change: 'create', path: '' },
    { name: 'data', change: 'fill', path: '/d' },
    { name: 'data', change: 'remove', path: '' },
  ],
  'bind-source': [{ source: '/home/me/site', files: 4 }],
  'container-init': [{ container: id, path: '/sbin/docker-init' }],
  'package-lists': [{ manager: 'apt', bytes: 21_680_000, folder: '/var/lib/apt/lists' }],
  'packages-installed': [
    { manager: 'apt', count: 25, bytes: 17_700_000, typical: false, unknown: [] },
    { manager: 'apk', count: 2, bytes: 1_000_000, typical: true, unknown: ['libfancy'] },
  ],
  'packages-removed': [{ manager: 'apk', count: 2, bytes: 1_000_000 }],
  'program-read': [{ language: 'JavaScript', file: '/app/server.js', lines: 24 }],
  'class-compiled': [{ name: 'Hello', file: 'Hello.class', version: 65, bytes: 421 }],
  'class-verified': [{ name: 'Hello', version: 65, methods: 2, bytes: 14 }],
  'method-compiled': [
    { method: 'Hello::fact', tier: 3 },
    { method: 'Hello::fact', tier: 4 },
  ],
  'program-beyond': [{ language: 'Python', place: '/app/main.py:7', what: "the module 'threading'" }],
  'output-stands-in': [{ tool: 'vite', from: 'vite.config.ts', made: 'dist', files: 3 }],
  'server-ready': [
    { program: 'nginx', port: 80, workers: 4 },
    { program: 'redis-server', port: 6379, workers: 0 },
  ],
  'health-monitor': [{ container: id, command: 'test -f /ready', interval: 30_000_000 }],
  'health-probe': [
    { container: id, code: 0, status: 'healthy', streak: 0, retries: 3 },
    { container: id, code: 1, status: 'unhealthy', streak: 3, retries: 3 },
    { container: id, code: -1, status: 'starting', streak: 1, retries: 3 },
  ],
  'read-stats': [
    { container: id, running: true },
    { container: id, running: false },
  ],
  'read-events': [
    { shown: 1, kept: 3, follow: false },
    { shown: 2, kept: 256, follow: true },
  ],
  'list-images': [{ shown: 2, total: 3, layers: 5 }],
  'commit-layer': [
    { container: id, changes: 3, bytes: 2048, digest: `sha256:${id}` },
    { container: id, changes: 0, bytes: 0, digest: '' },
  ],
  'write-image': [
    { image: `sha256:${id}`, layers: 2, how: 'commit' },
    { image: `sha256:${id}`, layers: 1, how: 'import' },
  ],
  'save-images': [
    { images: 1, layers: 2, bytes: 20_480, rehashed: [] },
    { images: 2, layers: 3, bytes: 40_960, rehashed: ['alpine', 'busybox'] },
  ],
  'load-images': [{ images: 1, added: 1, present: 2, bytes: 20_480 }],
  'export-container': [{ container: id, bytes: 3_000_000 }],
  'import-layer': [{ digest: `sha256:${id}`, bytes: 3_000_000 }],
  'image-history': [{ image: 'alpine', rows: 2, layers: 1 }],
  'push-layers': [
    { name: '127.0.0.1:5000/app:1', registry: '127.0.0.1:5000', sent: 1, exist: 2, mounted: 0, bytes: 2_000_000 },
    { name: 'ann/app:latest', registry: 'docker.io', sent: 0, exist: 0, mounted: 1, bytes: 0 },
  ],
  'push-manifest': [{ name: 'ann/app:latest', registry: 'docker.io', digest: `sha256:${id}` }],
  'push-denied': [{ repository: 'library/alpine', registry: 'docker.io' }],
  login: [
    { registry: 'docker.io', username: 'ann' },
    { registry: '127.0.0.1:5000', username: 'ann' },
  ],
  search: [{ term: 'nginx', found: 1 }],
  'registry-serve': [
    { address: '127.0.0.1:5000', pid: 900, again: false },
    { address: '127.0.0.1:5000', pid: 900, again: true },
  ],
  tag: [{ name: 'work:1', image: `sha256:${id}` }],
  untag: [{ name: 'work:1' }],
  'remove-image': [{ image: `sha256:${id}`, removed: 1, shared: 2 }],
  'resolve-image': [{ name: 'alpine:latest', registry: 'docker.io', digest: `sha256:${id}` }],
  'fetch-layers': [
    { image: 'nginx:latest', fetched: 2, present: 1, bytes: 3_000_000, unpacked: 9_000_000 },
    { image: 'nginx:latest', fetched: 0, present: 3, bytes: 0, unpacked: 0 },
    { image: 'alpine:latest', fetched: 0, present: 1, bytes: 0, unpacked: 0 },
    { image: 'app:1', fetched: 1, present: 1, bytes: 3_000_000, unpacked: 9_000_000 },
  ],
  'derived-image': [{ name: 'nginx:1.22', from: 'nginx:latest' }],
  info: [{ containers: 2, images: 1 }],
  'disk-usage': [
    { images: 3, layers: 4, bytes: 14_500_000, counted: 31_200_000 },
    { images: 1, layers: 1, bytes: 8_310_000, counted: 8_310_000 },
  ],
  wait: ['next-exit', 'not-running', 'removed'].map((condition) => ({
    container: id,
    condition,
  })) as unknown as readonly [Actions['wait']],
};

/** A step by an actor; without data the sample's. */
export function step<A extends Action>(
  actor: string,
  action: A,
  data: Actions[A] = samples[action][0],
  at = 0,
): KnownStep {
  return { at, actor, action, data } as KnownStep;
}

export interface RunShape {
  readonly ports?: boolean;
  readonly limits?: boolean;
  readonly ends?: boolean;
  readonly rm?: boolean;
  readonly path?: string;
}

/** What an engine does for `docker run`, in the recorded order. */
export function runSteps({
  ports = true,
  limits = false,
  ends = false,
  rm = false,
  path = '/docker-entrypoint.sh',
}: RunShape = {}) {
  const initMerged = '/var/lib/docker/overlay2/abc-init/merged';
  const inside = (type: string, target: string, source = type, readonly = false) =>
    step('runc', 'mount', mount(type, target, source, readonly));
  const steps: KnownStep[] = [
    step('docker', 'request', { method: 'HEAD', path: '/_ping', status: 200 }),
    step('dockerd', 'mount', mount('overlay', initMerged)),
    step('dockerd', 'init-layer'),
    step('dockerd', 'umount', { target: initMerged }),
    step('dockerd', 'create-layer'),
    step('dockerd', 'mount', mount('overlay', merged)),
    step('dockerd', 'umount'),
    step('dockerd', 'write-config'),
    step('docker', 'request', { method: 'POST', path: '/containers/create', status: 201 }),
    step('docker', 'request', { method: 'POST', path: `/containers/${id}/attach`, status: 101 }),
    step('docker', 'request', { method: 'POST', path: `/containers/${id}/wait`, status: 200 }),
    step('docker', 'request', { method: 'POST', path: `/containers/${id}/start`, status: 204 }),
    step('dockerd', 'mount', mount('overlay', merged)),
    step('containerd', 'start-shim'),
    step('shim', 'runc-create'),
    step('runc', 'cgroup', samples.cgroup[limits ? 1 : 0] ?? samples.cgroup[0]),
    step('runc', 'runc-init'),
    step('kernel', 'unshare'),
    step('kernel', 'clone'),
    inside('proc', '/proc'),
    inside('tmpfs', '/dev'),
    inside('devpts', '/dev/pts'),
    inside('sysfs', '/sys', 'sysfs', true),
    inside('cgroup2', '/sys/fs/cgroup', 'cgroup', true),
    inside('mqueue', '/dev/mqueue'),
    inside('tmpfs', '/dev/shm'),
    ...['resolv.conf', 'hostname', 'hosts'].map((file) =>
      inside('bind', `/etc/${file}`, `/var/lib/docker/containers/x/${file}`),
    ),
    step('runc', 'pivot_root'),
    step('runc', 'sethostname'),
    step('runc', 'mask-paths'),
    step('runc', 'drop-privileges'),
    step('runc', 'exec-fifo'),
    step('dockerd', 'veth'),
    ...(ports ? [step('dockerd', 'nat'), step('dockerd', 'docker-proxy')] : []),
    step('shim', 'runc-start'),
    step('kernel', 'execve', { ...samples.execve[0], path }),
    ...(ends
      ? [
          step('kernel', 'exit'),
          step('shim', 'container-exit'),
          step('shim', 'runc-delete'),
          step('dockerd', 'release-network'),
          step('dockerd', 'umount-root'),
        ]
      : []),
    ...(rm ? [step('dockerd', 'remove-container')] : []),
  ];
  return steps.map((one, index): KnownStep => ({ ...one, at: index * 7_000 }));
}
