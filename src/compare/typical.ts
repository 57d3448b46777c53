/** A figure of real machines, that the model does not compute. */
export interface Typical {
  readonly id: 'container-start' | 'vm-emulated' | 'vm-direct' | 'qemu-boot' | 'microvm' | 'qemu-memory' | 'shim';
  readonly value: string;
  /** Where it is from: measured for this project, or a paper. */
  readonly source: string;
}

const measured = 'measured: Docker 28.5, QEMU 7.2 without hardware help, Debian 12, 2 processors';
const nsdi = 'data of "Firecracker", NSDI 2020 (firecracker-microvm/nsdi2020-data)';

/** Figures to hold against those of the model. */
export const typicals: readonly Typical[] = [
  { id: 'container-start', value: '0.33 s', source: measured },
  { id: 'vm-emulated', value: '14.1 s', source: measured },
  { id: 'vm-direct', value: '10.2 s', source: measured },
  { id: 'qemu-boot', value: '0.24 s', source: nsdi },
  { id: 'microvm', value: '0.11-0.16 s', source: nsdi },
  { id: 'qemu-memory', value: '131 MiB', source: nsdi },
  { id: 'shim', value: '18 MiB', source: measured },
];
