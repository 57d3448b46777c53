import type { Step } from '../kernel/trace.ts';

/** Steps of isolation without an engine: these are told after commands of the host's shell, too. */
const actions = ['chroot', 'isolate', 'pivot', 'mounted', 'cgroup-limit', 'cgroup-join', 'link-add', 'link-move'];

/** Did a program isolate itself, or make a part of what a container engine makes? */
export function isolatesByHand(steps: readonly Step[]): boolean {
  return steps.some(({ action }) => actions.includes(action));
}
