import type { Action, Actions } from './actions.ts';
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
  veth: (d) => `veth pair ${d.name}, ${d.peer}: ${d.address} via ${d.gateway}, on bridge ${d.bridge}`,
  budget: (d) => `stop after ${d.ops} operations`,
  request: (d) => `${d.method} ${barePath(d.path)} → ${d.status}`,
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
  'vm-power-on': (d) => `fork → ${d.pid}: qemu-system-x86_64 -name ${d.vm} -m ${bytes(d.memory)} -smp ${d.cpus}`,
  'vm-stage': (d) => `${d.vm}: ${d.stage}`,
  'vm-power-off': (d) => (d.forced ? `kill(${d.pid}, SIGKILL)` : `ACPI power button; ${d.pid} exits with 0`),
  'vm-list': (d) => `${d.running} of ${d.total} on`,
  'vm-remove': (d) => `rm ${d.vm}.qcow2`,
  'list-images': (d) => `${d.shown} of ${d.total} images`,
  'image-history': (d) => `history of ${d.image}`,
  tag: (d) => `${d.name} = ${shortId(d.image)}`,
  untag: (d) => `forget ${d.name}`,
  'remove-image': (d) => `delete ${shortId(d.image)} and ${plural(d.removed, 'layer')}`,
  'resolve-image': (d) => `GET ${d.registry} ${d.name} → ${shortId(d.digest)}`,
  'fetch-layers': (d) => `fetch ${plural(d.fetched, 'layer')} (${bytes(d.bytes)}), ${d.present} present`,
  'derived-image': (d) => `${d.name} after ${d.from}`,
  info: (d) => `${d.containers} containers, ${d.images} images`,
  wait: (d) => `wait ${shortId(d.container)} ${d.condition}`,
};

function volumeFolder(name: string): string {
  return `/var/lib/docker/volumes/${shortId(name)}/_data`;
}
