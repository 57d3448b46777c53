import type { DirNode } from '../kernel/fs/node.ts';
import type { Us } from '../kernel/json.ts';
import { executableStub } from '../kernel/stub.ts';
import { buildTree, type RootEntry } from '../oci/rootfs.ts';

/** The person who sits at the simulated computer: an ordinary user in the docker group. */
export const learner = {
  name: 'learner',
  uid: 1000,
  gid: 1000,
  groups: [1000, 27, 988],
  home: '/home/learner',
} as const;

/** The computer that a new session begins with: a small server or laptop with Ubuntu 24.04 and Docker on it. */
export const laptop = {
  hostname: 'drydock',
  release: '6.8.0-31-generic',
  version: '#31-Ubuntu SMP PREEMPT_DYNAMIC Sat Apr 20 00:40:06 UTC 2024',
  memory: 8 * 1_073_741_824,
  cpus: 4,
  card: { name: 'enp0s3', mac: '08:00:27:5d:1c:9a', cidr: '10.0.2.15/24', gateway: '10.0.2.2' },
} as const;

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
${learner.name}:x:1000:1000:Learner:${learner.home}:/bin/bash
`;

const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:${learner.name}
tty:x:5:
disk:x:6:
sudo:x:27:${learner.name}
www-data:x:33:
users:x:100:
docker:x:988:${learner.name}
${learner.name}:x:1000:
nogroup:x:65534:
`;

const osRelease = `PRETTY_NAME="Ubuntu 24.04 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
`;

/** Programs that run as root whoever starts them. */
const setUserId: ReadonlySet<string> = new Set(['/usr/bin/sudo']);

/** The computer's disk: the usual folders, its users, and an executable for each program in `programs` (path → program). */
export function laptopRoot(
  programs: { readonly [path: string]: string },
  now: Us,
  hostname: string = laptop.hostname,
): DirNode {
  const files: { [path: string]: RootEntry } = {
    '/bin': { link: 'usr/bin' },
    '/sbin': { link: 'usr/sbin' },
    '/lib': { link: 'usr/lib' },
    '/boot': { dir: true },
    '/dev': { dir: true },
    '/etc/passwd': passwd,
    '/etc/group': group,
    '/etc/hostname': `${hostname}\n`,
    '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${hostname}\n\n::1     ip6-localhost ip6-loopback\n`,
    '/etc/resolv.conf': 'nameserver 10.0.2.3\n',
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/usr/lib/os-release': osRelease,
    '/etc/shells': '/bin/sh\n/bin/bash\n',
    '/home/learner': { dir: true, mode: 0o750, uid: learner.uid, gid: learner.gid },
    '/media': { dir: true },
    '/mnt': { dir: true },
    '/opt': { dir: true },
    '/proc': { dir: true, mode: 0o555 },
    '/root': { dir: true, mode: 0o700 },
    '/run': { dir: true },
    '/srv': { dir: true },
    '/sys': { dir: true, mode: 0o555 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/usr/local/bin': { dir: true },
    '/etc/sudoers': {
      bytes: `Defaults\tenv_reset\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin"\nroot\tALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n`,
      mode: 0o440,
    },
    '/etc/sudoers.d/90-learner': { bytes: `${learner.name} ALL=(ALL) NOPASSWD:ALL\n`, mode: 0o440 },
    '/usr/sbin': { dir: true },
    '/var/lib/docker': { dir: true, mode: 0o710 },
    '/var/log': { dir: true },
    '/var/tmp': { dir: true, mode: 0o1777 },
  };
  for (const [path, program] of Object.entries(programs)) {
    files[path] = { bytes: executableStub(program), mode: setUserId.has(path) ? 0o4755 : 0o755 };
  }
  return buildTree(files, now);
}
