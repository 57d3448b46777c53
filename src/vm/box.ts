/** The kernel on the disk of a guest (Debian 12's for clouds, as measured). */
export const guestKernel = {
  release: '6.1.0-50-cloud-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian',
} as const;

const gib = 1_073_741_824;

/** A machine of the size that was measured. */
export const defaultHardware = { memory: gib, cpus: 2, disk: 2 * gib } as const;

/** What a Debian 12 with systemd has running at its login prompt, besides init. */
export const guestServices: readonly {
  readonly path: string;
  readonly argv: readonly string[];
  readonly unit: string;
}[] = [
  { path: '/lib/systemd/systemd-journald', argv: ['/lib/systemd/systemd-journald'], unit: 'systemd-journald' },
  { path: '/lib/systemd/systemd-udevd', argv: ['/lib/systemd/systemd-udevd'], unit: 'systemd-udevd' },
  { path: '/lib/systemd/systemd-timesyncd', argv: ['/lib/systemd/systemd-timesyncd'], unit: 'systemd-timesyncd' },
  {
    path: '/usr/bin/dbus-daemon',
    argv: ['/usr/bin/dbus-daemon', '--system', '--address=systemd:', '--nofork', '--nopidfile', '--systemd-activation'],
    unit: 'dbus',
  },
  { path: '/lib/systemd/systemd-logind', argv: ['/lib/systemd/systemd-logind'], unit: 'systemd-logind' },
  { path: '/sbin/agetty', argv: ['/sbin/agetty', '-o', '-p -- \\u', '--noclear', '-', 'linux'], unit: 'getty@tty1' },
  {
    path: '/sbin/agetty',
    argv: ['/sbin/agetty', '-o', '-p -- \\u', '--keep-baud', '115200,57600,38400,9600', '-', 'vt220'],
    unit: 'serial-getty@ttyS0',
  },
];

/** Services that are there from early on; the rest come with the later targets. */
export const earlyServices = 3;
