import { among, type TextsOf } from './families.ts';

/** The steps of a process that isolates itself by hand, without a container engine. */
const actions = {
  chroot: true,
  isolate: true,
  pivot: true,
  mounted: true,
  'cgroup-limit': true,
  'cgroup-join': true,
  'oom-kill': true,
  'link-add': true,
  'link-move': true,
} as const;

type IsolationAction = keyof typeof actions;

/** A text for each of them. */
export type IsolationTexts = TextsOf<IsolationAction>;

/** Is it one of them? */
export const isIsolationStep = among(actions);
