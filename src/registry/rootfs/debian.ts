import type { RootEntry, RootFiles } from '../../oci/rootfs.ts';
import { isolationTools } from '../../programs/isolation/names.ts';
import { hostTools } from '../../programs/names.ts';
import { debianVersions, ubuntuVersions } from '../tags.ts';
import { type LayerFiles, program, programs } from './layer.ts';

/** Tools of the simulated host that are in none of Debian's essential packages. */
const notEssential: readonly string[] =
  'bc dc patch cron crontab fuser lsof pstree vmstat w bunzip2 bzcat bzip2 unxz unzip xz xzcat zip column curl free hd hexdump ip kill killall less nano pgrep pidof ping pkill ps ss strings time top tree uptime vi watch xxd'.split(
    ' ',
  );
/** What procps brings. */
export const procps: readonly string[] = 'free kill pgrep pidof pkill ps top uptime vmstat w watch'.split(' ');

/** Tools that people know of and that are not simulated: running them says so. */
const unsimulated = `/usr/bin/apt /usr/bin/apt-cache /usr/bin/apt-config /usr/bin/apt-get /usr/bin/apt-mark /usr/bin/debconf
  /usr/bin/dpkg /usr/bin/dpkg-query /usr/bin/getconf /usr/bin/iconv /usr/bin/ldd /usr/bin/login
  /usr/bin/mawk /usr/bin/perl /usr/sbin/ldconfig /usr/sbin/nologin`;

const passwd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;
const groups = `root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 fax:21
voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 shadow:42
utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534`;

function groupFile(extra: string): string {
  const lines = groups.split(/\s+/).map((item) => item.replace(':', ':x:'));
  return `${lines.join(':\n')}:\n${extra}`;
}

const debianPoints: { readonly [version: string]: string | undefined } = {
  '13': '13.7',
  '12': '12.12',
  '11': '11.11',
  '10': '10.13',
};

/** A Debian's root file system; `name` as `trixie` or `trixie-slim`. */
export function debianFiles(name: string): LayerFiles {
  const code = name.replace('-slim', '');
  const version = debianVersions[code] ?? '13';
  return {
    files: {
      ...common('/bin/bash'),
      '/etc/debian_version': `${debianPoints[version] ?? version}\n`,
      '/etc/group': groupFile(''),
      '/etc/passwd': passwd,
      '/etc/issue': `Debian GNU/Linux ${version} \\n \\l\n\n`,
      '/usr/lib/os-release': [
        `PRETTY_NAME="Debian GNU/Linux ${version} (${code})"\nNAME="Debian GNU/Linux"\nVERSION_ID="${version}"\n`,
        `VERSION="${version} (${code})"\nVERSION_CODENAME=${code}\n`,
        ...(Number(version) >= 13 ? [`DEBIAN_VERSION_FULL=${debianPoints[version] ?? version}\n`] : []),
        'ID=debian\nHOME_URL="https://www.debian.org/"\nSUPPORT_URL="https://www.debian.org/support"\n',
        'BUG_REPORT_URL="https://bugs.debian.org/"\n',
      ].join(''),
      '/etc/apt/sources.list.d/debian.sources': aptSources(code),
    },
    bulk,
  };
}

function aptSources(code: string): string {
  const source = (uri: string, suites: string) =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`;
  const main = source('http://deb.debian.org/debian', `${code} ${code}-updates`);
  return `${main}\n${source('http://deb.debian.org/debian-security', `${code}-security`)}`;
}

/** The Debian that an Ubuntu was made from while that was not released yet. */
const debianOf: { readonly [year: number]: string | undefined } = {
  18: 'buster',
  20: 'bullseye',
  22: 'bookworm',
  26: 'forky',
};

const adjectives: { readonly [code: string]: string | undefined } = {
  trusty: 'Trusty Tahr',
  xenial: 'Xenial Xerus',
  bionic: 'Bionic Beaver',
  focal: 'Focal Fossa',
  jammy: 'Jammy Jellyfish',
  noble: 'Noble Numbat',
  resolute: 'Resolute Raccoon',
};

/** An Ubuntu's root file system; `version` as `24.04`. */
export function ubuntuFiles(version: string): LayerFiles {
  const code = Object.keys(ubuntuVersions).find((name) => ubuntuVersions[name] === version) ?? '';
  const long = `${version}${Number(version.split('.')[0]) % 2 === 0 && version.endsWith('.04') ? ' LTS' : ''}`;
  const full = adjectives[code] ?? code;
  // since 24.04 the image has an account to work with
  const account = Number.parseInt(version, 10) >= 24;
  return {
    files: {
      ...common('/bin/bash'),
      // unlike Debian's image, this one has procps
      ...Object.fromEntries(procps.map((tool) => [`/usr/bin/${tool}`, program(`coreutils/${tool}`)])),
      '/etc/debian_version': `${debianOf[Number.parseInt(version, 10)] ?? 'trixie'}/sid\n`,
      '/etc/group': groupFile(account ? 'ubuntu:x:1000:\n' : ''),
      '/etc/passwd': `${passwd}${account ? 'ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n' : ''}`,
      ...(account ? { '/home/ubuntu': { dir: true as const, mode: 0o750, uid: 1000, gid: 1000 } } : {}),
      '/etc/issue': `Ubuntu ${long} \\n \\l\n\n`,
      '/etc/lsb-release': `DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=${version}\nDISTRIB_CODENAME=${code}\nDISTRIB_DESCRIPTION="Ubuntu ${long}"\n`,
      '/usr/lib/os-release': [
        `PRETTY_NAME="Ubuntu ${long}"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION="${long} (${full})"\n`,
        `VERSION_CODENAME=${code}\nID=ubuntu\nID_LIKE=debian\nHOME_URL="https://www.ubuntu.com/"\n`,
        'SUPPORT_URL="https://help.ubuntu.com/"\nBUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"\n',
        'PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"\n',
        `UBUNTU_CODENAME=${code}\n`,
      ].join(''),
    },
    bulk,
  };
}

const library = '/usr/lib/x86_64-linux-gnu';
const bulk = [
  `${library}/libc.so.6`,
  `${library}/libcrypto.so.3`,
  `${library}/libapt-pkg.so.7.0`,
  '/usr/lib/locale/C.utf8/LC_CTYPE',
];

/** What systems with glibc, bash and coreutils in /usr have in common; `rootShell` is the one of the first account. */
export function common(rootShell: string): RootFiles {
  const files: { [path: string]: RootEntry } = {
    '/bin': { link: 'usr/bin' },
    '/sbin': { link: 'usr/sbin' },
    '/lib': { link: 'usr/lib' },
    '/lib64': { link: 'usr/lib64' },
    '/usr/bin/sh': { link: 'dash' },
    '/usr/bin/dash': program('dash', 125_688),
    '/usr/bin/bash': program('bash', 1_298_416),
    ...programs(...unsimulated.split(/\s+/)),
    '/etc/bash.bashrc': '[ -z "$PS1" ] && return\nPS1=\'\\u@\\h:\\w\\$ \'\n',
    '/etc/hostname': 'localhost\n',
    '/etc/host.conf': 'multi on\n',
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/etc/nsswitch.conf':
      'passwd:         files\ngroup:          files\nshadow:         files\n\nhosts:          files dns\n',
    '/etc/profile': 'PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"\nexport PATH\n',
    '/etc/shells': `/bin/sh\n/usr/bin/sh\n${rootShell}\n/usr${rootShell}\n/bin/dash\n/usr/bin/dash\n`,
    '/proc': { dir: true, mode: 0o555 },
    '/root': { dir: true, mode: 0o700 },
    '/root/.bashrc': '# settings of interactive shells\n',
    '/run/lock': { dir: true, mode: 0o1777 },
    '/sys': { dir: true, mode: 0o555 },
    '/tmp': { dir: true, mode: 0o1777 },
    '/var/run': { link: '/run' },
    '/var/tmp': { dir: true, mode: 0o1777 },
  };
  const dirs = `/boot /dev /home /media /mnt /opt /srv /usr/games /usr/include /usr/lib64 /usr/local/bin /usr/local/lib
  /usr/local/sbin /usr/share/doc /usr/src /var/backups /var/cache/apt /var/lib/apt/lists /var/lib/dpkg /var/log /var/mail
  /var/opt /var/spool`;
  for (const path of dirs.split(/\s+/)) files[path] = { dir: true };
  for (const [path, name] of Object.entries({ ...hostTools(), ...isolationTools() })) {
    if (!notEssential.includes(path.slice(path.lastIndexOf('/') + 1))) files[path] = program(name);
  }
  return files;
}

/** A root file system of the rpm family (also Arch's), by the repository's name and a version. */
export function rpmFiles(system: string, version: string): LayerFiles {
  const name = rpmNames[system] ?? `${system.charAt(0).toUpperCase()}${system.slice(1)}`;
  const { '/usr/bin/apt': _, ...files } = common('/bin/bash');
  const own = Object.fromEntries(
    Object.entries(files).filter(([path]) => !/\/(?:apt|dpkg|debconf)[^/]*(?:\/|$)/.test(path)),
  );
  return {
    files: {
      ...own,
      '/usr/bin/sh': { link: 'bash' },
      ...programs(
        ...(system === 'archlinux' ? ['/usr/bin/pacman'] : ['/usr/bin/rpm', '/usr/bin/dnf', '/usr/bin/microdnf']),
      ),
      '/etc/group':
        'root:x:0:\nbin:x:1:\ndaemon:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\nwheel:x:10:\nusers:x:100:\nnobody:x:65534:\n',
      '/etc/passwd':
        'root:x:0:0:root:/root:/bin/bash\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nnobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin\n',
      '/usr/lib/os-release': `NAME="${name}"\nVERSION="${version}"\nID=${rpmIds[system] ?? system}\nVERSION_ID="${version}"\nPRETTY_NAME="${name} ${version}"\n`,
    },
    bulk: ['/usr/lib64/libc.so.6', '/usr/lib64/libcrypto.so.3', '/usr/lib64/librpm.so.9'],
  };
}

const rpmNames: { readonly [system: string]: string | undefined } = {
  almalinux: 'AlmaLinux',
  amazonlinux: 'Amazon Linux',
  archlinux: 'Arch Linux',
  fedora: 'Fedora Linux',
  oraclelinux: 'Oracle Linux Server',
  rockylinux: 'Rocky Linux',
};
const rpmIds: { readonly [system: string]: string | undefined } = {
  amazonlinux: 'amzn',
  archlinux: 'arch',
  oraclelinux: 'ol',
  rockylinux: 'rocky',
};
