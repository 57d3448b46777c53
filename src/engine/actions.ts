import type { BuildActions } from './build/actions.ts';
import type { ImageArchiveActions } from './images/archive-actions.ts';
import type { NetworkActions } from './networks/actions.ts';
import type { RegistryActions } from './registry/actions.ts';
import type { WatchActions } from './watch/actions.ts';

/**
 * The steps of a Docker Engine: client, dockerd, containerd, shim and runc, in the order recorded from a real one
 * (the kernel's own steps come between them). src/explain has a sentence for each.
 */
export interface EngineActions
  extends BuildActions,
    NetworkActions,
    WatchActions,
    ImageArchiveActions,
    RegistryActions {
  /** client: one call of the Engine API and its status. */
  request: { readonly method: string; readonly path: string; readonly status: number };
  /** dockerd: the container's own writable layer, on so many read-only ones. */
  'create-layer': {
    readonly container: string;
    readonly image: string;
    readonly layers: number;
    readonly driver: string;
  };
  /** dockerd: /etc/resolv.conf, hosts, hostname, /.dockerenv prepared in the init layer. */
  'init-layer': { readonly container: string; readonly files: readonly string[] };
  'write-config': { readonly container: string; readonly files: readonly string[] };
  /** containerd: a shim process for the container. */
  'start-shim': { readonly pid: number; readonly container: string };
  /** shim: runc create; the process that becomes the container's first. */
  'runc-create': { readonly container: string };
  'runc-init': { readonly pid: number; readonly namespaces: readonly string[] };
  /** runc: parts of /proc and /sys hidden or made read-only. */
  'mask-paths': { readonly readonly: readonly string[]; readonly masked: readonly string[] };
  /** runc: seccomp filter on, capabilities dropped and kept. */
  'drop-privileges': {
    readonly dropped: number;
    readonly kept: number;
    readonly uid: number;
    readonly gid: number;
    readonly seccomp: boolean;
  };
  /** runc init waits at exec.fifo until `runc start`. */
  'exec-fifo': { readonly pid: number };
  nat: {
    readonly proto: string;
    readonly hostIp: string;
    readonly hostPort: number;
    readonly toIp: string;
    readonly toPort: number;
  };
  'docker-proxy': {
    readonly pid: number;
    readonly hostIp: string;
    readonly hostPort: number;
    readonly toIp: string;
    readonly toPort: number;
  };
  'runc-start': { readonly container: string };
  /** The first process has ended: what the shim reports. */
  'container-exit': {
    readonly container: string;
    readonly name: string;
    readonly code: number;
    readonly oom: boolean;
    readonly signal?: string;
  };
  'runc-delete': { readonly container: string };
  'release-network': { readonly container: string; readonly address: string };
  'umount-root': { readonly container: string };
  'remove-container': { readonly container: string; readonly name: string };
  /** dockerd: stop sends the stop signal, and SIGKILL when the time is over. */
  'stop-signal': { readonly container: string; readonly signal: string; readonly timeout: number };
  'stop-timeout': { readonly container: string; readonly timeout: number };
  kill: { readonly container: string; readonly signal: string; readonly pid: number };
  list: { readonly shown: number; readonly running: number; readonly total: number };
  inspect: { readonly kind: string; readonly name: string };
  /** shim: a further process joins the namespaces of a running container. */
  'exec-join': {
    readonly container: string;
    readonly pid: number;
    readonly inside: number;
    readonly target: number;
    readonly namespaces: readonly string[];
    readonly argv: readonly string[];
  };
  attach: { readonly container: string; readonly stdin: boolean; readonly tty: boolean };
  'read-log': {
    readonly container: string;
    readonly entries: number;
    readonly driver: string;
    readonly follow: boolean;
  };
  top: { readonly container: string; readonly processes: number };
  wait: { readonly container: string; readonly condition: string };
  /** dockerd: the container's cgroup is frozen (pause) or runs again (unpause). */
  freeze: { readonly container: string; readonly cgroup: string; readonly frozen: boolean };
  /** dockerd: the restart policy will start it again after a delay (µs). */
  'plan-restart': {
    readonly container: string;
    readonly policy: string;
    readonly delay: number;
    readonly count: number;
  };
  rename: { readonly container: string; readonly from: string; readonly to: string };
  /** dockerd: what differs between a container's tree and its image. */
  diff: { readonly container: string; readonly changes: number };
  /** dockerd: new limits (`memory.max = 64000000`) or policy; for a running container its cgroup has them at once. */
  update: { readonly container: string; readonly running: boolean; readonly settings: readonly string[] };
  prune: { readonly kind: 'container' | 'volume'; readonly removed: number; readonly bytes: number };
  /** dockerd: files packed out of a container's tree, or unpacked into it (`docker cp`). */
  copy: {
    readonly container: string;
    readonly path: string;
    readonly direction: 'in' | 'out';
    readonly files: number;
    readonly running: boolean;
  };
  /** dockerd: a volume is made or removed, or a new one gets what the image has at its place. */
  volume: { readonly name: string; readonly change: 'create' | 'remove' | 'fill'; readonly path: string };
  /** dockerd: a folder of the user's computer is read for a bind mount; writes to it stay in the simulation. */
  'bind-source': { readonly source: string; readonly files: number };
  /** dockerd: what `docker images` looks through; `layers`: different ones on the disk. */
  'list-images': { readonly shown: number; readonly total: number; readonly layers: number };
  'image-history': { readonly image: string; readonly rows: number; readonly layers: number };
  /** dockerd: a name for an image that is there. */
  tag: { readonly name: string; readonly image: string };
  untag: { readonly name: string };
  /** dockerd: an image goes, with so many of its layers; the others are needed by images or containers that stay. */
  'remove-image': { readonly image: string; readonly removed: number; readonly shared: number };
  /** dockerd: asks a registry which image a name means. */
  'resolve-image': { readonly name: string; readonly registry: string; readonly digest: string };
  /** dockerd: layers that are fetched, and those that are on the disk; bytes to download and bytes on disk. */
  'fetch-layers': {
    readonly image: string;
    readonly fetched: number;
    readonly present: number;
    readonly bytes: number;
    readonly unpacked: number;
  };
  /** dockerd: nothing but the family's name is recorded; the image was made up from another one. */
  'derived-image': { readonly name: string; readonly from: string };
  info: { readonly containers: number; readonly images: number };
  /** dockerd: what is on the disk; `bytes`: each layer once, `counted`: each image with all its layers. */
  'disk-usage': { readonly images: number; readonly layers: number; readonly bytes: number; readonly counted: number };
}
