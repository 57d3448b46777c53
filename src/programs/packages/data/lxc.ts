/**
 * LXC and what it needs, which the recorded indices do not have, in their form: Debian 12's sizes and dependencies as
 * recorded (libraries of the base system left out), with Ubuntu 24.04's version.
 */
export function lxcText(): string {
  return rows.map((row) => row.join('\t')).join('\n');
}

const version = '1:5.0.3-2ubuntu7';

const rows: readonly (readonly (string | number)[])[] = [
  [
    'lxc',
    version,
    '',
    2_749_152,
    25_652,
    'liblxc-common liblxc1 lxc-templates busybox-static',
    '',
    '',
    'Linux Containers userspace tools',
  ],
  ['liblxc1', version, '', 380_012, 1126, '', '', '', 'Linux Containers userspace tools (library)'],
  ['liblxc-common', version, '', 825_352, 3250, 'liblxc1', '', '', 'Linux Containers userspace tools (common tools)'],
  [
    'lxc-templates',
    '3.0.4.48.g4765da8-1',
    '',
    86_300,
    559,
    '',
    'bridge-utils',
    '',
    'Linux Containers userspace tools (templates)',
  ],
  [
    'bridge-utils',
    '1.7.1-1ubuntu2',
    '',
    34_452,
    114,
    '',
    '',
    '',
    'Utilities for configuring the Linux Ethernet bridge',
  ],
  [
    'busybox-static',
    '1:1.36.1-6ubuntu3',
    '',
    928_188,
    2024,
    '',
    '',
    '',
    'Standalone rescue shell with tons of builtin utilities',
  ],
];
