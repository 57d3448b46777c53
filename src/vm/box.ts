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

/** Processes of a Debian 12 at its login prompt: init and the units that systemd starts there (src/host/systemd/units.ts). */
export const guestProcesses = 9;
