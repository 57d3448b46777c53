import type { Mutable } from '../draft.ts';
import { type Errno, fail } from '../errno.ts';
import type { Machine } from '../machine.ts';
import type { Cgroup } from '../state.ts';
import { dirName, isUnder } from './tree.ts';

/** The controllers of a 6.8 kernel, in the order of the file. */
export const allControllers = ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids', 'rdma', 'misc'] as const;

/** What a control group has: what its parent gives to its children (cgroup.controllers). */
export function controllersOf(m: Machine, path: string): readonly string[] {
  return path === '/' ? allControllers : childControllers(m, dirName(path));
}

/** What it gives to its children (cgroup.subtree_control). Groups that were not made by hand give all once they have any. */
export function childControllers(m: Machine, path: string): readonly string[] {
  const group = m.kernel.cgroups[path];
  if (group?.subtree) return group.subtree;
  if (path === '/') return allControllers;
  const parents = Object.keys(m.kernel.cgroups).some((other) => other !== path && isUnder(other, path));
  return parents ? allControllers : [];
}

/**
 * Writes cgroup.subtree_control (`+memory -pids`). ENOENT: a controller that the group has not; EBUSY: the group has
 * processes (`busy`), or a child uses a controller that is to go; EINVAL: no such controller.
 */
export function setChildControllers(
  m: Machine,
  group: Mutable<Cgroup>,
  busy: boolean,
  text: string,
): Errno | undefined {
  const own = controllersOf(m, group.path);
  const enabled = new Set(childControllers(m, group.path));
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    const [, sign, name = ''] = /^([+-])(\w+)$/.exec(word) ?? [];
    if (sign === undefined || !allControllers.some((each) => each === name)) return fail('EINVAL');
    if (sign === '+' && !own.includes(name)) return fail('ENOENT');
    if (sign === '+') enabled.add(name);
    else enabled.delete(name);
    if (sign === '-' && usedBelow(m, group.path, name)) return fail('EBUSY');
  }
  if (busy && enabled.size > 0) return fail('EBUSY'); // the rule of no internal processes
  group.subtree = allControllers.filter((each) => enabled.has(each));
  return undefined;
}

function usedBelow(m: Machine, path: string, controller: string): boolean {
  return Object.values(m.kernel.cgroups).some(
    (group) => group.path !== '/' && dirName(group.path) === path && group.subtree?.includes(controller),
  );
}
