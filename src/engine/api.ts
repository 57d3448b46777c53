import type { Json } from '../kernel/json.ts';
import type { HealthConfig, IsolationConfig } from './api-host.ts';
import type { EndpointSettings } from './networks/types.ts';

/**
 * Requests and answers of the engine, shaped and named as in the Docker Engine API v1.51, so that `inspect` prints what
 * the engine returns and a real HTTP front could be put before it. The client sends `ApiRequest` by `sys.request('dockerd', …)`.
 */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Without version prefix and query: `/containers/web/json`. */
  readonly path: string;
  readonly query?: { readonly [key: string]: string };
  readonly body?: Json;
  /** Who asks a registry, for calls that talk to one: the header X-Registry-Auth, without the password. */
  readonly auth?: { readonly username: string };
}

/** An error's body is `{ message }`. A hijacked stream (attach, exec start, logs, events) comes as a descriptor beside it. */
export interface ApiResponse {
  readonly status: number;
  readonly body: Json;
}

/*
 * POST   /containers/create?name=        ContainerCreateBody → 201 { Id, Warnings }
 * POST   /containers/ID/start            → 204, 304 when it runs already
 * POST   /containers/ID/stop?t=&signal=  job → 204, 304 when it is stopped already
 * POST   /containers/ID/kill?signal=     → 204
 * POST   /containers/ID/restart?t=       job → 204
 * POST   /containers/ID/wait?condition=not-running|next-exit|removed   job → 200 { StatusCode, Error? }
 * POST   /containers/ID/attach?stream=1&stdin=1&stdout=1&stderr=1&logs=  → 101 and a descriptor
 * POST   /containers/ID/resize?h=&w=     → 200
 * GET    /containers/ID/logs?stdout=1&stderr=1&follow=&tail=&since=&until=&timestamps=  → 200 and a descriptor
 * GET    /containers/ID/top?ps_args=     → 200 { Titles, Processes }
 * GET    /containers/ID/json             → 200 ContainerInspect
 * GET    /containers/json?all=1&limit=&size=&filters=   → 200 ContainerSummary[]
 * DELETE /containers/ID?force=1&v=1&link=1 → 204
 * POST   /containers/ID/exec             ExecCreateBody → 201 { Id }
 * POST   /exec/ID/start                  { Detach, Tty, ConsoleSize? } → 200 when detached, else 101 and a descriptor
 * POST   /exec/ID/resize?h=&w=           → 200
 * GET    /exec/ID/json                   → 200 ExecInspect
 * GET    /images/json?filters=           → 200 ImageSummary[]
 * POST   /images/create?fromImage=&tag=&platform=   → 200 and a descriptor: progress messages, one a line
 * POST   /images/NAME/push?tag=          → 200 and a descriptor: progress messages
 * GET    /images/search?term=&limit=&filters= → 200 { name, description, star_count, is_official }[]
 * POST   /auth                           { username, password, serveraddress } → 200 { Status, IdentityToken }
 * GET    /images/ID/json                 → 200 ImageInspect
 * GET    /images/ID/history              → 200 ImageHistoryRow[]
 * POST   /images/ID/tag?repo=&tag=       → 201
 * DELETE /images/ID?force=1              → 200 { Untagged | Deleted }[]
 * POST   /images/prune?filters=          → 200 { ImagesDeleted, SpaceReclaimed }
 * GET    /version, GET /info             → 200
 *
 * Streams without a terminal are framed: one byte 1 (stdout) or 2 (stderr), three zero bytes, four bytes big-endian
 * length, then the data. With a terminal the bytes come as they are. What the client writes goes to the container's
 * stdin; closing the write side (closing the descriptor) is its end of file.
 */

export interface ContainerConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly MacAddress?: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly Image: string;
  readonly Volumes: { readonly [path: string]: Record<string, never> } | null;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[] | null;
  readonly OnBuild: null;
  readonly Labels: { readonly [key: string]: string };
  readonly ExposedPorts?: { readonly [port: string]: Record<string, never> };
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Healthcheck?: HealthConfig;
}

/** What the client may set; the engine fills in the rest. */
export interface ContainerCreateBody extends Partial<ContainerConfig> {
  readonly Image: string;
  readonly HostConfig?: Partial<HostConfig>;
  readonly NetworkingConfig?: { readonly EndpointsConfig?: { readonly [network: string]: EndpointSettings } };
}

/** Only the fields that differ from the engine's defaults are kept in the world; inspect prints them all. */
export interface HostConfig extends IsolationConfig {
  readonly AutoRemove: boolean;
  readonly Memory: number;
  /** Memory and swap in all, bytes; -1: no limit. */
  readonly MemorySwap: number;
  readonly NanoCpus: number;
  readonly PidsLimit: number | null;
  readonly NetworkMode: string;
  readonly ReadonlyRootfs: boolean;
  /** `SOURCE:PATH[:MODE]`. */
  readonly Binds: readonly string[];
  readonly Mounts: readonly MountSpec[];
  /** Options of a tmpfs by the path where it is mounted. */
  readonly Tmpfs: { readonly [path: string]: string };
  /** Size of /dev/shm, bytes. */
  readonly ShmSize: number;
  readonly ContainerIDFile: string;
  readonly GroupAdd: readonly string[];
  readonly Dns: readonly string[];
  readonly DnsSearch: readonly string[];
  readonly DnsOptions: readonly string[];
  /** `name:address`. */
  readonly ExtraHosts: readonly string[];
  readonly Links: readonly string[];
  readonly PortBindings: { readonly [port: string]: readonly PortBinding[] };
  readonly PublishAllPorts: boolean;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly ConsoleSize: readonly [rows: number, cols: number];
}

/** `--mount`. */
export interface MountSpec {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: { readonly Propagation?: string };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: { readonly [name: string]: string };
    readonly Subpath?: string;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: { readonly [name: string]: string } };
  };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

export interface PortBinding {
  readonly HostIp: string;
  /** A number, a range, or nothing for any free port. */
  readonly HostPort: string;
}

export interface ContainerSummary {
  readonly Id: string;
  /** With a leading slash. */
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  /** The command line as ps shows it: words joined by spaces (quoted by Go's strconv only in the client). */
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Ports: readonly Port[];
  readonly Labels: { readonly [key: string]: string };
  readonly State: string;
  readonly Status: string;
  readonly HostConfig: { readonly NetworkMode: string };
  readonly NetworkSettings: { readonly Networks: { readonly [name: string]: { readonly IPAddress: string } } };
  readonly Mounts: readonly Json[];
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
}

export interface Port {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: 'tcp' | 'udp';
}

export interface ExecCreateBody {
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly Tty: boolean;
  readonly Cmd: readonly string[];
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly Privileged?: boolean;
  readonly DetachKeys?: string;
}

export interface ExecInspect {
  readonly ID: string;
  readonly Running: boolean;
  readonly ExitCode: number | null;
  readonly Pid: number;
  readonly ContainerID: string;
}

export interface TopAnswer {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

export interface ImageSummary {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RepoDigests: readonly string[];
  /** Seconds since 1970. */
  readonly Created: number;
  /** Bytes of all its layers. */
  readonly Size: number;
  /** -1: not counted. */
  readonly SharedSize: number;
  readonly Containers: number;
  readonly Labels: { readonly [key: string]: string } | null;
}

export interface ImageHistoryRow {
  /** `<missing>` for all but the newest row. */
  readonly Id: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Tags: readonly string[] | null;
  readonly Size: number;
  readonly Comment: string;
}

/** What happens during a pull or a push, one message each; `id` is a layer or a tag. */
export interface ProgressMessage {
  readonly status?: string;
  readonly id?: string;
  /** Bytes done and bytes in all. */
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
  readonly errorDetail?: { readonly message: string };
  /** For programs, not shown: a push's `{ Tag, Digest, Size }`. */
  readonly aux?: Json;
}
