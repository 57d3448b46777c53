import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../../src/kernel/state.ts';
import { Sandbox } from '../../support/sandbox.ts';

let pulled: World;

beforeAll(() => {
  const sandbox = new Sandbox();
  sandbox.docker('pull', '-q', 'debian:trixie-slim');
  pulled = sandbox.world;
});

const inDebian = (script: string, ...flags: string[]) =>
  new Sandbox(pulled).docker('run', '--rm', ...flags, 'debian:trixie-slim', 'sh', '-c', script);
/** Progress of dpkg's count taken out, and what depends on the day and the line. */
const plain = (text: string) =>
  text
    .replace(/\r\n/g, '\n')
    .replace(/\(Reading database [^\n]*\r/g, '')
    .replace(/database ... \d+/g, 'database ... N')
    .replace(/in \d+s \([^)]*\)/g, 'in Ns')
    .replace(/and \d+ not upgraded/g, 'and N not upgraded');

describe('apt-get', () => {
  it('knows no package before update', () => {
    const { stdout, stderr, code } = inDebian('apt-get install -y curl');
    expect(stdout).toBe('Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
    expect(stderr).toBe('E: Unable to locate package curl\n');
    expect(code).toBe(100);
  });

  // recorded from apt 3.0.3 in a bare trixie, with DEBIAN_FRONTEND=noninteractive
  it('installs as recorded', () => {
    const { stdout, stderr, code } = inDebian(
      'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tree netcat-openbsd && ls /usr/bin/tree',
    );
    expect(plain(stdout)).toBe(`Reading package lists...
Building dependency tree...
Reading state information...
The following NEW packages will be installed:
  netcat-openbsd tree
0 upgraded, 2 newly installed, 0 to remove and N not upgraded.
Need to get 102 kB of archives.
After this operation, 244 kB of additional disk space will be used.
Get:1 http://deb.debian.org/debian trixie/main amd64 netcat-openbsd amd64 1.229-1 [42.5 kB]
Get:2 http://deb.debian.org/debian trixie/main amd64 tree amd64 2.2.1-1 [59.4 kB]
Fetched 102 kB in Ns
Selecting previously unselected package netcat-openbsd.
(Reading database ... N files and directories currently installed.)
Preparing to unpack .../netcat-openbsd_1.229-1_amd64.deb ...
Unpacking netcat-openbsd (1.229-1) ...
Selecting previously unselected package tree.
Preparing to unpack .../tree_2.2.1-1_amd64.deb ...
Unpacking tree (2.2.1-1) ...
Setting up netcat-openbsd (1.229-1) ...
Setting up tree (2.2.1-1) ...
/usr/bin/tree
`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('brings what is needed in the order of the real one, and its lists name the rest', () => {
    const { stdout } = inDebian('apt-get update -qq; apt-get install -y --no-install-recommends curl ca-certificates');
    expect([...stdout.matchAll(/^Get:\d+ \S+ \S+ amd64 (\S+)/gm)].map(([, name]) => name)).toEqual(
      `openssl ca-certificates libbrotli1 libkrb5support0 libcom-err2 libk5crypto3 libkeyutils1 libkrb5-3 libgssapi-krb5-2
      libunistring5 libidn2-0 libsasl2-modules-db libsasl2-2 libldap2 libnghttp2-14 libnghttp3-9 libpsl5t64 libffi8
      libp11-kit0 libtasn1-6 libgnutls30t64 librtmp1 libssh2-1t64 libcurl4t64 curl`.split(/\s+/),
    );
    expect(stdout).toContain(`Suggested packages:
  gnutls-bin krb5-doc krb5-user
Recommended packages:
  bash-completion krb5-locales libldap-common publicsuffix libsasl2-modules
The following NEW packages will be installed:
  ca-certificates curl libbrotli1 libcom-err2 libcurl4t64 libffi8
  libgnutls30t64 libgssapi-krb5-2 libidn2-0 libk5crypto3 libkeyutils1
  libkrb5-3 libkrb5support0 libldap2 libnghttp2-14 libnghttp3-9 libp11-kit0
  libpsl5t64 librtmp1 libsasl2-2 libsasl2-modules-db libssh2-1t64 libtasn1-6
  libunistring5 openssl
`);
  });

  it('leaves lists of their real size, which a later rm takes away', () => {
    const { stdout } = inDebian(
      'apt-get update -qq; du -sk /var/lib/apt/lists; rm -rf /var/lib/apt/lists/*; du -sk /var/lib/apt/lists',
    );
    const [before = 0, after = 0] = [...stdout.matchAll(/^(\d+)/gm)].map(([, size]) => Number(size));
    expect(before).toBeGreaterThan(21_000);
    expect(after).toBeLessThan(20);
  });

  it('asks before it installs more than was asked for, and gives up without an answer', () => {
    const { stdout, code } = inDebian('apt-get update -qq; apt-get install --no-install-recommends curl');
    expect(stdout).toMatch(/Do you want to continue\? \[Y\/n\] Abort\.\n$/);
    expect(code).toBe(1);
  });

  it('removes, and tells what nobody needs any more', () => {
    const { stdout } = inDebian(
      'apt-get update -qq; apt-get install -y -qq jq; apt-get remove -y jq; apt-get autoremove -y; dpkg -s jq',
    );
    expect(plain(stdout)).toContain(`The following packages were automatically installed and are no longer required:
  libjq1 libonig5
Use 'apt autoremove' to remove them.
The following packages will be REMOVED:
  jq
`);
    expect(stdout).toMatch(/Removing libjq1:amd64/);
  });

  it('refuses slips, impossible versions and strangers to root', () => {
    const run = (words: string, ...flags: string[]) => inDebian(`apt-get update -qq 2>/dev/null; ${words}`, ...flags);
    expect(run('apt-get install -y crul').stderr).toBe('E: Unable to locate package crul\n');
    expect(run('apt-get install -y curl=1.0').stderr).toBe("E: Version '1.0' for 'curl' was not found\n");
    expect(run('apt-get frob').stderr).toBe('E: Invalid operation frob\n');
    const stranger = run('apt-get install -y curl', '-u', 'nobody');
    expect(stranger.stderr).toBe(
      'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
    );
    expect(stranger.code).toBe(100);
  });

  it('knows what trixie has renamed and dropped', () => {
    const run = (name: string) => inDebian(`apt-get update -qq; apt-get install -y --no-install-recommends ${name}`);
    expect(run('dnsutils').stdout).toContain("\nNote, selecting 'bind9-dnsutils' instead of 'dnsutils'\n");
    expect(run('software-properties-common').stderr).toBe('E: Unable to locate package software-properties-common\n');
  });

  it('warns only, when there is no network', () => {
    const { stderr, code } = inDebian('apt-get update', '--network', 'none');
    expect(stderr.split('\n')[0]).toBe(
      "W: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Temporary failure resolving 'deb.debian.org'",
    );
    expect(code).toBe(0);
  });

  it('puts a stub in the place of a package that it does not know', () => {
    const { stderr, code, steps } = inDebian(
      'apt-get update -qq; apt-get install -y -qq fancytool >/dev/null 2>&1; fancytool',
    );
    expect(stderr).toBe('drydock: /usr/bin/fancytool is not simulated\n');
    expect(code).toBe(126);
    void steps;
  });
});

describe('dpkg', () => {
  it('lists what is installed and what is not', () => {
    const { stdout, stderr, code } = inDebian('dpkg -l bash nosuch; dpkg --print-architecture; dpkg -s nosuch');
    expect(stdout).toMatch(/\nii {2}bash +\S+ +amd64 +GNU Bourne Again SHell\namd64\n$/);
    expect(stderr).toBe(
      "dpkg-query: no packages found matching nosuch\ndpkg-query: package 'nosuch' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n",
    );
    expect(code).toBe(1);
  });
});
