// Data for the sentences about virtual machines.
import type { Actions } from '../../src/explain/actions.ts';
import type { MachineAction } from '../../src/explain/catalog/machine-texts.ts';

type Samples = { readonly [A in MachineAction]: readonly [Actions[A], ...Actions[A][]] };

const vm = 'web_default';

export const machineSamples: Samples = {
  'vm-metal-on': [{ vm, kind: 'esxi', memory: 2 ** 30, cpus: 2, disk: 2 ** 34 }],
  'vm-no-medium': [{ vm }],
  'vm-reboot': [
    { vm, pid: 41, memory: 2 ** 30 },
    { vm, pid: 0, memory: 2 ** 30 },
  ],
  'vm-hold': [
    { vm, how: 'pause', pid: 41, memory: 2 ** 30 },
    { vm, how: 'save', pid: 41, memory: 2 ** 30 },
    { vm, how: 'save', pid: 0, memory: 2 ** 30 },
    { vm, how: 'resume', pid: 42, memory: 2 ** 30 },
  ],
  'vm-snapshot': [
    { vm, snapshot: 'clean', act: 'take', memory: true },
    { vm, snapshot: 'clean', act: 'restore', memory: false },
    { vm, snapshot: 'clean', act: 'delete', memory: false },
  ],
  'vm-define': [{ vm, kind: 'virtualbox', memory: 2 ** 29, cpus: 1 }],
  'vm-address': [{ vm, cidr: '192.168.56.10/24', network: 'vboxnet0' }],
  'vm-share': [{ vm, hostPath: '/home/learner/site', guestPath: '/vagrant' }],
  'guest-login': [{ vm, user: 'vagrant', program: '/bin/bash', pid: 31 }],
  'vm-install': [
    { vm, part: 'start', system: 'Debian GNU/Linux 12' },
    { vm, part: 'partitions', system: 'Debian GNU/Linux 12' },
    { vm, part: 'base', system: 'Debian GNU/Linux 12' },
    { vm, part: 'boot-loader', system: 'Debian GNU/Linux 12' },
    { vm, part: 'reboot', system: 'Debian GNU/Linux 12' },
  ],
  'vagrant-read': [{ file: '/home/learner/site/Vagrantfile', machines: ['web', 'db'] }],
  'vagrant-import': [{ box: 'debian/bookworm64', version: '12.20250126.1', vm, bytes: 1_200_000_000 }],
  'vagrant-provision': [{ vm, script: 'inline script', user: 'root' }],
};
