import type { BuildActions } from '../../engine/build/actions.ts';
import type { KnownStep } from '../actions.ts';
import { among, type StepOf, type TextsOf } from './families.ts';

/** What is said of the builder's steps. */
export type BuildTexts = TextsOf<keyof BuildActions>;

/** What the brief narration says of several steps at once. */
export interface BuildBriefs extends BuildTexts {
  /** Steps that came from the cache, by their names. */
  readonly hits: (steps: readonly string[]) => string;
  /** Steps that had to be done because the one before them was done anew. */
  readonly followers: (steps: readonly string[]) => string;
}

const actions: { readonly [A in keyof BuildActions]: true } = {
  'build-plan': true,
  'build-context': true,
  'cache-import': true,
  'build-hit': true,
  'build-miss': true,
  'build-layer': true,
  'build-run': true,
  'build-export': true,
  'build-failed': true,
  'build-prune': true,
};

/** A step of the builder. */
type BuildStep = StepOf<keyof BuildActions>;

/** Is it one of the builder's steps? */
export const isBuildStep = among(actions);

/** In a build, what its containers do is told only in full. */
export function ofBuild(steps: readonly KnownStep[]): readonly KnownStep[] {
  if (!steps.some(isBuildStep)) return steps;
  const also = ['request', 'resolve-image', 'fetch-layers', 'derived-image', 'budget'];
  return steps.filter((step) => isBuildStep(step) || also.includes(step.action));
}

/** The group of the brief narration that a step belongs to. */
export function buildTopic(step: BuildStep): string | undefined {
  if (step.action === 'build-layer' || step.action === 'build-run') return undefined;
  if (step.action !== 'build-miss') return step.action;
  return step.data.reason.why === 'parent' ? 'build-followers' : `build-miss:${step.data.step}`;
}

/** The line of a group, and how much it weighs. */
export function buildText(
  steps: readonly KnownStep[],
  texts: BuildBriefs,
): { readonly text: string; readonly weight: number } {
  const own = steps.filter(isBuildStep);
  const names = own.flatMap((step) => ('step' in step.data ? [step.data.step] : []));
  const [step] = own;
  if (!step) return { text: '', weight: 0 };
  switch (step.action) {
    case 'build-hit':
      return { text: texts.hits(names), weight: 6 };
    case 'build-miss':
      if (step.data.reason.why === 'parent') return { text: texts.followers(names), weight: 6 };
      return { text: texts['build-miss'](step.data), weight: 7 };
    case 'build-context':
      return { text: texts['build-context'](step.data), weight: 4 };
    case 'build-plan':
      return { text: texts['build-plan'](step.data), weight: 3 };
    case 'build-layer':
      return { text: texts['build-layer'](step.data), weight: 1 };
    case 'build-run':
      return { text: texts['build-run'](step.data), weight: 1 };
    case 'cache-import':
      return { text: texts['cache-import'](step.data), weight: 5 };
    case 'build-export':
      return { text: texts['build-export'](step.data), weight: 8 };
    case 'build-failed':
      return { text: texts['build-failed'](step.data), weight: 8 };
    case 'build-prune':
      return { text: texts['build-prune'](step.data), weight: 6 };
  }
}
