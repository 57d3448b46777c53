import type { HostActions } from '../../src/host/actions.ts';

const machine = { release: '6.10.0-linuxkit', hostSystem: 'Darwin 24.6.0', memory: 2 ** 33, cpus: 8 };

/** Data of every step between computers, as they emit it. */
export const hostSamples: { readonly [A in keyof HostActions]: readonly [HostActions[A], ...HostActions[A][]] } = {
  'host-new': [
    {
      name: 'server',
      kind: 'linux',
      address: '10.0.2.16',
      release: 'Linux 6.8',
      memory: 2 ** 31,
      cpus: 2,
      docker: true,
    },
    {
      name: 'bare',
      kind: 'linux',
      address: '10.0.2.17',
      release: 'Linux 6.8',
      memory: 2 ** 31,
      cpus: 1,
      docker: false,
    },
    {
      name: 'mac',
      kind: 'mac',
      address: '10.0.2.18',
      release: 'Darwin 24.6.0',
      memory: 2 ** 34,
      cpus: 8,
      docker: true,
    },
  ],
  'host-remove': [{ name: 'server', containers: 1 }],
  'ssh-connect': [
    { host: 'server', user: 'learner', address: '10.0.2.16', port: 22, pid: 9, program: 'docker system dial-stdio' },
    { host: 'server', user: 'learner', address: '10.0.2.16', port: 22, pid: 9, program: '/bin/bash' },
  ],
  'desktop-forward': [
    { kind: 'mac', vm: 'mac/vm', socket: 'unix:///Users/learner/.docker/run/docker.sock', ...machine },
    { kind: 'windows', vm: 'win/vm', socket: 'unix:///var/run/docker.sock', ...machine },
  ],
  'unit-start': [{ unit: 'docker.service', pid: 9 }],
  'unit-stop': [
    { unit: 'docker.service', containers: 0 },
    { unit: 'docker.service', containers: 2 },
  ],
  'docker-install': [
    { packages: ['docker-ce', 'containerd.io'], bytes: 400_000_000, group: 988, engine: '28.5.2' },
    { packages: ['docker.io'], bytes: 400_000_000, group: 988, package: '20.10.24', engine: '28.5.2' },
  ],
};
