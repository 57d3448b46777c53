import type { DirNode } from '../kernel/fs/node.ts';
import type { Us } from '../kernel/json.ts';
import { executableStub } from '../kernel/stub.ts';
import { buildTree, type RootEntry } from '../oci/rootfs.ts';
import { hostTools } from '../programs/names.ts';
import { guestKernel } from '../vm/box.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;

const group = `root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
nogroup:x:65534:
`;

const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;

const mib = 1_048_576;
const folders = ['/boot', '/dev', '/home', '/media', '/mnt', '/opt', '/run', '/srv', '/usr/local/bin', '/usr/sbin'];

/**
 * The disk of a virtual machine with Debian 12: unlike an image it has a kernel, its initrd and its modules on it (14 MB, 15 MB and the
 * rest of 119 MiB, as measured).
 */
export function guestDisk(hostname: string, now: Us): DirNode {
  const { release } = guestKernel;
  const files: { [path: string]: RootEntry } = {
    '/bin': { link: 'usr/bin' },
    '/sbin': { link: 'usr/sbin' },
    '/lib': { link: 'usr/lib' },
    ...Object.fromEntries(folders.map((path) => [path, { dir: true as const }])),
    '/proc': { dir: true, mode: 0o555 },
    '/sys': { dir: true, mode: 0o555 },
    '/root': { dir: true, mode: 0o700 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/var/tmp': { dir: true, mode: 0o1777 },
    '/var/log': { dir: true },
    '/etc/passwd': passwd,
    '/etc/group': group,
    '/etc/hostname': `${hostname}\n`,
    '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${hostname}\n`,
    '/etc/resolv.conf': 'nameserver 10.0.2.3\n',
    '/etc/debian_version': '12.15\n',
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/usr/lib/os-release': osRelease,
    [`/boot/vmlinuz-${release}`]: { bytes: '', size: 14_000_000 },
    [`/boot/initrd.img-${release}`]: { bytes: '', size: 15_000_000 },
    [`/usr/lib/modules/${release}/modules`]: { bytes: '', size: 119 * mib - 14_000_000 },
    '/usr/lib/systemd/systemd': { bytes: executableStub('init'), mode: 0o755 },
    '/usr/sbin/init': { link: '../lib/systemd/systemd' },
    '/usr/bin/sh': { bytes: executableStub('dash'), mode: 0o755 },
    '/usr/bin/bash': { bytes: executableStub('bash'), mode: 0o755 },
  };
  for (const [path, program] of Object.entries(hostTools())) {
    files[path] = { bytes: executableStub(program), mode: 0o755 };
  }
  return buildTree(files, now);
}
