import type { Machine } from '../../kernel/machine.ts';
import { hostText } from '../../programs/accounts.ts';

/** The systemd of a system: its version, and the version of the package. */
interface SystemdVersion {
  readonly version: number;
  readonly package: string;
}

const debian12: SystemdVersion = { version: 252, package: '252.38-1~deb12u1' };

/** What Debian's and Ubuntu's releases have, by VERSION_ID of /etc/os-release. */
const releases: { readonly [release: string]: SystemdVersion } = {
  '12': debian12,
  '24.04': { version: 255, package: '255.4-1ubuntu8' },
  '22.04': { version: 249, package: '249.11-0ubuntu3' },
  '20.04': { version: 245, package: '245.4-4ubuntu3' },
  '18.04': { version: 237, package: '237-3ubuntu10' },
};

/** The systemd of the system on a host's disk. */
export function systemOfHost(m: Machine): SystemdVersion {
  const release = /^VERSION_ID="?([\d.]+)"?$/m.exec(hostText(m, '/etc/os-release') ?? '')?.[1] ?? '';
  return releases[release] ?? debian12;
}
