import { millisecond, second, type Us } from '../kernel/json.ts';

/** The stages between power and the login prompt, in this order on every PC with a BIOS and a Linux with systemd. */
export type StageId =
  | 'firmware'
  | 'boot-device'
  | 'boot-loader'
  | 'load-kernel'
  | 'kernel'
  | 'processors'
  | 'devices'
  | 'initramfs'
  | 'root'
  | 'init'
  | 'targets'
  | 'services'
  | 'login';

export interface Stage {
  readonly id: StageId;
  /** When it is reached, after power on. */
  readonly at: Us;
  /** Who acts: the firmware, the boot loader, the guest's kernel, its init. */
  readonly actor: 'firmware' | 'boot loader' | 'guest kernel' | 'guest init';
  /** What the serial console shows, with the machine's own figures in it. */
  readonly console: (facts: ConsoleFacts, at: Us) => readonly string[];
}

export interface ConsoleFacts {
  readonly release: string;
  readonly version: string;
  /** The system's name as its login prompt has it, and its root device. */
  readonly issue: string;
  readonly disk: string;
  /** What systemd finds that it runs on (`systemd-detect-virt`). */
  readonly virtualization: string;
  readonly hostname: string;
  readonly cpus: number;
}

/** When the guest's kernel begins to run, after power on: its own clock counts from there. */
export const kernelStart: Us = 3170 * millisecond;

/** What the kernel writes in front of its lines: seconds since it began, of a stage that is reached so long after power on. */
const stamp = (at: Us) => `[${((at - kernelStart) / second).toFixed(6).padStart(12)}]`;

/**
 * One measured boot: QEMU 7.2 without hardware virtualization (2 processors, 1 GiB), SeaBIOS 1.16.2, EXTLINUX with a prompt
 * of two seconds, Debian 12 with systemd 252; six boots took 13.2 to 15.4 s, the median was 14.1. With hardware
 * virtualization the times are much shorter and the order is the same.
 */
export const stages: readonly Stage[] = [
  {
    id: 'firmware',
    at: 140 * millisecond,
    actor: 'firmware',
    console: () => ['SeaBIOS (version 1.16.2)'],
  },
  { id: 'boot-device', at: 160 * millisecond, actor: 'firmware', console: () => ['Booting from Hard Disk...'] },
  { id: 'boot-loader', at: 200 * millisecond, actor: 'boot loader', console: () => ['EXTLINUX', 'boot: '] },
  {
    id: 'load-kernel',
    at: 2400 * millisecond,
    actor: 'boot loader',
    console: ({ release }) => [`Loading /boot/vmlinuz-${release}... ok`, `Loading /boot/initrd.img-${release}...ok`],
  },
  {
    id: 'kernel',
    at: 3170 * millisecond,
    actor: 'guest kernel',
    console: ({ release, version, disk }, at) => [
      `${stamp(at)} Linux version ${release} ${version}`,
      `${stamp(at)} Command line: BOOT_IMAGE=/boot/vmlinuz-${release} root=${disk} ro console=ttyS0`,
      `${stamp(at)} BIOS-provided physical RAM map:`,
    ],
  },
  {
    id: 'processors',
    at: 3600 * millisecond,
    actor: 'guest kernel',
    console: ({ cpus }, at) => [`${stamp(at)} smp: Brought up 1 node, ${cpus} CPU${cpus === 1 ? '' : 's'}`],
  },
  {
    id: 'devices',
    at: 4900 * millisecond,
    actor: 'guest kernel',
    console: (_, at) => [
      `${stamp(at)} ACPI: Interpreter enabled`,
      `${stamp(at)} Trying to unpack rootfs image as initramfs...`,
    ],
  },
  {
    id: 'initramfs',
    at: 5300 * millisecond,
    actor: 'guest kernel',
    console: (_, at) => [`${stamp(at)} Run /init as init process`],
  },
  {
    id: 'root',
    at: 7300 * millisecond,
    actor: 'guest kernel',
    console: ({ disk }, at) => [
      disk.startsWith('/dev/vd')
        ? `${stamp(at)} virtio_blk virtio0: [vda]`
        : `${stamp(at)} sd 2:0:0:0: [sda] Attached SCSI disk`,
      `${stamp(at)} EXT4-fs (${disk.slice(5)}): mounted filesystem with ordered data mode. Quota mode: none.`,
    ],
  },
  {
    id: 'init',
    at: 7700 * millisecond,
    actor: 'guest init',
    console: ({ hostname, virtualization }, at) => [
      `${stamp(at)} systemd[1]: Detected virtualization ${virtualization}.`,
      `${stamp(at)} systemd[1]: Hostname set to <${hostname}>.`,
    ],
  },
  {
    id: 'targets',
    at: 11_200 * millisecond,
    actor: 'guest init',
    console: () => [
      '[  OK  ] Reached target local-fs.target - Local File Systems.',
      '[  OK  ] Reached target sysinit.target - System Initialization.',
      '[  OK  ] Reached target basic.target - Basic System.',
    ],
  },
  {
    id: 'services',
    at: 13_000 * millisecond,
    actor: 'guest init',
    console: () => [
      '[  OK  ] Started dbus.service - D-Bus System Message Bus.',
      '[  OK  ] Started systemd-logind.service - User Login Management.',
      '[  OK  ] Reached target getty.target - Login Prompts.',
      '[  OK  ] Reached target multi-user.target - Multi-User System.',
    ],
  },
  {
    id: 'login',
    at: 14_200 * millisecond,
    actor: 'guest init',
    console: ({ hostname, issue }) => ['', `${issue} ${hostname} ttyS0`, '', `${hostname} login: `],
  },
];

/** From the power button to the end of the hypervisor's process: measured 1.0 to 2.3 s. */
export const powerOffTime: Us = 1600 * millisecond;

/** What the console shows while the system goes down. */
export const powerOffConsole: readonly string[] = [
  '[  OK  ] Stopped target multi-user.target - Multi-User System.',
  '[  OK  ] Reached target umount.target - Unmount All Filesystems.',
  '[  OK  ] Reached target shutdown.target - System Shutdown.',
  '[  OK  ] Reached target final.target - Late Shutdown Services.',
  '[  OK  ] Reached target poweroff.target - System Power Off.',
  'reboot: Power down',
];

/** The same when it is to start again. */
export const rebootConsole: readonly string[] = [
  ...powerOffConsole.slice(0, -2),
  '[  OK  ] Reached target reboot.target - System Reboot.',
  'reboot: Restarting system',
];

/** The stage after this one; undefined after the last. */
export function stageAfter(id: StageId): Stage | undefined {
  return stages[stages.findIndex((stage) => stage.id === id) + 1];
}
