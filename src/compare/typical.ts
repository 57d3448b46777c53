/** A figure of real machines, that the model does not compute. */
export interface Typical {
  readonly id: 'container-start' | 'vm-emulated' | 'vm-direct' | 'qemu-boot' | 'microvm' | 'qemu-memory' | 'shim';
  readonly value: string;
  /** Where it is from: measured for this project, or a paper. */
  readonly source: 'measured' | 'nsdi2020';
}

/** Figures to hold against those of the model. */
export const typicals: readonly Typical[] = [
  { id: 'container-start', value: '0.33 s', source: 'measured' },
  { id: 'vm-emulated', value: '14.1 s', source: 'measured' },
  { id: 'vm-direct', value: '10.2 s', source: 'measured' },
  { id: 'qemu-boot', value: '0.24 s', source: 'nsdi2020' },
  { id: 'microvm', value: '0.11-0.16 s', source: 'nsdi2020' },
  { id: 'qemu-memory', value: '131 MiB', source: 'nsdi2020' },
  { id: 'shim', value: '18 MiB', source: 'measured' },
];
