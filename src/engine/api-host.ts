import type { Json } from '../kernel/json.ts';

/** A resource limit of the container's processes; -1: no limit. */
export interface Ulimit {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

/** A device file of the host that the container gets. */
export interface DeviceMapping {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

/** How the engine asks whether a container works. Times in nanoseconds; 0 and absent: the default. */
export interface HealthConfig {
  /** `NONE`, or `CMD` and a command, or `CMD-SHELL` and a line. Absent: the image's. */
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** The part of HostConfig that says how a container is limited, secured and kept apart (Engine API v1.51). */
export interface IsolationConfig {
  readonly Init: boolean;
  readonly VolumesFrom: readonly string[];
  readonly VolumeDriver: string;
  readonly LogConfig: { readonly Type: string; readonly Config: { readonly [option: string]: string } };
  readonly Annotations: { readonly [name: string]: string };
  readonly CapAdd: readonly string[];
  readonly CapDrop: readonly string[];
  readonly Privileged: boolean;
  readonly SecurityOpt: readonly string[];
  readonly MaskedPaths: readonly string[];
  readonly ReadonlyPaths: readonly string[];
  readonly CgroupnsMode: string;
  readonly IpcMode: string;
  readonly PidMode: string;
  readonly UTSMode: string;
  readonly UsernsMode: string;
  readonly Runtime: string;
  readonly Isolation: string;
  readonly DnsOptions: readonly string[];
  readonly Sysctls: { readonly [name: string]: string };
  readonly StorageOpt: { readonly [name: string]: string };
  readonly OomScoreAdj: number;
  readonly OomKillDisable: boolean;
  readonly MemoryReservation: number;
  readonly MemorySwappiness: number;
  readonly CpuShares: number;
  readonly CpuPeriod: number;
  readonly CpuQuota: number;
  readonly CpusetCpus: string;
  readonly CpusetMems: string;
  readonly Ulimits: readonly Ulimit[];
  readonly Devices: readonly DeviceMapping[];
  readonly DeviceRequests: readonly { readonly [field: string]: Json }[];
}
