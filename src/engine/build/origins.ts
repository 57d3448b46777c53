import type { BuildJob, CacheRecord } from './state.ts';

/** So many origins of a result are kept. */
const originsKept = 8;

/** A step's name without its stage and number. */
export function bareTitle(name: string): string {
  return name.replace(/^\[[^\]]*\] /, '');
}

/** Which step of which stage it is: `build 2`. The number of all steps does not count, for that changes with any of them. */
function positionOf(name: string): string {
  return /^\[([^\]]*)\] /.exec(name)?.[1]?.replace(/\/\d+$/, '') ?? '';
}

/** By what a later build is known to be of the same thing: each of its tags, or its context's folder and Dockerfile. */
export function originsOf({ context, request }: BuildJob, name: string): readonly string[] {
  const position = positionOf(name);
  const { folder = '', name: file } = request.dockerfile;
  const whole = context.kind === 'folder' ? [`${position} in ${context.path} ${folder} ${file}`] : [];
  return [...request.tags.map((tag) => `${position} of ${tag}`), ...whole];
}

/** The origins of a result that was used once more, the newest last; old ones are forgotten. */
export function withOrigins({ origins = [] }: CacheRecord, more: readonly string[]): readonly string[] {
  return [...origins.filter((each) => !more.includes(each)), ...more].slice(-originsKept);
}

/**
 * The earlier result to compare a step with: of the same step of the same tag or folder, the last one; else of the same
 * step on the same earlier steps. That two Dockerfiles begin with the same image does not make them kin: there, the
 * instruction must be the same, too. `ground`: the step stands right on an image, or on nothing.
 */
export function kinOf(
  records: readonly CacheRecord[],
  step: StepLooked & { readonly parent: string; readonly origins: readonly string[]; readonly ground: boolean },
): CacheRecord | undefined {
  const siblings = records.filter(({ parent = '' }) => parent === step.parent);
  const own = siblings.filter((record) => sharesOrigin(record, step.origins));
  if (own.length > 0) return newest(own);
  const here = siblings.filter(({ title }) => positionOf(title) === positionOf(step.name));
  const same = here.filter((record) => isSameInstruction(record, step));
  return newest(same) ?? (step.ground ? undefined : newest(here));
}

interface StepLooked {
  readonly name: string;
  /** See StepSettings. */
  readonly rest: string | undefined;
}

/** Is it the same instruction? Titles have variables filled in, while a shell's command line has them as they are written. */
export function isSameInstruction({ settings, title }: CacheRecord, { name, rest }: StepLooked): boolean {
  return bareTitle(title) === bareTitle(name) || (settings !== undefined && settings.rest === rest);
}

/** Is it the result of the same step of an earlier build with the same tag or folder? */
export function sharesOrigin({ origins = [] }: CacheRecord, others: readonly string[]): boolean {
  return origins.some((each) => others.includes(each));
}

function newest(records: readonly CacheRecord[]): CacheRecord | undefined {
  return records.reduce<CacheRecord | undefined>(
    (best, each) => (best && best.used > each.used ? best : each),
    undefined,
  );
}
