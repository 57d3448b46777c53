import type { DirNode } from '../../kernel/fs/node.ts';
import type { Us } from '../../kernel/json.ts';
import { executableStub } from '../../kernel/stub.ts';
import { buildTree, type RootEntry } from '../../oci/rootfs.ts';
import { hostTools } from '../../programs/names.ts';

/** A Mac with an Intel processor (all images here are for amd64), and the person who works on it. */
export const mac = {
  release: '24.6.0',
  version: 'Darwin Kernel Version 24.6.0: Mon Jul 14 11:30:29 PDT 2025; root:xnu-11417.140.69~1/RELEASE_X86_64',
  user: 'learner',
  uid: 501,
  gid: 20,
  home: '/Users/learner',
} as const;

/** SHA-256 of `desktop-linux`: the folder of Docker Desktop's context. */
const contextFolder = 'fe9c6bd7a66301f49ca9b6a70b217107cd1284598bfc254700c989b916da791e';

/** Tools that only a Linux has. */
const linuxOnly =
  /\/(?:dmesg|free|getent|groupadd|groupdel|ip|nproc|pidof|setsid|ss|useradd|userdel|usermod|watch|chroot|unshare|nsenter)$/;

/** What is on its disk: a few folders of macOS, its tools, Docker's client, and where the client finds Docker Desktop. */
export function macRoot(hostname: string, now: Us): DirNode {
  const { uid, gid, home } = mac;
  const own = { uid, gid };
  const files: { [path: string]: RootEntry } = {
    '/Applications/Docker.app/Contents/MacOS': { dir: true },
    '/Applications/Docker.app/Contents/Resources/linuxkit/kernel': { bytes: '', size: 21_000_000 },
    '/Applications/Docker.app/Contents/Resources/linuxkit/boot.img': { bytes: '', size: 190_000_000 },
    '/dev': { dir: true },
    '/etc': { link: 'private/etc' },
    '/tmp': { link: 'private/tmp' },
    '/var': { link: 'private/var' },
    '/private/etc/passwd': `root:*:0:0:System Administrator:/var/root:/bin/sh\nlearner:*:501:20:Learner:${home}:/bin/bash\n`,
    '/private/etc/group': 'wheel:*:0:root\nstaff:*:20:root\nadmin:*:80:root,learner\n',
    '/private/etc/hosts': '127.0.0.1\tlocalhost\n255.255.255.255\tbroadcasthost\n::1             localhost\n',
    '/private/etc/resolv.conf': 'nameserver 10.0.2.3\n',
    '/private/etc/hostname': `${hostname}\n`,
    '/private/tmp': { dir: true, mode: 0o1777 },
    '/private/var/run': { dir: true },
    '/private/var/root': { dir: true, mode: 0o700 },
    '/Library': { dir: true },
    '/System/Library/CoreServices/SystemVersion.plist': 'ProductVersion 15.6\n',
    '/sbin/launchd': { bytes: executableStub('init'), mode: 0o755 },
    '/usr/local/bin/docker': { bytes: executableStub('docker'), mode: 0o755 },
    '/bin/sh': { bytes: executableStub('dash'), mode: 0o755 },
    '/bin/bash': { bytes: executableStub('bash'), mode: 0o755 },
    '/usr/bin/ssh': { bytes: executableStub('ssh'), mode: 0o755 },
    '/usr/bin/sh': { link: '../../bin/sh' },
    '/usr/bin/bash': { link: '../../bin/bash' },
    [home]: { dir: true, mode: 0o750, ...own },
    [`${home}/.docker`]: { dir: true, ...own },
    [`${home}/.docker/run`]: { dir: true, ...own },
    [`${home}/.docker/config.json`]: {
      bytes: '{\n\t"auths": {},\n\t"currentContext": "desktop-linux"\n}\n',
      mode: 0o600,
      ...own,
    },
    [`${home}/.docker/contexts/meta/${contextFolder}/meta.json`]: {
      bytes: `{"Name":"desktop-linux","Metadata":{"Description":"Docker Desktop"},"Endpoints":{"docker":{"Host":"unix://${home}/.docker/run/docker.sock","SkipTLSVerify":false}}}`,
      ...own,
    },
  };
  for (const [path, program] of Object.entries(hostTools())) {
    if (!linuxOnly.test(path)) files[path] = { bytes: executableStub(program), mode: 0o755 };
  }
  return buildTree(files, now);
}
