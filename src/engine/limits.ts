/** Defaults of the engine and of runc, from `docker inspect` of the reference engine and its recorded trace. */

/** The 14 capabilities that a container keeps of the 41 of the kernel; 27 are dropped from the bounding set. */
export const keptCapabilities: readonly string[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FSETID',
  'CAP_FOWNER',
  'CAP_MKNOD',
  'CAP_NET_RAW',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETFCAP',
  'CAP_SETPCAP',
  'CAP_NET_BIND_SERVICE',
  'CAP_SYS_CHROOT',
  'CAP_KILL',
  'CAP_AUDIT_WRITE',
];

export const maskedPaths: readonly string[] = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
];
export const readonlyPaths: readonly string[] = [
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sys',
  '/proc/sysrq-trigger',
];

/** What a container may open without `--device` (libcontainer's default rules): null, zero, full, random, tty, ptmx, terminals. */
export const usualDevices: readonly string[] = [
  'c 1:3',
  'c 1:5',
  'c 1:7',
  'c 1:8',
  'c 1:9',
  'c 5:0',
  'c 5:2',
  'c 136:*',
  'c 10:200',
];

/** /dev/shm of a container, bytes. */
export const shmSize = 67_108_864;
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Seconds that `docker stop` waits before SIGKILL. */
export const defaultStopTimeout = 10;
/** `--memory` below this is refused. */
export const leastMemory = 6_291_456;
