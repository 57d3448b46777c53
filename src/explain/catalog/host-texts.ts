import type { HostActions } from '../../host/actions.ts';
import type { KnownStep } from '../actions.ts';

/** A text for each step of computers with each other, and of installing Docker on one. */
export type HostTexts = { readonly [A in keyof HostActions]: (d: HostActions[A]) => string };

/** A step of them. */
export type HostStep = Extract<KnownStep, { readonly action: keyof HostActions }>;

const actions: { readonly [A in keyof HostActions]: true } = {
  'host-new': true,
  'host-remove': true,
  'ssh-connect': true,
  'desktop-forward': true,
  'unit-start': true,
  'unit-stop': true,
  'docker-install': true,
};

/** Is it one of them? */
export function isHostStep(step: KnownStep): step is HostStep {
  return Object.hasOwn(actions, step.action);
}

/** The text of a step. */
export function hostText(texts: HostTexts, step: HostStep): string {
  return (texts[step.action] as (d: HostStep['data']) => string)(step.data);
}
