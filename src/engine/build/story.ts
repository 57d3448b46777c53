import type { Rec, Us } from '../../kernel/json.ts';
import type { Machine } from '../../kernel/machine.ts';
import { engine, engineState } from '../state.ts';
import type { MissReason } from './actions.ts';
import { type BuildJob, type BuildMark, buildState, type CacheRecord } from './state.ts';

/** What became of the steps of the build before: kept, so that `drydock cache why` can tell of them. */
export interface BuildStory {
  readonly build: BuildMark;
  readonly steps: readonly StepStory[];
}

/** One step of it. */
export interface StepStory {
  /** As it was printed: `[build 2/3] RUN make`. */
  readonly name: string;
  readonly kind: 'run' | 'copy' | 'workdir';
  readonly outcome: 'hit' | 'miss' | 'failed' | 'not-reached';
  readonly reason?: MissReason;
  readonly key?: string;
  /** The step or image that it stands on; undefined: nothing. */
  readonly base?: { readonly name: string; readonly key: string };
  /** Digests of the files that a COPY takes, or that a RUN mounts, by path. RUN: build arguments. */
  readonly sources?: Rec<string>;
  readonly args?: Rec<string>;
}

/** A step's story, and the result that the cache has for its key. */
export interface StepTold extends StepStory {
  readonly kept?: {
    readonly build?: BuildMark;
    /** The same build has made it. */
    readonly own: boolean;
    readonly created: Us;
    readonly uses: number;
    /** Bytes of its layer. */
    readonly size: number;
    readonly layer: string;
  };
}

/** Keeps what became of the steps of a build that is over. */
export function keepStory(m: Machine, job: BuildJob): void {
  if (!job.plan) return;
  const names = new Map(job.plan.vertices.map(({ digest, name }) => [digest, name]));
  const steps = job.plan.vertices.flatMap(({ digest, name, op }): StepStory[] => {
    if (op.kind !== 'run' && op.kind !== 'copy' && op.kind !== 'workdir') return [];
    const own = job.steps[digest];
    const below = op.base === null ? undefined : { name: names.get(op.base) ?? '', key: job.steps[op.base]?.key ?? '' };
    const done = own?.completed !== undefined && own.error === undefined;
    return [
      {
        name,
        kind: op.kind,
        outcome: own?.hit ? 'hit' : done ? 'miss' : own?.error !== undefined ? 'failed' : 'not-reached',
        ...(own?.reason ? { reason: own.reason } : {}),
        ...(own?.key === undefined ? {} : { key: own.key }),
        ...(below ? { base: below } : {}),
        ...(own?.sources ? { sources: own.sources } : {}),
        ...(op.kind === 'run' && Object.keys(op.args).length > 0 ? { args: op.args } : {}),
      },
    ];
  });
  const state = engine(m);
  state.build ??= m.draft.adopt({ records: {}, jobs: {}, contexts: {}, mounts: {} });
  m.draft.own(state, 'build').last = { build: markOf(job), steps };
}

/** How a build is called later. */
export function markOf({ request, started }: BuildJob): BuildMark {
  return { name: request.tags[0] ?? request.dockerfile.shown, started };
}

/** The steps of the last build that `wanted` means (a number as printed, or a part of the instruction); all for ''. */
export function tellSteps(
  m: Machine,
  wanted: string,
): { readonly story: BuildStory | undefined; readonly steps: readonly StepTold[] } {
  const story = engineState(m).build?.last;
  const { records } = buildState(m);
  const steps = (story?.steps ?? []).filter(({ name }) => isMeant(name, wanted));
  return {
    story,
    steps: steps.map((step): StepTold => {
      const record = step.key !== undefined && Object.hasOwn(records, step.key) ? records[step.key] : undefined;
      return record?.layer ? { ...step, kept: keptOf(record, record.layer, story) } : step;
    }),
  };
}

function keptOf(
  { build, created, uses }: CacheRecord,
  { diffId, size }: NonNullable<CacheRecord['layer']>,
  story: BuildStory | undefined,
): NonNullable<StepTold['kept']> {
  const own = build?.started === story?.build.started;
  return { ...(build ? { build } : {}), own, created, uses, size, layer: diffId };
}

function isMeant(name: string, wanted: string): boolean {
  const [, label = '', instruction = ''] = /^\[([^\]]*)\] (.*)$/s.exec(name) ?? ['', '', name];
  const asked = wanted.trim().replace(/^\[(.*)\]$/, '$1');
  if (asked === '' || asked === label) return true;
  const number = label.split(' ').at(-1) ?? '';
  if (/^\d+(?:\/\d+)?$/.test(asked)) return number === asked || number.split('/')[0] === asked;
  return instruction.toLowerCase().includes(asked.toLowerCase());
}
