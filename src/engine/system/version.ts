import type { Machine } from '../../kernel/machine.ts';
import type { ApiResponse } from '../api.ts';
import { hostSystem } from './host-system.ts';

/** The release that is imitated, and the helpers that such an engine was published with. */
export const release = {
  version: '28.5.2',
  apiVersion: '1.51',
  oldestApiVersion: '1.24',
  goVersion: 'go1.24.9',
  commit: '89c5e8f',
  built: { short: 'Wed Nov  5 14:45:42 2025', long: '2025-11-05T14:45:42.000000000+00:00' },
  containerd: { version: 'v2.2.0', commit: '1c4457e00facac03ce1d75f7b6777a7a851e5c41' },
  runc: { version: '1.3.3', commit: 'd842d7719497cc3b774fd71620278ac9e17710e0' },
  init: { version: '0.19.0', commit: 'de40ad0' },
} as const;

/** GET /version. */
export function engineVersions(m: Machine): ApiResponse {
  const { apiVersion, built, commit, containerd, goVersion, init, oldestApiVersion, runc, version } = release;
  const kernel = m.kernel.release;
  const engine = {
    ApiVersion: apiVersion,
    Arch: 'amd64',
    BuildTime: built.short,
    Experimental: 'false',
    GitCommit: commit,
    GoVersion: goVersion,
    KernelVersion: kernel,
    MinAPIVersion: oldestApiVersion,
    Os: 'linux',
  };
  const body = {
    Platform: { Name: hostSystem(m) === 'Docker Desktop' ? hostSystem(m) : 'Docker Engine - Community' },
    Components: [
      { Name: 'Engine', Version: version, Details: engine },
      { Name: 'containerd', Version: containerd.version, Details: { GitCommit: containerd.commit } },
      { Name: 'runc', Version: runc.version, Details: { GitCommit: runc.commit } },
      { Name: 'docker-init', Version: init.version, Details: { GitCommit: init.commit } },
    ],
    Version: version,
    ApiVersion: apiVersion,
    MinAPIVersion: oldestApiVersion,
    GitCommit: commit,
    GoVersion: goVersion,
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: kernel,
    BuildTime: built.long,
  };
  return { status: 200, body };
}
