import type { Plan } from '../../builder/graph/convert.ts';
import type { ByteString } from '../../kernel/bytes.ts';
import type { DirNode } from '../../kernel/fs/node.ts';
import type { Id, Json, Rec, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engine, engineState } from '../state.ts';
import type { MissReason } from './actions.ts';
import type { StepSettings } from './settings.ts';
import type { BuildStory } from './story.ts';

/** What the builder keeps, in EngineState.build. */
export interface BuildState {
  /** What builds have made before, by cache key. */
  readonly records: Rec<CacheRecord>;
  /** Builds that are going on. */
  readonly jobs: Rec<BuildJob>;
  /** Contexts as they were when they were sent last, by folder: what has not changed need not be read again. */
  readonly contexts: Rec<ContextScan>;
  /** Folders of RUN --mount=type=cache, by their id. */
  readonly mounts: Rec<CacheMount>;
  /** What became of the steps of the build before. */
  readonly last?: BuildStory;
}

/** One result that can be used again. */
export interface CacheRecord {
  /** As `docker buildx du` calls it: 25 letters and digits. */
  readonly id: Id;
  readonly key: string;
  readonly kind: 'image' | 'layer' | 'context';
  /** The key of what it stands on. */
  readonly parent?: string;
  /** As the step was called: `[2/4] RUN make`. */
  readonly title: string;
  /** What `docker buildx du` says of it, when that is not the title. */
  readonly description?: string;
  readonly created: Us;
  readonly used: Us;
  readonly uses: number;
  readonly layer?: LayerRef;
  /** The build that has made it. */
  readonly build?: BuildMark;
  /** What it was built with, and as which step of what: to tell later why another build could not use it. */
  readonly settings?: StepSettings;
  readonly origins?: readonly string[];
  /** Digests of the files that a COPY takes, or that a RUN mounts, by path. */
  readonly sources?: Rec<string>;
  /** A base image: its reference, and the layers below its top one. */
  readonly reference?: string;
  readonly below?: readonly Id[];
}

/** How a build is called later: its image's name or its Dockerfile, and when it began. */
export interface BuildMark {
  readonly name: string;
  readonly started: Us;
}

export interface LayerRef {
  readonly chainId: Id;
  readonly diffId: Id;
  /** Bytes. */
  readonly size: number;
}

/** A cache mount: what is in it, and when it was made. */
export interface CacheMount {
  readonly id: Id;
  readonly tree: DirNode;
  readonly created: Us;
  readonly used: Us;
  readonly uses: number;
}

/** Files of a folder by path; each `MODE SIZE MTIME DIGEST`, see context/scan.ts. */
export interface ContextScan {
  readonly files: Rec<string>;
  readonly used: Us;
  /** Digests of folders in it, by path, as long as `files` stays the same. */
  readonly digests?: Rec<string>;
}

/** Where files come from: a folder of the client, or an archive that it sent. */
export type ContextSource =
  | { readonly kind: 'folder'; readonly path: string; readonly shown?: string }
  | { readonly kind: 'archive'; readonly tree: DirNode }
  | { readonly kind: 'none' };

/** What the client asks for. */
export interface BuildRequest {
  readonly context: {
    readonly folder?: string /** As it was given: how errors call it. */;
    readonly shown?: string;
    readonly archive?: ByteString;
  };
  /** Its path, or (from the standard input) its bytes. */
  readonly dockerfile: {
    readonly name: string /** As it was given: how reports call it. */;
    readonly shown: string;
    readonly folder?: string;
    readonly bytes?: ByteString;
  };
  /** Those with names: paths of folders, or `docker-image://REFERENCE`. */
  readonly contexts: Rec<string>;
  readonly tags: readonly string[];
  readonly buildArgs: Rec<string>;
  readonly labels: Rec<string>;
  readonly target?: string;
  readonly network: 'default' | 'none' | 'host';
  readonly hosts: readonly string[];
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly pull: boolean;
  /** Images whose inline caches may be used. */
  readonly cacheFrom: readonly string[];
  /** The image is to tell how it was made (`--cache-to type=inline`). */
  readonly inlineCache: boolean;
  readonly check: boolean;
  readonly output: 'image' | 'files' | 'tar' | 'nothing';
  readonly secrets: Rec<ByteString>;
  /** Who the client has logged in to Docker Hub as. */
  readonly hubUser?: string;
}

/** A build that is going on. */
export interface BuildJob {
  readonly id: Id;
  readonly stream: Id;
  /** Host pid of the client, and its run. */
  readonly client: number;
  readonly run: Id;
  readonly request: BuildRequest;
  readonly context: ContextSource;
  readonly named: Rec<ContextSource>;
  /** Named contexts that are images, by name; as they were written. */
  readonly namedImages: Rec<string>;
  readonly started: Us;
  /** The Dockerfile's bytes, once it has been read. */
  readonly dockerfile?: ByteString;
  /** Caches of RUN that this build has begun anew. */
  readonly renewed?: readonly string[];
  /** Rules of .dockerignore. */
  readonly ignore?: ByteString;
  /** Those of named contexts that are needed, by name. */
  readonly ignores?: Rec<ByteString>;
  /** Base images that were looked up, by their labels. */
  readonly bases: Rec<ResolvedBase>;
  /** What has to be looked up before the graph can be made. */
  readonly loading: readonly string[];
  readonly plan?: Plan;
  /** What the caches of other images have, by key; absent until they were looked at. */
  readonly imports?: Rec<ImportedRecord>;
  /** Digest of each step's vertex. */
  readonly steps: Rec<StepState>;
  /** Digests of the steps that have a process: to find these without looking at all steps. */
  readonly running?: readonly string[];
  /** Files of the context that differ from the time before; and those of them that differ in their modes only. */
  readonly changed?: readonly string[];
  readonly modes?: readonly string[];
}

/** A base image: in the engine's store, or in a registry (by its manifest's digest). */
export interface ResolvedBase {
  readonly reference: string;
  readonly image: Id;
  readonly remote?: string;
}

/** A result in the inline cache of an image: which of the image's layers it is, and when it was made. */
export interface ImportedRecord {
  readonly base: ResolvedBase;
  readonly layer: number;
  readonly createdAt: string;
}

/** How far a step is. */
export interface StepState {
  readonly name: string;
  readonly inputs?: readonly string[];
  readonly started?: Us;
  readonly completed?: Us;
  readonly cached?: true;
  readonly error?: string;
  /** The cache key of its result, once there is one; empty: no files. */
  readonly key?: string;
  /** COPY and RUN: digests of the files that it takes or mounts. */
  readonly sources?: Rec<string>;
  /** It was in the cache. */
  readonly hit?: true;
  /** It was not in the cache, and why. */
  readonly missed?: true;
  readonly reason?: MissReason;
  /** RUN: its process and what surrounds it. */
  readonly task?: BuildTask;
}

export interface BuildTask {
  readonly pid: number;
  readonly parent: number;
  readonly fs: Id;
  readonly folder: Id;
  readonly stdout: Id;
  readonly stderr: Id;
  readonly filesystems: readonly Id[];
  readonly cgroup: string;
  readonly endpoint?: Json;
  /** Cache mounts: the file system of each, by its id. */
  readonly caches: Rec<Id>;
  readonly exit?: number;
}

type Own<T> = { -readonly [K in keyof T]: T[K] };

const empty: BuildState = { records: {}, jobs: {}, contexts: {}, mounts: {} };

/** The builder's state, to read. */
export function buildState(m: Machine): BuildState {
  return engineState(m).build ?? empty;
}

/** A part of the builder's state, changeable one level deep. */
export function ownBuild<K extends keyof BuildState>(m: Machine, part: K): Own<BuildState[K]> {
  const state = engine(m);
  state.build ??= m.draft.adopt({ records: {}, jobs: {}, contexts: {}, mounts: {} });
  return m.draft.own(m.draft.own(state, 'build'), part) as never;
}

/** Changes fields of a build; returns it as it is then. Undefined: it is over. */
export function updateJob(m: Machine, id: Id, change: Partial<BuildJob>): BuildJob | undefined {
  const old = buildState(m).jobs[id];
  if (!old) return undefined;
  const job = { ...old, ...change };
  (ownBuild(m, 'jobs') as { [id: string]: BuildJob })[id] = job;
  return job;
}

/** Changes fields of a step. */
export function updateStep(m: Machine, id: Id, digest: string, change: Partial<StepState>): StepState {
  const jobs = ownBuild(m, 'jobs') as { [id: string]: BuildJob };
  const job = m.draft.own(jobs, id) as Own<BuildJob>;
  const steps = m.draft.own(job, 'steps') as { [digest: string]: StepState };
  const step: StepState = { ...(steps[digest] ?? { name: '' }), ...change };
  steps[digest] = step;
  if (change.task && !job.running?.includes(digest)) job.running = [...(job.running ?? []), digest];
  return step;
}

/** Forgets a step's process. */
export function dropTask(m: Machine, id: Id, digest: string): void {
  const job = m.draft.own(ownBuild(m, 'jobs') as { [id: string]: BuildJob }, id) as Own<BuildJob>;
  const { task: _, ...rest } = job.steps[digest] ?? { name: '' };
  (m.draft.own(job, 'steps') as { [digest: string]: StepState })[digest] = rest;
  job.running = (job.running ?? []).filter((each) => each !== digest);
}

/** Steps of a build that have a process. */
export function runningSteps({ running = [], steps }: BuildJob): readonly (readonly [digest: string, BuildTask])[] {
  return running.flatMap((digest) => {
    const task = steps[digest]?.task;
    return task ? [[digest, task] as const] : [];
  });
}

/** Addresses that steps of builds have on a network. */
export function buildAddresses(m: Machine, network: Id): readonly string[] {
  const jobs = Object.values(engineState(m).build?.jobs ?? {});
  return jobs.flatMap(runningSteps).flatMap(([, { endpoint }]) => {
    const { networkId, ip } = (endpoint ?? {}) as { readonly networkId?: Id; readonly ip?: string };
    return networkId === network && ip !== undefined ? [ip] : [];
  });
}

/** Is there a RUN step with this process? */
export function buildTaskOf(m: Machine, pid: number): { readonly job: Id; readonly step: string } | undefined {
  for (const job of Object.values(engineState(m).build?.jobs ?? {})) {
    for (const [digest, task] of runningSteps(job)) if (task.pid === pid) return { job: job.id, step: digest };
  }
  return undefined;
}
