/** Steps of looking after containers: their init, their health, their figures, the engine's events. */
export interface WatchActions {
  /** dockerd: a small init goes in as process 1; the command becomes its child. */
  'container-init': { readonly container: string; readonly path: string };
  /** dockerd: the container will be checked, the first time after `interval` µs. */
  'health-monitor': { readonly container: string; readonly command: string; readonly interval: number };
  /** dockerd: a health check has come to an end (`code` -1: it took too long, or could not be started). */
  'health-probe': {
    readonly container: string;
    readonly code: number;
    readonly status: string;
    readonly streak: number;
    readonly retries: number;
  };
  /** dockerd: a container's figures, read from its cgroup (which there is only while it runs). */
  'read-stats': { readonly container: string; readonly running: boolean };
  /** dockerd: what it remembers of the events that were. */
  'read-events': { readonly shown: number; readonly kept: number; readonly follow: boolean };
}
