/**
 * Packages of Docker that the recorded indices do not have, in their form: Docker's own archive (mark `d`), and the release's
 * docker.io with what it needs. `code`: the release's code name. Sizes are typical ones, but for bookworm's docker.io.
 */
export function dockerText(code: string): string {
  return [...archiveRows(releases[code] ?? 'ubuntu.24.04~noble'), ...(ownRows[code] ?? nobleRows)]
    .map((row) => row.join('\t'))
    .join('\n');
}

/** How Docker's archive names releases in its versions. */
const releases: { readonly [code: string]: string } = {
  bookworm: 'debian.12~bookworm',
  trixie: 'debian.13~trixie',
  bionic: 'ubuntu.18.04~bionic',
  focal: 'ubuntu.20.04~focal',
  jammy: 'ubuntu.22.04~jammy',
  noble: 'ubuntu.24.04~noble',
};

type Row = readonly (string | number)[];

function own(mark: string, docker: Row, containerd: Row, runc: Row): readonly Row[] {
  return [
    [
      'docker.io',
      docker[0] ?? '',
      mark,
      ...docker.slice(1),
      'containerd runc',
      '',
      'cgroupfs-mount',
      'Linux container runtime',
    ],
    [
      'containerd',
      containerd[0] ?? '',
      mark,
      ...containerd.slice(1),
      'runc',
      '',
      '',
      'open and reliable container runtime',
    ],
    ['runc', runc[0] ?? '', mark, ...runc.slice(1), '', '', '', 'Open Container Project - runtime'],
  ];
}

const nobleRows = own(
  'u',
  ['28.2.2-0ubuntu1~24.04.1', 30_600_000, 118_784],
  ['1.7.28-0ubuntu1~24.04.1', 38_400_000, 138_240],
  ['1.3.3-0ubuntu1~24.04.2', 8_700_000, 22_528],
);

/** What the releases' own archives have: version, bytes to download, KiB installed. */
const ownRows: { readonly [code: string]: readonly Row[] } = {
  bookworm: own(
    '',
    ['20.10.24+dfsg1-1+deb12u1+b6', 36_256_664, 147_576],
    ['1.6.20~ds1-1+deb12u3', 25_903_404, 98_393],
    ['1.1.5+ds1-1+deb12u1', 2_709_960, 8_633],
  ),
  trixie: own(
    's',
    ['26.1.5+dfsg1-9+deb13u1', 29_400_000, 118_784],
    ['1.7.24~ds1-6+b2', 27_300_000, 110_592],
    ['1.1.15+ds1-2+b4', 3_200_000, 10_240],
  ),
  jammy: own(
    'u',
    ['28.2.2-0ubuntu1~22.04.1', 28_300_000, 118_784],
    ['1.7.28-0ubuntu1~22.04.1', 38_500_000, 138_240],
    ['1.3.3-0ubuntu1~22.04.2', 9_000_000, 22_528],
  ),
  noble: nobleRows,
};

/** Docker's own archive, which has the same releases of everything for all systems. */
const archiveRows = (release: string): readonly Row[] => [
  [
    'docker-ce',
    `5:28.5.2-1~${release}`,
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
    `5:28.5.2-1~${release}`,
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
    `1.7.29-1~${release}`,
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
    `0.29.1-1~${release}`,
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
    `2.40.3-1~${release}`,
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
    `5:28.5.2-1~${release}`,
    'd',
    6_400_000,
    20_480,
    '',
    '',
    '',
    'Rootless support for Docker.',
  ],
];
