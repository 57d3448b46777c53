/**
 * Packages of Docker that the recorded indices do not have, in their form: Docker's own archive (mark `d`), and Ubuntu's docker.io
 * with what it needs. Sizes are typical ones.
 */
export function dockerText(): string {
  return rows.map((row) => row.join('\t')).join('\n');
}

const rows: readonly (readonly (string | number)[])[] = [
  [
    'docker-ce',
    '5:28.5.2-1~ubuntu.24.04~noble',
    'd',
    19_700_000,
    103_424,
    'docker-ce-cli containerd.io',
    'docker-ce-rootless-extras',
    'cgroupfs-mount',
    'Docker: the open-source application container engine',
  ],
  [
    'docker-ce-cli',
    '5:28.5.2-1~ubuntu.24.04~noble',
    'd',
    16_200_000,
    43_008,
    '',
    'docker-buildx-plugin docker-compose-plugin',
    '',
    'Docker CLI: the open-source application container engine',
  ],
  [
    'containerd.io',
    '1.7.29-1~ubuntu.24.04~noble',
    'd',
    31_700_000,
    125_952,
    '',
    '',
    '',
    'An open and reliable container runtime',
  ],
  [
    'docker-buildx-plugin',
    '0.29.1-1~ubuntu.24.04~noble',
    'd',
    16_400_000,
    77_824,
    '',
    '',
    '',
    'Docker Buildx plugin extends build capabilities with BuildKit.',
  ],
  [
    'docker-compose-plugin',
    '2.40.3-1~ubuntu.24.04~noble',
    'd',
    14_200_000,
    71_680,
    '',
    '',
    '',
    'Docker Compose (V2) plugin for the Docker CLI.',
  ],
  [
    'docker-ce-rootless-extras',
    '5:28.5.2-1~ubuntu.24.04~noble',
    'd',
    6_400_000,
    20_480,
    '',
    '',
    '',
    'Rootless support for Docker.',
  ],
  [
    'docker.io',
    '28.5.2-0ubuntu1~24.04.1',
    'u',
    30_600_000,
    118_784,
    'containerd runc',
    '',
    'cgroupfs-mount',
    'Linux container runtime',
  ],
  ['containerd', '1.7.28-0ubuntu1~24.04.1', 'u', 38_400_000, 138_240, 'runc', '', '', 'daemon to control runC'],
  ['runc', '1.3.3-0ubuntu1~24.04.2', 'u', 8_700_000, 22_528, '', '', '', 'Open Container Project - runtime'],
];
