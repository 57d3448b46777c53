import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DirNode } from '../kernel/fs/node.ts';
import type { Us } from '../kernel/json.ts';
import type { Image, ImageConfig } from '../oci/image.ts';
import { buildTree, type RootEntry } from '../oci/rootfs.ts';
import { executableStub } from '../programs/stub.ts';

/** An image that every new engine has in its store, until there is a registry to pull from. */
export interface BuiltinImage {
  readonly image: Image;
  readonly trees: readonly DirNode[];
  readonly references: readonly string[];
}

/** Bytes on disk: alpine 3.22's busybox, and the whole of both images (typical of the amd64 images of 2025). */
const busyboxSize = 808_712;
const sizes = { alpine: 8_320_000, busybox: 4_430_000 };

/** alpine and busybox, with busybox's applets. `created` is the time at which they were made. */
export function builtinImages(applets: readonly string[], created: Us): readonly BuiltinImage[] {
  return [
    make('alpine', ['alpine:latest', 'alpine:3.22', 'alpine:3'], alpineFiles(applets), ['/bin/sh'], created),
    make('busybox', ['busybox:latest', 'busybox:1.37', 'busybox:1'], busyboxFiles(applets), ['sh'], created),
  ];
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function make(
  name: 'alpine' | 'busybox',
  references: readonly string[],
  files: Files,
  cmd: readonly string[],
  created: Us,
): BuiltinImage {
  const config: ImageConfig = {
    Env: [path],
    Cmd: cmd,
    Entrypoint: null,
    WorkingDir: name === 'alpine' ? '/' : '',
    User: '',
    Labels: {},
    ExposedPorts: [],
    Volumes: [],
  };
  const digest = (text: string): string => `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
  const diffId = digest(JSON.stringify(files));
  const when = new Date(created / 1000).toISOString();
  const image: Image = {
    id: digest(JSON.stringify({ config, diffId, when: '2025-07-15' })),
    created: when,
    architecture: 'amd64',
    os: 'linux',
    config,
    layers: [{ diffId, chainId: diffId, size: sizes[name] }],
    history: [],
    repoDigests: [],
  };
  return { image, trees: [buildTree(files, created)], references };
}

type Files = { readonly [path: string]: RootEntry };

/** Where busybox's applets are linked; the others are in /usr/bin. */
const inBin = new Set(
  `ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo ed egrep false fatattr
  fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr
  lzop makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd
  reformime rev rm rmdir run-parts sed setpriv setserial sh sleep stat stty su sync tar touch true umount uname usleep watch zcat`.split(
    /\s+/,
  ),
);
const inSbin = new Set(['ifconfig', 'ip', 'route', 'arp', 'mdev', 'sysctl', 'reboot', 'poweroff', 'halt', 'init']);

const passwd = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;
const group = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
wheel:x:10:root
users:x:100:
nogroup:x:65533:
nobody:x:65534:
`;

function alpineFiles(applets: readonly string[]): Files {
  const files: { [path: string]: RootEntry } = {
    '/bin/busybox': { bytes: executableStub('busybox'), mode: 0o755, size: busyboxSize },
    '/dev': { dir: true },
    '/etc/alpine-release': '3.22.1\n',
    '/etc/group': group,
    '/etc/hostname': 'localhost\n',
    '/etc/hosts': '127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n',
    '/etc/issue': 'Welcome to Alpine Linux 3.22\nKernel \\r on \\m (\\l)\n\n',
    '/etc/os-release':
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
    '/etc/passwd': passwd,
    '/etc/profile':
      'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\numask 022\n',
    '/etc/shells': '/bin/sh\n/bin/ash\n',
    '/home': { dir: true },
    '/lib': { dir: true },
    '/media': { dir: true },
    '/mnt': { dir: true },
    '/opt': { dir: true },
    '/proc': { dir: true, mode: 0o555 },
    '/root': { dir: true, mode: 0o700 },
    '/run': { dir: true },
    '/srv': { dir: true },
    '/sys': { dir: true, mode: 0o555 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/usr/bin': { dir: true },
    '/usr/lib': { dir: true },
    '/usr/local/bin': { dir: true },
    '/usr/sbin': { dir: true },
    '/var/log': { dir: true },
    '/var/tmp': { dir: true, mode: 0o1777 },
  };
  for (const applet of applets) {
    const folder = inSbin.has(applet) ? '/sbin' : inBin.has(applet) ? '/bin' : '/usr/bin';
    files[`${folder}/${applet}`] = { link: '/bin/busybox' };
  }
  return files;
}

/** The busybox image has its applets as hard links of one binary; links by name do the same with less to carry. */
function busyboxFiles(applets: readonly string[]): Files {
  const binary = { bytes: executableStub('busybox'), mode: 0o755, size: 1_305_576 };
  const files: { [path: string]: RootEntry } = {
    '/bin/busybox': binary,
    '/dev': { dir: true },
    '/etc/group': group,
    '/etc/passwd': passwd,
    '/home': { dir: true, uid: 65534, gid: 65534 },
    '/root': { dir: true, mode: 0o700 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/usr/sbin': { dir: true },
    '/var/spool': { dir: true },
    '/var/www': { dir: true },
  };
  for (const applet of applets) files[`/bin/${applet}`] = { link: '/bin/busybox' };
  return files;
}
