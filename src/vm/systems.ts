import { guestKernel } from './box.ts';

/** An operating system that a guest's disk holds. */
export type SystemId = 'debian12-cloud' | 'debian12' | 'ubuntu22.04' | 'ubuntu20.04' | 'ubuntu18.04';

/** Its kernel, and what it calls itself. */
export interface GuestSystem {
  readonly id: SystemId;
  /** PRETTY_NAME of /etc/os-release. */
  readonly name: string;
  /** As the console's login prompt has it. */
  readonly issue: string;
  /** `uname -r` and `uname -v`. */
  readonly release: string;
  readonly version: string;
  /** Bytes of the kernel, its initial RAM disk and its modules. */
  readonly kernel: number;
  readonly initrd: number;
  readonly modules: number;
  /** The name of its network cards: the first and the second. */
  readonly cards: readonly [string, string];
  readonly disk: string;
  /** What VirtualBox calls it. */
  readonly osType: string;
}

const mib = 1_048_576;
const debianSizes = { kernel: 8_200_000, initrd: 33_000_000, modules: 380 * mib };
const ubuntuSizes = { kernel: 11_700_000, initrd: 100_000_000, modules: 320 * mib };

/** Debian's cloud kernel and its sizes are as measured; of the others the releases are those of the boxes, the sizes typical. */
export const systems: readonly GuestSystem[] = [
  {
    id: 'debian12-cloud',
    name: 'Debian GNU/Linux 12 (bookworm)',
    issue: 'Debian GNU/Linux 12',
    ...guestKernel,
    kernel: 14_000_000,
    initrd: 15_000_000,
    modules: 119 * mib - 14_000_000,
    cards: ['ens3', 'ens4'],
    disk: '/dev/vda1',
    osType: 'Debian_64',
  },
  {
    id: 'debian12',
    name: 'Debian GNU/Linux 12 (bookworm)',
    issue: 'Debian GNU/Linux 12',
    release: '6.1.0-29-amd64',
    version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.123-1 (2025-01-02)',
    ...debianSizes,
    cards: ['eth0', 'eth1'],
    disk: '/dev/sda1',
    osType: 'Debian_64',
  },
  {
    id: 'ubuntu22.04',
    name: 'Ubuntu 22.04.5 LTS',
    issue: 'Ubuntu 22.04.5 LTS',
    release: '5.15.0-122-generic',
    version: '#132-Ubuntu SMP Thu Aug 29 13:45:52 UTC 2024',
    ...ubuntuSizes,
    cards: ['enp0s3', 'enp0s8'],
    disk: '/dev/sda1',
    osType: 'Ubuntu_64',
  },
  {
    id: 'ubuntu20.04',
    name: 'Ubuntu 20.04.6 LTS',
    issue: 'Ubuntu 20.04.6 LTS',
    release: '5.4.0-192-generic',
    version: '#212-Ubuntu SMP Fri Jul 5 09:47:39 UTC 2024',
    ...ubuntuSizes,
    cards: ['enp0s3', 'enp0s8'],
    disk: '/dev/sda1',
    osType: 'Ubuntu_64',
  },
  {
    id: 'ubuntu18.04',
    name: 'Ubuntu 18.04.3 LTS',
    issue: 'Ubuntu 18.04.3 LTS',
    release: '4.15.0-58-generic',
    version: '#64-Ubuntu SMP Tue Aug 6 11:12:41 UTC 2019',
    ...ubuntuSizes,
    cards: ['eth0', 'eth1'],
    disk: '/dev/sda1',
    osType: 'Ubuntu_64',
  },
];

const [cloud] = systems as readonly [GuestSystem, ...GuestSystem[]];

/** The system of this name; Debian's cloud image when nothing was said. */
export function systemOf(id: SystemId | undefined): GuestSystem {
  return systems.find((system) => system.id === id) ?? cloud;
}
