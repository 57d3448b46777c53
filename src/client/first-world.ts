import { startEngine } from '../engine/install.ts';
import { laptop, laptopRoot } from '../host/linux.ts';
import { bootHost } from '../kernel/boot.ts';
import type { Us } from '../kernel/json.ts';
import type { Software } from '../kernel/machine.ts';
import { begin, snapshot } from '../kernel/simulation.ts';
import type { World } from '../kernel/state.ts';
import { emptyWorld } from '../kernel/world.ts';
import { isolationTools, runtimeTools } from '../programs/isolation/names.ts';
import { hostTools } from '../programs/names.ts';
import { firstHost } from './first-host.ts';

/** The world of a new session: one computer with Docker running on it. `now`: microseconds since 1970. */
export function firstWorld(software: Software, now: Us, seed: string): World {
  const sim = begin(emptyWorld(now, seed), software);
  const m = bootHost(sim, firstHost, { ...laptop, root: laptopRoot(hostPrograms(), now) });
  startEngine(m);
  return snapshot(sim);
}

/** Which executables the first host has, and which program each one is. */
export function hostPrograms(): { readonly [path: string]: string } {
  return {
    '/usr/bin/sh': 'dash',
    '/usr/bin/bash': 'bash',
    '/usr/bin/docker': 'docker',
    '/usr/bin/dockerd': 'dockerd',
    '/usr/bin/containerd': 'containerd',
    '/usr/bin/containerd-shim-runc-v2': 'shim',
    '/usr/bin/docker-proxy': 'docker-proxy',
    '/usr/bin/docker-init': 'docker-init',
    '/usr/bin/qemu-system-x86_64': 'vmm',
    '/usr/sbin/libvirtd': 'vmm',
    '/usr/local/bin/vm': 'vm',
    '/usr/bin/ssh': 'ssh',
    '/usr/bin/systemctl': 'systemctl',
    '/usr/bin/journalctl': 'journalctl',
    '/usr/bin/vagrant': 'vagrant',
    '/usr/bin/VBoxManage': 'VBoxManage',
    ...hostTools(),
    ...isolationTools(),
    ...runtimeTools(),
    '/usr/bin/sudo': 'isolation/sudo',
    '/usr/bin/apt-get': 'apt-get',
    '/usr/bin/apt': 'apt',
    '/usr/bin/apt-cache': 'apt-cache',
    '/usr/bin/dpkg': 'dpkg',
  };
}
