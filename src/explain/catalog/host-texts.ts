import type { HostActions } from '../../host/actions.ts';
import { among, type TextsOf } from './families.ts';

/** A text for each step of computers with each other, and of installing Docker on one. */
export type HostTexts = TextsOf<keyof HostActions>;

const actions: { readonly [A in keyof HostActions]: true } = {
  'host-new': true,
  'host-remove': true,
  'ssh-connect': true,
  'desktop-forward': true,
  'unit-start': true,
  'unit-stop': true,
  'docker-install': true,
};

/** Is the package of another Docker than the one that is imitated? */
export function imitated({ package: version, engine }: HostActions['docker-install']): boolean {
  return version !== undefined && version !== engine;
}

/** Is it one of them? */
export const isHostStep = among(actions);
