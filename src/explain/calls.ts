import type { Action, Actions } from './actions.ts';
import { isolationCalls } from './isolation-calls.ts';
import { machineCalls } from './machine-calls.ts';
import { bytes, commandLine, kindNames, plural, shortId, shortIds } from './quantities.ts';
import { barePath } from './requests.ts';

/** For each action the call as somebody who writes Linux or engine code would write it; the same in every language. */
export type Calls = { readonly [A in Action]: (data: Actions[A]) => string };

const flags: { readonly [kind: string]: string } = {
  mnt: 'CLONE_NEWNS',
  mount: 'CLONE_NEWNS',
  uts: 'CLONE_NEWUTS',
  ipc: 'CLONE_NEWIPC',
  pid: 'CLONE_NEWPID',
  net: 'CLONE_NEWNET',
  cgroup: 'CLONE_NEWCGROUP',
  user: 'CLONE_NEWUSER',
};

/** Namespace kinds as the flags of unshare(2) and setns(2). */
function cloneFlags(kinds: readonly string[]): string {
  return kinds.map((kind) => flags[kind] ?? kind).join(' | ');
}

function limits(d: Actions['cgroup']): string {
  const set = [
    d.memoryMax === undefined ? '' : `memory.max=${d.memoryMax}`,
    d.cpuMax === undefined ? '' : `cpu.max="${d.cpuMax.join(' ')}"`,
    d.pidsMax === undefined ? '' : `pids.max=${d.pidsMax}`,
  ];
  return set.filter((item) => item !== '').join(' ');
}

export const calls: Calls = {
  ...isolationCalls,
  mount: (d) =>
    d.type === 'bind'
      ? `mount("…", "${shortIds(d.target)}", "bind", MS_BIND${d.readonly ? ' | MS_RDONLY' : ''})`
      : `mount("${d.source}", "${shortIds(d.target)}", "${d.type}"${d.readonly ? ', MS_RDONLY' : ''})`,
  umount: (d) => `umount("${shortIds(d.target)}")`,
  clone: (d) => `clone() in ${d.parent} → ${d.pid}`,
  unshare: (d) => `unshare(${cloneFlags(d.kinds)}) in ${d.pid}`,
  pivot_root: (d) => `pivot_root(".", ".") in ${d.pid}; umount2(".", MNT_DETACH)`,
  sethostname: (d) => `sethostname("${d.name}", ${d.name.length})`,
  cgroup: (d) => `mkdir /sys/fs/cgroup${d.path.startsWith('/') ? '' : '/'}${shortIds(d.path)} ${limits(d)}`.trimEnd(),
  execve: (d) => `execve("${d.path}", [${d.argv.map((word) => JSON.stringify(word)).join(', ')}]) in ${d.pid}`,
  exit: (d) => (d.signal ? `${d.pid} killed by ${d.signal}` : `exit_group(${d.code}) in ${d.pid}`),
  signal: (d) => `kill(${d.pid}, ${d.signal})`,
  reparent: (d) => `parent of ${d.pid} = ${d.to}`,
  'copy-up': (d) => `copy up ${d.path} (${bytes(d.bytes)})`,
  veth: (d) =>
    `veth pair ${d.name}, ${d.peer}: ${d.address}${d.gateway === '' ? '' : ` via ${d.gateway}`}, on bridge ${d.bridge}`,
  budget: (d) => `stop after ${d.ops} operations`,
  request: (d) => `${d.method} ${barePath(d.path)} → ${d.status}`,
  'build-plan': (d) => `dockerfile2llb ${d.dockerfile} → ${plural(d.steps, 'vertex', 'vertices')}`,
  'build-context': (d) => `fsutil sync: ${plural(d.files, 'entry', 'entries')}, ${d.bytes} bytes`,
  'cache-import': (d) => `import cache of ${d.image}: ${plural(d.steps, 'record')}`,
  'build-hit': (d) => `cache hit ${d.step}`,
  'build-miss': (d) => `cache miss ${d.step} (${d.reason.why})`,
  'build-layer': (d) => `diff → layer ${shortId(d.layer)} (${bytes(d.bytes)})`,
  'build-run': (d) => `runc run → ${d.pid}: ${commandLine(d.argv)}`,
  'build-export': (d) => `write image ${shortId(d.image)}${d.names.map((name) => `, tag ${name}`).join('')}`,
  'build-failed': (d) => `solve failed: ${d.message}`,
  'build-prune': (d) => `prune ${plural(d.removed, 'record')} (${bytes(d.bytes)})`,
  'create-layer': (d) => `${d.driver}: new layer on ${plural(d.layers, 'layer')} of ${d.image}`,
  'init-layer': (d) => `write ${d.files.join(' ')}`,
  'write-config': (d) => `write ${d.files.join(' ')}`,
  'start-shim': (d) => `containerd-shim-runc-v2 start → ${d.pid}`,
  'runc-create': (d) => `runc create --bundle … ${shortId(d.container)}`,
  'runc-init': (d) => `runc init in ${d.pid} (${kindNames(d.namespaces)})`,
  'mask-paths': (d) => `read-only: ${d.readonly.join(' ')}; masked: ${d.masked.join(' ')}`,
  'drop-privileges': (d) =>
    `${d.seccomp ? 'seccomp(SECCOMP_SET_MODE_FILTER); ' : ''}capset(${d.kept} of ${d.kept + d.dropped}); setgid(${d.gid}); setuid(${d.uid})`,
  'exec-fifo': (d) => `open("exec.fifo", O_WRONLY) in ${d.pid}`,
  nat: (d) =>
    `iptables -t nat -A DOCKER -p ${d.proto}${d.hostIp === '0.0.0.0' ? '' : ` -d ${d.hostIp}`} --dport ${d.hostPort} -j DNAT --to-destination ${d.toIp}:${d.toPort}`,
  'docker-proxy': (d) =>
    `docker-proxy -host-ip ${d.hostIp} -host-port ${d.hostPort} -container-ip ${d.toIp} -container-port ${d.toPort}`,
  'runc-start': (d) => `runc start ${shortId(d.container)}`,
  'container-exit': (d) => `TaskExit ${shortId(d.container)} status ${d.code}${d.oom ? ' (OOMKilled)' : ''}`,
  'runc-delete': (d) => `runc delete ${shortId(d.container)}`,
  'release-network': (d) => `ip link delete …; free ${d.address}`,
  'umount-root': (d) => `umount("…/merged") of ${shortId(d.container)}`,
  'remove-container': (d) => `rm -r /var/lib/docker/containers/${shortId(d.container)}`,
  'stop-signal': (d) => `kill ${d.signal} to PID 1 of ${shortId(d.container)}, then wait ${d.timeout} s`,
  'stop-timeout': (d) => `${d.timeout} s are over: kill SIGKILL to ${shortId(d.container)}`,
  kill: (d) => `kill(${d.pid}, ${d.signal})`,
  list: (d) => `${d.shown} of ${d.total}`,
  inspect: (d) => `${d.kind} ${shortId(d.name)}`,
  'exec-join': (d) => `setns(${d.target}: ${cloneFlags(d.namespaces)}); ${commandLine(d.argv)} → ${d.pid}`,
  attach: (d) => `attach ${shortId(d.container)} (${d.stdin ? 'stdin, ' : ''}stdout, stderr${d.tty ? '; tty' : ''})`,
  'read-log': (d) => `read ${d.entries} of the ${d.driver} log of ${shortId(d.container)}${d.follow ? ', follow' : ''}`,
  top: (d) => `ps -ef, PIDs of ${shortId(d.container)}`,
  freeze: (d) => `write("${d.cgroup}/cgroup.freeze", ${d.frozen ? 1 : 0})`,
  'plan-restart': (d) => `restart ${shortId(d.container)} in ${d.delay / 1000} ms`,
  rename: (d) => `rename ${d.from} to ${d.to}`,
  diff: (d) => `compare upperdir of ${shortId(d.container)}: ${d.changes}`,
  update: (d) =>
    `${d.running ? 'runc update' : 'write hostconfig.json of'} ${shortId(d.container)}: ${d.settings.join(', ')}`,
  prune: (d) => `remove ${d.removed} (${d.kind}), ${d.bytes} bytes`,
  copy: (d) => `tar ${d.direction === 'in' ? '-x' : '-c'} ${d.path} of ${shortId(d.container)} (${d.files})`,
  volume: (d) =>
    d.change === 'fill'
      ? `cp -a …${d.path}/. ${volumeFolder(d.name)}`
      : `${d.change === 'create' ? 'mkdir' : 'rm -r'} ${volumeFolder(d.name)}`,
  'bind-source': (d) => `read ${d.source} (${d.files})`,
  'container-init': (d) => `mount --bind /usr/bin/docker-init ${d.path}`,
  'package-lists': (d) => `${d.manager} update → ${d.folder} (${d.bytes} bytes)`,
  'packages-installed': (d) => `${d.manager}: unpack ${d.count} (${d.bytes} bytes)`,
  'packages-removed': (d) => `${d.manager}: remove ${d.count} (${d.bytes} bytes)`,
  'program-read': (d) => `read ${d.file} (${d.language}, ${d.lines} lines)`,
  'program-beyond': (d) => `${d.place}: ${d.what}`,
  'class-compiled': (d) => `write ${d.file} (class file ${d.version}.0)`,
  'class-verified': (d) => `load ${d.name} (class file ${d.version}.0, ${d.methods} methods)`,
  'method-compiled': (d) => `compile ${d.method} (tier ${d.tier})`,
  'output-stands-in': (d) => `${d.tool} → ${d.made} (${d.files} files, not run)`,
  'server-ready': (d) => `bind(0.0.0.0:${d.port}); listen()${d.workers === 0 ? '' : `; fork ${d.workers} times`}`,
  'health-monitor': (d) => `after ${d.interval / 1_000_000} s: exec ${JSON.stringify(d.command)}`,
  'health-probe': (d) => `exit ${d.code}: ${d.status}, ${d.streak} of ${d.retries}`,
  'read-stats': (d) =>
    d.running ? `read memory.current, cpu.stat, pids.current of ${shortId(d.container)}` : 'no cgroup',
  'read-events': (d) => `${d.shown} of ${d.kept} events${d.follow ? ', follow' : ''}`,
  ...machineCalls,
  'vm-power-on': (d) =>
    d.player === undefined
      ? `fork → ${d.pid}: qemu-system-x86_64 -name ${d.vm} -m ${bytes(d.memory)} -smp ${d.cpus}`
      : `fork → ${d.pid}: ${d.player} --comment ${d.vm} (${bytes(d.memory)}, ${d.cpus} vCPU)`,
  'vm-stage': (d) => `${d.vm}: ${d.stage}`,
  'vm-power-off': (d) => {
    // a hypervisor on the metal has no process for the machine
    if (d.pid === 0) return d.forced ? `${d.vm}: power cut` : `${d.vm}: ACPI power button`;
    return d.forced ? `kill(${d.pid}, SIGKILL)` : `ACPI power button; ${d.pid} exits with 0`;
  },
  'vm-list': (d) => `${d.running} of ${d.total} on`,
  'host-new': (d) => `${d.name}: ${d.release}, ${d.address}`,
  'host-remove': (d) => `remove ${d.name}`,
  'ssh-connect': (d) => `ssh -l ${d.user} -p ${d.port} ${d.host} ${d.program} → ${d.pid}`,
  'desktop-forward': (d) => `connect(${d.socket}) → vsock → ${d.vm}: /var/run/docker.sock`,
  'unit-start': (d) => `systemctl start ${d.unit} → ${d.pid}`,
  'unit-stop': (d) => `systemctl stop ${d.unit}`,
  'docker-install': (d) => `dpkg --unpack ${d.packages.join(' ')}; groupadd -r docker`,
  'vm-remove': (d) => `rm ${d.vm}.qcow2`,
  'network-create': (d) =>
    `ip link add ${d.bridge} type bridge; ip addr add ${d.gateway} (${d.subnet}) dev ${d.bridge}${d.internal ? ' (internal)' : ''}`,
  'network-remove': (d) => `ip link delete ${d.bridge}`,
  'network-connect': (d) => `connect ${d.container} to ${d.network}${d.address === '' ? '' : ` as ${d.address}`}`,
  'network-disconnect': (d) =>
    `disconnect ${d.container} from ${d.network}${d.address === '' ? '' : ` (${d.address})`}`,
  link: (d) => `link ${d.container} → ${d.target} as ${d.alias}: ${d.address}`,
  'dns-names': (d) => `DNS at ${d.server}: ${d.names.join(' ')}`,
  'join-network': (d) => `network namespace of ${d.target} for ${d.container}`,
  'list-networks': (d) => `${d.shown} of ${d.total} networks`,
  'network-prune': (d) => `remove ${d.removed.join(' ') || 'nothing'}`,
  'list-images': (d) => `${d.shown} of ${d.total} images`,
  'commit-layer': (d) =>
    `tar -c upperdir of ${shortId(d.container)} → ${d.digest === '' ? 'nothing' : shortId(d.digest)} (${d.changes})`,
  'write-image': (d) => `write the configuration ${shortId(d.image)} (${plural(d.layers, 'layer')})`,
  'save-images': (d) => `tar -c ${plural(d.images, 'image')}, ${plural(d.layers, 'layer')} (${bytes(d.bytes)})`,
  'load-images': (d) => `tar -x ${plural(d.images, 'image')}: ${d.added} added, ${d.present} present`,
  'export-container': (d) => `tar -c / of ${shortId(d.container)} (${bytes(d.bytes)})`,
  'import-layer': (d) => `tar -x → ${shortId(d.digest)} (${bytes(d.bytes)})`,
  'image-history': (d) => `history of ${d.image}`,
  tag: (d) => `${d.name} = ${shortId(d.image)}`,
  untag: (d) => `forget ${d.name}`,
  'remove-image': (d) => `delete ${shortId(d.image)} and ${plural(d.removed, 'layer')}`,
  'resolve-image': (d) => `GET ${d.registry} ${d.name} → ${shortId(d.digest)}`,
  'fetch-layers': (d) => `fetch ${plural(d.fetched, 'layer')} (${bytes(d.bytes)}), ${d.present} present`,
  'push-layers': (d) =>
    `HEAD ${d.registry} blobs: ${d.exist} present; POST ?mount=: ${d.mounted}; PUT: ${d.sent} (${bytes(d.bytes)})`,
  'push-manifest': (d) => `PUT ${d.registry} manifest of ${d.name} → ${shortId(d.digest)}`,
  'push-denied': (d) => `${d.registry}: 401 for pushing to ${d.repository}`,
  login: (d) => `GET ${d.registry} /v2/ as ${d.username} → 200`,
  search: (d) => `GET /v1/search?q=${d.term} → ${d.found}`,
  'registry-serve': (d) => `registry serve ${d.address} in ${d.pid}`,
  'derived-image': (d) => `${d.name} after ${d.from}`,
  info: (d) => `${d.containers} containers, ${d.images} images`,
  'disk-usage': (d) => `${d.layers} layers, ${bytes(d.bytes)}`,
  wait: (d) => `wait ${shortId(d.container)} ${d.condition}`,
};

function volumeFolder(name: string): string {
  return `/var/lib/docker/volumes/${shortId(name)}/_data`;
}
