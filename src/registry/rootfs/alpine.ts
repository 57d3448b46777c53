import type { RootEntry } from '../../oci/rootfs.ts';
import { busyboxNames } from '../../programs/names.ts';
import { type LayerFiles, program, programs } from './layer.ts';

/** Where Alpine links busybox's applets (its `busybox.static --list-full`); what is in none of these is in /usr/bin. */
const inBin = new Set(
  `ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo egrep false fatattr
  fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls
  lsattr lzop makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress
  printenv ps pwd reformime rev rm rmdir run-parts sed setpriv setserial sh sleep stat stty su sync tar touch true umount
  uname usleep watch zcat`.split(/\s+/),
);
const inSbin = new Set('halt ifconfig insmod ip modprobe poweroff reboot rmmod route swapoff swapon'.split(' '));
const inUsrSbin = new Set(['addgroup', 'adduser', 'chpasswd', 'crond', 'delgroup', 'deluser']);
/** What Alpine's busybox is built without: stand-alone servers (they are in busybox-extras), and some tools. */
const left = new Set(['httpd', 'xz']);

/** Applets and tools that people know of and that are not simulated: running them says so. */
const unsimulated = '/bin/login /sbin/apk';

function folderOf(applet: string): string {
  if (inUsrSbin.has(applet)) return '/usr/sbin';
  return inSbin.has(applet) ? '/sbin' : inBin.has(applet) ? '/bin' : '/usr/bin';
}

const passwd = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`;
const group = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
cron:x:16:cron
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
tape:x:26:root
video:x:27:root
netdev:x:28:
kvm:x:34:kvm
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
abuild:x:300:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
`;

/** What crond does of itself. */
const crontab = [
  '# do daily/weekly/monthly maintenance',
  '# min\thour\tday\tmonth\tweekday\tcommand',
  '*/15\t*\t*\t*\t*\trun-parts /etc/periodic/15min',
  '0\t*\t*\t*\t*\trun-parts /etc/periodic/hourly',
  '0\t2\t*\t*\t*\trun-parts /etc/periodic/daily',
  '0\t3\t*\t*\t6\trun-parts /etc/periodic/weekly',
  '0\t5\t1\t*\t*\trun-parts /etc/periodic/monthly',
  '',
  '',
].join('\n');

/** Alpine's minimal root file system of a version (`3.24.2`). */
export function alpineFiles(version: string): LayerFiles {
  const branch = version.split('.').slice(0, 2).join('.');
  const dir: RootEntry = { dir: true };
  const files: { [path: string]: RootEntry } = {
    '/bin/busybox': program('busybox', 808_712),
    ...programs(...unsimulated.split(/\s+/)),
    '/etc/alpine-release': `${version}\n`,
    '/etc/apk/arch': 'x86_64\n',
    '/etc/apk/repositories': ['main', 'community']
      .map((part) => `https://dl-cdn.alpinelinux.org/alpine/v${branch}/${part}\n`)
      .join(''),
    '/etc/apk/world': 'alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nmusl-utils\n',
    '/etc/crontabs/root': crontab,
    '/etc/group': group,
    '/etc/hostname': 'localhost\n',
    '/etc/hosts': '127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n',
    '/etc/issue': `Welcome to Alpine Linux ${branch}\nKernel \\r on \\m (\\l)\n\n`,
    '/etc/motd': 'Welcome to Alpine!\n',
    '/etc/os-release': [
      'NAME="Alpine Linux"\nID=alpine\n',
      `VERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${branch}"\n`,
      'HOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
    ].join(''),
    '/etc/passwd': passwd,
    '/etc/profile':
      'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\numask 022\n',
    '/etc/shells': '/bin/sh\n/bin/ash\n',
    '/lib/ld-musl-x86_64.so.1': { bytes: '\x7fELF', mode: 0o755, size: 663_472 },
    '/proc': { dir: true, mode: 0o555 },
    '/root': { dir: true, mode: 0o700 },
    '/sys': { dir: true, mode: 0o555 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/var/run': { link: '../run' },
    '/var/spool/cron/crontabs': { link: '../../../etc/crontabs' },
    '/var/tmp': { dir: true, mode: 0o1777 },
  };
  const dirs = `/dev /etc/periodic/15min /etc/periodic/daily /etc/periodic/hourly /etc/periodic/monthly /etc/periodic/weekly /home /media/cdrom /mnt /opt /run /srv /usr/lib /usr/local/bin /usr/local/lib /usr/local/share /usr/sbin
  /usr/share /var/cache/apk /var/lib/apk /var/log /var/opt /var/spool`;
  for (const path of dirs.split(/\s+/)) files[path] = dir;
  for (const applet of busyboxNames()) {
    if (left.has(applet)) continue;
    files[`${folderOf(applet)}/${applet}`] = { link: '/bin/busybox' };
  }
  return { files, bulk: ['/usr/lib/libcrypto.so.3', '/usr/lib/libssl.so.3', '/usr/lib/libapk.so.3'] };
}
