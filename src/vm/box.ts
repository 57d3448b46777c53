/** The kernel on the disk of a guest (Debian 12's for clouds, as measured). */
export const guestKernel = {
  release: '6.1.0-50-cloud-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian',
} as const;

const mib = 1_048_576;
const gib = 1024 * mib;

/** A machine of the size that was measured. */
export const defaultHardware = { memory: gib, cpus: 2, disk: 2 * gib } as const;

/** What an sshd that listens calls itself (Debian and Ubuntu). */
export const sshdWords: readonly string[] = ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'];

/** Resident memory of sshd, bytes. */
export const sshdMemory = 9 * mib;

/**
 * Bytes of a guest's memory that its kernel uses: a descriptor of 64 bytes for each page of 4096, and what it needs in any case. A
 * guest's `free` was measured at its login prompt with 134 to 171 MiB in use; the processes are some 66 MiB of that.
 */
export function guestKernelMemory(memory: number): number {
  return Math.round(memory / 64) + 72 * mib;
}

/** What a Debian 12 with systemd has running at its login prompt, besides init. */
export const guestServices: readonly {
  readonly path: string;
  readonly argv: readonly string[];
  readonly unit: string;
  /** Resident memory, bytes: typical values. */
  readonly resident: number;
}[] = [
  {
    path: '/lib/systemd/systemd-journald',
    argv: ['/lib/systemd/systemd-journald'],
    unit: 'systemd-journald',
    resident: 14 * mib,
  },
  {
    path: '/lib/systemd/systemd-udevd',
    argv: ['/lib/systemd/systemd-udevd'],
    unit: 'systemd-udevd',
    resident: 7 * mib,
  },
  {
    path: '/lib/systemd/systemd-timesyncd',
    argv: ['/lib/systemd/systemd-timesyncd'],
    unit: 'systemd-timesyncd',
    resident: 7 * mib,
  },
  {
    path: '/usr/bin/dbus-daemon',
    argv: ['/usr/bin/dbus-daemon', '--system', '--address=systemd:', '--nofork', '--nopidfile', '--systemd-activation'],
    unit: 'dbus',
    resident: 5 * mib,
  },
  {
    path: '/lib/systemd/systemd-logind',
    argv: ['/lib/systemd/systemd-logind'],
    unit: 'systemd-logind',
    resident: 8 * mib,
  },
  {
    path: '/sbin/agetty',
    argv: ['/sbin/agetty', '-o', '-p -- \\u', '--noclear', '-', 'linux'],
    unit: 'getty@tty1',
    resident: 2 * mib,
  },
  {
    path: '/sbin/agetty',
    argv: ['/sbin/agetty', '-o', '-p -- \\u', '--keep-baud', '115200,57600,38400,9600', '-', 'vt220'],
    unit: 'serial-getty@ttyS0',
    resident: 2 * mib,
  },
];

/** Services that are there from early on; the rest come with the later targets. */
export const earlyServices = 3;
