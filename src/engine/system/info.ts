import type { Json } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { apiTime } from '../human-duration.ts';
import { engineState } from '../state.ts';
import { step } from '../step.ts';
import { hostSystem } from './host-system.ts';
import { release } from './version.ts';

/** What the hosts of this world call their operating system (their /etc/os-release). */
const operatingSystem = { version: '24.04' };

/** GET /info: the engine, and the machine it runs on. */
export function systemInfo(m: Machine): ApiResponse {
  const { containers, daemon, images, insecureRegistries = [] } = engineState(m);
  const { cpus, memory, release: kernelRelease } = m.kernel;
  const all = Object.values(containers);
  const count = (...wanted: string[]) => all.filter(({ state }) => wanted.includes(state.status)).length;
  const paused = count('paused');
  const running = count('running', 'restarting');
  step(m, 'dockerd', 'info', { containers: all.length, images: Object.keys(images).length });
  const body = {
    ID: uuid(m),
    Containers: all.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: all.length - running - paused,
    Images: Object.keys(images).length,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
      ['Using metacopy', 'false'],
      ['Native Overlay Diff', 'true'],
      ['userxattr', 'false'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'null'],
      Authorization: null,
      Log: ['json-file'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: Object.keys(m.kernel.processes[daemon]?.fds ?? {}).length,
    OomKillDisable: false,
    NGoroutines: 40 + 10 * running,
    SystemTime: apiTime(m.world.now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: kernelRelease,
    OperatingSystem: hostSystem(m),
    OSVersion: operatingSystem.version,
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      IndexConfigs: {
        'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true },
        ...insecureNames(m),
      },
      InsecureRegistryCIDRs: ['127.0.0.0/8', '::1/128', ...insecureRegistries.filter(isNetwork)],
      Mirrors: [],
    },
    NCPU: cpus,
    MemTotal: memory,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: hostname(m),
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: release.version,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: release.containerd.commit },
    RuncCommit: { ID: release.runc.commit },
    InitCommit: { ID: release.init.commit },
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: {
      Address: '/run/containerd/containerd.sock',
      Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
    },
    Warnings: null,
  };
  return { status: 200, body };
}

function isNetwork(text: string): boolean {
  return text.includes('/');
}

/** Registries that may speak plain HTTP by their names. */
function insecureNames(m: Machine): { readonly [name: string]: Json } {
  const names = (engineState(m).insecureRegistries ?? []).filter((text) => !isNetwork(text));
  return Object.fromEntries(names.map((Name) => [Name, { Mirrors: [], Name, Official: false, Secure: false }]));
}

/** The engine's own id: one for a world, made of what never changes in it. */
function uuid(m: Machine): string {
  const hex = engineState(m).networks.bridge ?? '';
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The host's name, as dockerd sees it. */
function hostname(m: Machine): string {
  const namespace = m.kernel.namespaces[m.kernel.processes[engineState(m).daemon]?.ns.uts ?? ''];
  return namespace?.kind === 'uts' ? namespace.hostname : '';
}
