import type { DirNode } from '../../kernel/fs/node.ts';
import type { Us } from '../../kernel/json.ts';
import { executableStub } from '../../kernel/stub.ts';
import { buildTree, type RootEntry } from '../../oci/rootfs.ts';

/** The kernels of the hidden virtual machines, as they were reported of Docker Desktop (LinuxKit) and of WSL 2. */
export const hiddenKernels = {
  mac: { release: '6.10.0-linuxkit', version: '#1 SMP Wed Jul 17 10:51:09 UTC 2024' },
  windows: {
    release: '5.15.153.1-microsoft-standard-WSL2',
    version: '#1 SMP Fri Mar 29 23:14:13 UTC 2024',
  },
} as const;

/** The files of the machine that the engine runs in: as little as it needs. */
export function hiddenRoot(now: Us): DirNode {
  const files: { [path: string]: RootEntry } = {
    '/bin': { dir: true },
    '/dev': { dir: true },
    '/proc': { dir: true, mode: 0o555 },
    '/sys': { dir: true, mode: 0o555 },
    '/run': { dir: true },
    '/tmp': { dir: true, mode: 0o1777 },
    '/var/lib/docker': { dir: true, mode: 0o710 },
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
    '/etc/group': 'root:x:0:\ndocker:x:988:\n',
    '/etc/hostname': 'docker-desktop\n',
    '/etc/hosts': '127.0.0.1 localhost docker-desktop\n192.168.65.254 host.docker.internal\n',
    '/etc/resolv.conf': 'nameserver 192.168.65.7\n',
    '/etc/os-release': 'PRETTY_NAME="Docker Desktop"\n',
  };
  for (const [path, program] of [
    ['/usr/bin/dockerd', 'dockerd'],
    ['/usr/bin/containerd', 'containerd'],
    ['/usr/bin/containerd-shim-runc-v2', 'shim'],
    ['/usr/bin/docker-proxy', 'docker-proxy'],
    ['/usr/bin/docker-init', 'docker-init'],
    ['/usr/bin/vsudd', 'dial-stdio'],
  ] as const) {
    files[path] = { bytes: executableStub(program), mode: 0o755 };
  }
  return buildTree(files, now);
}
