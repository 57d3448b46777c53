import type { Actions, KnownStep } from '../actions.ts';

/** The steps of programs that run in containers and on the host. */
export const programActions = [
  'package-lists',
  'packages-installed',
  'packages-removed',
  'program-read',
  'program-beyond',
  'output-stands-in',
  'server-ready',
  'class-compiled',
  'class-verified',
  'method-compiled',
] as const;

export type ProgramAction = (typeof programActions)[number];

/** A text for each of them. */
export type ProgramTexts = { readonly [A in ProgramAction]: (d: Actions[A]) => string };

/** Did a program tell of it? */
export function isProgramStep(step: KnownStep): step is Extract<KnownStep, { readonly action: ProgramAction }> {
  return programActions.some((action) => action === step.action);
}

/** The text for a step. */
export function programText(step: Extract<KnownStep, { readonly action: ProgramAction }>, texts: ProgramTexts): string {
  // action and data belong together, which the type of an indexed call cannot say
  const text = texts[step.action] as (d: typeof step.data) => string;
  return text(step.data);
}
