import { decodeUtf8 } from '../../../kernel/bytes.ts';
import { isErrno } from '../../../kernel/errno.ts';
import type { Sys } from '../../../kernel/program.ts';
import type { Package } from '../package.ts';

/** An index of packages that `apt-get update` fetches. */
export interface Index {
  readonly uri: string;
  readonly suite: string;
  /** Bytes: of its signed list of contents, of the compressed index, and of the index as it is kept. */
  readonly release: number;
  readonly packages: number;
  readonly kept: number;
}

/** What a Debian or Ubuntu says of itself, and where its packages come from. */
export interface Release {
  readonly system: 'debian' | 'ubuntu';
  readonly code: string;
  /** apt's version, `3.0.3`. */
  readonly apt: string;
  readonly indices: readonly Index[];
}

/** Reads /etc/os-release. */
export function releaseOf(sys: Sys): Release {
  const read = sys.fs.readFile('/etc/os-release');
  const text = isErrno(read) ? '' : decodeUtf8(read.bytes);
  const code = /^VERSION_CODENAME=(\S+)$/m.exec(text)?.[1] ?? 'trixie';
  const system = /^ID=ubuntu$/m.test(text) ? 'ubuntu' : 'debian';
  return { system, code, apt: versions[code] ?? '2.6.1', indices: system === 'ubuntu' ? ubuntu(code) : debian(code) };
}

const versions: { readonly [code: string]: string | undefined } = {
  trixie: '3.0.4',
  bookworm: '2.6.1',
  bullseye: '2.2.4',
  buster: '1.8.2.3',
  noble: '2.8.3',
  jammy: '2.4.14',
  focal: '2.0.11',
};

const debianArchive = 'http://deb.debian.org/debian';

/** Sizes of trixie and bookworm as of 2026-11-22; others have those of bookworm. */
function debian(code: string): readonly Index[] {
  const sizes =
    code === 'trixie'
      ? [
          [140_421, 9_678_000, 20_802_454],
          [47_340, 1_108, 1_461],
          [43_409, 308_000, 622_713],
        ]
      : [
          [151_075, 8_793_000, 18_840_233],
          [55_403, 6_924, 11_648],
          [34_770, 297_000, 763_339],
        ];
  const suites: readonly (readonly [string, string])[] = [
    [debianArchive, code],
    [debianArchive, `${code}-updates`],
    [`${debianArchive}-security`, `${code}-security`],
  ];
  return suites.map(([uri, suite], i) => {
    const [release = 0, packages = 0, kept = 0] = sizes[i] ?? [];
    return { uri, suite, release, packages, kept };
  });
}

/** Typical sizes. */
function ubuntu(code: string): readonly Index[] {
  const archive = 'http://archive.ubuntu.com/ubuntu';
  return [
    { uri: archive, suite: code, release: 256_000, packages: 1_808_000, kept: 3_900_000 },
    {
      uri: 'http://security.ubuntu.com/ubuntu',
      suite: `${code}-security`,
      release: 126_000,
      packages: 1_400_000,
      kept: 3_100_000,
    },
    { uri: archive, suite: `${code}-updates`, release: 126_000, packages: 1_800_000, kept: 4_000_000 },
    { uri: archive, suite: `${code}-backports`, release: 126_000, packages: 49_000, kept: 110_000 },
  ];
}

/** The index that a package comes from. */
export function indexOf(release: Release, pack: Package): Index {
  if (pack.origin === 'docker') {
    const uri = `https://download.docker.com/linux/${release.system}`;
    return { uri, suite: release.code, release: 0, packages: 0, kept: 0 };
  }
  const suffix = pack.origin === 'security' ? '-security' : pack.origin === 'updates' ? '-updates' : '';
  const found = release.indices.find(({ suite }) => suite === `${release.code}${suffix}`) ?? release.indices[0];
  return found ?? { uri: debianArchive, suite: release.code, release: 0, packages: 0, kept: 0 };
}

/** The name of an index's file below /var/lib/apt/lists. */
export function listFile({ uri, suite }: Index, kind: 'InRelease' | 'Packages'): string {
  const start = `${uri.replace(/^http:\/\//, '').replaceAll('/', '_')}_dists_${suite}`;
  return kind === 'InRelease' ? `${start}_InRelease` : `${start}_main_binary-amd64_Packages.lz4`;
}

/** Is Docker's own archive among the sources? */
export function hasDockerArchive(sys: Sys): boolean {
  const names = sys.fs.list('/etc/apt/sources.list.d');
  if (isErrno(names)) return false;
  return names.some((name) => {
    const read = sys.fs.readFile(`/etc/apt/sources.list.d/${name}`);
    return !isErrno(read) && /^[^#]*https:\/\/download\.docker\.com\//m.test(decodeUtf8(read.bytes));
  });
}

/** Are there package lists? A fresh image has none, and `rm -rf /var/lib/apt/lists/*` takes them away again. */
export function hasLists(sys: Sys): boolean {
  const names = sys.fs.list('/var/lib/apt/lists');
  return !isErrno(names) && names.some((name) => name.includes('_Packages'));
}
