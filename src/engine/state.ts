import type { ByteString } from '../kernel/bytes.ts';
import type { DirNode } from '../kernel/fs/node.ts';
import type { Id, Rec, Us } from '../kernel/json.ts';
import type { Machine } from '../kernel/machine.ts';
import type { Image } from '../oci/image.ts';
import type { Recipe } from '../oci/recipe.ts';
import type { ContainerConfig, HostConfig } from './api.ts';
import type { BuildState } from './build/state.ts';
import type { Crash } from './crash.ts';
import type { Health } from './health/state.ts';
import type { Pull } from './images/pull.ts';
import type { Endpoint, EndpointConfig, Network } from './networks/types.ts';
import type { ProgressStream } from './progress.ts';
import type { Push } from './registry/push.ts';
import type { LayerSource } from './registry/sources.ts';
import type { EventLog } from './watch/events.ts';

/** The name under which the engine is a service of its host. */
export const serviceName = 'dockerd';

/** All that dockerd knows, in `host.services.dockerd`. */
export interface EngineState {
  readonly containers: Rec<Container>;
  /** What runs, by container id: so that nobody has to read a thousand stopped ones to find it. */
  readonly tasks: Rec<Task>;
  /** Container ids by name (without the leading slash). */
  readonly names: Rec<Id>;
  readonly execs: Rec<Exec>;
  /** Images by id (`sha256:…` of the configuration). */
  readonly images: Rec<Image>;
  /** Image ids by full reference (`docker.io/library/alpine:latest`, `docker.io/library/alpine@sha256:…`). */
  readonly tags: Rec<Id>;
  /** How many containers each image has (see images/users.ts). */
  readonly imageUsers?: Rec<number>;
  /** When images got a tag from `docker tag` last, by image id. */
  readonly lastTagged: Rec<Us>;
  /** Read-only layers by chain id: the tree of this layer folded onto all below. */
  readonly layers: Rec<LayerRecord>;
  readonly logs: Rec<Log>;
  readonly streams: Rec<Stream>;
  /** The engine's ends of the standard streams of containers and execs, by owner (as in Stream). */
  readonly io: Rec<TaskIo>;
  readonly jobs: Rec<Job>;
  /** Images on their way from a registry, by id. */
  readonly pulls: Rec<Pull>;
  /** Ids of the predefined networks, by name. */
  readonly networks: Rec<Id>;
  /** The networks that users made, by id. */
  readonly userNetworks?: Rec<Network>;
  /** Who is linked to a container (`--link`), by that one's id. */
  readonly linked?: Rec<readonly Id[]>;
  /** Volumes by name; their files are in /var/lib/docker/volumes of the host. */
  readonly volumes?: Rec<Volume>;
  /** Folders of the user's computer that were bound into containers, by path. */
  readonly binds?: Rec<BindSource>;
  /** Answers that go on while something happens (pull, push, build), by their ids. */
  readonly progress?: Rec<ProgressStream>;
  /** Builds, and what they have made before. */
  readonly build?: BuildState;
  /** Pushes under way, by id. */
  readonly pushes?: Rec<Push>;
  /** What is known of layers that came from registries or went to them, by diff id. */
  readonly sources?: Rec<LayerSource>;
  /** What the engine remembers of what happened (`docker events`). */
  readonly events?: EventLog;
  /** Programs that are broken, by id. */
  readonly crashes?: Rec<Crash>;
  /** `insecure-registries` of /etc/docker/daemon.json, as read when dockerd was started last. */
  readonly insecureRegistries?: readonly string[];
  /** The daemons' host pids. */
  readonly daemon: number;
  readonly containerd: number;
}

export interface Volume {
  readonly name: string;
  readonly created: Us;
  readonly labels: { readonly [name: string]: string };
  /** Made for a container that gave no name. */
  readonly anonymous: boolean;
  /** What the local driver is to mount there; see volumes/local-driver.ts. */
  readonly options?: { readonly [name: string]: string };
}

export interface BindSource {
  /** What was there when it was read last, and the file system that has the simulation's writes in it. */
  readonly read: DirNode;
  readonly fs: Id;
  /** The path of a single file in it; absent: a folder. */
  readonly file?: string;
}

/** A container that another one is linked to, and what it calls it. */
export interface ContainerLink {
  readonly alias: string;
  readonly child: Id;
  /** The other one's name, for when that is gone. */
  readonly name: string;
}

/** What is mounted into a container besides its own files. */
export interface MountPoint {
  readonly type: 'volume' | 'bind';
  /** A volume's name. */
  readonly name?: string;
  readonly source: string;
  readonly destination: string;
  readonly mode: string;
  readonly rw: boolean;
  /** The source is on the user's computer, not on the simulated host. */
  readonly real?: true;
  /** How mounts made later go from host to container and back (shown, as no container here makes any). */
  readonly propagation?: string;
  /** The folder of a volume that is mounted instead of all of it, and the labels of a volume that is made for it. */
  readonly subpath?: string;
  readonly labels?: { readonly [name: string]: string };
  /** The driver's options for a volume that is made for it. */
  readonly driverOptions?: { readonly [name: string]: string };
  /** A volume that must not be filled with what the image has there. */
  readonly nocopy?: true;
}

export interface LayerRecord {
  readonly tree: DirNode;
  /** The tree with the engine's stubs (/.dockerenv, /etc/hosts …) in place: the init layer on top, made once. */
  readonly init?: DirNode;
  /** How its archive is made again, for a layer out of an archive. */
  readonly recipe?: Recipe;
}

export interface Container {
  readonly id: Id;
  readonly name: string;
  /** The folder name of its writable layer under /var/lib/docker/overlay2. */
  readonly layer: Id;
  readonly created: Us;
  /** Image id, and the reference as it was given. */
  readonly image: Id;
  /** What differs from an empty configuration. */
  readonly config: Partial<ContainerConfig>;
  readonly hostConfig: Partial<HostConfig>;
  /** Entry point and command in one. */
  readonly command: readonly string[];
  readonly state: ContainerState;
  readonly restartCount: number;
  /** The delay before the last restart by policy, µs. */
  readonly backoff?: Us;
  /** Stopped or killed by the user since it was started last: no policy restarts it. */
  readonly stoppedByUser?: boolean;
  /** What its health checks have found. */
  readonly health?: Health;
  /** What it wants of its networks, by their names; absent: nothing but the one of its network mode. */
  readonly networks?: Rec<EndpointConfig>;
  /** `--link`: the containers that it finds by names of its own. */
  readonly links?: readonly ContainerLink[];
  /** Volumes and bind mounts. */
  readonly mounts?: readonly MountPoint[];
  /** The overlay file system (of the kernel) that holds the writable layer. */
  readonly fs: Id;
  /** Chain ids of the layers below it, once its image was removed by force. */
  readonly orphanedLayers?: readonly Id[];
}

export interface ContainerState {
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  readonly error: string;
  readonly oomKilled: boolean;
  readonly startedAt?: Us;
  readonly finishedAt?: Us;
}

/** A running container's process and what surrounds it. */
export interface Task {
  readonly pid: number;
  readonly shim: number;
  /** Its places on networks; none when it shares another container's. */
  readonly endpoints?: readonly Endpoint[];
  /** The id of its network sandbox. */
  readonly sandbox?: Id;
  /** The file system with its resolv.conf, hostname and hosts. */
  readonly files?: Id;
  /** Ports of the host that lead to it. */
  readonly published?: readonly Published[];
  /** The namespaces and file systems that go when it ends. */
  readonly netns?: Id;
  readonly filesystems: readonly Id[];
  readonly cgroup: string;
}

/** A published port. */
export interface Published {
  /** The container's, as `80/tcp`. */
  readonly port: string;
  readonly proto: 'tcp' | 'udp';
  readonly hostIp: string;
  readonly hostPort: number;
  readonly toPort: number;
  /** The container's address. */
  readonly toIp: string;
  /** The docker-proxy process that stands in for it. */
  readonly proxy: number;
}

/** The engine's side of a process's standard streams. */
export interface TaskIo {
  readonly tty?: Id;
  readonly stdin?: Id;
  readonly stdout?: Id;
  readonly stderr?: Id;
  /** The process has ended: once all of its output has gone through, the streams end too. */
  readonly ending?: true;
}

export interface Exec {
  readonly id: Id;
  readonly container: Id;
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly cwd?: string;
  readonly user?: string;
  readonly privileged: boolean;
  readonly tty: boolean;
  readonly attach: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  readonly running: boolean;
  readonly exitCode?: number;
  readonly finishedAt?: Us;
  readonly pid: number;
}

/** A client's connection to the streams of a container or an exec. */
export interface Stream {
  readonly id: Id;
  /** `c:CONTAINER` or `x:EXEC`. */
  readonly owner: string;
  /** Pipe to the client and pipe from it. */
  readonly toClient: Id;
  readonly fromClient: Id;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly framed: boolean;
  /** A reader of the log: how far it has got, and whether it goes on with what comes. */
  readonly log?: LogReader;
}

export interface LogReader {
  readonly container: Id;
  readonly next: number;
  readonly follow: boolean;
  readonly timestamps: boolean;
  /** What --details puts before each line. */
  readonly details?: string;
  readonly until?: Us;
}

/** What a container has written, as the json-file driver keeps it: one entry a line (or part of one). */
export interface Log {
  /** Full chunks, then the one that grows, so that a new line does not copy all that came before. */
  readonly sealed: readonly (readonly LogEntry[])[];
  readonly tail: readonly LogEntry[];
  /** Entries before the first kept one (old ones are dropped beyond the limit). */
  readonly dropped: number;
  readonly bytes: number;
  /** What each stream has begun and not ended with a newline: it is not in the log yet. */
  readonly open: { readonly [stream in 1 | 2]?: OpenLine };
}

export interface OpenLine {
  readonly line: ByteString;
  /** When the first part of a line too long for one entry was logged: all its parts carry that time. */
  readonly at?: Us;
}

export interface LogEntry {
  readonly at: Us;
  readonly stream: 1 | 2;
  readonly line: ByteString;
}

/** Something that a client waits for. */
export type Job =
  | (Asked & { readonly kind: 'wait'; readonly condition: 'not-running' | 'next-exit' | 'removed' })
  | (Asked & {
      readonly kind: 'stop';
      /** The container as the client named it. */
      readonly reference: string;
      readonly then: 'nothing' | 'start';
      readonly run: Id;
      /** Seconds until SIGKILL. */
      readonly timeout: number;
    });

interface Asked {
  readonly container: Id;
  /** The host pid of the client that waits for it. */
  readonly client: number;
}

/** The engine's state, changeable one level deep. */
export function engine(m: Machine): { -readonly [K in keyof EngineState]: EngineState[K] } {
  const services = m.draft.own(m.host, 'services');
  return m.draft.own(services, serviceName) as never;
}

/** The engine's state, to read. */
export function engineState(m: Machine): EngineState {
  return m.host.services[serviceName] as unknown as EngineState;
}

/** Changes fields of a container. */
export function updateContainer(m: Machine, id: Id, change: Partial<Container>): Container {
  const containers = m.draft.own(engine(m), 'containers') as { [id: string]: Container };
  const old = containers[id];
  if (!old) throw new Error(`no container ${id}`);
  const container = { ...old, ...change };
  containers[id] = container;
  return container;
}

/** Changes a container's state. */
export function updateState(m: Machine, id: Id, change: Partial<ContainerState>): Container {
  const old = engineState(m).containers[id];
  if (!old) throw new Error(`no container ${id}`);
  return updateContainer(m, id, { state: { ...old.state, ...change } });
}

/** A container's task: there is one while it runs. */
export function taskOf(m: Machine, container: Id): Task | undefined {
  return engineState(m).tasks[container];
}

/** Notes that a container runs, or (without a task) that it does not any more. */
export function setTask(m: Machine, container: Id, task: Task | undefined): void {
  const tasks = m.draft.own(engine(m), 'tasks') as { [id: string]: Task };
  if (task) tasks[container] = task;
  else delete tasks[container];
}
