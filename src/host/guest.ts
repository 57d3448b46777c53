import type { DirNode } from '../kernel/fs/node.ts';
import type { Us } from '../kernel/json.ts';
import { executableStub } from '../kernel/stub.ts';
import { buildTree, type RootEntry } from '../oci/rootfs.ts';
import { hostTools } from '../programs/names.ts';
import { debianFiles, ubuntuFiles } from '../registry/rootfs/debian.ts';
import { type SystemId, systemOf } from '../vm/systems.ts';

/** The user that Vagrant's boxes have, who may do everything with sudo and without a password. */
const boxUser = 'vagrant';

const folders = ['/boot', '/dev', '/home', '/media', '/mnt', '/opt', '/run', '/srv', '/usr/local/bin', '/usr/sbin'];

/**
 * The disk of a virtual machine: the user-space files that an image of the system has too, and what no image has: a kernel, its
 * initrd and its modules (14 MB, 15 MB and the rest of 119 MiB as measured for Debian's cloud kernel), an init, an sshd.
 */
export function guestDisk(hostname: string, now: Us, system?: SystemId): DirNode {
  const { release, kernel, initrd, modules, name } = systemOf(system);
  const version = /^ubuntu(.*)$/.exec(system ?? '')?.[1];
  const base = version === undefined ? debianFiles('bookworm') : ubuntuFiles(version);
  const files: { [path: string]: RootEntry } = {
    ...base.files,
    ...Object.fromEntries(folders.map((path) => [path, { dir: true as const }])),
    ...accounts(String(base.files['/etc/passwd']), String(base.files['/etc/group']), system),
    '/etc/hostname': `${system === undefined ? hostname : hostnameOf(system)}\n`,
    '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${system === undefined ? hostname : hostnameOf(system)}\n`,
    '/etc/resolv.conf': 'nameserver 10.0.2.3\n',
    '/etc/machine-id': `${'0'.repeat(32)}\n`,
    ...(version === undefined ? { '/etc/debian_version': '12.15\n' } : {}),
    '/etc/motd': motd(name),
    [`/boot/vmlinuz-${release}`]: { bytes: '', size: kernel },
    [`/boot/initrd.img-${release}`]: { bytes: '', size: initrd },
    [`/usr/lib/modules/${release}/modules`]: { bytes: '', size: modules },
    '/boot/grub/grub.cfg': `linux /boot/vmlinuz-${release} root=/dev/sda1 ro\ninitrd /boot/initrd.img-${release}\n`,
    '/usr/lib/systemd/systemd': { bytes: executableStub('init'), mode: 0o755 },
    '/usr/sbin/init': { link: '../lib/systemd/systemd' },
    '/usr/sbin/sshd': { bytes: executableStub('sshd'), mode: 0o755, size: 1_000_000 },
    '/etc/ssh/sshd_config':
      'PermitRootLogin prohibit-password\nUsePAM yes\nSubsystem sftp /usr/lib/openssh/sftp-server\n',
    '/usr/bin/bash': { bytes: executableStub('bash'), mode: 0o755, size: 1_265_648 },
  };
  for (const [path, program] of Object.entries({ ...hostTools(), '/usr/bin/sudo': 'isolation/sudo' })) {
    files[path] = { bytes: executableStub(program), mode: path === '/usr/bin/sudo' ? 0o4755 : 0o755 };
  }
  for (const [path, [program, size]] of Object.entries(systemPrograms)) {
    files[path] = { bytes: executableStub(program), mode: 0o755, ...(size === undefined ? {} : { size }) };
  }
  return buildTree(files, now);
}

/** systemd with its tools and what its units run, and dmesg: the program behind each, and the size of the real file where it is large. */
const systemPrograms: { readonly [path: string]: readonly [program: string, size?: number] } = {
  '/usr/bin/systemctl': ['systemctl'],
  '/usr/bin/journalctl': ['journalctl'],
  '/usr/bin/dmesg': ['guest-dmesg'],
  ...Object.fromEntries(
    [
      ...['/usr/bin/hostnamectl', '/usr/bin/systemd-detect-virt', '/usr/bin/systemd-analyze'],
      ...['/usr/sbin/reboot', '/usr/sbin/poweroff', '/usr/sbin/halt', '/usr/sbin/shutdown'],
    ].map((path) => [path, ['machine-tool']] as const),
  ),
  '/usr/lib/systemd/systemd-journald': ['guest-service', 170_496],
  '/usr/lib/systemd/systemd-udevd': ['guest-service', 1_955_432],
  '/usr/lib/systemd/systemd-timesyncd': ['guest-service', 55_520],
  '/usr/lib/systemd/systemd-logind': ['guest-service', 281_096],
  '/usr/bin/dbus-daemon': ['guest-service', 244_288],
  '/usr/sbin/agetty': ['guest-service', 69_112],
};

function hostnameOf(system: SystemId): string {
  return (
    { 'ubuntu22.04': 'ubuntu-jammy', 'ubuntu20.04': 'ubuntu-focal', 'ubuntu18.04': 'vagrant' }[system as string] ??
    'bookworm'
  );
}

function accounts(passwd: string, group: string, system: SystemId | undefined): { readonly [path: string]: RootEntry } {
  const sudoers =
    'Defaults\tenv_reset\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nroot\tALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n';
  const users = `${passwd}${serviceUsers(system)
    .map(([name, uid, gid, about, home]) => `${name}:x:${uid}:${gid}:${about}:${home}:/usr/sbin/nologin\n`)
    .join('')}`;
  const groups = `${group}${serviceUsers(system)
    .filter(([, , gid]) => gid !== nogroup)
    .map(([name, , gid]) => `${name}:x:${gid}:\n`)
    .join('')}`;
  const base = {
    '/etc/sudoers': { bytes: sudoers, mode: 0o440 },
    '/etc/passwd': users,
    '/etc/group': groups,
  };
  if (system === undefined || system === 'debian12-cloud') return base;
  const own = { uid: 1000, gid: 1000 };
  return {
    ...base,
    '/etc/passwd': `${users}${boxUser}:x:1000:1000:,,,:/home/${boxUser}:/bin/bash\n`,
    '/etc/group': `${groups.replace(/^(sudo:x:\d+:)$/m, `$1${boxUser}`)}${boxUser}:x:1000:\n`,
    '/etc/sudoers.d/vagrant': { bytes: `${boxUser} ALL=(ALL) NOPASSWD: ALL\n`, mode: 0o440 },
    [`/home/${boxUser}`]: { dir: true, mode: 0o755, ...own },
    [`/home/${boxUser}/.bashrc`]: { bytes: "PS1='\\u@\\h:\\w\\$ '\n", ...own },
    [`/home/${boxUser}/.ssh`]: { dir: true, mode: 0o700, ...own },
    [`/home/${boxUser}/.ssh/authorized_keys`]: { bytes: 'ssh-rsa vagrant insecure public key\n', mode: 0o600, ...own },
  };
}

const nogroup = 65_534;

/** Users as whom services run, with the numbers of Debian 12 and of Ubuntu's releases; no image has them. */
function serviceUsers(
  system: SystemId | undefined,
): readonly (readonly [name: string, uid: number, gid: number, about: string, home: string])[] {
  const ubuntu = system?.startsWith('ubuntu') === true;
  const [bus, time, sshd] = ubuntu ? ([102, 103, 109] as const) : ([100, 997, 104] as const);
  return [
    ['messagebus', bus, ubuntu ? 105 : 102, '', '/nonexistent'],
    ['systemd-timesync', time, ubuntu ? 106 : 997, 'systemd Time Synchronization', ubuntu ? '/run/systemd' : '/'],
    ['sshd', sshd, nogroup, '', '/run/sshd'],
  ];
}

function motd(name: string): string {
  return name.startsWith('Debian')
    ? '\nThe programs included with the Debian GNU/Linux system are free software;\nthe exact distribution terms for each program are described in the\nindividual files in /usr/share/doc/*/copyright.\n\nDebian GNU/Linux comes with ABSOLUTELY NO WARRANTY, to the extent\npermitted by applicable law.\n'
    : `Welcome to ${name}\n`;
}
